"""The guard at the door: what a file is, told from its content, before any parser."""

import hashlib
import re
import struct
import zipfile
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import filetype
from django.core.files.uploadedfile import UploadedFile
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

MEGABYTE = 1024 * 1024
MAX_MEMBERS = 10_000
MAX_RATIO = 200
MAX_MEMBER_BYTES = 64 * MEGABYTE
MAX_INFLATED_BYTES = 200 * MEGABYTE
MAX_PIXELS = 40_000_000
CHUNK_BYTES = 64 * 1024
# What office programs write; the others cost a reader far more memory.
COMPRESSIONS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
# What no text holds in any encoding of one byte a sign, nor in UTF-8.
CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
CENTRAL_ENTRY = b"PK\x01\x02"
# All that Python's own reader lets through when an archive is cut or forged.
UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError),
    *(NotImplementedError, OSError, RuntimeError, ValueError),
)


class FileKind(TextChoices):
    """Kinds of file the portal takes in, with the endings they may have."""

    PDF = "pdf"
    XLSX = "xlsx"
    DOCX = "docx"
    TEXT = "txt"
    JPEG = "jpeg"
    PNG = "png"


ENDINGS = {
    FileKind.PDF: {"pdf"},
    FileKind.XLSX: {"xlsx"},
    FileKind.DOCX: {"docx"},
    FileKind.TEXT: {"txt", "gift"},
    FileKind.JPEG: {"jpg", "jpeg"},
    FileKind.PNG: {"png"},
}
_OFFICE_PARTS = {"xl/workbook.xml": FileKind.XLSX, "word/document.xml": FileKind.DOCX}
_SNIFFED = {"pdf": FileKind.PDF, "jpg": FileKind.JPEG, "png": FileKind.PNG}


class FileRefused(Exception):
    """A file that is not taken in; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that passed the guard."""

    name: str
    kind: FileKind
    content: bytes
    sha256: str


def check_upload(
    upload: "UploadedFile[Any]", *, allowed: Collection[FileKind], max_bytes: int
) -> CheckedFile:
    """Read an uploaded file through the guard.

    Raises:
        FileRefused: empty, too large, of another kind than allowed or than its name
            says, or an archive that would not fit in memory.
    """
    name = (upload.name or "").replace("\\", "/").rsplit("/", 1)[-1]
    size = upload.size or 0
    if size > max_bytes:
        raise FileRefused(
            _("“%(name)s” is too large: %(size)s MB, at most %(limit)s MB are taken.")
            % {
                "name": name,
                "size": -(-size // MEGABYTE),
                "limit": max_bytes // MEGABYTE,
            }
        )
    return check_content(upload.read(), name=name, allowed=allowed)


def check_content(
    content: bytes, *, name: str, allowed: Collection[FileKind]
) -> CheckedFile:
    """Check bytes that are in memory already. See `check_upload`."""
    if not content:
        raise FileRefused(_("“%(name)s” is empty.") % {"name": name})
    kind = kind_of(content)
    ending = name.rpartition(".")[2].lower()
    if kind is None or kind not in allowed or ending not in ENDINGS[kind]:
        raise FileRefused(
            _(
                "“%(name)s” is not what is asked for: its content is %(found)s, "
                "wanted is %(wanted)s with the ending that goes with it."
            )
            % {
                "name": name,
                "found": kind.value if kind else _("of an unknown kind"),
                "wanted": ", ".join(sorted(kind.value for kind in allowed)),
            }
        )
    if content.startswith(b"PK"):
        refuse_bomb(content, name=name)
    if kind in {FileKind.JPEG, FileKind.PNG}:
        _refuse_flood(content, name=name)
    return CheckedFile(name, kind, content, hashlib.sha256(content).hexdigest())


def kind_of(content: bytes) -> FileKind | None:
    """Tell the kind from the content alone; None when it is none that we take."""
    if content.startswith(b"PK\x03\x04"):
        return _office_kind(content)
    sniffed = filetype.guess(content[:8192])
    if sniffed is not None:
        return _SNIFFED.get(sniffed.extension)
    return None if _is_binary(content) else FileKind.TEXT


def _is_binary(content: bytes) -> bool:
    has_wide_mark = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    return not has_wide_mark and CONTROL_BYTES.search(content) is not None


def _office_kind(content: bytes) -> FileKind | None:
    if content.count(CENTRAL_ENTRY) > MAX_MEMBERS:
        return None  # listing them alone would take all memory
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
    except UNREADABLE:
        return None
    return next((kind for part, kind in _OFFICE_PARTS.items() if part in names), None)


def refuse_bomb(content: bytes, *, name: str) -> None:
    """Inflate an archive without keeping it, as headers lie, and refuse a bomb.

    Raises:
        FileRefused: too many members, a ratio or a size past the limits, or a member
            that is encrypted or cannot be read.
    """
    try:
        is_bomb = _is_bomb(content)
    except UNREADABLE as error:
        raise FileRefused(
            _("“%(name)s” cannot be read: it is cut, encrypted or damaged.")
            % {"name": name}
        ) from error
    if is_bomb:
        raise FileRefused(
            _("“%(name)s” unpacks to more than is allowed.") % {"name": name}
        )


def _is_bomb(content: bytes) -> bool:
    if content.count(CENTRAL_ENTRY) > MAX_MEMBERS:
        return True
    left = min(MAX_INFLATED_BYTES, MAX_RATIO * len(content))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for member in archive.infolist():
            limit = min(left, MAX_MEMBER_BYTES)
            size = _inflated_size(archive, member, limit)
            if size > limit:
                return True
            left -= size
    return False


def _inflated_size(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int
) -> int:
    if member.compress_type not in COMPRESSIONS:
        raise NotImplementedError(member.compress_type)
    size = 0
    with archive.open(member) as stream:
        while size <= limit and (chunk := stream.read(CHUNK_BYTES)):
            size += len(chunk)
    return size


def _refuse_flood(content: bytes, *, name: str) -> None:
    try:
        with Image.open(BytesIO(content)) as picture:
            width, height = picture.size
    except (
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        UnidentifiedImageError,
        *UNREADABLE,
    ):
        width = height = MAX_PIXELS
    if width * height > MAX_PIXELS:
        raise FileRefused(
            _("“%(name)s” cannot be read, or is larger than %(limit)s megapixels.")
            % {"name": name, "limit": MAX_PIXELS // 1_000_000}
        )
