"""Tests by which a week is controlled: MIN 3.3.3.17."""

from decimal import Decimal

import pytest

from courses.regulation.facts import CourseType, TaskKind
from courses.regulation.finding import Counter, Outcome
from courses.regulation.place import Place, Section
from tests.courses.regulation.factories import (
    findings,
    make_bank,
    make_course,
    make_task,
    make_topic,
    make_weeks,
    outcomes,
    with_task,
)

CODES = ("weekly_test_questions", "weekly_test_minutes", "weekly_test_bank")
P, F, C = Outcome.PASSED, Outcome.FAILED, Outcome.CANNOT_TELL


BANK = make_bank(1)


def one_week(*tasks, banks=(BANK,)):
    return make_course(topics=(make_topic(1, control_tasks=tasks),), banks=banks)


@pytest.mark.parametrize(("questions", "outcome"), [(9, F), (10, P), (None, C)])
def test_3_3_3_17_a_weekly_test_has_at_least_10_questions(questions, outcome):
    course = with_task(make_course(), questions_drawn=questions)

    first = findings(course, "weekly_test_questions")[0]

    assert first.outcome is outcome
    assert first.place == Place(Section.CONTROL_TASK, 41, "questions_drawn")


@pytest.mark.parametrize(
    ("minutes", "outcome"), [(14, F), (15, P), (30, P), (31, F), (None, C)]
)
def test_3_3_3_17_a_weekly_test_takes_15_to_30_minutes(minutes, outcome):
    course = with_task(make_course(), minutes=minutes)

    assert findings(course, "weekly_test_minutes")[0].outcome is outcome


@pytest.mark.parametrize(("count", "outcome"), [(29, F), (30, P)])
def test_3_3_3_17_a_tested_topic_has_30_questions_in_its_bank(count, outcome):
    course = one_week(make_task(), banks=(make_bank(1, count),))

    (finding,) = findings(course, "weekly_test_bank")

    assert finding.outcome is outcome
    assert finding.counter == Counter(count, 30)
    assert finding.place == Place(Section.BANK, 51, "questions")
    assert str(finding.found) == f"distinct questions: {count}"


def test_3_3_3_17_the_same_question_twice_counts_once():
    """Be it twice in one bank, or in two banks of the topic."""
    repeated = make_bank(1, 29, total=40)
    copied = make_bank(1, 29, id=52)
    course = one_week(make_task(), banks=(repeated, copied))

    (finding,) = findings(course, "weekly_test_bank")

    assert finding.outcome is F
    assert finding.counter == Counter(29, 30)
    assert str(finding.found) == "distinct questions: 29 of 69"


def test_3_3_3_17_banks_of_other_topics_and_of_the_course_do_not_count():
    course = one_week(make_task(), banks=(make_bank(2, 40), make_bank(None, 240)))

    (finding,) = findings(course, "weekly_test_bank")

    assert finding.outcome is F
    assert finding.counter == Counter(0, 30)
    assert finding.place == Place(Section.TOPIC, 1, "banks")


def test_3_3_3_17_a_test_draws_from_the_topics_it_assesses():
    """Topics that name it as the place of their assessment by MIN 3.3.3.5."""
    course = make_course(
        topics=(make_topic(1, control_tasks=(), assessed_in=2), make_topic(2)),
        banks=(make_bank(1, 15), make_bank(2, 15)),
    )

    (finding,) = findings(course, "weekly_test_bank")

    assert finding.outcome is P
    assert finding.counter == Counter(30, 30)


@pytest.mark.parametrize(("known", "outcome"), [(29, C), (30, P)])
def test_3_3_3_17_an_unread_bank_matters_only_below_30(known, outcome):
    unread = make_bank(1, id=52, total=None, fingerprints=None, drawable=None)
    course = one_week(make_task(), banks=(make_bank(1, known), unread))

    assert outcomes(course, "weekly_test_bank") == [outcome]


def test_3_3_3_17_several_tests_of_a_week_may_each_be_whole():
    course = one_week(make_task(minutes=20), make_task(minutes=20))

    assert outcomes(course, "weekly_test_questions") == [P, P]
    assert outcomes(course, "weekly_test_minutes") == [P, P]


def test_3_3_3_17_several_tests_of_a_week_may_be_whole_together():
    """Also when they stand in two topics of the week."""
    half = make_task(questions_drawn=5, minutes=10)
    topics = (
        make_topic(1, control_tasks=(half,)),
        make_topic(1, id=2, control_tasks=(half,)),
    )

    questions = findings(make_course(topics=topics), "weekly_test_questions")
    minutes = findings(make_course(topics=topics), "weekly_test_minutes")

    assert [finding.outcome for finding in (*questions, *minutes)] == [P, P, P, P]
    assert str(questions[0].found) == (
        "questions in the test: 5; in all tests of the week: 10"
    )
    assert str(minutes[0].found) == (
        "minutes of the test: 10; of all tests of the week: 20"
    )


def test_3_3_3_17_a_test_that_is_whole_alone_says_nothing_of_the_others():
    course = one_week(
        make_task(questions_drawn=10, minutes=15),
        make_task(questions_drawn=2, minutes=5),
    )

    questions = findings(course, "weekly_test_questions")
    minutes = findings(course, "weekly_test_minutes")

    assert str(questions[0].found) == "questions in the test: 10"
    assert str(minutes[0].found) == "minutes of the test: 15"


@pytest.mark.parametrize(
    ("questions", "minutes", "expected_questions", "expected_minutes"),
    [
        ((5, 4), (10, 10), [F, F], [F, F]),
        ((5, 5), (20, 20), [F, F], [P, P]),
        ((5, 5), (5, 5), [F, F], [F, F]),
        ((5, None), (10, 10), [F, C], [F, F]),
    ],
)
def test_3_3_3_17_tests_that_are_whole_neither_alone_nor_together_fail(
    questions, minutes, expected_questions, expected_minutes
):
    tasks = [
        make_task(questions_drawn=drawn, minutes=time)
        for drawn, time in zip(questions, minutes, strict=True)
    ]

    assert outcomes(one_week(*tasks), "weekly_test_questions") == expected_questions
    assert outcomes(one_week(*tasks), "weekly_test_minutes") == expected_minutes


def test_3_3_3_17_topics_in_no_week_do_not_help_each_other():
    half = make_task(questions_drawn=5, minutes=10)
    topics = tuple(make_topic(None, id=key, control_tasks=(half,)) for key in (1, 2))

    assert outcomes(make_course(topics=topics), "weekly_test_questions") == [F, F]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    "changes",
    [
        {"kind": TaskKind.PROJECT},
        {"points": Decimal(0)},
        {"is_bonus": True},
    ],
)
def test_3_3_3_17_does_not_apply_where_no_week_is_controlled_by_a_test(code, changes):
    course = make_course(topics=make_weeks(2, control_tasks=(make_task(**changes),)))

    assert outcomes(course, code) == [Outcome.NOT_APPLICABLE]


@pytest.mark.parametrize("code", CODES)
def test_3_3_3_17_does_not_apply_without_topics(code):
    assert outcomes(make_course(topics=()), code) == [Outcome.NOT_APPLICABLE]


def test_3_3_3_17_binds_every_type():
    for course_type in CourseType:
        course = with_task(make_course(type=course_type), questions_drawn=9)
        assert findings(course, "weekly_test_questions")[0].outcome is F


def test_3_3_3_17_a_test_without_a_limit_of_time_fails_and_spoils_those_beside_it():
    course = one_week(make_task(minutes=20), make_task(minutes=0))

    told = findings(course, "weekly_test_minutes")

    assert [(row.outcome, str(row.found)) for row in told] == [
        (P, "minutes of the test: 20"),
        (F, "without a limit of time"),
    ]
