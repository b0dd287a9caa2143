"""What the desk tells about passports."""

import pytest

from core.desk import Duty
from courses.duties import passports_to_fill_in
from tests import factories
from tests.courses import life

pytestmark = pytest.mark.django_db


def owed(user, at) -> list[Duty]:
    return list(passports_to_fill_in(user, at))


def test_authors_owe_the_passports_that_are_open_to_them(
    author, stranger, staff, at
) -> None:
    draft = life.whole_version(author, literature="")
    rework = life.whole_version(author, title="Ряды")
    life.at_stage(rework, "rework", author, at)
    life.at_stage(factories.VersionFactory(lead=author), "expertise", author, at)
    for version in (draft, rework):
        version.authorships.create(user=staff)

    expected = [
        ("Rework the passport: Ряды", "All mandatory requirements are met.", True),
        ("Fill in the passport: Основы статистики", "1 requirement left", True),
    ]
    for user in (author, staff):
        told = [(duty.title, duty.detail, duty.is_mine) for duty in owed(user, at)]
        assert sorted(told) == sorted(expected)
    assert owed(stranger, at) == []


def test_the_head_of_the_unit_waits_for_the_authors(author, at) -> None:
    version = factories.VersionFactory(lead=author)
    head = factories.UserFactory()
    factories.GrantFactory(user=head, role="unit_head", unit=version.course.unit)

    [duty] = owed(head, at)

    assert not duty.is_mine
    assert duty.url == f"/courses/{version.pk}/"


def test_the_desk_asks_the_same_for_one_passport_and_for_many(
    author, at, django_assert_num_queries
) -> None:
    for count in (1, 10):
        while len(owed(author, at)) < count:
            factories.VersionFactory(lead=author)
        with django_assert_num_queries(4):
            owed(author, at)
