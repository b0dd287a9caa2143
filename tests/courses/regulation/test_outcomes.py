"""Every requirement passed, failed, not applicable and not to be told."""

from typing import Any

import pytest

from courses.regulation.catalogue import REQUIREMENTS
from courses.regulation.finding import Outcome, Severity
from courses.regulation.requirement import Kind
from tests.courses.regulation.factories import (
    make_borrowed,
    make_course,
    outcomes,
    worst,
)
from tests.courses.regulation.outcome_examples import ABSENT, EXAMPLES

TOLD = [row for row in REQUIREMENTS if row.kind is not Kind.EXPERT]
CASES = [
    (code, outcome, changes)
    for code, examples in EXAMPLES.items()
    for outcome, changes in {Outcome.PASSED: {}, **examples}.items()
    if not isinstance(changes, str)
]

# What an optional requirement asks nothing of.
WITHOUT: dict[str, dict[str, Any]] = {
    "entry_questionnaire": {"entry_questionnaire": ""},
    "recommendations": {"recommendations": "", "software": ()},
    "glossary": {"glossary": ()},
    "presentation_slides": {"materials": ()},
    "software_requirements": {"software": ()},
    "borrowed_references": {"borrowed": ()},
    "borrowed_links": {"borrowed": ()},
    "borrowed_consents": {"borrowed": (make_borrowed(),)},
}


@pytest.mark.parametrize("requirement", TOLD, ids=lambda row: row.code)
def test_every_requirement_has_an_example_of_each_outcome_or_why_not(requirement):
    examples = {Outcome.PASSED: {}, **EXAMPLES[requirement.code]}

    assert set(examples) == set(Outcome)


def test_no_example_is_of_a_requirement_that_is_not_there():
    assert sorted(EXAMPLES) == sorted(row.code for row in TOLD)


@pytest.mark.parametrize(
    ("code", "outcome", "changes"),
    CASES,
    ids=[f"{code}-{outcome.value}" for code, outcome, _changes in CASES],
)
def test_a_course_has_the_outcome_that_it_is_an_example_of(code, outcome, changes):
    assert worst(make_course(**changes), code) is outcome


@pytest.mark.parametrize("code", WITHOUT)
def test_what_is_optional_gives_no_finding_where_it_is_absent(code):
    assert outcomes(make_course(**WITHOUT[code]), code) == []


def test_only_what_is_optional_may_give_no_finding():
    silent = {code for code, told in EXAMPLES.items() if ABSENT in told.values()}
    optional = {row.code for row in TOLD if row.severity is Severity.OPTIONAL}

    assert silent == optional == set(WITHOUT)
