"""The twelve files that people with ill will bring, for the door that they come to.

TARGETS, "Files", 23 to 34; each knows its number there.
"""

import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

MEGABYTE = 1024 * 1024
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
# What every scanner of viruses knows; in two parts, so that none takes this file for it.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + b"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
# What makes an archive the office file, or the backup, that its ending says.
PARTS = {
    "docx": "word/document.xml",
    "pptx": "ppt/presentation.xml",
    "xlsx": "xl/workbook.xml",
    "mbz": "moodle_backup.xml",
}


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file and why it is hostile."""

    number: int
    name: str
    content: bytes

    def __str__(self) -> str:
        return f"{self.number}-{self.name}"


def hostile_files(ending: str) -> Iterator[Hostile]:
    """Give the files for a door whose own files have this ending."""
    part = PARTS.get(ending, "content")
    yield Hostile(23, "course.pdf", HTML)
    yield Hostile(24, "face.svg", SVG)
    yield Hostile(24, "face.png", SVG)
    yield Hostile(26, ".htaccess", b"Require all granted\n")
    yield Hostile(27, f"empty.{ending}", b"")
    yield Hostile(28, f"bomb.{ending}", bomb(part))
    yield Hostile(28, f"tarbomb.{ending}", tar_bomb(part))
    yield Hostile(29, f"liar.{ending}", with_lying_header(part))
    yield Hostile(30, f"many.{ending}", of_many_members())
    yield Hostile(31, f"link.{ending}", link_in_tar())
    yield Hostile(31, f"ziplink.{ending}", link_in_zip(part))
    yield Hostile(32, "flood.png", flood())
    yield Hostile(33, f"locked.{ending}", locked(part))


def zipped(members: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return stream.getvalue()


def tarred(members: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as made:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            made.addfile(info, io.BytesIO(content))
    return stream.getvalue()


@cache
def bomb(part: str) -> bytes:
    """Seventy megabytes in as many kilobytes."""
    return zipped({part: bytes(70 * MEGABYTE)})


@cache
def tar_bomb(part: str) -> bytes:
    """The same as Moodle packs its backups."""
    return tarred({part: bytes(70 * MEGABYTE)})


def with_lying_header(part: str) -> bytes:
    """An archive whose headers say that its member is ten bytes long."""
    made = bytearray(bomb(part))
    struct.pack_into("<I", made, made.find(b"PK\x03\x04") + 22, 10)
    struct.pack_into("<I", made, made.find(b"PK\x01\x02") + 24, 10)
    return bytes(made)


def of_many_members() -> bytes:
    """200,000 entries of a directory, and an end that counts as many as it can."""
    entry = b"PK\x01\x02" + bytes(42)
    end = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, len(entry) * 200_000, 30, 0
    )
    return b"PK\x03\x04" + bytes(26) + entry * 200_000 + end


def link_in_tar() -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as made:
        link = tarfile.TarInfo("moodle_backup.xml")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        made.addfile(link)
    return stream.getvalue()


def link_in_zip(part: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        info = zipfile.ZipInfo(part)
        info.external_attr = 0o120777 << 16
        made.writestr(info, "/etc/passwd")
    return stream.getvalue()


def flood() -> bytes:
    """A picture of 3,600 megapixels in a hundred bytes."""

    def chunk(name: bytes, body: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(name + body))
        return struct.pack(">I", len(body)) + name + body + crc

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + pixels + chunk(b"IEND", b"")


def locked(part: str) -> bytes:
    """An archive whose member is encrypted, as its flags say."""
    made = bytearray(zipped({part: b"<w/>"}))
    made[made.find(b"PK\x03\x04") + 6] |= 1
    made[made.find(b"PK\x01\x02") + 8] |= 1
    return bytes(made)
