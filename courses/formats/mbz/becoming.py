"""What each kind of activity becomes, and the plan of a whole backup."""

from collections.abc import Callable, Iterator, Mapping

from courses.formats.mbz.banks import bank_items
from courses.formats.mbz.materials import (
    file_items,
    is_address,
    kind_of_link,
    shown_items,
    video_items,
)
from courses.formats.mbz.model import Activity, MoodleBackup, Section
from courses.formats.mbz.plain import plain_text
from courses.formats.mbz.plan import (
    TITLE_LENGTH,
    Item,
    Left,
    LeftOut,
    Place,
    Plan,
    Target,
    course_fields,
    final_quiz,
    intro_of,
    section_key,
    title_of,
    topic_item,
    topic_sections,
    with_a_week,
)
from courses.formats.mbz.quizzes import MOST_POINTS, QuizReader, moment

NEWS = "news"
# Modules that hold others, or that the passport shows elsewhere.
SILENT = frozenset({"qbank", "subsection"})


Becoming = Callable[[Activity, Place], Iterator[Item | LeftOut]]


def plan_of(backup: MoodleBackup) -> Plan:
    """Say what everything in a backup would become.

    Source: MIN 3.3 (weeks and topics), 4.4 (communication), 4.6 (kinds of grading).
    """
    backup = with_a_week(backup)
    homes = topic_sections(backup)
    rows: list[Item | LeftOut] = [*course_fields(backup)]
    rows += _topics(backup)
    quizzes = QuizReader(backup, final_id=final_quiz(backup, homes))
    becoming = {**BECOMING, "quiz": quizzes.become}
    main_forums = _main_forums(backup, homes)
    for activity in backup.activities:
        place = _place(activity, homes, backup)
        become = becoming.get(activity.module, UNKNOWN)
        if activity.id in main_forums:
            become = _main_forum(main_forums[activity.id])
        if activity.module not in SILENT:
            rows += become(activity, place)
    rows += _glossary_item(backup)
    rows += bank_items(backup, homes)
    rows += _lost_pictures(backup)
    return Plan(
        items=tuple(row for row in rows if isinstance(row, Item)),
        left_out=tuple(row for row in rows if isinstance(row, LeftOut)),
    )


def _topics(backup: MoodleBackup) -> Iterator[Item]:
    for section in backup.sections:
        if section.number > 0 and not section.parent_module_id:
            yield topic_item(section, site=backup.about.site)


def _place(
    activity: Activity, homes: Mapping[str, Section], backup: MoodleBackup
) -> Place:
    section = homes.get(activity.section_id)
    is_week = section is not None and section.number > 0
    return Place(
        topic_key=section_key(section.id) if section is not None and is_week else "",
        is_hidden=not activity.is_visible
        or (section is not None and not section.is_visible),
        address=f"{backup.about.address}/mod/{activity.module}/view.php?id={activity.id}"
        if is_address(backup.about.address)
        else "",
    )


def _left(activity: Activity, place: Place, reason: Left) -> LeftOut:
    return LeftOut(
        title=title_of(activity),
        module=activity.module,
        topic_key=place.topic_key,
        reason_code=reason,
    )


def _refuse(reason: Left) -> Becoming:
    """Return what leaves an activity out for a reason."""

    def become(activity: Activity, place: Place) -> Iterator[LeftOut]:
        yield _left(activity, place, reason)

    return become


def _lost_pictures(backup: MoodleBackup) -> Iterator[LeftOut]:
    if backup.bank.files_left:
        yield LeftOut(
            title=str(backup.bank.files_left),
            module="category",
            topic_key="",
            reason_code=Left.PICTURES,
        )


def _label(activity: Activity, place: Place) -> Iterator[Item | LeftOut]:
    """Leave a label out, but for the videos and the files that it shows."""
    shown = list(_shown(activity, place))
    yield from shown
    if not shown:
        yield _left(activity, place, Left.LABEL)


def _text(activity: Activity, place: Place) -> Iterator[Item | LeftOut]:
    """Make a text a longread; above the weeks there is no place for it."""
    if not place.topic_key:
        yield _left(activity, place, Left.NO_WEEK)
        return
    body = activity.content
    yield Item(
        key=f"activity-{activity.id}",
        target=Target.LONGREAD,
        module=activity.module,
        title=title_of(activity),
        values={
            "title": title_of(activity),
            "body": plain_text(body) if activity.content_is_html else body.strip(),
        },
        topic_key=place.topic_key,
        id_number=activity.id_number,
        is_hidden=place.is_hidden,
    )
    yield from _shown(activity, place)


def _shown(activity: Activity, place: Place) -> Iterator[Item]:
    """Return what a text shows: videos elsewhere, files of its own."""
    for items_of in (video_items, shown_items):
        yield from items_of(
            activity, topic_key=place.topic_key, is_hidden=place.is_hidden
        )


def _files(activity: Activity, place: Place) -> Iterator[Item | LeftOut]:
    if not activity.files:
        yield _left(activity, place, Left.NO_FILE)
    yield from file_items(
        activity, topic_key=place.topic_key, is_hidden=place.is_hidden
    )


def _link(activity: Activity, place: Place) -> Iterator[Item | LeftOut]:
    if not is_address(activity.url):
        yield _left(activity, place, Left.NO_LINK)
        return
    yield Item(
        key=f"activity-{activity.id}",
        target=Target.MATERIAL,
        module=activity.module,
        title=title_of(activity),
        values={
            "kind": kind_of_link(activity.url),
            "title": title_of(activity),
            "url": activity.url,
        },
        topic_key=place.topic_key,
        id_number=activity.id_number,
        is_hidden=place.is_hidden,
    )


def _task(kind: str, grading: str) -> Becoming:
    """Return what makes a graded activity a control task of a kind."""

    def become(activity: Activity, place: Place) -> Iterator[Item | LeftOut]:
        if not place.topic_key:
            yield _left(activity, place, Left.NO_WEEK)
            return
        values = {
            "title": title_of(activity),
            "kind": kind,
            "grading": grading,
            "in_gradebook": activity.grade > 0,
        }
        if content := _content_of(activity):
            values["content"] = content
        if activity.criteria:
            values["criteria"] = activity.criteria
        if 0 < activity.grade <= MOST_POINTS:
            values["points"] = f"{activity.grade.normalize():f}"
        yield Item(
            key=f"activity-{activity.id}",
            target=Target.TASK,
            module=activity.module,
            title=title_of(activity),
            values={**values, "lms_facts": _facts(activity)},
            topic_key=place.topic_key,
            id_number=activity.id_number,
            is_hidden=place.is_hidden,
        )

    return become


def _content_of(activity: Activity) -> str:
    """Return what learners are told: the description, then the task itself."""
    told = activity.content
    text = plain_text(told) if activity.content_is_html else told
    return "\n\n".join(filter(None, (intro_of(activity), text)))


def _facts(activity: Activity) -> dict[str, str | None]:
    return {
        "module": activity.module,
        "opens_at": moment(activity.opens_at),
        "closes_at": moment(activity.closes_at),
    }


def _survey(activity: Activity, place: Place) -> Iterator[Item | LeftOut]:
    """Make a survey a control task; above the weeks, the entry questionnaire."""
    if place.topic_key:
        yield from _task("survey", "automatic")(activity, place)
        return
    text = "\n".join(filter(None, (title_of(activity), activity.content)))
    yield _field(activity, place, "entry_questionnaire", text)


def _field(activity: Activity, place: Place, name: str, value: str) -> Item:
    return Item(
        key=f"field-{activity.id}",
        target=Target.FIELD,
        module=activity.module,
        title=title_of(activity),
        values={name: value},
        id_number=name,
        is_hidden=place.is_hidden,
    )


def _talk(kind: str, mode: str) -> Becoming:
    """Return what makes an activity a means of communication."""

    def become(activity: Activity, place: Place) -> Iterator[Item]:
        yield Item(
            key=f"activity-{activity.id}",
            target=Target.COMMUNICATION,
            module=activity.module,
            title=title_of(activity),
            values={
                "title": title_of(activity),
                "kind": kind,
                "mode": mode,
                "url": place.address,
            },
            is_hidden=place.is_hidden,
        )

    return become


def _main_forums(backup: MoodleBackup, homes: Mapping[str, Section]) -> dict[str, str]:
    """Return the fields that the first forums above the weeks become, by their ids."""
    fields: dict[str, str] = {}
    for activity in backup.activities:
        home = homes.get(activity.section_id)
        if activity.module == "forum" and home is not None and home.number == 0:
            is_news = activity.subtype == NEWS
            name = "announcements_url" if is_news else "learners_forum_url"
            fields.setdefault(name, activity.id)
    return {key: name for name, key in fields.items()}


def _main_forum(name: str) -> Becoming:
    """Return what a forum above the weeks becomes: a field of the course, and a means."""

    def become(activity: Activity, place: Place) -> Iterator[Item | LeftOut]:
        if place.address:
            yield _field(activity, place, name, place.address)
        yield from FORUM(activity, place)

    return become


def _glossary(activity: Activity, place: Place) -> Iterator[LeftOut]:
    """Leave out a glossary that cannot be told; the others become one, all together."""
    if activity.terms is None:
        yield _left(activity, place, Left.TERMS)


def _glossary_item(backup: MoodleBackup) -> Iterator[Item]:
    """Make all glossaries the one of the passport; a term told twice keeps the first."""
    told = [row for row in backup.activities if row.terms]
    members: dict[str, str] = {}
    for activity in told:
        for term in activity.terms or ():
            members.setdefault(term.term, plain_text(term.definition))
    if members:
        yield Item(
            key="glossary",
            target=Target.GLOSSARY,
            module="glossary",
            title=", ".join(map(title_of, told))[:TITLE_LENGTH],
            values={"members": members},
        )


MEETINGS = ("googlemeet", "jitsi", "msteams", "webexactivity", "zoom")
UNKNOWN = _refuse(Left.UNKNOWN)
FORUM = _talk("forum", "asynchronous")
BECOMING: dict[str, Becoming] = {
    "assign": _task("assignment", "manual"),
    "bigbluebuttonbn": _talk("webinar", "synchronous"),
    "book": _text,
    "chat": _talk("chat", "synchronous"),
    "choice": _survey,
    "feedback": _survey,
    "folder": _files,
    "forum": FORUM,
    "glossary": _glossary,
    "h5pactivity": _refuse(Left.PACKAGE),
    "hvp": _refuse(Left.PACKAGE),
    "imscp": _refuse(Left.PACKAGE),
    "label": _label,
    "lesson": _text,
    "lti": _refuse(Left.TOOL),
    "page": _text,
    "questionnaire": _survey,
    "resource": _files,
    "scorm": _refuse(Left.PACKAGE),
    "survey": _survey,
    "url": _link,
    # Learners assess each other's work there (MIN 4.6).
    "workshop": _task("assignment", "peer"),
    # Plug-ins that hold meetings.
    **dict.fromkeys(MEETINGS, _talk("webinar", "synchronous")),
}
