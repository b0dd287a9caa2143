"""A confirmed import waits for its job: what was ticked is noted, then written."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from core.enums import Lane
from core.jobs import enqueue
from courses.enums import ImportState
from courses.formats.mbz.model import MoodleBackup
from courses.models import CourseImport
from courses.selectors.course_imports import APPLY_BACKUP, ORDER, REFUSAL, Refusal
from courses.services.course_import.applying import (
    ImportNotReady,
    NewCourse,
    apply_course_import,
)
from courses.services.course_import.reading import read_ticked
from courses.services.locks import PassportLocked, lock_for_edit


@transaction.atomic
def order_course_import(
    *,
    course_import: CourseImport,
    keys: Collection[str],
    course: NewCourse | None = None,
    by: User,
    at: datetime,
) -> CourseImport:
    """Note what was ticked on the preview, and let a job write it.

    Asked twice, the first answer stands.

    Raises:
        PermissionDenied: `by` may not edit the passport, or open a course.
        PassportLocked: the passport is not open to edits.
        ImportNotReady: it was imported already, or is not read.
    """
    row = CourseImport.objects.select_for_update(of=("self",)).get(pk=course_import.pk)
    if row.state != ImportState.READY:
        raise ImportNotReady(_("This import was confirmed already, or is not read."))
    if ORDER in row.contents:
        return row
    if row.version is not None:
        lock_for_edit(row.version, by=by)
    elif not by.has_perm("courses.open_course"):
        raise PermissionDenied
    elif course is None:
        raise ImportNotReady(_("Say what course is to be opened."))
    told = {"keys": sorted(keys), "course": _course_told(course)}
    kept = {name: value for name, value in row.contents.items() if name != REFUSAL}
    row.contents = {**kept, ORDER: told}
    row.save(update_fields=["contents"])
    enqueue(APPLY_BACKUP, lane=Lane.HEAVY, subject_ids=[row.pk], by=by, at=at)
    return row


def read_ordered(import_id: int) -> MoodleBackup | None:
    """Read the backup of a confirmed import once more, for its questions."""
    row = CourseImport.objects.get(pk=import_id)
    return read_ticked(row, row.contents.get(ORDER, {}).get("keys", ()))


@transaction.atomic
def apply_ordered(
    import_id: int, backup: MoodleBackup | None, *, by: User, at: datetime
) -> CourseImport:
    """Write what was ordered, all of it; or nothing, and the reason why."""
    row = CourseImport.objects.select_for_update(of=("self",)).get(pk=import_id)
    order = row.contents.get(ORDER)
    if row.state != ImportState.READY or order is None:
        return row
    try:
        apply_course_import(
            course_import=row,
            keys=frozenset(order["keys"]),
            course=_course_of(order["course"]),
            backup=backup,
            by=by,
            at=at,
        )
    except tuple(REFUSALS) as refusal:
        kept = {name: value for name, value in row.contents.items() if name != ORDER}
        row.contents = {**kept, REFUSAL: REFUSALS[type(refusal)]}
        row.save(update_fields=["contents"])
    row.refresh_from_db()
    return row


REFUSALS: dict[type[Exception], Refusal] = {
    PermissionDenied: Refusal.FORBIDDEN,
    PassportLocked: Refusal.LOCKED,
    ImportNotReady: Refusal.NO_COURSE,
    ValidationError: Refusal.NO_EDITION,
}


def _course_told(course: NewCourse | None) -> dict[str, Any] | None:
    if course is None:
        return None
    return {
        "unit": course.unit.pk,
        "course_type": course.course_type,
        "title": course.title,
        "lead": course.lead.pk,
        "authors": [author.pk for author in course.authors],
        "language": course.language,
    }


def _course_of(told: dict[str, Any] | None) -> NewCourse | None:
    """Return the course to be opened; None where its unit or its lead is gone."""
    if told is None:
        return None
    unit = Unit.objects.filter(pk=told["unit"]).first()
    people = User.objects.filter(is_active=True).in_bulk(
        [told["lead"], *told["authors"]]
    )
    if unit is None or told["lead"] not in people:
        return None
    return NewCourse(
        unit=unit,
        course_type=told["course_type"],
        title=told["title"],
        lead=people[told["lead"]],
        authors=tuple(people[key] for key in told["authors"] if key in people),
        language=told["language"],
    )
