"""The job that reads a backup: what it holds and what of it would become what."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from io import SEEK_END
from tempfile import TemporaryFile
from typing import IO, Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from core.uploads import FileRefused, check_stream
from courses.enums import ImportState, MaterialKind
from courses.formats.mbz.banks import BANK_KEYS
from courses.formats.mbz.becoming import plan_of
from courses.formats.mbz.counts import count
from courses.formats.mbz.errors import BackupUnreadable
from courses.formats.mbz.model import MoodleBackup
from courses.formats.mbz.plan import Item, Left, LeftOut, Plan
from courses.formats.mbz.reader import copy_files, read_backup
from courses.material_kinds import KINDS
from courses.models import CourseImport
from courses.services.materials import store_file

Files = dict[str, dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class ReadBackup:
    """What the job found: contents as JSON, or the code of why they cannot be read."""

    contents: dict[str, Any]
    problem: str = ""


def read_import(import_id: int) -> ReadBackup:
    """Read the file of an import, and keep the files of its materials.

    They are stored under their hash: a second reading stores nothing anew.
    """
    row = CourseImport.objects.get(pk=import_id)
    with default_storage.open(row.stored_as) as stream:
        try:
            backup = read_backup(stream)
            plan = plan_of(backup)
            files = _keep_files(stream, plan)
        except BackupUnreadable as refusal:
            return ReadBackup({"member": refusal.member[:200]}, refusal.reason_code)
    items, left_out = _settled(plan, files)
    return ReadBackup(
        {
            "about": asdict(backup.about),
            "counts": count(backup),
            "items": [asdict(item) for item in items],
            "left_out": [asdict(row) for row in left_out],
            "files": {name: file for name, file in files.items() if file},
        }
    )


@transaction.atomic
def keep_reading(import_id: int, result: ReadBackup) -> CourseImport:
    """Write what was read; what was read or confirmed before stays as it is."""
    row = CourseImport.objects.select_for_update().get(pk=import_id)
    if row.state != ImportState.WAITING:
        return row
    row.contents = result.contents
    row.problem = result.problem
    row.state = ImportState.UNREADABLE if result.problem else ImportState.READY
    row.save(update_fields=["contents", "problem", "state"])
    return row


def read_ticked(row: CourseImport, keys: Iterable[str]) -> MoodleBackup | None:
    """Read the backup once more for its questions; None where no bank is ticked."""
    if not any(key.startswith(BANK_KEYS) for key in keys):
        return None
    with default_storage.open(row.stored_as) as stream:
        return read_backup(stream)


def _keep_files(stream: IO[bytes], plan: Plan) -> Files:
    """Store the files of materials, by their hash in the backup; None for one refused."""
    wanted = {
        item.values["content_hash"]: item
        for item in plan.items
        if "content_hash" in item.values
    }
    kept: Files = {}

    def keep(content_hash: str, pieces: Iterable[bytes]) -> None:
        kept[content_hash] = _stored(pieces, wanted[content_hash])

    if wanted:
        copy_files(stream, wanted.keys(), keep=keep)
    return kept


def _stored(pieces: Iterable[bytes], item: Item) -> dict[str, Any] | None:
    """Take a file through the guard as if a person had uploaded it."""
    kind = KINDS[MaterialKind(item.values["kind"])]
    with TemporaryFile() as copy:
        copy.writelines(pieces)
        upload = UploadedFile(
            copy, name=item.values["file_name"], size=copy.seek(0, SEEK_END)
        )
        try:
            checked = check_stream(upload, allowed=kind.files, max_bytes=kind.max_bytes)
        except FileRefused:
            return None
        stored = store_file(checked)
    return {
        "stored_as": stored.stored_as,
        "sha256": stored.sha256,
        "size_bytes": stored.size_bytes,
        "container": stored.container,
    }


def _settled(plan: Plan, files: Files) -> tuple[list[Item], list[LeftOut]]:
    """Put the hash of its file beside each material; without a file it is left out."""
    items: list[Item] = []
    left_out = list(plan.left_out)
    for item in plan.items:
        content_hash = item.values.get("content_hash")
        file = files.get(content_hash) if content_hash else None
        if content_hash is None:
            items.append(item)
        elif file is not None:
            values = {**item.values, "sha256": file["sha256"]}
            items.append(replace(item, values=values))
        else:
            is_refused = content_hash in files
            left_out.append(_left(item, Left.REFUSED if is_refused else Left.NO_FILE))
    return items, left_out


def _left(item: Item, reason_code: Left) -> LeftOut:
    return LeftOut(
        title=item.title,
        module=item.module,
        topic_key=item.topic_key,
        reason_code=reason_code,
    )
