"""Somebody else's work in the course: MIN 5.3.2-5.3.5."""

import pytest

from courses.regulation.catalogue import BY_CODE
from courses.regulation.finding import Outcome, Severity, Source
from courses.regulation.place import Place, Section
from courses.regulation.requirement import Kind
from courses.regulation.resource_facts import MaterialKind, MaterialRights
from tests.courses.regulation.factories import (
    findings,
    make_borrowed,
    make_course,
    make_material,
    outcomes,
)

P, F = Outcome.PASSED, Outcome.FAILED


def course(*items, materials=()):
    return make_course(borrowed=items, materials=materials)


@pytest.mark.parametrize(
    ("reference", "outcome"), [("Иванов И. И. Схема.", P), ("—", F), ("", F)]
)
def test_5_3_2_what_is_borrowed_has_a_reference(reference, outcome):
    (finding,) = findings(
        course(make_borrowed(reference=reference)), "borrowed_references"
    )

    assert (finding.outcome, finding.severity) == (outcome, Severity.OPTIONAL)
    assert finding.source is Source.DECLARED
    assert finding.place == Place(Section.BORROWED, 95, "reference")


def test_5_3_2_the_finding_says_that_the_form_is_left_to_the_expert():
    (finding,) = findings(course(make_borrowed()), "borrowed_references")

    assert str(finding.found) == (
        "filled in; its form by GOST R 7.0.5-2008 is for the expert to see"
    )
    assert BY_CODE["reference_form"].kind is Kind.EXPERT


@pytest.mark.parametrize(
    ("title", "outcome"), [("Схема", P), (" СХЕМА ", P), ("Другая", F)]
)
def test_5_3_2_a_borrowed_material_is_listed_under_its_title(title, outcome):
    picture = make_material(
        MaterialKind.IMAGE, title=title, rights=MaterialRights.BORROWED
    )

    told = findings(
        course(make_borrowed(), materials=(picture,)), "borrowed_references"
    )

    assert told[-1].outcome is outcome
    assert told[-1].place == Place(Section.MATERIAL, 81, "rights")


def test_5_3_2_own_and_free_material_need_not_be_listed():
    free = make_material(MaterialKind.IMAGE, rights=MaterialRights.FREE_LICENCE)

    assert outcomes(course(materials=(free,)), "borrowed_references") == []


@pytest.mark.parametrize(("url", "outcome"), [("https://library.example", P), ("", F)])
def test_5_3_3_what_is_borrowed_links_to_its_source(url, outcome):
    assert outcomes(course(make_borrowed(url=url)), "borrowed_links") == [outcome]


@pytest.mark.parametrize(
    ("is_needed", "has_consent", "expected"),
    [(True, True, [P]), (True, False, [F]), (False, False, [])],
)
def test_5_3_4_an_authors_work_comes_with_consent(is_needed, has_consent, expected):
    item = make_borrowed(is_consent_needed=is_needed, has_consent=has_consent)

    assert outcomes(course(item), "borrowed_consents") == expected


@pytest.mark.parametrize(
    "code", ["borrowed_references", "borrowed_links", "borrowed_consents"]
)
def test_5_3_2_to_5_3_4_find_nothing_where_nothing_is_borrowed(code):
    assert outcomes(course(), code) == []


def test_5_3_5_the_corporate_style_is_for_an_expert():
    assert BY_CODE["corporate_style"].kind is Kind.EXPERT
    assert BY_CODE["corporate_style"].clause == "5.3.5"
    assert findings(make_course(), "corporate_style") == ()
