"""The university of the demo: units, staff, authors, experts, three hundred learners."""

from collections.abc import Iterator
from datetime import datetime
from itertools import cycle
from typing import Any

from django.contrib.auth.hashers import make_password

from accounts.models import RoleGrant, Unit, User
from config.demo.loading.scene import PASSWORD, Scene, picked, read_content

LEARNERS = 300
# More women than men learn online.
GENDERS = ("female", "male", "female", "female", "male")
PERSON_FIELDS = (
    "surname",
    "given_name",
    "patronymic",
    "position",
    "degree",
    "academic_title",
    "office_phone",
    "language",
)


def load(scene: Scene) -> None:
    """Make units, people with their roles, and learners."""
    content = read_content("people.toml")
    for row in content["units"]:
        scene.units[row["code"]] = Unit.objects.create(
            code=row["code"],
            name=row["name"],
            parent=scene.units.get(row.get("parent")),
        )
    # One hash for all: hashing three hundred passwords would take half a minute.
    password = make_password(PASSWORD)
    joined = scene.days_ago(700)
    for row in content["people"]:
        scene.people[row["key"]] = _person(scene, row, password, joined)
    rows = list(_learners(password, scene.days_ago(220)))
    scene.learners = User.objects.bulk_create(rows)


def _person(scene: Scene, row: dict[str, Any], password: str, joined: datetime) -> User:
    user = User.objects.create(
        email=row["email"],
        password=password,
        unit=scene.units.get(row.get("unit", "")),
        is_author="author" in row["parts"],
        joined_at=joined,
        email_confirmed_at=joined,
        password_changed_at=joined,
        **picked(row, PERSON_FIELDS),
    )
    RoleGrant.objects.bulk_create(
        RoleGrant(user=user, role=role, unit=user.unit, since_on=scene.day(-700))
        for role in row["roles"]
    )
    return user


def _learners(password: str, joined: datetime) -> Iterator[User]:
    traditions = read_content("names.toml")
    order = cycle(
        [name for name, table in traditions.items() for _ in range(table["weight"])]
    )
    for number in range(1, LEARNERS + 1):
        table = traditions[next(order)]
        gender = GENDERS[number % len(GENDERS)]
        yield User(
            email=f"learner{number:03d}@student.university.example",
            password=password,
            surname=_pick(table[f"surnames_{gender}"], number, 7),
            given_name=_pick(table[f"given_{gender}"], number, 11),
            patronymic=_pick(table[f"patronymics_{gender}"], number, 5),
            language=table["language"],
            joined_at=joined,
            email_confirmed_at=joined,
            password_changed_at=joined,
        )


def _pick(names: list[str], number: int, stride: int) -> str:
    return names[number * stride % len(names)]
