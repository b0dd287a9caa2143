"""The guard at the door: what a file is, told from its content, before any parser."""

import hashlib
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from io import SEEK_END, BytesIO
from typing import IO, Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from core.signatures import HEAD_BYTES, is_known, sniff

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
    GIF = "gif"
    WEBP = "webp"
    PPTX = "pptx"
    ODT = "odt"
    MP4 = "mp4"
    MOV = "mov"
    AVI = "avi"
    MPEG = "mpeg"
    WEBM = "webm"
    MP3 = "mp3"
    OGG = "ogg"
    WAV = "wav"
    M4A = "m4a"
    FLAC = "flac"


# One family of boxes: programs name them as they like, the content tells which it is.
_BOXES = {"mp4", "m4v", "mov", "qt", "m4a"}
ENDINGS = {
    FileKind.PDF: {"pdf"},
    FileKind.XLSX: {"xlsx"},
    FileKind.DOCX: {"docx"},
    FileKind.TEXT: {"txt", "gift", "json", "xml"},
    FileKind.JPEG: {"jpg", "jpeg"},
    FileKind.PNG: {"png"},
    FileKind.GIF: {"gif"},
    FileKind.WEBP: {"webp"},
    FileKind.PPTX: {"pptx"},
    FileKind.ODT: {"odt"},
    FileKind.MP4: _BOXES,
    FileKind.MOV: _BOXES,
    FileKind.M4A: _BOXES,
    FileKind.AVI: {"avi"},
    FileKind.MPEG: {"mpeg", "mpg", "m2v", "ts", "m2ts", "vob"},
    FileKind.WEBM: {"webm"},
    FileKind.MP3: {"mp3"},
    FileKind.OGG: {"ogg", "oga", "opus"},
    FileKind.WAV: {"wav"},
    FileKind.FLAC: {"flac"},
}
PICTURES = {FileKind.JPEG, FileKind.PNG, FileKind.GIF, FileKind.WEBP}
_OFFICE_PARTS = {
    "xl/workbook.xml": FileKind.XLSX,
    "word/document.xml": FileKind.DOCX,
    "ppt/presentation.xml": FileKind.PPTX,
}
_ODT_MARK = b"application/vnd.oasis.opendocument.text"


class FileRefused(Exception):
    """A file that is not taken in; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that passed the guard."""

    name: str
    kind: FileKind
    content: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class CheckedStream:
    """A file that passed the guard and was left where it is, rewound."""

    name: str
    kind: FileKind
    file: IO[bytes]
    sha256: str
    size_bytes: int


def check_upload(
    upload: "UploadedFile[Any]", *, allowed: Collection[FileKind], max_bytes: int
) -> CheckedFile:
    """Read an uploaded file through the guard.

    Raises:
        FileRefused: empty, too large, of another kind than allowed or than its name
            says, or an archive that would not fit in memory.
    """
    name = _own_name(upload)
    _refuse_giant(upload, name=name, max_bytes=max_bytes)
    return check_content(upload.read(), name=name, allowed=allowed)


def check_stream(
    upload: "UploadedFile[Any]", *, allowed: Collection[FileKind], max_bytes: int
) -> CheckedStream:
    """Check an uploaded file as `check_upload` does, never holding it in memory."""
    name = _own_name(upload)
    _refuse_giant(upload, name=name, max_bytes=max_bytes)
    file: IO[bytes] = upload
    kind = _check(file, name=name, allowed=allowed)
    digest = hashlib.sha256()
    for chunk in _chunks(file):
        digest.update(chunk)
    file.seek(0)
    return CheckedStream(name, kind, file, digest.hexdigest(), upload.size or 0)


def check_content(
    content: bytes, *, name: str, allowed: Collection[FileKind]
) -> CheckedFile:
    """Check bytes that are in memory already. See `check_upload`."""
    kind = _check(BytesIO(content), name=name, allowed=allowed)
    return CheckedFile(name, kind, content, hashlib.sha256(content).hexdigest())


def _own_name(upload: "UploadedFile[Any]") -> str:
    return (upload.name or "").replace("\\", "/").rsplit("/", 1)[-1]


def _refuse_giant(upload: "UploadedFile[Any]", *, name: str, max_bytes: int) -> None:
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


def _check(file: IO[bytes], *, name: str, allowed: Collection[FileKind]) -> FileKind:
    head = _head(file)
    if not head:
        raise FileRefused(_("The file “%(name)s” is empty.") % {"name": name})
    kind = _kind_in(file)
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
    if head.startswith(b"PK"):
        _refuse_bomb(file, name=name)
    if kind in PICTURES:
        _refuse_flood(file, name=name)
    return kind


def _head(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read(HEAD_BYTES)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(CHUNK_BYTES):
        yield chunk


def kind_of(content: bytes) -> FileKind | None:
    """Tell the kind from the content alone; None when it is none that we take."""
    return _kind_in(BytesIO(content))


def _kind_in(file: IO[bytes]) -> FileKind | None:
    head = _head(file)
    if head.startswith(b"PK\x03\x04"):
        return _office_kind(file)
    if told := sniff(head):
        return FileKind(told)
    # What `filetype` knows and we do not take is no text, though it may look like one.
    return None if is_known(head) or _is_binary(file, head) else FileKind.TEXT


def _is_binary(file: IO[bytes], head: bytes) -> bool:
    has_wide_mark = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return not has_wide_mark and any(map(CONTROL_BYTES.search, _chunks(file)))


def _has_too_many_members(file: IO[bytes]) -> bool:
    """Count the members without listing them: that alone would take all memory."""
    count, tail = 0, b""
    for chunk in _chunks(file):
        text = tail + chunk
        count += text.count(CENTRAL_ENTRY)
        tail = text[1 - len(CENTRAL_ENTRY) :]
    return count > MAX_MEMBERS


def _office_kind(file: IO[bytes]) -> FileKind | None:
    if _has_too_many_members(file):
        return None
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            is_odt = "mimetype" in names and _mark_of(archive) == _ODT_MARK
    except UNREADABLE:
        return None
    if is_odt:
        return FileKind.ODT
    return next((kind for part, kind in _OFFICE_PARTS.items() if part in names), None)


def _mark_of(archive: zipfile.ZipFile) -> bytes:
    with archive.open("mimetype") as stream:
        return stream.read(len(_ODT_MARK) + 1)


def refuse_bomb(content: bytes, *, name: str) -> None:
    """Inflate an archive without keeping it, as headers lie, and refuse a bomb.

    Raises:
        FileRefused: too many members, a ratio or a size past the limits, or a member
            that is encrypted or cannot be read.
    """
    _refuse_bomb(BytesIO(content), name=name)


def _refuse_bomb(file: IO[bytes], *, name: str) -> None:
    try:
        is_bomb = _is_bomb(file)
    except UNREADABLE as error:
        raise FileRefused(
            _("“%(name)s” cannot be read: it is cut, encrypted or damaged.")
            % {"name": name}
        ) from error
    if is_bomb:
        raise FileRefused(
            _("“%(name)s” unpacks to more than is allowed.") % {"name": name}
        )


def _is_bomb(file: IO[bytes]) -> bool:
    if _has_too_many_members(file):
        return True
    left = min(MAX_INFLATED_BYTES, MAX_RATIO * file.seek(0, SEEK_END))
    with zipfile.ZipFile(file) as archive:
        for member in archive.infolist():
            _refuse_leading_out(member)
            limit = min(left, MAX_MEMBER_BYTES)
            size = _inflated_size(archive, member, limit)
            if size > limit:
                return True
            left -= size
    return False


def _refuse_leading_out(member: zipfile.ZipInfo) -> None:
    """Office programs write neither links nor ways out of the archive."""
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    if is_link or member.filename.startswith("/") or ".." in member.filename.split("/"):
        raise ValueError(member.filename)


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


def _refuse_flood(file: IO[bytes], *, name: str) -> None:
    file.seek(0)
    try:
        with Image.open(file) as picture:
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
