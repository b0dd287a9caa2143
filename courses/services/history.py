"""The history of a passport: states kept, and going back to one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from courses.enums import ImportState, SnapshotReason
from courses.models import CourseImport, CourseVersion, PassportSnapshot
from courses.passport_json import passport_sha256, upgraded
from courses.selectors import passport_content
from courses.services.locks import lock_for_edit
from courses.services.passport_in import WrittenPassport, apply_passport

# So long after a person's last kept state the next edit keeps another.
QUIET = timedelta(minutes=30)
PASSPORT_FORMAT = "passport_json"
FILE_NAME_LENGTH = 250


@dataclass(frozen=True, slots=True)
class PassportFile:
    """A file of JSON that a passport came in, stored under its hash."""

    name: str
    stored_as: str
    sha256: str
    size_bytes: int


@transaction.atomic
def keep_snapshot(
    *, version: CourseVersion, reason: SnapshotReason, by: User, at: datetime
) -> PassportSnapshot:
    """Keep the passport as it is; return the last state where nothing has changed.

    Raises:
        PermissionDenied: `by` may not read the passport.
    """
    if not by.has_perm("courses.view_passport", version):
        raise PermissionDenied
    # Two who keep it at once make one row.
    CourseVersion.objects.select_for_update(no_key=True).get(pk=version.pk)
    content = passport_content(version)
    sha256 = passport_sha256(content)
    last = version.snapshots.defer("content").first()
    if last is not None and last.sha256 == sha256:
        return last
    return PassportSnapshot.objects.create(
        version=version, content=content, sha256=sha256, reason=reason, at=at, by=by
    )


def keep_before_edit(*, version: CourseVersion, by: User, at: datetime) -> None:
    """Keep the passport as it was before a person's edits, at most twice an hour each.

    So the state before the first edit by another person is kept, and the one before an
    edit after a rest; one query tells that there is nothing to keep.
    """
    own = version.snapshots.filter(by=by, at__gt=at - QUIET, at__lte=at)
    if not own.exists():
        keep_snapshot(version=version, reason=SnapshotReason.EDIT, by=by, at=at)


@transaction.atomic
def restore_snapshot(
    *, snapshot: PassportSnapshot, by: User, at: datetime
) -> WrittenPassport:
    """Take a passport back to a kept state; the state before it is kept too.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
    """
    version = snapshot.version
    lock_for_edit(version, by=by, is_row_written=True)
    keep_snapshot(version=version, reason=SnapshotReason.UNDO, by=by, at=at)
    return apply_passport(
        version=version, content=upgraded(snapshot.content), by=by, at=at
    )


@transaction.atomic
def import_passport(
    *,
    version: CourseVersion,
    content: dict[str, Any],
    file: PassportFile,
    by: User,
    at: datetime,
) -> WrittenPassport:
    """Take in a passport that `read_passport` gave; keep the state before and the file.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
    """
    lock_for_edit(version, by=by, is_row_written=True)
    keep_snapshot(version=version, reason=SnapshotReason.IMPORT, by=by, at=at)
    CourseImport.objects.create(
        version=version,
        format=PASSPORT_FORMAT,
        file_name=file.name[-FILE_NAME_LENGTH:],
        stored_as=file.stored_as,
        sha256=file.sha256,
        size_bytes=file.size_bytes,
        state=ImportState.DONE,
        at=at,
        by=by,
        applied_at=at,
    )
    return apply_passport(version=version, content=content, by=by, at=at)
