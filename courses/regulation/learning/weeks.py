"""Workload and weeks of the learning blocks. Source: MIN 3.3.3.1-3.3.3.6."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from courses.regulation.facts import CourseFacts, CourseType, TopicFacts
from courses.regulation.finding import Finding, Source
from courses.regulation.known import Amount, all_of, any_of, total_of
from courses.regulation.measured import rounded
from courses.regulation.place import Place, Section
from courses.regulation.presence import NOT_KNOWN
from courses.regulation.requirement import Block, Judge, Kind, Requirements
from courses.regulation.texts import Message, Number, message
from courses.regulation.texts import gettext_noop as _
from courses.regulation.thresholds import (
    CREDITS_MAX,
    HOURS_PER_CREDIT,
    LOAD_TOLERANCE,
    WEEKLY_HOURS_MAX,
    WEEKS_MAX,
    WEEKS_MIN,
)

BLOCK = Requirements(Block.LEARNING)
NEW_TOPIC = Place(Section.TOPIC, None, "week")
_NO_TOPICS = Message(_("there are no topics yet"))
_ADD_TOPIC = Message(_("Add the first topic."))


def _declared(field: str) -> Place:
    return Place(Section.DESCRIPTION, None, field)


def _measured_or_declared(
    measured: Amount, declared: Number | None, limit: Number
) -> tuple[Amount, Source]:
    """The measured amount where it decides, else the declared one."""
    if measured.is_whole or measured.known > limit or declared is None:
        return measured, Source.MEASURED
    return Amount(declared, is_whole=True), Source.DECLARED


@BLOCK.requirement(
    "3.3.3.1",
    "workload",
    _("Workload of the course"),
    course_types=(CourseType.OPEN_LEARNING,),
    thresholds=(CREDITS_MAX, HOURS_PER_CREDIT),
)
def workload(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """An open learning course takes at most 6 credits. Source: MIN 3.3.3.1."""
    per_credit, most = judge.value(HOURS_PER_CREDIT), judge.value(CREDITS_MAX)
    limit = most * per_credit
    declared = [Decimal(course.hours)] if course.hours else []
    if course.credits:
        declared.append(course.credits * per_credit)
    hours, source = _measured_or_declared(
        course.measured_hours(), max(declared, default=None), limit
    )
    is_met = hours.is_at_most(limit)
    is_told = is_met is not None
    yield judge.finding(
        is_met=is_met,
        required=message(
            _("workload: at most %(credits)s credits (%(hours)s h)"),
            credits=most,
            hours=limit,
        ),
        found=message(_("workload: %(hours)s h"), hours=hours.known)
        if is_told
        else NOT_KNOWN,
        place=_declared("hours" if course.hours else "credits"),
        advice=Message(_("Shorten the course."))
        if is_told
        else Message(_("State the workload and the hours of every topic.")),
        source=source,
        counter=(hours.known, limit) if is_told else None,
    )


@BLOCK.requirement("3.3.3.2", "built_by_weeks", _("Built by weeks"))
def built_by_weeks(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """Each topic has its week and each week a topic. Source: MIN 3.3.3.2."""
    required = Message(_("each topic in a week, no week without a topic"))
    unplaced = [topic for topic in course.topics if (topic.week or 0) < 1]
    for topic in unplaced:
        yield judge.finding(
            is_met=None if topic.week is None else False,
            required=required,
            found=message(
                _("the topic “%(topic)s” is in no week"), topic=topic.title or "—"
            ),
            place=Place(Section.TOPIC, topic.id, "week"),
            advice=Message(_("Tell in which week the topic is studied.")),
        )
    gaps = weeks_without_topics(course)
    if gaps:
        yield judge.finding(
            is_met=False,
            required=required,
            found=message(_("weeks without a topic: %(weeks)s"), weeks=gaps),
            place=NEW_TOPIC,
            advice=Message(_("Add a topic to the week or move the later ones up.")),
        )
    if not unplaced and not gaps:
        yield judge.finding(
            is_met=True if course.topics else None,
            required=required,
            found=message(_("topics: %(topics)s"), topics=len(course.topics)),
            place=NEW_TOPIC,
            advice=_ADD_TOPIC,
        )


def weeks_without_topics(course: CourseFacts) -> str:
    """Weeks before the last that have no topic, such as `3, 5-7`; empty if none."""
    spans, last = [], 0
    for week in course.topics_by_week():
        if week - last > 1:
            first, end = last + 1, week - 1
            spans.append(str(first) if first == end else f"{first}–{end}")
        last = week
    return ", ".join(spans)


@BLOCK.requirement(
    "3.3.3.2",
    "duration",
    _("Duration of the course"),
    course_types=(CourseType.OPEN_LEARNING,),
    thresholds=(WEEKS_MIN, WEEKS_MAX),
)
def duration(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """An open learning course lasts 2 to 16 weeks. Source: MIN 3.3.3.2."""
    least, most = judge.value(WEEKS_MIN), judge.value(WEEKS_MAX)
    weeks, source = _measured_or_declared(course.measured_weeks(), course.weeks, most)
    is_met = weeks.is_between(least, most)
    is_told = is_met is not None
    yield judge.finding(
        is_met=is_met,
        required=message(
            _("number of weeks: from %(least)s to %(most)s"), least=least, most=most
        ),
        found=message(_("number of weeks: %(weeks)s"), weeks=weeks.known)
        if is_told
        else NOT_KNOWN,
        place=NEW_TOPIC if course.topics else _declared("weeks"),
        advice=Message(_("Spread the topics over an allowed number of weeks."))
        if is_told
        else Message(_("State the number of weeks and the week of every topic.")),
        source=source,
        counter=(weeks.known, most) if is_told else None,
    )


@BLOCK.requirement(
    "3.3.3.3", "weekly_load", _("Weekly load"), thresholds=(WEEKLY_HOURS_MAX,)
)
def weekly_load(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """No week takes more than 22 hours, measured or declared. Source: MIN 3.3.3.3."""
    weeks = course.topics_by_week()
    for week, topics in weeks.items():
        unstated = [topic for topic in topics if topic.stated_hours() is None]
        heaviest = max(topics, key=lambda topic: topic.hours or 0)
        hours = total_of(topic.stated_hours() for topic in topics)
        yield _load(
            judge,
            hours,
            found=message(
                _("week %(week)s: %(hours)s h"), week=week, hours=hours.known
            ),
            unknown=message(
                _("week %(week)s: hours of some topics are not stated"), week=week
            ),
            place=Place(Section.TOPIC, (unstated or [heaviest])[0].id, "hours"),
            source=Source.MEASURED,
        )
    declared = course.weekly_hours
    if declared is not None or not weeks:
        yield _load(
            judge,
            Amount(declared or 0, is_whole=bool(declared)),
            found=message(_("declared weekly load: %(hours)s h"), hours=declared or 0),
            unknown=Message(_("the weekly load is not stated")),
            place=_declared("weekly_hours"),
            source=Source.DECLARED,
        )


def _load(
    judge: Judge,
    hours: Amount,
    *,
    found: Message,
    unknown: Message,
    place: Place,
    source: Source,
) -> Finding:
    most = judge.value(WEEKLY_HOURS_MAX)
    is_met = hours.is_at_most(most)
    is_told = is_met is not None
    return judge.finding(
        is_met=is_met,
        required=message(_("weekly load: at most %(hours)s h"), hours=most),
        found=found if is_told else unknown,
        place=place,
        advice=Message(_("Move hours to another week or shorten the topics."))
        if is_told
        else Message(_("State the hours.")),
        source=source,
        counter=(hours.known, most),
    )


@BLOCK.requirement(
    "3.3.3.5", "weekly_assessment", _("Assessment every week"), kind=Kind.DECLARED
)
def weekly_assessment(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """A week has an assessed resource, or another week assesses. Source: MIN 3.3.3.5.

    Where a week has none, each of its topics must name the topic that assesses the
    same outcomes.
    """
    required = Message(_("an assessed control task in every week"))
    by_id = course.topics_by_id()
    weeks = course.topics_by_week()
    gaps = weeks_without_topics(course)
    if gaps or not weeks:
        yield judge.finding(
            is_met=False if gaps else None,
            required=required,
            found=message(_("weeks without a topic: %(weeks)s"), weeks=gaps)
            if gaps
            else _NO_TOPICS,
            place=NEW_TOPIC,
            advice=Message(_("Add a topic with a control task.")),
        )
    for week, topics in weeks.items():
        yield _assessment_of_week(judge, week, topics, by_id)


def _assessment_of_week(
    judge: Judge,
    week: int,
    topics: list[TopicFacts],
    by_id: Mapping[int | None, TopicFacts],
) -> Finding:
    is_here = any_of(topic.is_assessing() for topic in topics)
    elsewhere = [
        (topic, topic.is_covered_by(by_id.get(topic.assessed_in))) for topic in topics
    ]
    is_elsewhere = all_of(is_there for _topic, is_there in elsewhere)
    gaps = [topic for topic, is_there in elsewhere if not is_there]
    if is_here:
        found = _("week %(week)s: assessed")
    elif is_elsewhere:
        found = _("week %(week)s: its outcomes are assessed in another week")
    elif is_here is None or is_elsewhere is None:
        found = _("week %(week)s: points of its control tasks are not stated")
    else:
        found = _("week %(week)s: nothing is assessed")
    return judge.finding(
        is_met=any_of((is_here, is_elsewhere)),
        required=Message(_("an assessed control task in every week")),
        found=message(found, week=week),
        place=Place(Section.TOPIC, (gaps or topics)[0].id, "control_tasks"),
        advice=Message(
            _(
                "Add a control task with points, or name the topic of another week"
                " that assesses the same outcomes."
            )
        ),
    )


@BLOCK.requirement(
    "3.3.3.6", "even_load", _("Load spread evenly"), thresholds=(LOAD_TOLERANCE,)
)
def even_load(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """Each week takes as many hours as the mean week. Source: MIN 3.3.3.6.

    The regulation names no figure: how far a week may be from the mean is the
    edition's. A week without a topic is 3.3.3.2's matter and is left out here.
    """
    weeks = course.topics_by_week()
    loads = _loads_of(weeks)
    if not loads:
        yield judge.not_applicable(_NO_TOPICS)
        return
    if not all(load.is_whole for load in loads.values()):
        yield _load_unknown(judge, weeks)
        return
    mean = Decimal(total_of(load.known for load in loads.values()).known) / len(loads)
    reach = judge.value(LOAD_TOLERANCE) * mean
    required = message(
        _("hours of each week: from %(least)s to %(most)s"),
        least=rounded(mean - reach),
        most=rounded(mean + reach),
    )
    uneven = [week for week, load in loads.items() if abs(load.known - mean) > reach]
    for week in uneven:
        yield judge.finding(
            is_met=False,
            required=required,
            found=message(
                _("week %(week)s: %(hours)s h"), week=week, hours=loads[week].known
            ),
            place=Place(Section.TOPIC, weeks[week][0].id, "hours"),
            advice=Message(_("Move hours to another week or shorten the topics.")),
        )
    if not uneven:
        yield judge.finding(
            is_met=True,
            required=required,
            found=message(_("hours of the mean week: %(hours)s"), hours=rounded(mean)),
            place=NEW_TOPIC,
        )


def _loads_of(weeks: Mapping[int, list[TopicFacts]]) -> dict[int, Amount]:
    """Return the hours that the topics of each week take together."""
    return {
        week: total_of(topic.stated_hours() for topic in topics)
        for week, topics in weeks.items()
    }


def _load_unknown(judge: Judge, weeks: Mapping[int, list[TopicFacts]]) -> Finding:
    unstated = next(
        topic
        for topics in weeks.values()
        for topic in topics
        if topic.stated_hours() is None
    )
    return judge.finding(
        is_met=None,
        required=Message(_("the same hours in every week")),
        found=Message(_("hours of some topics are not stated")),
        place=Place(Section.TOPIC, unstated.id, "hours"),
        advice=Message(_("State the hours.")),
    )
