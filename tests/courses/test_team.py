"""The author team (MIN 5.2.1)."""

import pytest
from django.core.exceptions import PermissionDenied

from courses.services import (
    AlreadyAuthor,
    LeadStays,
    add_author,
    appoint_lead,
    remove_author,
)
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(author):
    return factories.VersionFactory(lead=author)


def test_the_leader_brings_a_person_in(version, author, other_author) -> None:
    add_author(version=version, user=other_author, by=author)

    assert [row.user for row in version.authorships.all()] == [author, other_author]


def test_nobody_is_in_the_team_twice(version, author) -> None:
    with pytest.raises(AlreadyAuthor, match=author.full_name):
        add_author(version=version, user=author, by=author)

    assert version.authorships.count() == 1


def test_the_centre_appoints_another_leader(version, staff, author, other_author):
    member = add_author(version=version, user=other_author, by=author)
    appoint_lead(author=member, by=staff)

    rows = version.authorships.values_list("user", "is_lead")
    assert set(rows) == {(author.pk, False), (other_author.pk, True)}


def test_a_leader_appoints_no_leader(version, author, other_author) -> None:
    member = add_author(version=version, user=other_author, by=author)

    with pytest.raises(PermissionDenied):
        appoint_lead(author=member, by=author)


def test_the_leader_stays_until_another_leads(version, author) -> None:
    with pytest.raises(LeadStays):
        remove_author(author=version.authorships.get(), by=author)


def test_whoever_became_the_leader_meanwhile_stays(
    version, author, other_author, staff
) -> None:
    member = add_author(version=version, user=other_author, by=author)
    appoint_lead(author=version.authorships.get(pk=member.pk), by=staff)

    with pytest.raises(LeadStays):
        remove_author(author=member, by=staff)


def test_a_member_is_let_go(version, author, other_author) -> None:
    member = add_author(version=version, user=other_author, by=author)
    remove_author(author=member, by=author)

    assert [row.user for row in version.authorships.all()] == [author]
