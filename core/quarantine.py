"""Files in which a virus was found: kept apart, where no page gives them out."""

import hashlib
from datetime import datetime
from typing import IO

from django.conf import settings
from django.core.files.base import File
from django.db import transaction

from core.actors import Actor
from core.models import QuarantinedFile
from core.storage import WholeFileStorage

PIECE_BYTES = 1024 * 1024
NAME_LENGTH = 250


def put_into_quarantine(
    *,
    file: IO[bytes],
    name: str,
    virus: str,
    path: str,
    by: Actor,
    at: datetime,
) -> QuarantinedFile:
    """Keep an infected file under its hash, apart from all others, and a row of it.

    `path` is the address that it was brought to.
    """
    sha256, size_bytes = _measured(file)
    apart = WholeFileStorage(location=settings.QUARANTINE_ROOT)
    if not apart.exists(sha256):
        apart.save(sha256, File(file))
    return QuarantinedFile.objects.create(
        file_name=name[-NAME_LENGTH:],
        virus=virus[:NAME_LENGTH],
        path=path[:NAME_LENGTH],
        sha256=sha256,
        size_bytes=size_bytes,
        by_id=by.pk,
        at=at,
    )


@transaction.atomic
def note_as_seen(*, pks: list[int], by: Actor, at: datetime) -> int:
    """Note that somebody looked into what was found; return how many were open."""
    rows = QuarantinedFile.objects.select_for_update().filter(
        pk__in=pks, seen_at__isnull=True
    )
    return rows.update(seen_at=at, seen_by_id=by.pk)


def _measured(file: IO[bytes]) -> tuple[str, int]:
    file.seek(0)
    digest, size_bytes = hashlib.sha256(), 0
    while piece := file.read(PIECE_BYTES):
        digest.update(piece)
        size_bytes += len(piece)
    file.seek(0)
    return digest.hexdigest(), size_bytes
