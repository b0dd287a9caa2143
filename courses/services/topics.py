"""Topics among the weeks: to another place, and copied with what stands in them."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import ControlTask, Longread, Material, Practicum, Topic
from courses.services.locks import lock_for_edit
from courses.services.parts import FIRST, lock_part

PARTS = (Longread, Practicum, ControlTask, Material)
# What ties a part to one activity of the LMS.
OF_LMS: dict[str, Any] = {"id_number": "", "lms_facts": {}}
TITLE_LENGTH = Topic._meta.get_field("title").max_length


@transaction.atomic
def place_topic(*, topic: Topic, week: int, place: int, by: User) -> None:
    """Put a topic into a week, at a place among the week's topics, the first being 1.

    A place past the last one is the last one.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
        PartGone: the topic is no longer there.
    """
    # Whoever moves topics of one course waits for the other: both renumber its weeks.
    lock_for_edit(topic.version, by=by, is_row_written=True)
    lock_part(topic)
    others = Topic.objects.filter(version_id=topic.version_id, week=week)
    row = list(others.exclude(pk=topic.pk))
    topic.week = week
    row.insert(min(max(place, FIRST), len(row) + 1) - FIRST, topic)
    _renumber(row)


@transaction.atomic
def copy_topic(*, topic: Topic, by: User) -> Topic:
    """Copy a topic with its theory, practicum, control and materials, right after it.

    Question banks are not copied, nor what ties a part to the LMS.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
        PartGone: the topic is no longer there.
    """
    lock_for_edit(topic.version, by=by, is_row_written=True)
    lock_part(topic)
    copied = Topic.objects.create(
        version=topic.version,
        week=topic.week,
        position=topic.position,
        title=(_("Copy of %(topic)s") % {"topic": topic})[:TITLE_LENGTH],
        hours=topic.hours,
        assessed_in=topic.assessed_in,
    )
    copied.outcomes.set(topic.outcomes.all())
    for model in PARTS:
        _copy_parts(model._default_manager.filter(topic=topic), copied)
    others = Topic.objects.filter(version_id=topic.version_id, week=topic.week)
    row = list(others.exclude(pk=copied.pk))
    row.insert(row.index(topic) + 1, copied)
    _renumber(row)
    return copied


def _copy_parts(parts: QuerySet[Any], topic: Topic) -> None:
    rows = list(parts)
    for row in rows:
        row.pk, row.topic = None, topic
        for name, nothing in OF_LMS.items():
            setattr(row, name, nothing)
    parts.model._default_manager.bulk_create(rows)


def _renumber(row: list[Topic]) -> None:
    for position, topic in enumerate(row, start=FIRST):
        topic.position = position
    Topic.objects.bulk_update(row, ["week", "position"])
