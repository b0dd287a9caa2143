"""Declared workload beside the topics: MIN 3.2.4.2."""

from decimal import Decimal

import pytest

from courses.regulation.edition import from_mapping
from courses.regulation.facts import StudyModel
from courses.regulation.finding import Outcome
from tests.courses.regulation.factories import (
    MININ,
    findings,
    make_course,
    make_topic,
    make_weeks,
    outcomes,
    with_topic,
    worst,
)

ABSENT = [Outcome.NOT_APPLICABLE]


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, Outcome.PASSED),
        ({"study_model": StudyModel.BLENDED}, Outcome.PASSED),
        ({"credits": None}, Outcome.PASSED),
        ({"hours": None}, Outcome.PASSED),
        ({"weeks": 1}, Outcome.PASSED),
        ({"credits": Decimal("0.5"), "hours": None}, Outcome.PASSED),
        ({"study_model": None}, Outcome.FAILED),
        ({"credits": None, "hours": None}, Outcome.FAILED),
        ({"credits": Decimal(0), "hours": 0}, Outcome.FAILED),
        ({"weeks": None}, Outcome.FAILED),
        ({"weekly_hours": None}, Outcome.FAILED),
    ],
)
def test_3_2_4_2_model_workload_weeks_and_weekly_load_are_stated(changes, outcome):
    assert worst(make_course(**changes), "workload_stated") is outcome


@pytest.mark.parametrize(
    ("stated_credits", "hours", "outcome"),
    [
        ("4.0", 144, Outcome.PASSED),
        ("4.0", 145, Outcome.PASSED),  # 4.03 credits are stated as 4.0
        ("4.0", 146, Outcome.FAILED),
        ("4.0", 142, Outcome.FAILED),
        ("2.8", 100, Outcome.PASSED),  # 2.78
        ("0.5", 18, Outcome.PASSED),
        ("4.0", None, Outcome.NOT_APPLICABLE),
        (None, 144, Outcome.NOT_APPLICABLE),
    ],
)
def test_3_2_4_2_credits_and_hours_are_the_same_workload(
    stated_credits, hours, outcome
):
    course = make_course(
        credits=stated_credits and Decimal(stated_credits), hours=hours
    )

    assert outcomes(course, "credits_agree") == [outcome]


def test_3_2_4_2_disagreeing_credits_say_how_many_hours_they_are():
    (finding,) = findings(make_course(hours=120), "credits_agree")

    assert str(finding.required) == "4 credits of 36 h, that is 144 h"
    assert str(finding.found) == "declared: 120 h"


@pytest.mark.parametrize(
    ("hours", "outcome"),
    [
        (144, Outcome.PASSED),
        (143, Outcome.FAILED),
        (145, Outcome.FAILED),
    ],
)
def test_3_2_4_2_declared_hours_are_those_of_all_topics(hours, outcome):
    assert outcomes(make_course(hours=hours), "hours_agree") == [outcome]


def test_3_2_4_2_half_an_hour_of_the_topics_is_rounding():
    course = with_topic(make_course(), hours=Decimal("17.5"))

    assert outcomes(course, "hours_agree") == [Outcome.PASSED]


@pytest.mark.parametrize(
    ("stated_credits", "outcome"), [("4.0", Outcome.PASSED), ("4.1", Outcome.FAILED)]
)
def test_3_2_4_2_without_hours_the_credits_are_compared(stated_credits, outcome):
    course = make_course(credits=Decimal(stated_credits), hours=None)

    (finding,) = findings(course, "hours_agree")

    assert finding.outcome is outcome
    assert finding.place.field == "credits"


@pytest.mark.parametrize(
    "course",
    [
        make_course(credits=None, hours=None),
        make_course(topics=()),
        with_topic(make_course(), hours=None),
        with_topic(make_course(), hours=Decimal(0)),
    ],
)
def test_3_2_4_2_hours_are_not_compared_while_one_side_is_unknown(course):
    assert outcomes(course, "hours_agree") == ABSENT


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [
        (8, [Outcome.PASSED]),
        (7, [Outcome.FAILED]),
        (9, [Outcome.FAILED]),
        (None, ABSENT),
    ],
)
def test_3_2_4_2_declared_weeks_are_those_of_the_topics(weeks, expected):
    assert outcomes(make_course(weeks=weeks), "weeks_agree") == expected


def test_3_2_4_2_weeks_are_not_compared_while_a_topic_is_in_no_week():
    assert outcomes(with_topic(make_course(), week=None), "weeks_agree") == ABSENT


@pytest.mark.parametrize(
    ("weekly_hours", "outcome"),
    [
        ("15.9", Outcome.FAILED),
        ("16", Outcome.PASSED),
        ("18", Outcome.PASSED),
        ("20", Outcome.PASSED),
        ("20.1", Outcome.FAILED),
    ],
)
def test_3_2_4_2_declared_weekly_load_lies_among_the_weeks(weekly_hours, outcome):
    topics = (
        make_topic(1, hours=Decimal(16)),
        make_topic(2, hours=Decimal(12)),
        make_topic(2, id=3, hours=Decimal(8)),
    )
    course = make_course(topics=topics, weekly_hours=Decimal(weekly_hours))

    assert outcomes(course, "weekly_hours_agree") == [outcome]


@pytest.mark.parametrize(
    "course",
    [
        make_course(weekly_hours=None),
        make_course(topics=()),
        make_course(topics=make_weeks(2, hours=None)),
    ],
)
def test_3_2_4_2_weekly_load_is_not_compared_while_one_side_is_unknown(course):
    assert outcomes(course, "weekly_hours_agree") == ABSENT


def test_3_2_4_2_a_week_without_hours_leaves_the_weekly_load_uncompared():
    topics = (make_topic(1), make_topic(2, hours=None))

    assert outcomes(make_course(topics=topics), "weekly_hours_agree") == [
        Outcome.NOT_APPLICABLE
    ]


@pytest.mark.parametrize(
    ("hours", "outcome"),
    [
        (78, Outcome.FAILED),
        (79, Outcome.PASSED),
        (81, Outcome.PASSED),
        (82, Outcome.FAILED),
    ],
)
def test_3_2_4_2_credits_are_stated_to_a_tenth(hours, outcome):
    """Half of a tenth of a credit of 20 hours is one hour."""
    thresholds = {**MININ.to_mapping()["thresholds"], "hours_per_credit": 20}
    short = from_mapping({**MININ.to_mapping(), "thresholds": thresholds})
    course = make_course(credits=Decimal(4), hours=hours)

    assert outcomes(course, "credits_agree", short) == [outcome]


@pytest.mark.parametrize(
    ("hours", "outcome"),
    [
        ("142.1", Outcome.FAILED),
        ("142.2", Outcome.PASSED),
        ("145.8", Outcome.PASSED),
        ("145.9", Outcome.FAILED),
    ],
)
def test_3_2_4_2_credits_alone_are_compared_to_a_tenth(hours, outcome):
    course = make_course(hours=None, topics=(make_topic(1, hours=Decimal(hours)),))

    assert outcomes(course, "hours_agree") == [outcome]
