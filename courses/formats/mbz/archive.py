"""Members of a backup, one after another, whatever it is packed in.

Nothing is written to a disk and no name of the archive is ever opened by name.
"""

import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from courses.formats.mbz.errors import BackupUnreadable, Reason
from courses.formats.mbz.limits import Limits

GZIP_MAGIC = b"\x1f\x8b"
ZIP_MAGIC = b"PK\x03\x04"
CHUNK_BYTES = 64 * 1024
COMPRESSIONS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
# All that Python's own readers let through when an archive is cut or forged.
UNREADABLE = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, struct.error, EOFError),
    *(NotImplementedError, OSError, RuntimeError, ValueError),
)
END_OF_ZIP = b"PK\x05\x06"
CENTRAL_ENTRY = b"PK\x01\x02"
END_BYTES = 22
LONGEST_COMMENT = 0xFFFF
# The count of a zip of another make, which has more members than this can say.
ZIP64 = 0xFFFF


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the archive; it is opened before the next one is asked for."""

    name: str
    open: Callable[[], IO[bytes]]


def members_of(stream: IO[bytes], *, limits: Limits) -> Iterator[Member]:
    """Go through the files of a backup in the order in which they stand.

    Raises:
        BackupUnreadable: neither gzip-tar nor zip, broken, encrypted, or hostile.
    """
    stream.seek(0)
    head = stream.read(len(ZIP_MAGIC))
    size = stream.seek(0, 2)
    stream.seek(0)
    if head.startswith(GZIP_MAGIC):
        members = _tar_members(Inflated(stream, size, limits), limits)
    elif head == ZIP_MAGIC:
        members = _zip_members(stream, size, limits)
    else:
        raise BackupUnreadable(Reason.NOT_A_BACKUP)
    try:
        yield from _checked(members, limits)
    except UNREADABLE as error:
        raise BackupUnreadable(Reason.BROKEN) from error


def _checked(members: Iterator[Member], limits: Limits) -> Iterator[Member]:
    seen: set[str] = set()
    for member in members:
        name = member.name
        if name.startswith("/") or "\\" in name or ".." in name.split("/"):
            raise BackupUnreadable(Reason.BAD_NAME, name)
        if name in seen:
            raise BackupUnreadable(Reason.TWICE, name)
        if len(seen) >= limits.members:
            raise BackupUnreadable(Reason.TOO_MANY_MEMBERS)
        seen.add(name)
        yield member


def _tar_members(stream: "Inflated", limits: Limits) -> Iterator[Member]:
    # `r|` of tarfile reads a header of any length into memory; this stream does not.
    with tarfile.TarFile(fileobj=stream, mode="r", encoding="utf-8") as archive:  # type: ignore[arg-type]  # reads and seeks onwards only
        count = 0
        while (info := archive.next()) is not None:
            archive.members = []  # type: ignore[attr-defined]  # else tarfile keeps every header it has read
            count += 1
            if count > 2 * limits.members:
                raise BackupUnreadable(Reason.TOO_MANY_MEMBERS)
            if info.isdir():
                continue
            if not info.isreg() or info.issparse():
                raise BackupUnreadable(Reason.LINK, info.name)
            yield Member(info.name.removeprefix("./"), _opener(archive, info))
    stream.finish()


def _opener(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Callable[[], IO[bytes]]:
    def opened() -> IO[bytes]:
        content = archive.extractfile(info)
        assert content is not None  # noqa: S101 - a regular file has content
        return content

    return opened


def _zip_members(stream: IO[bytes], size: int, limits: Limits) -> Iterator[Member]:
    _refuse_long_directory(stream, size, limits)
    with zipfile.ZipFile(stream) as archive:
        for info in archive.infolist():
            if info.is_dir():
                continue
            if info.flag_bits & 0x1:
                raise BackupUnreadable(Reason.ENCRYPTED, info.filename)
            if info.compress_type not in COMPRESSIONS:
                raise BackupUnreadable(Reason.BROKEN, info.filename)
            if stat.S_ISLNK(info.external_attr >> 16):
                raise BackupUnreadable(Reason.LINK, info.filename)
            yield Member(
                info.filename,
                # A name of its own per turn: the lambda is called before the next one.
                lambda info=info: archive.open(info),  # type: ignore[misc]  # default binds
            )


def _refuse_long_directory(stream: IO[bytes], size: int, limits: Limits) -> None:
    """Look at the directory's length before zipfile lists it all in memory."""
    tail_bytes = min(size, END_BYTES + LONGEST_COMMENT)
    stream.seek(size - tail_bytes)
    tail = stream.read(tail_bytes)
    at = tail.rfind(END_OF_ZIP)
    if at < 0 or len(tail) - at < END_BYTES:
        raise BackupUnreadable(Reason.BROKEN)
    count, length = struct.unpack_from("<HL", tail, at + 10)
    if count == ZIP64 or length > limits.header_bytes:
        raise BackupUnreadable(Reason.TOO_MANY_MEMBERS)
    stream.seek(max(0, size - len(tail) + at - length))
    # The count lies where one wants it to: the entries themselves are counted.
    if stream.read(length).count(CENTRAL_ENTRY) > 2 * limits.members:
        raise BackupUnreadable(Reason.TOO_MANY_MEMBERS)
    stream.seek(0)


class Inflated:
    """Bytes of a gzip file as tarfile reads them: onwards, counted, in small reads."""

    def __init__(self, stream: IO[bytes], size: int, limits: Limits) -> None:
        self._stream = stream
        self._limits = limits
        self._most = max(limits.free_bytes, size * limits.ratio)
        self._unzip = zlib.decompressobj(wbits=31)
        self._ready = b""
        self._at = 0
        self._made = 0

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes; a read longer than any honest header is refused."""
        if size < 0 or size > self._limits.header_bytes:
            raise BackupUnreadable(Reason.TOO_LARGE)
        parts = []
        while size and (self._ready or self._inflate()):
            part, self._ready = self._ready[:size], self._ready[size:]
            parts.append(part)
            self._at += len(part)
            size -= len(part)
        return b"".join(parts)

    def tell(self) -> int:
        """Return how many bytes were read or passed over."""
        return self._at

    def seek(self, position: int, _whence: int = 0) -> int:
        """Pass over bytes to a position further on."""
        if position < self._at:
            raise BackupUnreadable(Reason.BROKEN)
        while self._at < position:
            if not self.read(min(CHUNK_BYTES, position - self._at)):
                raise BackupUnreadable(Reason.BROKEN)
        return self._at

    def seekable(self) -> bool:
        """Tell that positions further on can be gone to."""
        return True

    def finish(self) -> None:
        """Read to the end: a file cut in the middle is known only there."""
        while self.read(CHUNK_BYTES):
            pass
        if not self._unzip.eof:
            raise BackupUnreadable(Reason.BROKEN)

    def _inflate(self) -> bool:
        """Make some more bytes ready; False at the end."""
        while not self._ready:
            packed = self._unzip.unconsumed_tail or self._stream.read(CHUNK_BYTES)
            if self._unzip.eof:
                if not (self._unzip.unused_data + packed).startswith(GZIP_MAGIC):
                    return False
                packed = self._unzip.unused_data + packed
                self._unzip = zlib.decompressobj(wbits=31)
            if not packed:
                return False
            self._ready = self._unzip.decompress(packed, CHUNK_BYTES)
            self._made += len(self._ready)
            self._refuse_flood()
        return True

    def _refuse_flood(self) -> None:
        if self._made > self._limits.inflated_bytes:
            raise BackupUnreadable(Reason.TOO_LARGE)
        if self._made > self._most:
            raise BackupUnreadable(Reason.TOO_DENSE)
