"""The guard at the door, and the files that people with ill will bring."""

import hashlib
import random
import struct
import zipfile
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from PIL import Image

from core import uploads
from core.uploads import (
    MAX_MEMBERS,
    MEGABYTE,
    FileKind,
    FileRefused,
    check_content,
    check_stream,
    check_upload,
    kind_of,
    refuse_bomb,
)

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def archive(members: dict[str, bytes], compression=zipfile.ZIP_DEFLATED) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return stream.getvalue()


def workbook() -> bytes:
    stream = BytesIO()
    book = Workbook()
    book.active.append(["login", "points"])
    book.save(stream)
    return stream.getvalue()


def picture(kind: str) -> bytes:
    stream = BytesIO()
    Image.new("RGB", (4, 3)).save(stream, kind)
    return stream.getvalue()


def png_that_says_it_is(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)

    def chunk(name: bytes, body: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(name + body))
        return struct.pack(">I", len(body)) + name + body + crc

    body = (
        chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0"))
        + chunk(b"IEND", b"")
    )
    return b"\x89PNG\r\n\x1a\n" + body


def encrypted(content: bytes) -> bytes:
    """Set the flag of encryption on every member, as a program would see it."""
    made = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := made.find(mark, at + 1)) >= 0:
            made[at + offset] |= 1
    return bytes(made)


def with_lying_size(content: bytes, size: int) -> bytes:
    """Let both headers of the first member say that it is `size` bytes long."""
    made = bytearray(content)
    local = made.find(b"PK\x03\x04")
    central = made.find(b"PK\x01\x02")
    struct.pack_into("<I", made, local + 22, size)
    struct.pack_into("<I", made, central + 24, size)
    return bytes(made)


def check(content: bytes, name: str, *allowed: FileKind):
    return check_content(content, name=name, allowed=allowed or tuple(FileKind))


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PDF, "Справка.pdf", FileKind.PDF),
        (PDF, "СПРАВКА.PDF", FileKind.PDF),
        (workbook(), "results.xlsx", FileKind.XLSX),
        (archive({"word/document.xml": b"<w/>"}), "tz.docx", FileKind.DOCX),
        (b"::Q1:: 2 + 2? {=4}", "bank.gift", FileKind.TEXT),
        ("Вопрос".encode("utf-16"), "bank.txt", FileKind.TEXT),
        ("Вопрос".encode("cp1251"), "bank.txt", FileKind.TEXT),
        (picture("PNG"), "face.png", FileKind.PNG),
        (picture("JPEG"), "face.jpg", FileKind.JPEG),
    ],
)
def test_an_honest_file_comes_in(content, name, kind):
    checked = check(content, name)
    assert (checked.kind, checked.content, checked.name) == (kind, content, name)
    assert checked.sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (HTML, "course.pdf"),
        (b"some words", "course.pdf"),
        (SVG, "face.svg"),
        (SVG, "face.png"),
        (HTML, "page.html"),
        (b"AddType text/html .gif", ".htaccess"),
        (PDF, "course.txt"),
        (PDF, "course"),
        (b"\x00\x01\x02 binary", "bank.txt"),
        (workbook(), "results.docx"),
        (archive({"a.txt": b"a"}), "a.xlsx"),
        (archive({"a.txt": b"a"}), "a.zip"),
        (b"PK\x03\x04 and then nothing of an archive", "a.xlsx"),
        (b"\x7fELF\x02\x01\x01", "bank.gift"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(content, name):
    with pytest.raises(FileRefused, match="is not what is asked for"):
        check(content, name)


def test_a_kind_that_is_not_asked_for_is_refused_by_its_name():
    with pytest.raises(FileRefused, match=r"“results\.xlsx”.*xlsx.*wanted is pdf"):
        check(workbook(), "results.xlsx", FileKind.PDF)


def test_an_empty_file_is_refused():
    with pytest.raises(FileRefused, match="is empty"):
        check_upload(
            SimpleUploadedFile("empty.pdf", b""), allowed=[FileKind.PDF], max_bytes=10
        )


def test_a_file_of_the_greatest_size_comes_in_and_one_byte_more_does_not():
    content = PDF.ljust(MEGABYTE)
    for extra, is_taken in ((b"", True), (b" ", False)):
        upload = SimpleUploadedFile("a.pdf", content + extra)
        if is_taken:
            check_upload(upload, allowed=[FileKind.PDF], max_bytes=MEGABYTE)
        else:
            with pytest.raises(FileRefused, match=r"2 MB, at most 1 MB"):
                check_upload(upload, allowed=[FileKind.PDF], max_bytes=MEGABYTE)


@pytest.mark.parametrize("name", ["..\\..\\evil.pdf", "../../evil.pdf", "C:\\evil.pdf"])
def test_a_path_in_the_name_is_left_out(name):
    upload = SimpleUploadedFile("a.pdf", PDF)
    upload._name = name
    checked = check_upload(upload, allowed=[FileKind.PDF], max_bytes=MEGABYTE)
    assert checked.name == "evil.pdf"


# --- Archives ---------------------------------------------------------------------


def test_a_bomb_is_refused():
    bomb = archive({"xl/workbook.xml": b"\0" * 65 * MEGABYTE})
    assert len(bomb) < MEGABYTE
    with pytest.raises(FileRefused, match="unpacks to more"):
        check(bomb, "bomb.xlsx")


def test_a_small_file_that_swells_two_hundred_times_is_refused():
    swollen = archive({"xl/workbook.xml": b"\0" * MEGABYTE})
    with pytest.raises(FileRefused, match="unpacks to more"):
        check(swollen, "swollen.xlsx")


def test_many_large_members_are_refused_together(monkeypatch):
    monkeypatch.setattr(uploads, "MAX_INFLATED_BYTES", 3 * MEGABYTE)
    grain = random.Random(1).randbytes(MEGABYTE)  # noqa: S311 (no secret)
    members = {"xl/workbook.xml": grain, "2.bin": grain, "3.bin": grain}
    check(archive(members), "large.xlsx")
    with pytest.raises(FileRefused, match="unpacks to more"):
        check(archive({**members, "4.bin": b"x"}), "large.xlsx")


def test_a_header_that_lies_about_the_size_is_refused():
    content = archive({"xl/workbook.xml": b"\0" * 50_000_000, "pad": b"p" * 500_000})
    with pytest.raises(FileRefused):
        check(with_lying_size(content, 10), "lying.xlsx")


@pytest.mark.parametrize("count", [MAX_MEMBERS + 1, 20_000, 200_000])
def test_too_many_members_are_refused_before_they_are_listed(count, monkeypatch):
    content = b"PK\x03\x04" + b"PK\x01\x02".ljust(60, b"\0") * count
    monkeypatch.setattr(zipfile, "ZipFile", None)
    with pytest.raises(FileRefused):
        check(content, "many.xlsx")


def test_too_many_members_of_any_archive_are_a_bomb():
    with pytest.raises(FileRefused, match="unpacks to more"):
        refuse_bomb(b"PK\x01\x02" * (MAX_MEMBERS + 1), name="course.mbz")


def test_twenty_thousand_real_members_are_refused():
    members = {f"{number}.xml": b"" for number in range(20_000)}
    content = archive({"xl/workbook.xml": b"<x/>", **members}, zipfile.ZIP_STORED)
    with pytest.raises(FileRefused):
        check(content, "many.xlsx")


def test_an_encrypted_archive_is_refused():
    with pytest.raises(FileRefused, match="encrypted"):
        check(encrypted(workbook()), "secret.xlsx")


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_compression_that_no_office_program_uses_is_refused(compression):
    content = archive({"xl/workbook.xml": b"<x/>" * 100}, compression)
    with pytest.raises(FileRefused, match="damaged"):
        check(content, "odd.xlsx")


def test_a_cut_archive_is_refused():
    with pytest.raises(FileRefused):
        check(workbook()[:-40], "cut.xlsx")


def test_a_damaged_archive_is_refused_whatever_is_damaged():
    """Never another exception, wherever a byte has changed."""
    chance = random.Random(20260914)  # noqa: S311 (no secret)
    whole = workbook()
    for _ in range(300):
        content = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        try:
            check(bytes(content), "damaged.xlsx", FileKind.XLSX)
        except FileRefused:
            continue


# --- Pictures ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("width", "height"), [(8_000, 5_001), (20_000, 20_000), (2**31 - 1, 2**31 - 1)]
)
def test_a_flood_of_pixels_is_refused(width, height):
    with pytest.raises(FileRefused, match="megapixels"):
        check(png_that_says_it_is(width, height), "flood.png")


def test_a_picture_of_the_greatest_size_comes_in():
    assert check(png_that_says_it_is(8_000, 5_000), "large.png").kind == FileKind.PNG


def test_a_picture_of_which_nothing_is_left_but_its_mark_is_refused():
    with pytest.raises(FileRefused, match="cannot be read"):
        check(b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "torn.png")


# --- The kind ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"GIF89a" + b"\0" * 20, FileKind.GIF),
        (b"BM" + b"\0" * 20, None),
        (b"words", FileKind.TEXT),
        (b"wo\0rds", None),
        (b"\xff\xfew\0o\0", FileKind.TEXT),
    ],
)
def test_the_kind_is_told_from_the_content_alone(content, kind):
    assert kind_of(content) == kind


def boxes(brand: bytes) -> bytes:
    return b"\0\0\0\x14ftyp" + brand + bytes(8)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (boxes(b"qt  "), FileKind.MOV),
        (boxes(b"isom"), FileKind.MP4),
        (boxes(b"mp42"), FileKind.MP4),
        (boxes(b"M4A "), FileKind.M4A),
        (boxes(b"heic"), None),
        (boxes(b"3gp4"), None),
        (b"\0\0\0\x08wide" + bytes(20), FileKind.MOV),
        (b"RIFF\x10\0\0\0AVI LIST" + bytes(20), FileKind.AVI),
        (b"RIFF\x10\0\0\0WAVEfmt " + bytes(20), FileKind.WAV),
        (b"RIFF\x10\0\0\0WEBPVP8 " + bytes(20), FileKind.WEBP),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm" + bytes(20), FileKind.WEBM),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska" + bytes(20), None),
        (b"\0\0\x01\xba" + bytes(20), FileKind.MPEG),
        ((b"\x47" + bytes(187)) * 8, FileKind.MPEG),
        (b"ID3\x04" + bytes(20), FileKind.MP3),
        (b"OggS" + bytes(20), FileKind.OGG),
        (b"fLaC" + bytes(20), FileKind.FLAC),
        (archive({"ppt/presentation.xml": b"<p/>"}), FileKind.PPTX),
        (
            archive({"mimetype": b"application/vnd.oasis.opendocument.text"}),
            FileKind.ODT,
        ),
        (
            archive({"mimetype": b"application/vnd.oasis.opendocument.text-template"}),
            None,
        ),
        (archive({"mimetype": b"application/epub+zip"}), None),
        (archive({"notes.txt": b"words"}), None),
    ],
)
def test_containers_of_one_family_are_told_apart(content, kind):
    assert kind_of(content) == kind


@pytest.mark.parametrize("name", ["film.mov", "film.mp4", "film.m4v", "FILM.MOV"])
def test_a_film_is_what_its_content_says_under_any_name_of_its_family(name):
    assert check(boxes(b"qt  "), name).kind == FileKind.MOV


@pytest.mark.parametrize("name", ["film.avi", "film", "film.mp4.exe"])
def test_a_film_under_another_name_is_refused(name):
    with pytest.raises(FileRefused):
        check(boxes(b"qt  "), name)


def test_a_stream_is_checked_and_left_where_it_is_from_its_beginning():
    content = PDF + b"%" * (5 * uploads.CHUNK_BYTES)
    upload = SimpleUploadedFile("C:\\papers\\a.pdf", content)
    checked = check_stream(upload, allowed={FileKind.PDF}, max_bytes=MEGABYTE)
    assert (checked.name, checked.kind) == ("a.pdf", FileKind.PDF)
    assert checked.sha256 == hashlib.sha256(content).hexdigest()
    assert checked.size_bytes == len(content)
    assert checked.file.read() == content


def test_a_stream_that_is_too_large_is_refused_unread():
    upload = SimpleUploadedFile("a.pdf", PDF)
    upload.size = MEGABYTE + 1
    with pytest.raises(FileRefused, match="too large: 2 MB, at most 1 MB"):
        check_stream(upload, allowed={FileKind.PDF}, max_bytes=MEGABYTE)
    assert upload.tell() == 0


def test_a_sign_that_no_text_has_is_found_at_the_end_of_a_long_file():
    words = b"words " * uploads.CHUNK_BYTES
    assert kind_of(words) == FileKind.TEXT
    assert kind_of(words + b"\0") is None


def test_members_are_counted_over_the_edges_of_what_is_read_at_once():
    mark = uploads.CENTRAL_ENTRY
    edge = b"PK\x03\x04" + bytes(uploads.CHUNK_BYTES - 6)
    with pytest.raises(FileRefused, match="unpacks to more"):
        refuse_bomb(edge + mark * (MAX_MEMBERS + 1), name="a.xlsx")
