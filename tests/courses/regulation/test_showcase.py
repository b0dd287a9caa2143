"""What the showcase tells of a course: MIN 5.4.8.1."""

import pytest

from courses.regulation.engine import run
from courses.regulation.finding import Gate, Outcome, Source
from courses.regulation.place import Place, Section
from courses.regulation.resource_facts import (
    MaterialKind,
    MaterialRights,
    MeasureState,
)
from tests.courses.regulation.factories import (
    MININ,
    findings,
    make_course,
    make_link,
    make_material,
    outcomes,
)

P, F, C = Outcome.PASSED, Outcome.FAILED, Outcome.CANNOT_TELL
PICTURE = MaterialKind.ILLUSTRATION


def with_picture(**changes):
    return make_course(
        materials=(
            make_material(MaterialKind.PROMO_VIDEO),
            make_material(PICTURE, **changes),
        )
    )


@pytest.mark.parametrize(("text", "outcome"), [("О курсе", P), ("", F), (None, C)])
def test_5_4_8_1_there_is_a_short_description(text, outcome):
    (finding,) = findings(make_course(short_description=text), "short_description")

    assert (finding.outcome, finding.gate) == (outcome, Gate.OPENING)
    assert finding.place == Place(Section.TEXTS, None, "short_description_ru")


@pytest.mark.parametrize(
    ("container", "outcome"), [("jpeg", P), ("png", P), ("webp", F), ("svg", F)]
)
def test_5_4_8_1_there_is_an_illustration_of_an_allowed_format(container, outcome):
    told = findings(with_picture(container=container), "illustration")

    assert [finding.outcome for finding in told] == [P, outcome]
    assert {finding.gate for finding in told} == {Gate.OPENING}


def test_5_4_8_1_without_an_illustration_its_form_is_opened():
    course = make_course(materials=())

    (finding,) = findings(course, "illustration")

    assert finding.outcome is F
    assert finding.place == Place(Section.MATERIAL, None, "illustration")
    assert outcomes(course, "illustration_rights") == [Outcome.NOT_APPLICABLE]


def test_5_4_8_1_an_illustration_that_was_not_measured_cannot_be_told():
    assert outcomes(with_picture(state=MeasureState.WAITING), "illustration") == [P, C]


def test_5_4_8_1_a_link_is_no_illustration():
    link = make_link(PICTURE, declared_reason="Так удобнее")

    told = findings(make_course(materials=(link,)), "illustration")

    assert [finding.outcome for finding in told] == [P, F]
    assert told[1].source is Source.DECLARED


@pytest.mark.parametrize(
    ("rights", "licence", "outcome"),
    [
        (MaterialRights.OWN, "", P),
        (MaterialRights.FREE_LICENCE, "CC BY 4.0", P),
        (MaterialRights.FREE_LICENCE, " ", F),
        (MaterialRights.BORROWED, "CC BY 4.0", F),
    ],
)
def test_5_4_8_1_the_illustration_is_the_authors_or_free(rights, licence, outcome):
    course = with_picture(rights=rights, licence=licence)

    assert outcomes(course, "illustration_rights") == [outcome]


def test_5_4_8_1_is_asked_before_opening_and_not_before_expertise():
    report = run(make_course(short_description=""), MININ)

    assert report.blocks(Gate.EXPERTISE) == ()
    assert [finding.code for finding in report.blocks(Gate.OPENING)] == [
        "short_description"
    ]
