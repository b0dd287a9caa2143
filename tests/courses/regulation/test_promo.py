"""The promo video: MIN 3.2.3."""

from decimal import Decimal

import pytest

from courses.regulation.finding import Outcome, Source
from courses.regulation.place import Place, Section
from courses.regulation.resource_facts import MaterialKind, MeasureState
from tests.courses.regulation.factories import (
    findings,
    make_course,
    make_link,
    make_material,
    outcomes,
)

P, F, C = Outcome.PASSED, Outcome.FAILED, Outcome.CANNOT_TELL
NOT_APPLICABLE = [Outcome.NOT_APPLICABLE]
REASON = "Файл хранит правообладатель"


def with_promo(**changes):
    return make_course(materials=(make_material(MaterialKind.PROMO_VIDEO, **changes),))


def with_link(**changes):
    return make_course(materials=(make_link(MaterialKind.PROMO_VIDEO, **changes),))


def test_3_2_3_a_promo_video_is_there():
    assert outcomes(with_promo(), "promo_video") == [P, P]

    (finding,) = findings(make_course(materials=()), "promo_video")

    assert finding.outcome is F
    assert finding.place == Place(Section.MATERIAL, None, "promo_video")


@pytest.mark.parametrize(
    ("address", "outcome"), [("https://lms.example/news", P), ("", F), (None, C)]
)
def test_3_2_3_there_are_announcements_for_it_to_stand_below(address, outcome):
    course = make_course(announcements_url=address)

    below = findings(course, "promo_video")[1]

    assert (below.outcome, below.source) == (outcome, Source.DECLARED)


def test_3_2_3_the_finding_says_that_the_order_of_the_page_is_not_seen():
    below = findings(make_course(), "promo_video")[1]

    assert str(below.found) == (
        "the forum of announcements is there; the order of the page is not seen"
    )


@pytest.mark.parametrize(
    ("seconds", "outcome"),
    [
        ("180", P),
        ("180.499", P),
        ("180.5", F),
        ("181", F),
        ("1", P),
        ("0", C),
        (None, C),
    ],
)
def test_3_2_3_it_takes_at_most_three_minutes_to_the_second(seconds, outcome):
    course = with_promo(seconds=seconds and Decimal(seconds))

    assert outcomes(course, "promo_length") == [outcome]


@pytest.mark.parametrize("state", [MeasureState.WAITING, MeasureState.UNREADABLE])
def test_3_2_3_a_file_that_was_not_measured_cannot_be_told(state):
    course = with_promo(state=state, seconds=None, declared_minutes=Decimal(2))

    assert outcomes(course, "promo_length") == [C]
    assert outcomes(course, "promo_format") == [C]


@pytest.mark.parametrize(
    ("container", "outcome"),
    [("avi", P), ("mpeg", P), ("mov", P), ("mp4", F), ("webm", F), ("", F)],
)
def test_3_2_3_its_format_is_one_the_edition_allows(container, outcome):
    assert outcomes(with_promo(container=container), "promo_format") == [outcome]


@pytest.mark.parametrize("code", ["promo_format", "promo_length"])
def test_3_2_3_without_a_promo_video_there_is_nothing_to_measure(code):
    assert outcomes(make_course(materials=()), code) == NOT_APPLICABLE


@pytest.mark.parametrize(
    ("stated", "length", "container"),
    [
        ({}, C, C),
        ({"declared_minutes": Decimal(3)}, C, C),
        ({"declared_reason": REASON}, C, P),
        ({"declared_reason": REASON, "declared_minutes": Decimal(0)}, C, P),
        ({"declared_reason": REASON, "declared_minutes": Decimal(3)}, P, P),
        ({"declared_reason": REASON, "declared_minutes": Decimal("3.1")}, F, P),
    ],
)
def test_3_2_3_a_link_counts_as_stated_if_it_is_said_why(stated, length, container):
    course = with_link(**stated)

    (told,) = findings(course, "promo_length")

    assert (told.outcome, told.source) == (length, Source.DECLARED)
    assert told.place == Place(Section.MATERIAL, 82, "declared_minutes")
    assert outcomes(course, "promo_format") == [container]


def test_3_2_3_the_finding_says_that_the_format_of_a_link_is_not_measured():
    (finding,) = findings(with_link(declared_reason=REASON), "promo_format")

    assert finding.source is Source.DECLARED
    assert str(finding.found) == "“Ссылка”: a link, its format is not measured"
