"""Files that end before their end: at 1, 10, 50 and 90 per cent, and at the last byte."""

from decimal import Decimal

import pytest

from core.uploads import FileKind, FileRefused, check_content
from courses.formats import cut
from courses.formats.cut import is_cut
from courses.formats.measures import FileUnreadable, UnreadableReason
from courses.formats.measuring import measure
from courses.formats.pages import PageFormat
from tests.courses.materials import media_files, word
from tests.courses.materials.making import pdf
from tests.courses.materials.media_files import written
from tests.courses.materials.test_documents import deck

PAGE = PageFormat()
SHARES = (0.01, 0.1, 0.5, 0.9, 1)
CUT, DAMAGED = UnreadableReason.CUT, UnreadableReason.DAMAGED
REFUSED = "refused at the door"
OFFICE = {"docx": lambda: word.docx(word.paragraph() * 40), "pptx": lambda: deck(4)}
PICTURES = {name: lambda name=name: picture(name) for name in ("png", "gif", "webp")}


def picture(kind: str) -> bytes:
    return media_files.picture(kind, (400, 300))


def pieces(content: bytes) -> list[bytes]:
    return [
        content[: min(int(len(content) * share), len(content) - 1)] for share in SHARES
    ]


def told(tmp_path, container: str, content: bytes) -> str:
    """Return what a person is told of a file, or that it was measured."""
    try:
        kind = check_content(content, name=f"a.{container}", allowed=set(FileKind)).kind
    except FileRefused:
        return REFUSED
    try:
        measure(written(tmp_path, "a", content), container=kind.value, page=PAGE)
    except FileUnreadable as refusal:
        return refusal.reason.value
    return "measured"


@pytest.fixture(autouse=True)
def _strict_pictures(monkeypatch):
    """WeasyPrint lets Pillow draw half a picture; the child that measures has none."""
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", False)


@pytest.mark.parametrize("container", ["mp4", "mov", "avi", "webm"])
def test_a_cut_video_cannot_be_read(tmp_path, container):
    content = media_files.video(container, seconds=4)
    found = [told(tmp_path, container, piece) for piece in pieces(content)]
    assert found == [CUT] * len(SHARES)
    assert told(tmp_path, container, content) == "measured"


@pytest.mark.parametrize("container", ["mp3", "ogg", "wav", "m4a"])
def test_a_cut_sound_cannot_be_read(tmp_path, container):
    content = media_files.audio(container, seconds=4)
    found = [told(tmp_path, container, piece) for piece in pieces(content)]
    assert found == [CUT] * len(SHARES)
    assert told(tmp_path, container, content) == "measured"


def test_a_cut_flac_cannot_be_read_up_to_its_last_frame(tmp_path):
    """Without its very last byte it is as long as it was."""
    content = media_files.audio("flac", seconds=4)
    found = [told(tmp_path, "flac", piece) for piece in pieces(content)]
    assert found == [DAMAGED, CUT, CUT, CUT, "measured"]


@pytest.mark.parametrize("container", ["mpeg", "ts"])
def test_a_stream_cut_inside_a_packet_cannot_be_read(tmp_path, container):
    packet = 2048 if container == "mpeg" else 188
    made = media_files.video("mpeg", 9) if container == "mpeg" else ts()
    for share in (0.1, 0.5, 0.9):
        at = int(len(made) * share) // packet * packet
        assert told(tmp_path, container, made[: at + packet // 2]) == CUT
    assert told(tmp_path, container, made[:-1]) == CUT
    assert told(tmp_path, container, made) == "measured"


def test_a_stream_cut_between_two_packets_is_a_shorter_one(tmp_path):
    """Nothing in it says that there was more: docs/materials.md tells experts so."""
    content = ts()
    half = content[: len(content) // 188 // 2 * 188]
    found = measure(written(tmp_path, "a", half), container="mpeg", page=PAGE)
    assert found.duration_seconds == Decimal("2.000")


def ts() -> bytes:
    return media_files.transport_stream(seconds=4)


def test_a_cut_pdf_cannot_be_read(tmp_path):
    content = pdf(9).rstrip(b"\n")
    found = [told(tmp_path, "pdf", piece) for piece in pieces(content)]
    assert found == [CUT] * len(SHARES)
    assert told(tmp_path, "pdf", content) == "measured"


@pytest.mark.parametrize("container", ["docx", "pptx"])
def test_a_cut_office_file_is_refused_at_the_door(tmp_path, container):
    content = OFFICE[container]()
    found = [told(tmp_path, container, piece) for piece in pieces(content)]
    assert found == [REFUSED] * len(SHARES)


@pytest.mark.parametrize(
    ("kind", "last"), [("png", CUT), ("jpeg", CUT), ("gif", "measured")]
)
def test_a_cut_picture_cannot_be_read(tmp_path, kind, last):
    """A GIF without the sign of its end has all its pixels, as browsers hold, too."""
    content = picture(kind)
    found = [told(tmp_path, kind, content[: int(len(content) * s)]) for s in (0.5, 0.9)]
    assert [*found, told(tmp_path, kind, content[:-1])] == [CUT, CUT, last]
    assert told(tmp_path, kind, content[: len(content) // 100]) in (CUT, REFUSED)
    assert told(tmp_path, kind, content) == "measured"


def test_a_cut_webp_is_refused_at_the_door(tmp_path):
    found = [told(tmp_path, "webp", piece) for piece in pieces(picture("webp"))]
    assert found == [REFUSED] * len(SHARES)


# --- Signs, one by one ------------------------------------------------------------


def test_boxes_without_end_are_not_walked_through(tmp_path, monkeypatch):
    """A file of 1 GB may have 130 million of them, each of a head alone."""
    monkeypatch.setattr(cut, "_MOST_BOXES", 3)
    box = (8).to_bytes(4, "big") + b"free"
    last = (99).to_bytes(4, "big") + b"mdat"
    found = [
        is_cut(written(tmp_path, "a", box * count + last), "mp4") for count in (2, 3)
    ]
    assert found == [True, False]


def xing(size: int, told_bytes: int, *, tag: bytes = b"", flags: int = 3) -> bytes:
    """An MP3 of a first frame that tells the bytes, and as much noise as is asked."""
    count = (9).to_bytes(4, "big") if flags & 1 else b""
    told_size = told_bytes.to_bytes(4, "big") if flags & 2 else b""
    frame = b"\xff\xfb\x90\x00" + bytes(32) + b"Xing" + flags.to_bytes(4, "big")
    return (tag + frame + count + told_size).ljust(size, b"\x07")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (xing(5000, 5000), False),
        (xing(5000, 5001), True),
        (xing(5000, 5001, flags=2), True),
        (xing(5000, 5001, flags=1), False),
        (xing(5000, 5000, tag=b"ID3\x04\0\0\0\0\0\x0a" + bytes(10)), False),
        (xing(5000, 4990, tag=b"ID3\x04\0\0\0\0\0\x0a" + bytes(10)), True),
        (b"\xff\xfb\x90\x00" + bytes(500), False),
        (b"\xff\xfb\x90\x00" + bytes(32) + b"Xing", False),
        (b"\xff\xfb\x90\x00" + bytes(32) + b"Xing" + bytes(3), False),
    ],
)
def test_an_mp3_may_say_how_many_bytes_it_has(tmp_path, content, expected):
    assert is_cut(written(tmp_path, "a", content), "mp3") is expected


def segment(size: bytes, content: int) -> bytes:
    return b"\x1a\x45\xdf\xa3\x80\x18\x53\x80\x67" + size + bytes(content)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (segment(b"\x8a", 10), False),
        (segment(b"\x8b", 10), True),
        (segment(b"\x01" + (10).to_bytes(7, "big"), 10), False),
        (segment(b"\x01" + (11).to_bytes(7, "big"), 10), True),
        (segment(b"\x01" + b"\xff" * 7, 10), False),
        (segment(b"\xff", 10), False),
        (segment(b"\x00", 10), False),
        (segment(b"", 0), False),
        (b"\x1a\x45\xdf\xa3\x80", False),
    ],
)
def test_a_segment_says_its_length_unless_it_was_live(tmp_path, content, expected):
    assert is_cut(written(tmp_path, "a", content), "webm") is expected


def page(flags: int, sizes: list[int], content: int) -> bytes:
    head = b"OggS\0" + bytes([flags]) + bytes(20) + bytes([len(sizes)])
    return head + bytes(sizes) + bytes(content)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (page(2, [9], 9) + page(4, [7], 7), False),
        (page(2, [9], 9) + page(0, [7], 7), True),
        (page(4, [7], 6), True),
        (page(4, [7, 7], 0)[:-1], True),
        (b"OggS", True),
        (b"words", True),
    ],
)
def test_the_last_page_of_ogg_says_that_it_is_the_last(tmp_path, content, expected):
    assert is_cut(written(tmp_path, "a", content), "ogg") is expected


FIRST = b"\0\0\1\xba" + b"\x21" + bytes(7)
SECOND = b"\0\0\1\xba" + b"\x44" + bytes(8) + b"\xfa\xff\xff"
PACKET = b"\0\0\1\xe0\0\x05words"
END = b"\0\0\1\xb9"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (FIRST + bytes(2) + PACKET, False),
        (FIRST + PACKET + FIRST + PACKET, False),
        (FIRST + PACKET[:-1], True),
        (SECOND + PACKET, False),
        (SECOND + PACKET + END, False),
        (SECOND + PACKET + END + bytes(99), False),
        (SECOND + PACKET + SECOND[:9], True),
        (SECOND + PACKET + b"\0\0", True),
        (SECOND + PACKET[:-1], True),
        (b"\0\0\1\xb3" + bytes(99), False),
    ],
)
def test_packets_of_a_program_stream_say_their_length(tmp_path, content, expected):
    assert is_cut(written(tmp_path, "a", content), "mpeg") is expected


def test_what_says_nothing_of_its_end_is_not_held_to_be_cut(tmp_path):
    assert is_cut(written(tmp_path, "a", b"fLaC"), "flac") is False
