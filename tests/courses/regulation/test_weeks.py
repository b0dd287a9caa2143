"""Workload and weeks: MIN 3.3.3.1, 3.3.3.2, 3.3.3.3, 3.3.3.5, 3.3.3.6."""

from dataclasses import replace
from decimal import Decimal

import pytest

from courses.regulation.facts import CourseType, TaskKind
from courses.regulation.finding import Counter, Outcome, Source
from courses.regulation.place import Place, Section
from tests.courses.regulation.factories import (
    MININ,
    findings,
    make_course,
    make_task,
    make_topic,
    make_weeks,
    outcomes,
    with_topic,
    worst,
)

OTHER_TYPES = sorted(set(CourseType) - {CourseType.OPEN_LEARNING})
NO_CONTROL = {"control_tasks": ()}


def make_untold(**changes):
    """A course whose topics tell no hours."""
    return make_course(topics=make_weeks(8, hours=None), **changes)


# 3.3.3.1


@pytest.mark.parametrize(
    ("hours", "outcome"),
    [
        ("26.9", Outcome.PASSED),
        ("27.0", Outcome.PASSED),  # 216 h are 6 credits
        ("27.1", Outcome.FAILED),
    ],
)
def test_3_3_3_1_an_open_learning_course_takes_at_most_6_credits(hours, outcome):
    course = make_course(topics=make_weeks(8, hours=Decimal(hours)))

    (finding,) = findings(course, "workload")

    assert finding.outcome is outcome
    assert finding.source is Source.MEASURED


def test_3_3_3_1_the_hours_of_a_credit_are_the_editions():
    """30 hours in Kazakhstan and Kyrgyzstan: 180 h are 6 credits."""
    kazakh = replace(MININ, thresholds={**MININ.thresholds, "hours_per_credit": 30})
    allowed = make_course(topics=make_weeks(8, hours=Decimal("22.5")))
    too_long = make_course(topics=make_weeks(8, hours=Decimal("22.6")))

    assert outcomes(allowed, "workload", kazakh) == [Outcome.PASSED]
    assert outcomes(too_long, "workload", kazakh) == [Outcome.FAILED]


@pytest.mark.parametrize("course_type", OTHER_TYPES)
def test_3_3_3_1_does_not_bind_other_types(course_type):
    course = make_course(type=course_type, topics=make_weeks(8, hours=Decimal(40)))

    assert outcomes(course, "workload") == [Outcome.NOT_APPLICABLE]


@pytest.mark.parametrize(
    ("stated_credits", "hours", "outcome", "have"),
    [
        ("6.0", None, Outcome.PASSED, 216),
        ("6.1", None, Outcome.FAILED, Decimal("219.6")),
        (None, 216, Outcome.PASSED, 216),
        (None, 217, Outcome.FAILED, 217),
        ("4.0", 217, Outcome.FAILED, 217),
        ("6.1", 144, Outcome.FAILED, Decimal("219.6")),
    ],
)
def test_3_3_3_1_while_topics_tell_no_hours_the_larger_declared_workload_counts(
    stated_credits, hours, outcome, have
):
    course = make_untold(
        credits=stated_credits and Decimal(stated_credits), hours=hours
    )

    (finding,) = findings(course, "workload")

    assert finding.outcome is outcome
    assert finding.source is Source.DECLARED
    assert finding.counter == Counter(have, 216)


def test_3_3_3_1_cannot_be_told_while_nothing_is_stated():
    (finding,) = findings(make_untold(credits=None, hours=None), "workload")

    assert finding.outcome is Outcome.CANNOT_TELL
    assert finding.counter is None


def test_3_3_3_1_a_part_of_the_topics_may_already_be_too_much():
    topics = (make_topic(1, hours=Decimal(217)), make_topic(2, hours=None))

    assert outcomes(make_course(topics=topics), "workload") == [Outcome.FAILED]


def test_3_3_3_1_measured_hours_beat_declared_ones():
    assert outcomes(make_course(hours=300, credits=None), "workload") == [
        Outcome.PASSED
    ]


# 3.3.3.2


@pytest.mark.parametrize(
    ("weeks", "outcome"),
    [
        (1, Outcome.FAILED),
        (2, Outcome.PASSED),
        (16, Outcome.PASSED),
        (17, Outcome.FAILED),
    ],
)
def test_3_3_3_2_an_open_learning_course_lasts_2_to_16_weeks(weeks, outcome):
    course = make_course(topics=make_weeks(weeks))

    (finding,) = findings(course, "duration")

    assert finding.outcome is outcome
    assert finding.counter == Counter(weeks, 16)
    assert finding.source is Source.MEASURED


@pytest.mark.parametrize("course_type", OTHER_TYPES)
def test_3_3_3_2_duration_does_not_bind_other_types(course_type):
    course = make_course(type=course_type, topics=make_weeks(17))

    assert outcomes(course, "duration") == [Outcome.NOT_APPLICABLE]


@pytest.mark.parametrize(
    ("weeks", "outcome"),
    [
        (16, Outcome.PASSED),
        (17, Outcome.FAILED),
        (1, Outcome.FAILED),
        (None, Outcome.CANNOT_TELL),
    ],
)
def test_3_3_3_2_without_topics_the_declared_weeks_count(weeks, outcome):
    course = make_course(topics=(), weeks=weeks)

    (finding,) = findings(course, "duration")

    assert finding.outcome is outcome
    assert finding.place == Place(Section.DESCRIPTION, None, "weeks")


def test_3_3_3_2_a_topic_in_week_17_is_too_late_whatever_others_say():
    topics = (make_topic(None, id=1), make_topic(17))

    assert outcomes(make_course(topics=topics), "duration") == [Outcome.FAILED]


def test_3_3_3_2_a_week_without_a_topic_is_a_gap():
    topics = tuple(make_topic(week) for week in (1, 3, 7))

    (finding,) = findings(make_course(topics=topics), "built_by_weeks")

    assert finding.outcome is Outcome.FAILED
    assert str(finding.found) == "weeks without a topic: 2, 4–6"


def test_3_3_3_2_a_course_begins_in_its_first_week():
    topics = (make_topic(2), make_topic(3))

    (finding,) = findings(make_course(topics=topics), "built_by_weeks")

    assert finding.outcome is Outcome.FAILED
    assert str(finding.found) == "weeks without a topic: 1"


@pytest.mark.parametrize(
    ("last", "outcome"), [(16, Outcome.PASSED), (17, Outcome.FAILED)]
)
def test_3_3_3_2_declared_weeks_count_until_the_topics_exceed_the_most(last, outcome):
    topics = (make_topic(last), make_topic(None, id=99))

    assert outcomes(make_course(topics=topics, weeks=16), "duration") == [outcome]


@pytest.mark.parametrize(
    ("week", "outcome"),
    [(0, Outcome.FAILED), (-1, Outcome.FAILED), (None, Outcome.CANNOT_TELL)],
)
def test_3_3_3_2_a_topic_stands_in_a_week(week, outcome):
    topics = (*make_weeks(2), make_topic(week, id=3))

    (finding,) = findings(make_course(topics=topics), "built_by_weeks")

    assert finding.outcome is outcome
    assert finding.place == Place(Section.TOPIC, 3, "week")


def test_3_3_3_2_weeks_without_gaps_are_said_to_be_so():
    (finding,) = findings(make_course(topics=make_weeks(3)), "built_by_weeks")

    assert finding.outcome is Outcome.PASSED
    assert str(finding.found) == "topics: 3"


def test_3_3_3_2_the_topic_zero_is_no_week_of_its_own():
    """The introduction stands before the weeks (MIN 3.2)."""
    course = make_course(topics=(make_topic(0, id=9), *make_weeks(2)), weeks=None)

    assert outcomes(course, "duration") == [Outcome.CANNOT_TELL]
    assert len(findings(course, "weekly_assessment")) == 2


def test_3_3_3_2_without_topics_the_weeks_cannot_be_told():
    assert outcomes(make_course(topics=()), "built_by_weeks") == [Outcome.CANNOT_TELL]


def test_3_3_3_2_a_wild_week_number_makes_one_finding_only():
    course = make_course(topics=(make_topic(1), make_topic(32_767)))

    assert len(findings(course, "built_by_weeks")) == 1
    assert len(findings(course, "weekly_assessment")) == 3


# 3.3.3.3


@pytest.mark.parametrize(
    ("hours", "outcome"),
    [
        ("22.0", Outcome.PASSED),
        ("22.5", Outcome.FAILED),
        ("22.1", Outcome.FAILED),
    ],
)
def test_3_3_3_3_a_week_takes_at_most_22_hours(hours, outcome):
    first = findings(with_topic(make_course(), hours=Decimal(hours)), "weekly_load")[0]

    assert first.outcome is outcome
    assert first.counter == Counter(22 if hours == "22.0" else Decimal(hours), 22)
    assert first.source is Source.MEASURED


def test_3_3_3_3_the_topics_of_a_week_count_together():
    topics = (
        make_topic(1, hours=Decimal(10)),
        make_topic(1, id=2, hours=Decimal("12.5")),
    )

    first = findings(make_course(topics=topics), "weekly_load")[0]

    assert first.outcome is Outcome.FAILED
    assert str(first.found) == "week 1: 22.5 h"
    assert first.place == Place(Section.TOPIC, 2, "hours")


@pytest.mark.parametrize("unstated", [None, Decimal(0)])
@pytest.mark.parametrize(
    ("stated", "outcome"),
    [("22.0", Outcome.CANNOT_TELL), ("22.5", Outcome.FAILED)],
)
def test_3_3_3_3_a_week_with_unstated_hours_cannot_be_told_unless_over_already(
    stated, unstated, outcome
):
    topics = (
        make_topic(1, hours=Decimal(stated)),
        make_topic(1, id=2, hours=unstated),
    )

    first = findings(make_course(topics=topics), "weekly_load")[0]

    assert first.outcome is outcome
    assert first.place == Place(Section.TOPIC, 2, "hours")


@pytest.mark.parametrize(
    ("weekly_hours", "outcome"),
    [
        ("22.0", Outcome.PASSED),
        ("22.5", Outcome.FAILED),
        ("0", Outcome.CANNOT_TELL),
    ],
)
def test_3_3_3_3_the_declared_load_is_bound_too(weekly_hours, outcome):
    course = make_course(weekly_hours=Decimal(weekly_hours))

    last = findings(course, "weekly_load")[-1]

    assert last.outcome is outcome
    assert last.source is Source.DECLARED


def test_3_3_3_3_binds_every_type():
    for course_type in CourseType:
        course = make_course(type=course_type, weekly_hours=Decimal("22.5"))
        assert worst(course, "weekly_load") is Outcome.FAILED


def test_3_3_3_3_cannot_be_told_without_topics_and_statement():
    course = make_course(topics=(), weekly_hours=None)

    assert outcomes(course, "weekly_load") == [Outcome.CANNOT_TELL]


def test_3_3_3_3_only_the_weeks_count_while_no_load_is_declared():
    assert (
        outcomes(make_course(weekly_hours=None), "weekly_load") == [Outcome.PASSED] * 8
    )


# 3.3.3.5


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, Outcome.PASSED),
        ({"kind": TaskKind.ESSAY}, Outcome.PASSED),
        ({"kind": TaskKind.SURVEY}, Outcome.FAILED),
        ({"is_bonus": True}, Outcome.FAILED),
        ({"points": Decimal(0)}, Outcome.FAILED),
        ({"points": None}, Outcome.CANNOT_TELL),
    ],
)
def test_3_3_3_5_a_week_has_a_task_that_gives_points(changes, outcome):
    course = with_topic(make_course(), control_tasks=(make_task(**changes),))

    assert findings(course, "weekly_assessment")[0].outcome is outcome


def test_3_3_3_5_one_assessed_topic_is_enough_for_its_week():
    topics = (make_topic(1), make_topic(1, id=2, **NO_CONTROL))

    assert outcomes(make_course(topics=topics), "weekly_assessment") == [Outcome.PASSED]


@pytest.mark.parametrize(
    ("second", "outcome"),
    [
        ({}, Outcome.PASSED),
        ({"outcomes": frozenset({1, 2, 3})}, Outcome.PASSED),
        ({"outcomes": frozenset({1})}, Outcome.FAILED),
        (NO_CONTROL, Outcome.FAILED),
        ({"control_tasks": (make_task(points=None),)}, Outcome.CANNOT_TELL),
    ],
)
def test_3_3_3_5_another_week_may_assess_the_same_outcomes(second, outcome):
    topics = (
        make_topic(1, assessed_in=2, **NO_CONTROL),
        make_topic(2, **second),
    )

    first = findings(make_course(topics=topics), "weekly_assessment")[0]

    assert first.outcome is outcome


@pytest.mark.parametrize("assessed_in", [None, 1, 99])
def test_3_3_3_5_the_other_topic_is_named_and_exists_and_is_another(assessed_in):
    topics = (make_topic(1, assessed_in=assessed_in, **NO_CONTROL), make_topic(2))

    first = findings(make_course(topics=topics), "weekly_assessment")[0]

    assert first.outcome is Outcome.FAILED
    assert first.place == Place(Section.TOPIC, 1, "control_tasks")


def test_3_3_3_5_a_topic_without_outcomes_cannot_be_assessed_elsewhere():
    topics = (
        make_topic(1, assessed_in=2, outcomes=frozenset(), **NO_CONTROL),
        make_topic(2),
    )

    assert worst(make_course(topics=topics), "weekly_assessment") is Outcome.FAILED


def test_3_3_3_5_every_topic_of_an_unassessed_week_is_assessed_elsewhere():
    topics = (
        make_topic(1, assessed_in=3, **NO_CONTROL),
        make_topic(1, id=2, **NO_CONTROL),
        make_topic(2, id=3),
    )

    first = findings(make_course(topics=topics), "weekly_assessment")[0]

    assert first.outcome is Outcome.FAILED
    assert first.place == Place(Section.TOPIC, 2, "control_tasks")


def test_3_3_3_5_a_week_without_topics_assesses_nothing():
    course = make_course(topics=(make_topic(1), make_topic(3)))

    assert outcomes(course, "weekly_assessment") == [
        Outcome.FAILED,
        Outcome.PASSED,
        Outcome.PASSED,
    ]


def test_3_3_3_5_cannot_be_told_without_topics():
    assert outcomes(make_course(topics=()), "weekly_assessment") == [
        Outcome.CANNOT_TELL
    ]


def test_3_3_3_5_binds_every_type():
    for course_type in CourseType:
        course = with_topic(make_course(type=course_type), **NO_CONTROL)
        assert worst(course, "weekly_assessment") is Outcome.FAILED


# 3.3.3.6


def loaded(*hours):
    """Weeks of so many hours, each a topic."""
    return make_course(
        topics=tuple(
            make_topic(week, hours=each and Decimal(each))
            for week, each in enumerate(hours, start=1)
        )
    )


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (("10", "10"), [Outcome.PASSED]),
        (("7.5", "12.5"), [Outcome.PASSED]),
        (("7.4", "12.6"), [Outcome.FAILED] * 2),
        (("10", "10", "10", "16"), [Outcome.FAILED]),
        (("10", None), [Outcome.CANNOT_TELL]),
        (("10", "0"), [Outcome.CANNOT_TELL]),
        ((), [Outcome.NOT_APPLICABLE]),
    ],
)
def test_3_3_3_6_the_load_is_spread_evenly_over_the_weeks(hours, expected):
    """A quarter of the mean week is as far as a week may be from it."""
    assert outcomes(loaded(*hours), "even_load") == expected


def test_3_3_3_6_each_uneven_week_is_named_with_its_hours():
    (finding,) = findings(loaded("10", "10", "10", "18"), "even_load")

    assert str(finding.required) == "hours of each week: from 9 to 15"
    assert str(finding.found) == "week 4: 18 h"
    assert finding.place == Place(Section.TOPIC, 4, "hours")


def test_3_3_3_6_topics_of_a_week_count_together():
    halves = (
        make_topic(1, id=1, hours=Decimal(5)),
        make_topic(1, id=2, hours=Decimal(5)),
        make_topic(2, id=3, hours=Decimal(10)),
    )

    assert outcomes(make_course(topics=halves), "even_load") == [Outcome.PASSED]


def test_3_3_3_6_hours_that_are_not_stated_are_named():
    (finding,) = findings(loaded("10", None), "even_load")

    assert finding.place == Place(Section.TOPIC, 2, "hours")
