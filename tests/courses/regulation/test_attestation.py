"""Block «Итоговая аттестация»: MIN 3.4.1, 3.4.2."""

from dataclasses import replace

import pytest

from courses.regulation.facts import AttestationForm, CourseType
from courses.regulation.finding import Counter, Outcome
from courses.regulation.place import Place, Section
from tests.courses.regulation.factories import (
    findings,
    make_attestation,
    make_bank,
    make_course,
    outcomes,
    with_attestation,
)

TEST_CODES = ("final_test_questions", "final_test_minutes", "final_test_bank")
P, F, C = Outcome.PASSED, Outcome.FAILED, Outcome.CANNOT_TELL
NOTHING = {"content": "", "criteria": "", "questions_drawn": None}


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, P),
        ({**NOTHING, "content": "Советы"}, P),
        ({**NOTHING, "criteria": "Критерии"}, P),
        ({**NOTHING, "questions_drawn": 20}, P),
        (NOTHING, F),
        ({**NOTHING, "criteria": None}, C),
    ],
)
def test_3_4_1_the_final_attestation_has_materials(changes, outcome):
    course = with_attestation(make_course(), **changes)

    assert outcomes(course, "attestation_materials") == [outcome]


def test_3_4_1_no_final_attestation_has_no_materials():
    (finding,) = findings(make_course(attestation=None), "attestation_materials")

    assert finding.outcome is F
    assert finding.place == Place(Section.ATTESTATION, None, "content")


@pytest.mark.parametrize(
    ("questions", "outcome"), [(14, F), (15, P), (30, P), (31, F), (None, C)]
)
def test_3_4_2_a_final_test_has_15_to_30_questions(questions, outcome):
    course = with_attestation(make_course(), questions_drawn=questions)

    assert outcomes(course, "final_test_questions") == [outcome]


@pytest.mark.parametrize(
    ("minutes", "outcome"), [(29, F), (30, P), (60, P), (61, F), (None, C)]
)
def test_3_4_2_a_final_test_takes_30_to_60_minutes(minutes, outcome):
    course = with_attestation(make_course(), minutes=minutes)

    assert outcomes(course, "final_test_minutes") == [outcome]


@pytest.mark.parametrize(("count", "outcome"), [(199, F), (200, P)])
def test_3_4_2_the_course_has_200_questions(count, outcome):
    banks = (make_bank(1, 100), make_bank(None, count - 100))

    (finding,) = findings(make_course(banks=banks), "final_test_bank")

    assert finding.outcome is outcome
    assert finding.counter == Counter(count, 200)
    assert finding.place == Place(Section.BANK, 51, "questions")


def test_3_4_2_questions_copied_into_a_second_bank_count_once():
    topic_bank = make_bank(1, 150)
    copy = replace(topic_bank, id=99, topic_id=None)

    (finding,) = findings(make_course(banks=(topic_bank, copy)), "final_test_bank")

    assert finding.outcome is F
    assert finding.counter == Counter(150, 200)


@pytest.mark.parametrize(("known", "outcome"), [(199, C), (200, P)])
def test_3_4_2_an_unread_bank_matters_only_below_200(known, outcome):
    unread = make_bank(2, total=None, fingerprints=None, drawable=None)

    assert outcomes(
        make_course(banks=(make_bank(1, known), unread)), "final_test_bank"
    ) == [outcome]


def test_3_4_2_a_course_without_banks_is_told_to_make_one():
    (finding,) = findings(make_course(banks=()), "final_test_bank")

    assert finding.outcome is F
    assert finding.place == Place(Section.BANK, None, "questions")


@pytest.mark.parametrize("code", TEST_CODES)
@pytest.mark.parametrize(
    "attestation",
    [
        None,
        make_attestation(form=AttestationForm.PROJECT, questions_drawn=None),
        make_attestation(form=AttestationForm.EXAM, questions_drawn=0),
        make_attestation(form=AttestationForm.PORTFOLIO, questions_drawn=None),
    ],
)
def test_3_4_2_does_not_apply_without_a_final_test(code, attestation):
    course = make_course(attestation=attestation, banks=())

    assert outcomes(course, code) == [Outcome.NOT_APPLICABLE]


@pytest.mark.parametrize("code", TEST_CODES)
def test_3_4_2_cannot_be_told_while_the_form_is_not_chosen(code):
    (finding,) = findings(with_attestation(make_course(), form=None), code)

    assert finding.outcome is C
    assert str(finding.advice) == "Choose the form of the final attestation."
    assert finding.place == Place(Section.ATTESTATION, 61, "form")


@pytest.mark.parametrize("code", TEST_CODES)
def test_3_4_2_another_form_that_draws_questions_may_be_a_test_in_part(code):
    course = with_attestation(
        make_course(), form=AttestationForm.EXAM, questions_drawn=1
    )

    (finding,) = findings(course, code)

    assert finding.outcome is C
    assert finding.place == Place(Section.ATTESTATION, 61, "form")
    assert str(finding.advice) == (
        "Choose “test” if a part of it is a test; else clear the test's questions."
    )


def test_3_4_2_binds_every_type():
    for course_type in CourseType:
        course = make_course(type=course_type, banks=())
        assert outcomes(course, "final_test_bank") == [F]
