"""What a topic consists of: MIN 3.3.2, 3.3.3.7, 3.3.3.12, 3.3.3.16."""

from decimal import Decimal

import pytest

from courses.regulation.facts import LongreadFacts, TaskKind
from courses.regulation.finding import Outcome
from courses.regulation.place import Place, Section
from courses.regulation.resource_facts import MaterialKind
from tests.courses.regulation.factories import (
    findings,
    make_course,
    make_material,
    make_practicum,
    make_task,
    make_topic,
    make_weeks,
    outcomes,
    with_task,
    with_topic,
    worst,
)


def make_longread(**changes):
    return (LongreadFacts(**{"body": "", **changes}),)


@pytest.mark.parametrize(
    ("longreads", "outcome"),
    [
        (make_longread(body="Текст"), Outcome.PASSED),
        (make_longread(url="https://lms.university.example/p/1"), Outcome.PASSED),
        (make_longread(), Outcome.FAILED),
        ((), Outcome.FAILED),
        (make_longread(body=None), Outcome.CANNOT_TELL),
    ],
)
def test_3_3_2_a_topic_has_theory(longreads, outcome):
    course = with_topic(make_course(materials=()), longreads=longreads)

    first = findings(course, "topic_structure")[0]

    assert first.outcome is outcome
    assert first.place == Place(Section.TOPIC, 1, "longreads")


@pytest.mark.parametrize(
    ("kind", "topic_id", "outcome"),
    [
        (MaterialKind.TEXT, 1, Outcome.PASSED),
        (MaterialKind.VIDEO, 1, Outcome.PASSED),
        (MaterialKind.AUDIO, 1, Outcome.PASSED),
        (MaterialKind.PRESENTATION, 1, Outcome.PASSED),
        (MaterialKind.IMAGE, 1, Outcome.FAILED),
        (MaterialKind.VIDEO, 2, Outcome.FAILED),
        (MaterialKind.VIDEO, None, Outcome.FAILED),
    ],
)
def test_3_3_2_theory_may_be_a_material_of_the_topic(kind, topic_id, outcome):
    course = make_course(materials=(make_material(kind, topic_id=topic_id),))

    first = findings(with_topic(course, longreads=()), "topic_structure")[0]

    assert first.outcome is outcome


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"kind": TaskKind.TEST}, Outcome.PASSED),
        ({"kind": TaskKind.TEST, "points": None}, Outcome.PASSED),
        ({"kind": TaskKind.TEST, "points": Decimal(0)}, Outcome.FAILED),
        ({"kind": TaskKind.ESSAY, "points": Decimal(0)}, Outcome.PASSED),
        ({"kind": TaskKind.SURVEY}, Outcome.FAILED),
        ({"kind": None}, Outcome.PASSED),
    ],
)
def test_3_3_2_a_survey_and_a_test_for_training_are_no_control(changes, outcome):
    course = with_task(make_course(), **changes)

    assert findings(course, "topic_structure")[2].outcome is outcome


def test_3_3_2_a_topic_has_a_practicum():
    course = with_topic(make_course(), practicums=())

    assert findings(course, "topic_structure")[1].outcome is Outcome.FAILED


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, Outcome.PASSED),
        ({"control_tasks": ()}, Outcome.FAILED),
        ({"control_tasks": (), "assessed_in": 2}, Outcome.PASSED),
    ],
)
def test_3_3_2_a_topic_has_control_here_or_by_3_3_3_5_elsewhere(changes, outcome):
    course = with_topic(make_course(), **changes)

    assert findings(course, "topic_structure")[2].outcome is outcome


def test_3_3_2_another_topic_of_the_week_may_hold_the_control():
    topics = (make_topic(1, control_tasks=(), assessed_in=2), make_topic(1, id=2))

    assert worst(make_course(topics=topics), "topic_structure") is Outcome.PASSED


@pytest.mark.parametrize("code", ["topic_structure", "topic_outcomes"])
def test_3_3_2_cannot_be_told_without_topics(code):
    assert outcomes(make_course(topics=()), code) == [Outcome.CANNOT_TELL]


@pytest.mark.parametrize(
    ("aims", "outcome"),
    [({1}, Outcome.PASSED), ((), Outcome.FAILED), ({99}, Outcome.FAILED)],
)
def test_3_3_3_7_a_topic_aims_at_outcomes_of_the_course(aims, outcome):
    course = with_topic(make_course(), outcomes=frozenset(aims))

    assert findings(course, "topic_outcomes")[0].outcome is outcome


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, Outcome.PASSED),
        ({"outcomes": frozenset({1})}, Outcome.FAILED),
        ({"control_tasks": (make_task(points=Decimal(0)),)}, Outcome.FAILED),
        ({"control_tasks": (make_task(points=None),)}, Outcome.CANNOT_TELL),
    ],
)
def test_3_3_3_7_every_outcome_is_assessed(changes, outcome):
    course = make_course(topics=make_weeks(2, **changes))

    second = findings(course, "assessed_outcomes")[1]

    assert second.outcome is outcome
    assert second.place == Place(Section.OUTCOMES, 2, "text")


def test_3_3_3_7_without_outcomes_there_is_nothing_to_assess():
    assert outcomes(make_course(outcomes=()), "assessed_outcomes") == [
        Outcome.NOT_APPLICABLE
    ]


@pytest.mark.parametrize("field", ["kind", "title", "aim", "content"])
@pytest.mark.parametrize(
    ("value", "outcome"),
    [("Есть", Outcome.PASSED), ("", Outcome.FAILED), (None, Outcome.CANNOT_TELL)],
)
def test_3_3_3_12_a_practicum_tells_kind_title_aim_and_content(field, value, outcome):
    practicum = make_practicum(**{field: value})
    course = with_topic(make_course(), practicums=(practicum,))

    first = findings(course, "practicum_text")[0]

    assert first.outcome is outcome
    assert first.place == Place(
        Section.PRACTICUM, 31, "title" if outcome is Outcome.PASSED else field
    )


def test_3_3_3_12_without_practicums_there_is_nothing_to_describe():
    course = make_course(topics=make_weeks(2, practicums=()))

    assert outcomes(course, "practicum_text") == [Outcome.NOT_APPLICABLE]


@pytest.mark.parametrize(
    ("field", "value", "outcome"),
    [
        ("kind", None, Outcome.FAILED),
        ("title", "", Outcome.FAILED),
        ("aim", "", Outcome.FAILED),
        ("content", "", Outcome.FAILED),
        ("procedure", "", Outcome.FAILED),
        ("criteria", "", Outcome.FAILED),
        ("criteria", None, Outcome.CANNOT_TELL),
    ],
)
def test_3_3_3_16_a_control_task_is_described_in_full(field, value, outcome):
    first = findings(with_task(make_course(), **{field: value}), "control_task_text")[0]

    assert first.outcome is outcome
    assert first.place == Place(Section.CONTROL_TASK, 41, field)


def test_3_3_3_16_each_missing_text_has_its_own_line():
    course = with_task(make_course(), aim="", procedure="", criteria=None)

    assert outcomes(course, "control_task_text")[:4] == [
        Outcome.FAILED,
        Outcome.FAILED,
        Outcome.CANNOT_TELL,
        Outcome.PASSED,
    ]


def test_3_3_3_16_without_control_tasks_there_is_nothing_to_describe():
    course = make_course(topics=make_weeks(2, control_tasks=()))

    assert outcomes(course, "control_task_text") == [Outcome.NOT_APPLICABLE]
