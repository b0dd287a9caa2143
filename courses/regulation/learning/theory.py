"""How much theory a topic has. Source: MIN 3.3.3.4, 3.3.3.8.

Theory is counted in longreads: one is for 2 hours of a topic, and is 6 to 10 pages of
text, or 45 to 60 minutes of video and audio together.
"""

from collections.abc import Iterator
from decimal import ROUND_CEILING, Decimal

from courses.regulation.facts import CourseFacts, TopicFacts
from courses.regulation.finding import Finding, Severity
from courses.regulation.known import Amount, all_of, total_of
from courses.regulation.learning.theory_amounts import (
    LONGREADS,
    MATERIALS,
    Media,
    Theory,
    theories_of,
)
from courses.regulation.measured import how_to_know, rounded, why_unknown
from courses.regulation.media import place_of_size
from courses.regulation.place import Place, Section
from courses.regulation.requirement import Block, Judge, Requirements
from courses.regulation.resource_facts import MaterialFacts, MaterialKind
from courses.regulation.texts import Message, message
from courses.regulation.texts import gettext_noop as _
from courses.regulation.thresholds import (
    PAGE_FONT_PT,
    PAGE_MARGIN_CM,
    PAGE_SPACING,
    PROPORTION_TOLERANCE,
    THEORY_AUDIO_FRAGMENTS_MIN,
    THEORY_HOURS,
    THEORY_MEDIA_MINUTES_MAX,
    THEORY_MEDIA_MINUTES_MIN,
    THEORY_PAGES_MAX,
    THEORY_PAGES_MIN,
    THEORY_VIDEO_FRAGMENTS_MIN,
    Threshold,
)

BLOCK = Requirements(Block.LEARNING)
_ONE = Decimal(1)
_COUNT_PAGES = {
    LONGREADS: Message(_("Save the longread anew for its pages to be counted.")),
    MATERIALS: Message(
        _("Where the text stands elsewhere, add it as a material and state its pages.")
    ),
}


@BLOCK.requirement(
    "3.3.3.8",
    "theory_volume",
    _("Volume of theory"),
    thresholds=(
        THEORY_HOURS,
        THEORY_PAGES_MIN,
        THEORY_PAGES_MAX,
        THEORY_MEDIA_MINUTES_MIN,
        THEORY_MEDIA_MINUTES_MAX,
        PAGE_FONT_PT,
        PAGE_SPACING,
        PAGE_MARGIN_CM,
    ),
)
def theory_volume(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """A topic has as many longreads as its hours ask for. Source: MIN 3.3.3.8.

    Read literally: «расчет на 2 часа изучения темы должен иметь контент на 1 час» and
    «одной темы на 2 часа (1 лонгрид)» speak of all hours of the topic, not of those of
    its theory; «количество лонгридов в теме не ограничивается» leaves open how many
    hours that is. So the hours are divided by 2 without rounding, and are one longread
    at least: 3 hours ask for 9 to 15 pages or 67.5 to 90 minutes. Text «и/или» media
    make one whole together: half of the pages and half of the minutes are enough, and
    so is either alone. Neither may pass its own upper bound, whatever the other is.
    Pages are counted at 12 pt, 1.5 spacing, 2 cm margins; those of a PDF are its own,
    and the finding says so.
    """
    if not course.topics:
        yield judge.not_applicable(Message(_("there are no topics yet")))
    theories = course.once(theories_of)
    for topic in course.topics:
        yield _volume(judge, topic, theories[topic.id])


def _volume(judge: Judge, topic: TopicFacts, theory: Theory) -> Finding:
    hours = topic.stated_hours()
    required = _required_volume(judge, topic)
    if hours is None:
        return judge.finding(
            is_met=None,
            required=required,
            found=Message(_("hours of the topic are not stated")),
            place=Place(Section.TOPIC, topic.id, "hours"),
            advice=Message(_("State the hours of the topic.")),
        )
    count = max(_ONE, hours / judge.value(THEORY_HOURS))
    is_met = _is_enough(judge, theory, count)
    place, advice = _mend(topic, theory, is_told=is_met is not None)
    return judge.finding(
        is_met=is_met,
        required=required,
        found=why_unknown(theory.unknown)
        if is_met is None and theory.unknown
        else _volume_found(theory),
        place=place,
        advice=advice,
        source=theory.source,
    )


def _is_enough(judge: Judge, theory: Theory, count: Decimal) -> bool | None:
    """Whether pages and minutes reach the least together, each within its most."""
    pages_each = judge.value(THEORY_PAGES_MIN)
    minutes_each = judge.value(THEORY_MEDIA_MINUTES_MIN)
    pages, minutes = theory.pages, theory.minutes
    # Their shares of the whole, brought to one denominator: nothing is rounded.
    together = Amount(
        pages.known * minutes_each + minutes.known * pages_each,
        pages.is_whole and minutes.is_whole,
    )
    return all_of(
        (
            together.is_at_least(count * pages_each * minutes_each),
            pages.is_at_most(count * judge.value(THEORY_PAGES_MAX)),
            minutes.is_at_most(count * judge.value(THEORY_MEDIA_MINUTES_MAX)),
        )
    )


def _required_volume(judge: Judge, topic: TopicFacts) -> Message:
    count = max(_ONE, (topic.stated_hours() or _ONE) / judge.value(THEORY_HOURS))

    def times(threshold: Threshold[Decimal]) -> Decimal:
        return Decimal(rounded(judge.value(threshold) * count))

    return message(
        _(
            "theory of “%(topic)s”, %(hours)s h: from %(least_pages)s to %(most_pages)s"
            " pages, or from %(least)s to %(most)s minutes of media, or a part of each"
        ),
        topic=topic.title or "—",
        hours="—" if topic.hours is None else topic.hours,
        least_pages=times(THEORY_PAGES_MIN),
        most_pages=times(THEORY_PAGES_MAX),
        least=times(THEORY_MEDIA_MINUTES_MIN),
        most=times(THEORY_MEDIA_MINUTES_MAX),
    )


def _volume_found(theory: Theory) -> Message:
    found = _("pages: %(pages)s, minutes of media: %(minutes)s")
    if theory.has_pdf:
        found = _(
            "pages: %(pages)s, minutes of media: %(minutes)s;"
            " the format of pages in PDF is not verified"
        )
    return message(
        found,
        pages=rounded(theory.pages.known),
        minutes=rounded(theory.minutes.known),
    )


def _mend(topic: TopicFacts, theory: Theory, *, is_told: bool) -> tuple[Place, Message]:
    """Where theory is mended, and what to do."""
    if is_told:
        return (
            Place(Section.TOPIC, topic.id, MATERIALS),
            Message(_("Add or shorten theory: texts, videos, audios.")),
        )
    if theory.unknown is not None:
        return _place_of(theory.unknown), how_to_know(theory.unknown)
    return (
        Place(Section.TOPIC, topic.id, theory.uncounted),
        _COUNT_PAGES[theory.uncounted],
    )


def _place_of(unknown: MaterialFacts) -> Place:
    is_text = unknown.kind is MaterialKind.TEXT
    return place_of_size(unknown, "declared_pages" if is_text else "declared_minutes")


@BLOCK.requirement(
    "3.3.3.8",
    "theory_fragments",
    _("Fragments of video and audio"),
    thresholds=(
        THEORY_HOURS,
        THEORY_PAGES_MIN,
        THEORY_MEDIA_MINUTES_MIN,
        THEORY_VIDEO_FRAGMENTS_MIN,
        THEORY_AUDIO_FRAGMENTS_MIN,
    ),
)
def theory_fragments(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """Video comes in 4 fragments a longread, audio in one. Source: MIN 3.3.3.8.

    Where media are only a part of the theory, as many fragments are asked for as
    their share. Where the text is whole without them, none are; while its pages are
    not known, too few fragments cannot be told.
    """
    theories = course.once(theories_of)
    findings = [
        finding
        for topic in course.topics
        for finding in _fragments(judge, topic, theories[topic.id])
    ]
    if not findings:
        yield judge.not_applicable(Message(_("no theory in video or audio is needed")))
    yield from findings


def _fragments(judge: Judge, topic: TopicFacts, theory: Theory) -> Iterator[Finding]:
    hours = topic.stated_hours()
    if hours is None:
        return
    count = max(_ONE, hours / judge.value(THEORY_HOURS))
    if theory.pages.known >= count * judge.value(THEORY_PAGES_MIN):
        return
    rows = (
        (
            theory.video,
            _("fragments of video in “%(topic)s”: at least %(least)s"),
            THEORY_VIDEO_FRAGMENTS_MIN,
        ),
        (
            theory.audio,
            _("fragments of audio in “%(topic)s”: at least %(least)s"),
            THEORY_AUDIO_FRAGMENTS_MIN,
        ),
    )
    for media, required, threshold in rows:
        if media.count:
            most = count * judge.value(threshold)
            least = min(most, _share_of(judge, media, judge.value(threshold)))
            yield _fragments_of(
                judge,
                topic,
                media,
                least=int(least.to_integral_value(ROUND_CEILING)),
                required=required,
                theory=theory,
            )


def _share_of(judge: Judge, media: Media, each: int) -> Decimal:
    """So many fragments as the minutes are longreads."""
    return Decimal(media.minutes.known) * each / judge.value(THEORY_MEDIA_MINUTES_MIN)


def _fragments_of(
    judge: Judge,
    topic: TopicFacts,
    media: Media,
    *,
    least: int,
    required: str,
    theory: Theory,
) -> Finding:
    has_enough = media.count >= least
    # More minutes could ask for more fragments, more pages for none.
    is_told = media.unknown is None if has_enough else theory.pages.is_whole
    place, advice = (
        (
            Place(Section.TOPIC, topic.id, MATERIALS),
            Message(_("Cut the theory into more fragments.")),
        )
        if is_told
        else _mend(topic, theory, is_told=False)
    )
    return judge.finding(
        is_met=has_enough if is_told else None,
        required=message(required, topic=topic.title or "—", least=least),
        found=message(_("fragments: %(fragments)s"), fragments=media.count)
        if is_told or theory.unknown is None
        else why_unknown(theory.unknown),
        place=place,
        advice=advice,
        source=theory.source,
    )


@BLOCK.requirement(
    "3.3.3.4",
    "proportional_material",
    _("Material in proportion to the week"),
    severity=Severity.RECOMMENDED,
    thresholds=(PROPORTION_TOLERANCE, THEORY_PAGES_MIN, THEORY_MEDIA_MINUTES_MIN),
)
def proportional_material(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """Each week has as much theory an hour as the course. Source: MIN 3.3.3.4.

    A proxy: only theory is counted, 6 pages for as much as 45 minutes, against the
    mean of the course; what else a week holds is not. The finding says so.
    """
    weeks = _weeks(course, judge)
    is_whole = all(theory.is_whole for theory, _hours, _topic in weeks)
    total = sum((theory.known for theory, _hours, _topic in weeks), Decimal(0))
    if not weeks or (is_whole and not total):
        yield judge.not_applicable(Message(_("there is no theory to compare yet")))
        return
    hours = sum((hours for _theory, hours, _topic in weeks), Decimal(0))
    for theory, in_week, topic in weeks:
        share = theory.known * hours / (in_week * total) if is_whole else None
        yield _proportion(judge, topic, share)


def _proportion(judge: Judge, topic: TopicFacts, share: Decimal | None) -> Finding:
    """How a week, by its first topic, stands to the mean."""
    tolerance = judge.value(PROPORTION_TOLERANCE)
    return judge.finding(
        is_met=None if share is None else abs(share - 1) <= tolerance,
        required=message(
            _(
                "theory an hour in week %(week)s: the mean of the course"
                " ± %(percent)s %%"
            ),
            week=topic.week or "—",
            percent=rounded(100 * tolerance),
        ),
        found=Message(_("the volume of some theory is not known"))
        if share is None
        else message(
            _("%(percent)s %% of the mean; only theory is counted"),
            percent=rounded(100 * share),
        ),
        place=Place(Section.TOPIC, topic.id, MATERIALS),
        advice=Message(_("Move material between the weeks, or correct the hours.")),
    )


def _weeks(
    course: CourseFacts, judge: Judge
) -> list[tuple[Amount, Decimal, TopicFacts]]:
    """Longreads' worth of theory, hours and first topic of each week that has hours."""
    pages_each = judge.value(THEORY_PAGES_MIN)
    minutes_each = judge.value(THEORY_MEDIA_MINUTES_MIN)
    by_topic = course.once(theories_of)
    weeks = []
    for topics in course.topics_by_week().values():
        hours = total_of(topic.stated_hours() for topic in topics)
        if not hours.known:
            continue
        theories = [by_topic[topic.id] for topic in topics]
        pages = sum((theory.pages.known for theory in theories), Decimal(0))
        minutes = sum((theory.minutes.known for theory in theories), Decimal(0))
        is_whole = hours.is_whole and all(
            theory.pages.is_whole and theory.minutes.is_whole for theory in theories
        )
        worth = Amount(pages / pages_each + minutes / minutes_each, is_whole)
        weeks.append((worth, Decimal(hours.known), topics[0]))
    return weeks
