"""Files under their own hash: the name never comes from a person."""

import hashlib
import uuid
from pathlib import Path

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
    name = f"{folder}/{digest[:2]}/{digest}.{ending}"
    if not default_storage.exists(name):
        saved_as = default_storage.save(name, ContentFile(content))
        if saved_as != name:
            # Another writer of the same bytes was quicker.
            default_storage.delete(saved_as)
    return name, digest


def read_bytes(name: str) -> bytes:
    """Return what `store_bytes` wrote under a name.

    Raises:
        FileNotFoundError: nothing is there.
    """
    with default_storage.open(name) as stream:
        content: bytes = stream.read()
    return content
