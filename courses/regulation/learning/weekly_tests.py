"""Tests by which a week is controlled. Source: MIN 3.3.3.17."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from courses.regulation.banks import (
    banks_of_topic,
    distinct,
    found_in,
    place_of_banks,
)
from courses.regulation.facts import ControlTaskFacts, CourseFacts, TopicFacts
from courses.regulation.finding import Finding
from courses.regulation.known import amount_of, total_of
from courses.regulation.place import Place, Section
from courses.regulation.presence import NOT_KNOWN
from courses.regulation.requirement import Block, Judge, Kind, Requirements
from courses.regulation.texts import Message, Number, message
from courses.regulation.texts import gettext_noop as _
from courses.regulation.thresholds import (
    TOPIC_BANK_MIN,
    WEEKLY_TEST_MINUTES_MAX,
    WEEKLY_TEST_MINUTES_MIN,
    WEEKLY_TEST_QUESTIONS_MIN,
)

BLOCK = Requirements(Block.LEARNING)
_NO_TESTS = Message(_("no week is controlled by a test"))
_SIZE = (
    WEEKLY_TEST_QUESTIONS_MIN,
    WEEKLY_TEST_MINUTES_MIN,
    WEEKLY_TEST_MINUTES_MAX,
)


@dataclass(frozen=True, slots=True)
class _WeeklyTest:
    """A test, and what the tests of its week are together if that is within bounds."""

    task: ControlTaskFacts
    together: "_Together | None"


@dataclass(frozen=True, slots=True)
class _Together:
    """Questions and minutes of all tests of a week, within the bounds."""

    questions: Number
    minutes: Number


def _weekly_tests(course: CourseFacts, judge: Judge) -> Iterator[_WeeklyTest]:
    """Control tests, week by week.

    The regulation bounds the control of a week, so several tests of a week pass
    when each is within the bounds or all together are.
    """
    weeks: defaultdict[tuple[int, int], list[ControlTaskFacts]] = defaultdict(list)
    for topic in course.topics:
        # A topic in no week stands alone.
        week = (topic.week, 0) if topic.week else (0, topic.id)
        weeks[week] += [task for task in topic.control_tasks if task.is_control_test()]
    for tests in weeks.values():
        together = _within_bounds(tests, judge)
        for task in tests:
            yield _WeeklyTest(task, together)


def _within_bounds(tests: list[ControlTaskFacts], judge: Judge) -> _Together | None:
    # One without a limit of time, which is 0, leaves all of them without one.
    if any(task.minutes == 0 for task in tests):
        return None
    questions = total_of(task.questions_drawn for task in tests)
    minutes = total_of(task.minutes for task in tests)
    has_enough = questions.is_at_least(judge.value(WEEKLY_TEST_QUESTIONS_MIN))
    is_in_time = minutes.is_between(
        judge.value(WEEKLY_TEST_MINUTES_MIN), judge.value(WEEKLY_TEST_MINUTES_MAX)
    )
    is_whole = has_enough is True and is_in_time is True
    return _Together(questions.known, minutes.known) if is_whole else None


@BLOCK.requirement(
    "3.3.3.17",
    "weekly_test_questions",
    _("Questions of a weekly test"),
    kind=Kind.DECLARED,
    thresholds=_SIZE,
)
def weekly_test_questions(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """A weekly test has at least 10 questions. Source: MIN 3.3.3.17."""
    least = judge.value(WEEKLY_TEST_QUESTIONS_MIN)
    tests = list(_weekly_tests(course, judge))
    if not tests:
        yield judge.not_applicable(_NO_TESTS)
    for test in tests:
        task, drawn = test.task, test.task.questions_drawn
        yield judge.finding(
            is_met=test.together is not None or amount_of(drawn).is_at_least(least),
            required=message(
                _("questions in the test “%(title)s”: at least %(least)s"),
                title=task.title or "—",
                least=least,
            ),
            found=_questions_found(test, least),
            place=Place(Section.CONTROL_TASK, task.id, "questions_drawn"),
            advice=Message(_("Let the test draw more questions.")),
            counter=None if drawn is None else (drawn, least),
        )


def _questions_found(test: _WeeklyTest, least: int) -> Message:
    drawn = test.task.questions_drawn
    if drawn is None:
        return NOT_KNOWN
    if test.together is None or drawn >= least:
        return message(_("questions in the test: %(questions)s"), questions=drawn)
    return message(
        _("questions in the test: %(questions)s; in all tests of the week: %(all)s"),
        questions=drawn,
        all=test.together.questions,
    )


@BLOCK.requirement(
    "3.3.3.17",
    "weekly_test_minutes",
    _("Time of a weekly test"),
    kind=Kind.DECLARED,
    thresholds=_SIZE,
)
def weekly_test_minutes(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """A weekly test takes 15 to 30 minutes. Source: MIN 3.3.3.17."""
    least = judge.value(WEEKLY_TEST_MINUTES_MIN)
    most = judge.value(WEEKLY_TEST_MINUTES_MAX)
    tests = list(_weekly_tests(course, judge))
    if not tests:
        yield judge.not_applicable(_NO_TESTS)
    for test in tests:
        task, minutes = test.task, test.task.minutes
        is_within = amount_of(minutes).is_between(least, most)
        yield judge.finding(
            is_met=test.together is not None or is_within,
            required=message(
                _("minutes of the test “%(title)s”: from %(least)s to %(most)s"),
                title=task.title or "—",
                least=least,
                most=most,
            ),
            found=_minutes_found(test, is_within=is_within),
            place=Place(Section.CONTROL_TASK, task.id, "minutes"),
            advice=Message(_("Set the time of the test within these bounds.")),
        )


def _minutes_found(test: _WeeklyTest, *, is_within: bool | None) -> Message:
    minutes = test.task.minutes
    if minutes is None:
        return NOT_KNOWN
    if minutes == 0:
        return Message(_("without a limit of time"))
    if test.together is None or is_within:
        return message(_("minutes of the test: %(minutes)s"), minutes=minutes)
    return message(
        _("minutes of the test: %(minutes)s; of all tests of the week: %(all)s"),
        minutes=minutes,
        all=test.together.minutes,
    )


@BLOCK.requirement(
    "3.3.3.17",
    "weekly_test_bank",
    _("Question bank of a weekly test"),
    thresholds=(TOPIC_BANK_MIN,),
)
def weekly_test_bank(course: CourseFacts, judge: Judge) -> Iterator[Finding]:
    """The bank of a tested topic has 30 distinct questions. Source: MIN 3.3.3.17."""
    tested = [
        topic
        for topic in course.topics
        if any(task.is_control_test() for task in topic.control_tasks)
    ]
    if not tested:
        yield judge.not_applicable(_NO_TESTS)
    for topic in tested:
        yield _bank_of_topic(course, judge, topic)


def _bank_of_topic(course: CourseFacts, judge: Judge, topic: TopicFacts) -> Finding:
    least = judge.value(TOPIC_BANK_MIN)
    banks = banks_of_topic(course, topic)
    questions = distinct(banks)
    is_met = questions.is_at_least(least)
    return judge.finding(
        is_met=is_met,
        required=message(
            _(
                "distinct questions in the bank of “%(topic)s”, week %(week)s:"
                " at least %(least)s"
            ),
            topic=topic.title or "—",
            week=topic.week or "—",
            least=least,
        ),
        found=NOT_KNOWN if is_met is None else found_in(banks),
        place=place_of_banks(banks, topic),
        advice=Message(_("Import or write more distinct questions for this topic.")),
        counter=(questions.known, least),
    )
