"""Editions that something uses stay as they are."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from courses.enums import CheckReason
from courses.models import RegulationEdition
from courses.services import record_check
from courses.services.editions import EditionUsed, ask_who_would_fail, save_edition
from courses.threshold_names import THRESHOLD_NAMES
from tests import factories
from tests.courses.editions.making import EDITIONS, new_edition

pytestmark = pytest.mark.django_db


def test_a_used_edition_is_only_looked_at_and_says_why(in_admin) -> None:
    version = factories.VersionFactory()
    url = f"{EDITIONS}{version.edition_id}/change/"
    page = in_admin.get(url)

    assert page.status_code == 200
    assert "Courses have been checked by this edition" in page.text
    assert 'name="threshold_' not in page.text
    shown = {
        number.field.name: number.shown
        for block in page.context["blocks"]
        for row in block.rows
        for number in row.numbers
    }
    assert shown["threshold_languages"] == "ru"
    assert shown["threshold_weeks_max"] == "16"
    assert in_admin.post(url, {"title": "x"}).status_code == 403


def test_numbers_that_a_used_edition_lacks_are_named_with_what_is_taken(
    in_admin,
) -> None:
    old = new_edition()
    del old.thresholds["bank_draw_ratio"], old.thresholds["illustration_containers"]
    old.save()
    factories.VersionFactory(edition=old)

    page = in_admin.get(f"{EDITIONS}{old.pk}/change/")

    assert page.context["filled_in"] == [
        f"{THRESHOLD_NAMES['bank_draw_ratio']}: 2",
        f"{THRESHOLD_NAMES['illustration_containers']}: jpeg, png",
    ]
    assert "are taken from minin-2022" in page.text
    whole = in_admin.get(f"{EDITIONS}{factories.edition().pk}/change/")
    assert whole.context["filled_in"] == []


def test_the_list_tells_which_editions_are_used(in_admin) -> None:
    new_edition()
    factories.VersionFactory()

    rows = in_admin.get(EDITIONS).context["cl"].result_list
    told = {row.code: (row.uses, row.is_used) for row in rows}
    assert (told["next"], told["minin-2022"]) == ((None, False), (1, True))


CHANGES = {
    "code": "x",
    "title": "x",
    "thresholds": {},
    "severities": {"a": 1},
    "switched_off": [1],
    "in_force_from": "2000-01-01",
    "country": "KG",
}


@pytest.mark.parametrize("column", CHANGES)
def test_the_database_refuses_to_change_a_used_edition(column, request) -> None:
    factories.VersionFactory()
    request.getfixturevalue("as_application")

    with (
        pytest.raises(IntegrityError, match="edition minin-2022 is used"),
        transaction.atomic(),
    ):
        RegulationEdition.objects.filter(code="minin-2022").update(
            **{column: CHANGES[column]}
        )


def test_an_edition_is_used_once_a_check_points_at_it(author, at, as_application):
    version, asked = factories.VersionFactory(lead=author), new_edition()
    record_check(
        version=version, reason=CheckReason.COMMAND, edition=asked, by=author, at=at
    )

    asked.title = "Иначе"
    with pytest.raises(IntegrityError, match="edition next is used"):
        asked.save()


def test_the_database_lets_an_unused_edition_be_changed(as_application) -> None:
    edition = new_edition()

    RegulationEdition.objects.filter(pk=edition.pk).update(title="Иначе")
    RegulationEdition.objects.filter(pk=edition.pk).delete()


def test_an_edition_used_while_it_was_being_edited_is_not_saved(staff) -> None:
    edition = new_edition()
    factories.VersionFactory(edition=edition)

    with pytest.raises(EditionUsed, match="make one like it"):
        save_edition(edition=edition, by=staff)


@pytest.mark.parametrize("who", ["author", "accountant"])
def test_only_the_centre_makes_editions_and_asks(who, request, at) -> None:
    by = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        save_edition(edition=RegulationEdition(code="x"), by=by)
    with pytest.raises(PermissionDenied):
        ask_who_would_fail(edition=factories.edition(), by=by, at=at)
