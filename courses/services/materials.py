"""Materials of a course: files that are measured, and links that are declared."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from core.enums import Lane
from core.jobs import enqueue
from core.storage import store_stream
from core.uploads import CheckedStream
from courses.enums import MaterialKind, MeasureState
from courses.formats.measures import Measures, UnreadableReason, layout_to_dict
from courses.models import CourseVersion, Material
from courses.services.locks import lock_for_edit, lock_for_showcase
from courses.services.parts import lock_part

# The kind of the job that measures a file.
MEASURE = "courses.measure_material"
FOLDER = "materials"
_MEASURED = (
    *("duration_seconds", "pages", "slides", "hidden_slides", "width", "height"),
    "layout",
)


class FileReplaced(Exception):
    """The file was replaced while the one before it was measured: measure again."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that lies in the storage under its hash."""

    name: str
    container: str
    stored_as: str
    sha256: str
    size_bytes: int


def store_file(file: CheckedStream) -> StoredFile:
    """Write a file that passed the guard, piece by piece, before any row names it."""
    container = file.kind.value
    stored_as = store_stream(
        file.file, sha256=file.sha256, folder=FOLDER, ending=container
    )
    return StoredFile(file.name, container, stored_as, file.sha256, file.size_bytes)


@transaction.atomic
def add_material(
    *,
    version: CourseVersion,
    values: Mapping[str, Any],
    file: StoredFile | None,
    by: User,
    at: datetime,
) -> Material:
    """Add a material after those of its topic; a file waits to be measured.

    `values` are those of the model's fields; without a file, `url` is among them.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
        PartGone: the topic is no longer there.
    """
    material = Material(version=version, state=MeasureState.DECLARED, **values)
    _lock(material, by=by)
    if material.topic is not None:
        lock_part(material.topic)
    material.position = _last_position(material) + 1
    _put(material, file)
    material.save()
    if file is not None:
        _order_measuring(material, by=by, at=at)
    return material


@transaction.atomic
def change_material(
    *,
    material: Material,
    values: Mapping[str, Any],
    file: StoredFile | None = None,
    by: User,
    at: datetime,
) -> None:
    """Change a material; a new file takes the place of the one before it.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
        PartGone: it, or the topic, is no longer there.
    """
    _lock(material, by=by)
    lock_part(material)
    # The job may have measured it since the page was opened.
    material.refresh_from_db()
    topic_id = material.topic_id
    for name, value in values.items():
        setattr(material, name, value)
    if material.topic is not None:
        lock_part(material.topic)
    if material.topic_id != topic_id:
        material.position = _last_position(material) + 1
    _put(material, file)
    material.save()
    if file is not None:
        _order_measuring(material, by=by, at=at)


@transaction.atomic
def remove_material(*, material: Material, by: User) -> None:
    """Remove a material; its file stays for the versions that have the same.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
    """
    _lock(material, by=by)
    material.delete()


@transaction.atomic
def measure_again(*, material: Material, by: User, at: datetime) -> None:
    """Measure a file anew, after the portal learned more or a job gave up.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
        PartGone: it is no longer there.
    """
    _lock(material, by=by)
    lock_part(material)
    material.refresh_from_db()
    if not material.stored_as:
        return
    _forget_measures(material)
    material.save()
    _order_measuring(material, by=by, at=at)


@transaction.atomic
def record_measures(
    *,
    material_id: int,
    stored_as: str,
    found: Measures | UnreadableReason,
    at: datetime,
) -> None:
    """Write what a file said of itself, or why it cannot be read.

    Raises:
        FileReplaced: the material has another file now.
    """
    rows = Material.objects.select_for_update(no_key=True)
    material = rows.filter(pk=material_id, state=MeasureState.WAITING).first()
    if material is None:
        return
    if material.stored_as != stored_as:
        raise FileReplaced(stored_as)
    material.measured_at = at
    if isinstance(found, UnreadableReason):
        material.state = MeasureState.UNREADABLE
        material.unreadable_reason = found.value
    else:
        material.state = MeasureState.MEASURED
        _write_measures(material, found)
    material.save()


def _lock(material: Material, *, by: User) -> None:
    """Hold the version: the illustration alone is open after the verdict (MIN 5.4.8)."""
    is_shown = material.kind == MaterialKind.ILLUSTRATION
    (lock_for_showcase if is_shown else lock_for_edit)(material.version, by=by)


def _write_measures(material: Material, found: Measures) -> None:
    for name in _MEASURED:
        setattr(material, name, getattr(found, name))
    material.layout = found.layout and layout_to_dict(found.layout)
    is_deck = material.kind == MaterialKind.PRESENTATION and found.slides is None
    if is_deck and found.pages is not None:
        # A presentation saved as PDF: each page is a slide (MIN 3.3.3.10).
        material.slides, material.hidden_slides = int(found.pages), 0


def _put(material: Material, file: StoredFile | None) -> None:
    if file is None:
        return
    material.url = ""
    material.file_name, material.container = file.name, file.container
    material.stored_as, material.sha256 = file.stored_as, file.sha256
    material.size_bytes = file.size_bytes
    _forget_measures(material)


def _forget_measures(material: Material) -> None:
    material.state = MeasureState.WAITING
    material.measured_at = None
    material.unreadable_reason = ""
    for name in _MEASURED:
        setattr(material, name, None)


def _order_measuring(material: Material, *, by: User, at: datetime) -> None:
    enqueue(MEASURE, lane=Lane.HEAVY, subject_ids=[material.pk], by=by, at=at)


def _last_position(material: Material) -> int:
    rows = Material.objects.filter(version=material.version, topic=material.topic)
    return int(rows.aggregate(last=Max("position"))["last"] or 0)
