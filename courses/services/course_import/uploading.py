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
from courses.formats.mbz.archive import GZIP_MAGIC, ZIP_MAGIC
from courses.formats.mbz.errors import REASON_TEXTS, Reason
from courses.models import CourseImport, CourseVersion
from courses.selectors.course_imports import BACKUP, READ_BACKUP
from courses.services.locks import lock_for_edit

FOLDER = "imports"
MAX_BYTES = 1024 * MEGABYTE
PIECE_BYTES = 1024 * 1024
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
        FileRefused: it is no archive, empty or too large.
    """
    if version is not None:
        lock_for_edit(version, by=by)
    elif not by.has_perm("courses.open_course"):
        raise PermissionDenied
    sha256, size_bytes = _measured(file, name)
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


def _measured(file: IO[bytes], name: str) -> tuple[str, int]:
    """Return the hash and the size of a file, refused by its first bytes or its size."""
    file.seek(0)
    if not file.read(len(ZIP_MAGIC)).startswith((GZIP_MAGIC, ZIP_MAGIC)):
        raise FileRefused(_(REASON_TEXTS[Reason.NOT_A_BACKUP]))
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
