"""Declared workload beside what the topics say. Source: MIN 3.2.4.2."""

from collections.abc import Iterator
from decimal import Decimal

from courses.regulation.facts import CourseFacts
from courses.regulation.finding import Finding
from courses.regulation.known import total_of
from courses.regulation.place import Place, Section
from courses.regulation.presence import present
from courses.regulation.requirement import Block, Judge, Kind, Requirements
from courses.regulation.texts import Message, Number, message
from courses.regulation.texts import gettext_noop as _
from courses.regulation.thresholds import HOURS_PER_CREDIT

BLOCK = Requirements(Block.INTRODUCTION)
# Credits are stated to a tenth and hours to one: half a step of either is rounding.
CREDIT_ROUNDING = Decimal("0.05")
HOUR_ROUNDING = Decimal("0.5")
_NOTHING_TO_COMPARE = Message(_("nothing to compare with yet"))


def _place(field: str) -> Place:
    return Place(Section.DESCRIPTION, None, field)


def _is_stated(value: Number | None) -> bool:
    return value is not None and value > 0


@BLOCK.requirement(
    "3.2.4.2", "workload_stated", _("Model and workload"), kind=Kind.DECLARED
)
def workload_stated(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """Model, credits or hours, weeks and weekly load. Source: MIN 3.2.4.2."""
    credits_or_hours = "hours" if course.credits is None else "credits"
    parts = (
        ("study_model", course.study_model is not None, _("model of study")),
        (
            credits_or_hours,
            _is_stated(course.credits) or _is_stated(course.hours),
            _("workload of the course in credits or hours"),
        ),
        ("weeks", _is_stated(course.weeks), _("number of weeks of study")),
        ("weekly_hours", _is_stated(course.weekly_hours), _("weekly load in hours")),
    )
    for field, is_stated, required in parts:
        yield present(judge, is_stated, required=Message(required), place=_place(field))


@BLOCK.requirement(
    "3.2.4.2",
    "credits_agree",
    _("Credits agree with hours"),
    kind=Kind.DECLARED,
    thresholds=(HOURS_PER_CREDIT,),
)
def credits_agree(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """Declared credits and hours are the same workload. Source: MIN 3.2.4.2."""
    if course.credits is None or course.hours is None:
        yield judge.not_applicable(_NOTHING_TO_COMPARE)
        return
    per_credit = judge.value(HOURS_PER_CREDIT)
    in_hours = course.credits * per_credit
    yield judge.finding(
        is_met=abs(in_hours - course.hours) <= CREDIT_ROUNDING * per_credit,
        required=message(
            _("%(credits)s credits of %(per_credit)s h, that is %(hours)s h"),
            credits=course.credits,
            per_credit=per_credit,
            hours=in_hours,
        ),
        found=message(_("declared: %(hours)s h"), hours=course.hours),
        place=_place("hours"),
        advice=Message(_("Correct the credits or the hours.")),
    )


@BLOCK.requirement(
    "3.2.4.2",
    "hours_agree",
    _("Declared workload agrees with the topics"),
    thresholds=(HOURS_PER_CREDIT,),
)
def hours_agree(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """Declared workload is that of all topics. Source: MIN 3.2.4.2."""
    per_credit = judge.value(HOURS_PER_CREDIT)
    measured = course.measured_hours()
    declared = _declared_hours(course, per_credit)
    if declared is None or not measured.is_whole:
        yield judge.not_applicable(_NOTHING_TO_COMPARE)
        return
    field, hours, rounding = declared
    yield judge.finding(
        is_met=abs(hours - measured.known) <= rounding,
        required=message(_("hours of all topics: %(hours)s"), hours=measured.known),
        found=message(_("declared: %(hours)s h"), hours=hours),
        place=_place(field),
        advice=Message(_("Correct the workload or the hours of the topics.")),
    )


def _declared_hours(
    course: CourseFacts, per_credit: int
) -> tuple[str, Decimal, Decimal] | None:
    """Field, hours it declares and their rounding."""
    if course.hours is not None:
        return "hours", Decimal(course.hours), HOUR_ROUNDING
    if course.credits is not None:
        return "credits", course.credits * per_credit, CREDIT_ROUNDING * per_credit
    return None


@BLOCK.requirement("3.2.4.2", "weeks_agree", _("Declared weeks agree with the topics"))
def weeks_agree(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """Declared number of weeks is that of the topics. Source: MIN 3.2.4.2."""
    measured = course.measured_weeks()
    if course.weeks is None or not measured.is_whole:
        yield judge.not_applicable(_NOTHING_TO_COMPARE)
        return
    yield judge.finding(
        is_met=course.weeks == measured.known,
        required=message(
            _("last week that has a topic: %(weeks)s"), weeks=measured.known
        ),
        found=message(_("declared number of weeks: %(weeks)s"), weeks=course.weeks),
        place=_place("weeks"),
        advice=Message(_("Correct the number of weeks or the weeks of the topics.")),
    )


@BLOCK.requirement(
    "3.2.4.2", "weekly_hours_agree", _("Declared weekly load agrees with the topics")
)
def weekly_hours_agree(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """Declared weekly load lies among the weeks' own. Source: MIN 3.2.4.2."""
    loads = [
        total_of(topic.stated_hours() for topic in topics)
        for topics in course.topics_by_week().values()
    ]
    is_told = bool(loads) and all(load.is_whole for load in loads)
    if course.weekly_hours is None or not is_told:
        yield judge.not_applicable(_NOTHING_TO_COMPARE)
        return
    lightest = min(load.known for load in loads)
    busiest = max(load.known for load in loads)
    yield judge.finding(
        is_met=lightest <= course.weekly_hours <= busiest,
        required=message(
            _("hours of the topics a week: from %(lightest)s to %(busiest)s"),
            lightest=lightest,
            busiest=busiest,
        ),
        found=message(
            _("declared weekly load: %(hours)s h"), hours=course.weekly_hours
        ),
        place=_place("weekly_hours"),
        advice=Message(_("Correct the weekly load or the hours of the topics.")),
    )
