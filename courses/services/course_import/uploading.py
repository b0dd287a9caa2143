"""A backup comes in: it is kept as it is, and a job reads it."""

import hashlib
from datetime import datetime
from pathlib import PurePath
from typing import IO

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.enums import Lane
from core.jobs import enqueue
from core.storage import store_stream
from core.uploads import MEGABYTE, FileRefused
from courses.formats.mbz.archive import (
    GZIP_MAGIC,
    UNREADABLE,
    ZIP_MAGIC,
    Member,
    members_of,
)
from courses.formats.mbz.errors import REASON_TEXTS, BackupUnreadable, Reason
from courses.formats.mbz.limits import LIMITS
from courses.models import CourseImport, CourseVersion
from courses.selectors.course_imports import BACKUP, READ_BACKUP
from courses.services.locks import lock_for_edit

FOLDER = "imports"
MAX_BYTES = 1024 * MEGABYTE
PIECE_BYTES = 1024 * 1024
# So much is unpacked while a person waits, past what any ratio is free for; the job
# looks through the rest.
LOOKED_THROUGH_BYTES = LIMITS.free_bytes + 8 * MEGABYTE
CONTENTS = "moodle_backup.xml"
NAME_LENGTH = 250


@transaction.atomic
def keep_backup(
    *,
    version: CourseVersion | None,
    file: IO[bytes],
    name: str,
    by: User,
    at: datetime,
) -> CourseImport:
    """Keep a backup as it came, and let a job read it; no version is a new course.

    Raises:
        PermissionDenied: `by` may not write into the version, or open a course.
        PassportLocked: the passport is not open to edits.
        FileRefused: it is no backup, hostile, cut, empty or too large.
    """
    if version is not None:
        lock_for_edit(version, by=by)
    elif not by.has_perm("courses.open_course"):
        raise PermissionDenied
    sha256, size_bytes = check_backup(file, name)
    row = CourseImport.objects.create(
        version=version,
        format=BACKUP,
        file_name=PurePath(name).name[-NAME_LENGTH:],
        stored_as=store_stream(file, sha256=sha256, folder=FOLDER, ending=BACKUP),
        sha256=sha256,
        size_bytes=size_bytes,
        at=at,
        by=by,
    )
    enqueue(READ_BACKUP, lane=Lane.HEAVY, subject_ids=[row.pk], by=by, at=at)
    return row


def check_backup(file: IO[bytes], name: str) -> tuple[str, int]:
    """Let a backup through the guard; return its hash and its size, the file rewound.

    Raises:
        FileRefused: it is no backup, hostile, cut, empty or too large.
    """
    sha256, size_bytes = _measured(file, name)
    _refuse_hostile(file, name)
    return sha256, size_bytes


def _measured(file: IO[bytes], name: str) -> tuple[str, int]:
    """Return the hash and the size of a file, refused by its first bytes or its size."""
    file.seek(0)
    if not file.read(len(ZIP_MAGIC)).startswith((GZIP_MAGIC, ZIP_MAGIC)):
        raise _refusal(name, Reason.NOT_A_BACKUP)
    file.seek(0)
    digest, size_bytes = hashlib.sha256(), 0
    while piece := file.read(PIECE_BYTES):
        digest.update(piece)
        size_bytes += len(piece)
        if size_bytes > MAX_BYTES:
            raise FileRefused(
                _("“%(name)s” is too large: at most %(limit)s MB are taken.")
                % {"name": name, "limit": MAX_BYTES // MEGABYTE}
            )
    file.seek(0)
    return digest.hexdigest(), size_bytes


def _refuse_hostile(file: IO[bytes], name: str) -> None:
    try:
        reason = _reason_against(file)
    except BackupUnreadable as refusal:
        raise _refusal(name, refusal.reason_code) from refusal
    except UNREADABLE as error:
        raise _refusal(name, Reason.BROKEN) from error
    if reason is not None:
        raise _refusal(name, reason)
    file.seek(0)


def _reason_against(file: IO[bytes]) -> Reason | None:
    """Look through the members of a backup, as far as a person can wait for it."""
    names, made = set(), 0
    for member in members_of(file, limits=LIMITS):
        names.add(member.name)
        made += _inflated_size(member, LOOKED_THROUGH_BYTES - made)
        if made > max(LIMITS.free_bytes, LIMITS.ratio * file.tell()):
            return Reason.TOO_DENSE
        if made > LOOKED_THROUGH_BYTES:
            return None
    return None if CONTENTS in names else Reason.NO_CONTENTS


def _inflated_size(member: Member, most: int) -> int:
    """Return how much a member unpacks to, counted until it is more than `most`."""
    size = 0
    with member.open() as stream:
        while size <= most and (piece := stream.read(PIECE_BYTES)):
            size += len(piece)
    return size


def _refusal(name: str, reason: Reason) -> FileRefused:
    return FileRefused(f"“{name}”: {_(REASON_TEXTS[reason])}")
