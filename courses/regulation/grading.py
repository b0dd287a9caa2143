"""Grading and points. Source: MIN 4.6-4.9."""

from collections.abc import Iterator

from courses.regulation.assessments import place_of_item, title_of_item
from courses.regulation.facts import (
    AssessmentFacts,
    ControlTaskFacts,
    CourseFacts,
    Grading,
    TaskKind,
)
from courses.regulation.finding import Finding, Severity
from courses.regulation.known import Amount, total_of
from courses.regulation.place import Place, Section
from courses.regulation.presence import NOT_KNOWN, written
from courses.regulation.requirement import Block, Judge, Kind, Requirements
from courses.regulation.texts import Message, message
from courses.regulation.texts import gettext_noop as _
from courses.regulation.thresholds import POINTS_MAX

BLOCK = Requirements(Block.COMPONENTS)
_NOTHING_GRADED = Message(_("nothing is graded yet"))
_GRADINGS = {
    Grading.AUTOMATIC: Message(_("graded automatically")),
    Grading.PEER: Message(_("graded by peers")),
    Grading.MANUAL: Message(_("graded by a teacher")),
}
_IN_GRADEBOOK = {
    True: Message(_("in the gradebook")),
    False: Message(_("not in the gradebook")),
    None: NOT_KNOWN,
}


def _graded(course: CourseFacts) -> list[AssessmentFacts]:
    """Control tasks and the final attestation; a survey only if it gives points."""
    graded: list[AssessmentFacts] = [
        task
        for topic in course.topics
        for task in topic.control_tasks
        if task.kind is not TaskKind.SURVEY or task.points
    ]
    if course.attestation is not None:
        graded.append(course.attestation)
    return graded


@BLOCK.requirement(
    "4.6", "graded_without_staff", _("Grading by machine or peers"), kind=Kind.DECLARED
)
def graded_without_staff(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """All is graded automatically or by peers. Source: MIN 4.6."""
    graded = _graded(course)
    if not graded:
        yield judge.not_applicable(_NOTHING_GRADED)
    for item in graded:
        is_met = None if item.grading is None else item.grading is not Grading.MANUAL
        yield judge.finding(
            is_met=is_met,
            required=message(
                _("“%(title)s” is graded automatically or by peers"),
                title=title_of_item(item),
            ),
            found=NOT_KNOWN if item.grading is None else _GRADINGS[item.grading],
            place=place_of_item(item, "grading"),
            advice=Message(_("Choose automatic or peer grading.")),
        )


@BLOCK.requirement("4.6", "in_gradebook", _("Gradebook"), kind=Kind.DECLARED)
def in_gradebook(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """All results land in the gradebook. Source: MIN 4.6."""
    graded = _graded(course)
    if not graded:
        yield judge.not_applicable(_NOTHING_GRADED)
    for item in graded:
        yield judge.finding(
            is_met=item.in_gradebook,
            required=message(
                _("the result of “%(title)s” lands in the gradebook"),
                title=title_of_item(item),
            ),
            found=_IN_GRADEBOOK[item.in_gradebook],
            place=place_of_item(item, "in_gradebook"),
            advice=Message(_("Let the result land in the gradebook.")),
        )


def _total_points(course: CourseFacts) -> tuple[Amount, Place]:
    """Points of the course without bonus, and what to mend first."""
    graded = [
        item
        for item in _graded(course)
        if not (isinstance(item, ControlTaskFacts) and item.is_bonus)
    ]
    unstated = [item for item in graded if item.points is None]
    first = (unstated or graded)[-1:]
    place = place_of_item(first[0], "points") if first else _NO_POINTS
    return total_of(item.points for item in graded), place


_NO_POINTS = Place(Section.CONTROL_TASK, None, "points")


@BLOCK.requirement(
    "4.6",
    "points_total",
    _("Points of the course"),
    kind=Kind.DECLARED,
    thresholds=(POINTS_MAX,),
)
def points_total(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """Points add up to at most 100, bonus apart. Source: MIN 4.6, 4.9."""
    if not _graded(course):
        yield judge.not_applicable(_NOTHING_GRADED)
        return
    most = judge.value(POINTS_MAX)
    points, place = _total_points(course)
    yield _points(
        judge,
        points,
        is_met=points.is_at_most(most),
        required=message(_("points without bonus: at most %(most)s"), most=most),
        place=place,
    )


@BLOCK.requirement(
    "4.6",
    "hundred_point_scale",
    _("100-point scale"),
    kind=Kind.DECLARED,
    severity=Severity.RECOMMENDED,
    thresholds=(POINTS_MAX,),
)
def hundred_point_scale(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """Points add up to exactly 100, bonus apart. Source: MIN 4.6."""
    if not _graded(course):
        yield judge.not_applicable(_NOTHING_GRADED)
        return
    scale = judge.value(POINTS_MAX)
    points, place = _total_points(course)
    yield _points(
        judge,
        points,
        is_met=points.is_between(scale, scale),
        required=message(_("points without bonus: %(scale)s"), scale=scale),
        place=place,
    )


def _points(
    judge: Judge,
    points: Amount,
    *,
    is_met: bool | None,
    required: Message,
    place: Place,
) -> Finding:
    most = judge.value(POINTS_MAX)
    is_told = is_met is not None
    return judge.finding(
        is_met=is_met,
        required=required,
        found=message(_("points: %(points)s"), points=points.known)
        if is_told
        else Message(_("points of some tasks are not stated")),
        place=place,
        advice=Message(_("Correct the points of the tasks."))
        if is_told
        else Message(_("State the points.")),
        counter=(points.known, most),
    )


@BLOCK.requirement("4.7", "scoring", _("Scoring of each task"))
def scoring(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """The scoring of whatever gives points is told. Source: MIN 4.7."""
    scored = [item for item in _graded(course) if item.points != 0]
    if not scored:
        yield judge.not_applicable(_NOTHING_GRADED)
    for item in scored:
        yield written(
            judge,
            item.scoring,
            required=message(_("scoring of “%(title)s”"), title=title_of_item(item)),
            place=place_of_item(item, "scoring"),
            advice=Message(_("Tell how the points of the task are counted.")),
        )


BLOCK.for_expert(
    "4.8",
    "points_by_progress",
    _("Points depend on the solution, attempts, time and deadline"),
)


@BLOCK.requirement("4.9", "completion_criterion", _("Criterion of completion"))
def completion_criterion(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """What earns the document of completion is told. Source: MIN 4.9."""
    yield written(
        judge,
        course.completion_criterion,
        required=Message(_("what earns the document of completion")),
        place=Place(Section.GRADING, None, "completion_criterion"),
        advice=Message(_("Tell how many points earn the document.")),
    )
