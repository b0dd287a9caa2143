"""Drafts move to a newer edition; what was ever sent to expertise stays (MIN 2)."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from courses.enums import Stage
from courses.models import CourseVersion, RegulationEdition
from courses.services.editions import take_edition_in_force
from tests import factories

pytestmark = pytest.mark.django_db
AT = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
VERSIONS = "/admin/courses/courseversion/"


@pytest.fixture
def newer() -> RegulationEdition:
    """An edition in force since the first of March 2027."""
    shipped = factories.edition()
    return RegulationEdition.objects.create(
        code="next",
        title="Новая редакция",
        in_force_from="2027-03-01",
        country="RU",
        thresholds=shipped.thresholds,
    )


@pytest.fixture
def versions(author) -> list[CourseVersion]:
    """A draft, one sent to expertise, one returned for rework."""
    sent = {"submitted_at": AT, "submitted_by": author}
    return [
        factories.VersionFactory(),
        factories.VersionFactory(stage=Stage.EXPERTISE, **sent),
        factories.VersionFactory(stage=Stage.REWORK, **sent),
    ]


def codes_of(versions: list[CourseVersion]) -> list[str]:
    keys = [version.pk for version in versions]
    rows = CourseVersion.objects.filter(pk__in=keys).order_by("pk")
    return list(rows.values_list("edition__code", flat=True))


def test_drafts_alone_move_to_the_edition_in_force(newer, versions, staff) -> None:
    keys = [version.pk for version in versions]

    done = take_edition_in_force(version_ids=keys, by=staff, at=AT)

    assert done == (newer, 1)
    assert codes_of(versions) == ["next", "minin-2022", "minin-2022"]


def test_a_draft_that_is_there_already_is_not_counted(newer, versions, staff) -> None:
    keys = [version.pk for version in versions]
    take_edition_in_force(version_ids=keys, by=staff, at=AT)

    assert take_edition_in_force(version_ids=keys, by=staff, at=AT) == (newer, 0)


def test_before_its_day_an_edition_takes_no_draft(newer, versions, staff) -> None:
    before = datetime(2027, 2, 28, 9, 0, tzinfo=UTC)

    edition, _count = take_edition_in_force(
        version_ids=[versions[0].pk], by=staff, at=before
    )

    assert edition != newer


def test_only_the_centre_moves_drafts(newer, versions, author) -> None:
    with pytest.raises(PermissionDenied):
        take_edition_in_force(version_ids=[versions[0].pk], by=author, at=AT)

    assert codes_of(versions) == ["minin-2022"] * 3


def test_without_an_edition_in_force_nothing_moves(versions, staff) -> None:
    before_all = datetime(2018, 12, 31, 9, 0, tzinfo=UTC)

    with pytest.raises(ValidationError, match="No edition"):
        take_edition_in_force(version_ids=[versions[0].pk], by=staff, at=before_all)


def test_the_list_in_the_admin_moves_them_and_tells(
    newer, versions, staff, client: Client, time_machine
) -> None:
    time_machine.move_to(AT)
    client.force_login(staff)
    asked = {
        "action": "take_edition_in_force",
        "_selected_action": [version.pk for version in versions],
    }

    page = client.post(VERSIONS, asked, follow=True)

    assert codes_of(versions) == ["next", "minin-2022", "minin-2022"]
    [told] = map(str, page.context["messages"])
    assert told == (
        "Moved to “Новая редакция”: 1. Left as they were: 2, because they were sent to "
        "expertise or are checked by it already."
    )


def test_the_list_in_the_admin_tells_that_no_edition_is_in_force(
    versions, staff, client: Client, time_machine
) -> None:
    staff.grants.update(since_on="2018-01-01")
    time_machine.move_to(datetime(2018, 12, 31, 9, 0, tzinfo=UTC))
    client.force_login(staff)
    asked = {"action": "take_edition_in_force", "_selected_action": [versions[0].pk]}

    page = client.post(VERSIONS, asked, follow=True)

    [told] = map(str, page.context["messages"])
    assert told == "No edition of the regulation is in force on the day."
