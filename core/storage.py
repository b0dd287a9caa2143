"""Files under their own hash: the name never comes from a person."""

import hashlib
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, default_storage


class WholeFileStorage(FileSystemStorage):
    """Files on a disk, there whole or not at all: a killed writer leaves none."""

    def _save(self, name: str, content: File) -> str:  # type: ignore[type-arg]  # Django's own is not generic at run time
        part_name = f"{name}.{uuid.uuid4().hex}.part"
        part = super()._save(part_name, content)  # type: ignore[misc]  # not in the stubs
        Path(self.path(part)).replace(self.path(name))
        return name


def store_bytes(content: bytes, *, folder: str, ending: str) -> tuple[str, str]:
    """Write bytes under their SHA-256; return (storage name, hash in hex).

    The same bytes are written once: the name tells the content.
    """
    digest = hashlib.sha256(content).hexdigest()
    return _store(ContentFile(content), digest, folder, ending), digest


def store_stream(stream: IO[bytes], *, sha256: str, folder: str, ending: str) -> str:
    """Write an open file under its SHA-256, piece by piece; return the storage name.

    `sha256` is that of its bytes, in hex, as the guard at the door counted it.
    """
    return _store(File(stream), sha256, folder, ending)


def _store(content: File, digest: str, folder: str, ending: str) -> str:  # type: ignore[type-arg]  # as above
    name = f"{folder}/{digest[:2]}/{digest}.{ending}"
    if not default_storage.exists(name) or not _is_made_young(name):
        saved_as = default_storage.save(name, content)
        if saved_as != name:
            # Another writer of the same bytes was quicker.
            default_storage.delete(saved_as)
    return name


def _is_made_young(name: str) -> bool:
    """Tell a file that is brought again from one that nobody wants: `core.sweeping`.

    Where only a writer changes the time of a file, it is to be written anew.
    """
    try:
        os.utime(default_storage.path(name))  # `touch` would make an empty file anew
    except (NotImplementedError, FileNotFoundError):
        return False
    return True


def delete_older(name: str, before: datetime) -> int | None:
    """Delete a file that is older than a moment; return its size, None if it stays.

    It is put aside first: whoever brings the same bytes meanwhile either made it young,
    and it comes back, or no longer finds it and writes it anew.
    """
    with suppress(FileNotFoundError):  # another was quicker
        size = default_storage.size(name)
        try:
            path = Path(default_storage.path(name))
        except NotImplementedError:  # where no file can be put aside
            return _deleted(name, size) if is_older(name, before) else None
        aside = path.with_name(f"{path.name}.{uuid.uuid4().hex}.part")
        path.rename(aside)
        if aside.stat().st_mtime < before.timestamp():
            aside.unlink()
            return size
        aside.rename(path)
    return None


def is_older(name: str, before: datetime) -> bool:
    """Tell whether a stored file was last brought before a moment; a gone one is not."""
    try:
        return default_storage.get_modified_time(name) < before
    except FileNotFoundError:
        return False


def _deleted(name: str, size: int) -> int:
    default_storage.delete(name)
    return size


def read_bytes(name: str) -> bytes:
    """Return what `store_bytes` wrote under a name.

    Raises:
        FileNotFoundError: nothing is there.
    """
    with default_storage.open(name) as stream:
        content: bytes = stream.read()
    return content


@contextmanager
def local_file(name: str) -> Iterator[Path]:
    """Give a stored file as a file of this machine, for programs that need a path.

    Raises:
        FileNotFoundError: nothing is there.
    """
    with default_storage.open(name) as stored:
        try:
            path = default_storage.path(name)
        except NotImplementedError:  # the storage is on another machine
            with NamedTemporaryFile() as copy:
                shutil.copyfileobj(stored, copy)
                copy.flush()
                yield Path(copy.name)
        else:
            yield Path(path)
