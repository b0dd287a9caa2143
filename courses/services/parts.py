"""Parts of a passport: outcomes, terms, topics, longreads, practicum, control tasks."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import models, transaction

from accounts.models import User
from courses.models import (
    ControlTask,
    CourseVersion,
    GlossaryTerm,
    LearningOutcome,
    Longread,
    Practicum,
    Topic,
)
from courses.rules import version_of
from courses.services.locks import lock_for_edit

PartT = TypeVar(
    "PartT", GlossaryTerm, LearningOutcome, Topic, Longread, Practicum, ControlTask
)
OrderedPart = LearningOutcome | Topic | Longread | Practicum | ControlTask
Part = GlossaryTerm | OrderedPart
FIRST = 1


@transaction.atomic
def add_part(
    *,
    model: type[PartT],
    to: CourseVersion | Topic,
    values: Mapping[str, Any],
    by: User,
) -> PartT:
    """Add a part to a version or to a topic, after those that are there.

    `values` are those of the model's fields; `outcomes` of a topic among them.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
    """
    lock_for_edit(_version(to), by=by)
    owner = "topic" if isinstance(to, Topic) else "version"
    part = model(**{owner: to})
    _fill(part, values)
    if not isinstance(part, GlossaryTerm):
        part.position = _last_position(part) + 1
    part.save()
    _connect(part, values)
    return part


@transaction.atomic
def change_part(*, part: Part, values: Mapping[str, Any], by: User) -> None:
    """Change a part; a topic that goes to another week becomes its last.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
    """
    lock_for_edit(_version(part), by=by)
    week = part.week if isinstance(part, Topic) else None
    _fill(part, values)
    if isinstance(part, Topic) and part.week != week:
        part.position = _last_position(part) + 1
    part.save()
    _connect(part, values)


@transaction.atomic
def move_part(*, part: OrderedPart, by_places: int, by: User) -> None:
    """Move a part among its like: −1 is a place up, 1 a place down.

    A part at the end stays where it is.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
    """
    lock_for_edit(_version(part), by=by)
    row = list(_siblings(part).select_for_update())
    place = row.index(part)
    row.insert(max(0, place + by_places), row.pop(place))
    for position, sibling in enumerate(row, start=FIRST):
        sibling.position = position
    type(part)._default_manager.bulk_update(row, ["position"])
    part.refresh_from_db()


@transaction.atomic
def remove_part(*, part: Part, by: User) -> None:
    """Remove a part with all that stands in it; banks of a topic stay, unassigned.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
    """
    lock_for_edit(_version(part), by=by)
    part.delete()


def _version(obj: CourseVersion | Part) -> CourseVersion:
    version = version_of(obj)
    assert version is not None  # noqa: S101 - every part belongs to a version
    return version


def _fill(part: Part, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name != "outcomes":
            setattr(part, name, value)


def _connect(part: Part, values: Mapping[str, Any]) -> None:
    if isinstance(part, Topic) and "outcomes" in values:
        part.outcomes.set(values["outcomes"])


def _siblings(part: OrderedPart) -> Any:
    model: type[models.Model] = type(part)
    if isinstance(part, Topic):
        return Topic.objects.filter(version_id=part.version_id, week=part.week)
    if isinstance(part, LearningOutcome):
        return LearningOutcome.objects.filter(version_id=part.version_id)
    return model._default_manager.filter(topic_id=part.topic_id)


def _last_position(part: OrderedPart) -> int:
    rows = _siblings(part).exclude(pk=part.pk)
    return int(rows.aggregate(last=models.Max("position"))["last"] or 0)
