"""A confirmed import is written into a passport: all of what was ticked, or nothing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from courses.enums import ImportState, SnapshotReason
from courses.formats.mbz.diff import Line, Status
from courses.formats.mbz.model import MoodleBackup
from courses.formats.mbz.plan import Left, Target
from courses.models import CourseImport, CourseVersion
from courses.selectors.course_imports import ORDER, ImportPreview
from courses.services.course_import.banks import write_banks
from courses.services.course_import.materials import write_materials
from courses.services.course_import.parts import (
    delete_parts,
    write_communication,
    write_fields,
    write_glossary,
)
from courses.services.course_import.topics import (
    Topics,
    items_of,
    write_attestation,
    write_longreads,
    write_tasks,
    write_topics,
)
from courses.services.history import keep_snapshot
from courses.services.locks import lock_for_edit
from courses.services.opening import open_course


class ImportNotReady(Exception):
    """The import cannot be confirmed: it was already, or its file is not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCourse:
    """The identity of a course that an import opens (MIN 5.2.1)."""

    unit: Unit
    course_type: str
    title: str
    lead: User
    authors: tuple[User, ...] = ()
    language: str = "ru"


@transaction.atomic
def apply_course_import(
    *,
    course_import: CourseImport,
    keys: Collection[str],
    course: NewCourse | None = None,
    backup: MoodleBackup | None,
    by: User,
    at: datetime,
) -> CourseVersion:
    """Write what was ticked into the passport, or into that of a course opened for it.

    `keys` are those of lines of the preview: of items to be taken, and of parts that
    only the passport has, to be deleted. Topics of items that are taken come with
    them. The passport as it was is kept first. Questions come out of `backup`, which
    may be none where no bank is ticked.

    Raises:
        PermissionDenied: `by` may not edit the passport, or open a course.
        PassportLocked: the passport is not open to edits.
        ImportNotReady: it was confirmed already, or is not read.
        ValidationError: no edition of the regulation is in force on the day.

    Source: MIN 3.3, 5.2.1.
    """
    row = CourseImport.objects.select_for_update(of=("self",)).get(pk=course_import.pk)
    if row.state != ImportState.READY:
        raise ImportNotReady(_("This import was confirmed already, or is not read."))
    version = _locked_version(row, course, by=by, at=at)
    preview = ImportPreview(row, version)
    chosen = [
        line
        for line in preview.lines
        if line.key in keys and line.status is not Status.SAME
    ]
    made = _write(version, preview, chosen, backup, row, by=by, at=at)
    _note_done(row, version, made, at=at)
    return version


def _locked_version(
    row: CourseImport, course: NewCourse | None, *, by: User, at: datetime
) -> CourseVersion:
    """Return the version to write into, locked; its state before is kept."""
    if row.version is None:
        if course is None:
            raise ImportNotReady(_("Say what course is to be opened."))
        return open_course(
            unit=course.unit,
            course_type=course.course_type,
            title=course.title,
            lead=course.lead,
            authors=course.authors,
            language=course.language,
            by=by,
            at=at,
        )
    lock_for_edit(row.version, by=by, is_row_written=True)
    keep_snapshot(version=row.version, reason=SnapshotReason.IMPORT, by=by, at=at)
    return row.version


def _write(
    version: CourseVersion,
    preview: ImportPreview,
    chosen: list[Line],
    backup: MoodleBackup | None,
    row: CourseImport,
    *,
    by: User,
    at: datetime,
) -> dict[str, Any]:
    """Write part after part; return how many of each kind were made and changed."""
    gone = [line.existing for line in chosen if line.item is None and line.existing]
    delete_parts(version, gone)
    taken = [line for line in chosen if line.item is not None]
    topics = write_topics(version, preview.lines, taken)
    write_longreads(topics, _of(taken, Target.LONGREAD))
    write_tasks(topics, _of(taken, Target.TASK))
    write_attestation(version, _of(taken, Target.ATTESTATION))
    write_materials(
        version,
        topics,
        _of(taken, Target.MATERIAL),
        row.contents["files"],
        by=by,
        at=at,
    )
    write_communication(version, _of(taken, Target.COMMUNICATION))
    write_fields(version, _of(taken, Target.FIELD))
    write_glossary(
        version, _of(taken, Target.GLOSSARY), is_unknown=_is_unknown(preview)
    )
    questions = write_banks(version, topics, _of(taken, Target.BANK), backup, row)
    return {**_counted(chosen, topics), "questions": questions, "gone": len(gone)}


def _note_done(
    row: CourseImport, version: CourseVersion, made: dict[str, Any], *, at: datetime
) -> None:
    row.version = version
    row.state = ImportState.DONE
    row.applied_at = at
    kept = {name: value for name, value in row.contents.items() if name != ORDER}
    row.contents = {**kept, "made": made}
    row.save(update_fields=["version", "state", "applied_at", "contents"])


def _of(lines: list[Line], target: Target) -> list[Line]:
    return [
        line for line in lines if line.item is not None and line.item.target is target
    ]


def _is_unknown(preview: ImportPreview) -> bool:
    """Tell whether the backup has a glossary whose terms it cannot tell."""
    return any(row.reason_code is Left.TERMS for row in preview.left_out)


def _counted(chosen: list[Line], topics: Topics) -> dict[str, Any]:
    """Return how many parts of each kind were made and how many changed."""
    counts: dict[str, dict[str, int]] = {}
    for item, pk in items_of(chosen):
        of_kind = counts.setdefault(item.target, {"made": 0, "changed": 0})
        of_kind["changed" if pk else "made"] += 1
    if topics.implied:
        of_kind = counts.setdefault(Target.TOPIC, {"made": 0, "changed": 0})
        of_kind["made"] += topics.implied
    return {"parts": counts}
