"""The sections of the top bar: by rights, and by what a person is in."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.enums import Role
from config.context import sections_of
from tests.factories import (
    FinanceFactory,
    GrantFactory,
    StaffFactory,
    UnitFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def head():
    person = UserFactory(is_author=False)
    GrantFactory(user=person, role=Role.UNIT_HEAD, unit=UnitFactory())
    return person


SECTIONS = {
    "anybody": (AnonymousUser, ["Courses", "Verify a certificate"]),
    "learner": (
        lambda: UserFactory(is_author=False),
        ["Desk", "Courses", "My learning"],
    ),
    "author": (
        lambda: UserFactory(is_author=True),
        ["Desk", "Courses", "Passports", "My learning"],
    ),
    "unit head": (head, ["Desk", "Courses", "Passports", "My learning"]),
    "finance": (
        FinanceFactory,
        ["Desk", "Courses", "My learning", "Finance", "Centre"],
    ),
    "staff": (
        StaffFactory,
        [
            "Desk",
            "Courses",
            "Passports",
            "Expertise",
            "My learning",
            "Finance",
            "Centre",
        ],
    ),
}


@pytest.mark.parametrize("who", SECTIONS)
def test_each_finds_the_sections_there_is_use_for(rf, who):
    make, labels = SECTIONS[who]
    request = rf.get("/")
    request.user = make()

    assert [section.label for section in sections_of(request)] == labels
