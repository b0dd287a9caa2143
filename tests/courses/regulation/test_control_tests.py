"""Control tests and their banks: MIN 4.6, 4.10."""

from dataclasses import replace

import pytest

from courses.regulation.edition import from_mapping
from courses.regulation.facts import Grading, TaskKind
from courses.regulation.finding import Counter, Outcome, Source
from courses.regulation.place import Place, Section
from tests.courses.regulation.factories import (
    MININ,
    findings,
    make_bank,
    make_course,
    make_task,
    make_topic,
    outcomes,
    with_attestation,
)

P, F, C = Outcome.PASSED, Outcome.FAILED, Outcome.CANNOT_TELL
NOT_APPLICABLE = [Outcome.NOT_APPLICABLE]


def course(task, *banks):
    topics = (make_topic(1, control_tasks=(task,)),)
    return make_course(topics=topics, attestation=None, banks=banks)


@pytest.mark.parametrize(
    ("count", "drawn", "outcome"),
    [(20, 10, P), (19, 10, F), (40, None, C)],
)
def test_4_10_a_bank_holds_twice_what_a_test_draws(count, drawn, outcome):
    task = make_task(questions_drawn=drawn)

    assert outcomes(course(task, make_bank(1, count)), "bank_exceeds_draw") == [outcome]


def test_4_10_the_finding_says_that_only_numbers_are_seen():
    (finding,) = findings(course(make_task(), make_bank(1)), "bank_exceeds_draw")

    assert str(finding.found) == (
        "distinct questions to draw at random: 30; a number is all that is seen"
    )


@pytest.mark.parametrize(("ratio", "least"), [("1", 11), ("1.05", 11), ("1.5", 15)])
def test_4_10_a_bank_is_always_larger_than_one_draw(ratio, least):
    thresholds = {**MININ.to_mapping()["thresholds"], "bank_draw_ratio": ratio}
    lenient = from_mapping({**MININ.to_mapping(), "thresholds": thresholds})

    (finding,) = findings(
        course(make_task(), make_bank(1, 12)), "bank_exceeds_draw", lenient
    )

    assert finding.counter == Counter(12, least)


@pytest.mark.parametrize(("attempts", "outcome"), [(1, P), (9, P), (0, F), (None, C)])
def test_4_10_the_attempts_of_a_control_test_are_limited(attempts, outcome):
    (finding,) = findings(course(make_task(attempts=attempts)), "limited_attempts")

    assert (finding.outcome, finding.source) == (outcome, Source.DECLARED)
    assert finding.place == Place(Section.CONTROL_TASK, 41, "attempts")


def test_4_10_the_attempts_of_the_final_test_are_limited():
    told = findings(with_attestation(make_course(), attempts=0), "limited_attempts")

    assert [finding.outcome for finding in told] == [F, P]
    assert told[0].place == Place(Section.ATTESTATION, 61, "attempts")
    assert [str(finding.found) for finding in told] == [
        "attempts without limit",
        "tests: 8",
    ]


@pytest.mark.parametrize("code", ["limited_attempts", "machine_questions"])
def test_4_10_does_not_apply_without_control_tests(code):
    assert outcomes(course(make_task(kind=TaskKind.ESSAY)), code) == NOT_APPLICABLE


@pytest.mark.parametrize(
    ("questions", "outcome"),
    [
        ({}, P),
        ({"by_hand": 1}, F),
        ({"of_unknown_kind": 1}, C),
        ({"by_hand": 1, "of_unknown_kind": 1}, F),
    ],
)
def test_4_6_a_test_graded_automatically_has_questions_that_can_be(questions, outcome):
    wrong = replace(make_bank(1), id=7, **questions)

    (finding,) = findings(course(make_task(), make_bank(1), wrong), "machine_questions")

    assert finding.outcome is outcome
    expected = 51 if outcome is P else 7
    assert finding.place == Place(Section.BANK, expected, "questions")


@pytest.mark.parametrize(
    ("grading", "banks"),
    [(Grading.PEER, (make_bank(1, by_hand=3),)), (Grading.AUTOMATIC, ())],
)
def test_4_6_asks_nothing_of_questions_that_no_machine_grades(grading, banks):
    graded = course(make_task(grading=grading), *banks)

    assert outcomes(graded, "machine_questions") == NOT_APPLICABLE


def test_4_6_tests_with_such_questions_are_named_and_the_others_counted():
    wrong = make_bank(1, by_hand=2, of_unknown_kind=1)
    whole = make_course(banks=(wrong, make_bank(2)), attestation=None)

    told = findings(whole, "machine_questions")

    assert [str(finding.found) for finding in told] == [
        "essays: 2, of kinds not known: 1",
        "tests: 1",
    ]
