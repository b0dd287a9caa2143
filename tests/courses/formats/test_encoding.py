"""Bytes → text."""

import pytest

from courses.formats.encoding import DecodedText, NotText, decode_text
from courses.formats.gift import read_gift
from courses.formats.reasons import Reason

RUSSIAN = "Ёж и уж: «Кто № 1?» — PH-метр, а?"
KAZAKH = "Әлемдегі ең үлкен құрлық қайсы? Ғылым, өнер, һәм"


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (KAZAKH.encode(), KAZAKH, "utf-8"),
        (b"\xef\xbb\xbf" + KAZAKH.encode(), KAZAKH, "utf-8"),
        (b"\xff\xfe" + KAZAKH.encode("utf-16-le"), KAZAKH, "utf-16-le"),
        (b"\xfe\xff" + KAZAKH.encode("utf-16-be"), KAZAKH, "utf-16-be"),
        (RUSSIAN.encode("cp1251"), RUSSIAN, "windows-1251"),
        ("Größe über alles?".encode("cp1252"), "Größe über alles?", "windows-1252"),
        ("où est né l’été?".encode("cp1252"), "où est né l’été?", "windows-1252"),
        ("а и б".encode("cp1251"), "а и б", "windows-1251"),
        # 0x98 is no character of Windows-1251.
        (b"\x98\xe0\xe1", "\u02dcàá", "windows-1252"),
        # 0x81 is no character of Windows-1252.
        (b"na\xefve \x81", "naпve Ѓ", "windows-1251"),
        (b"plain", "plain", "utf-8"),
    ],
)
def test_encoding_is_found(data, text, encoding):
    assert decode_text(data) == DecodedText(text, encoding)


def test_newlines_become_one_kind_and_only_newlines_do():
    text = "a\r\nb\rc\nd\r\r\ne\u2028f\x0bg"

    assert decode_text(text.encode()).text == "a\nb\nc\nd\n\ne\u2028f\x0bg"


def test_marks_inside_glued_files_are_dropped():
    data = "\ufeffБір? {T}\n\n\ufeff::Екі::Мәтін {F}".encode()

    assert [question.name for question in read_gift(data).questions] == ["", "Екі"]


@pytest.mark.parametrize(
    ("data", "reason", "line"),
    [
        (b"%PDF\0", Reason.NOT_TEXT, 1),
        ("Астана?".encode("utf-16-le"), Reason.NOT_TEXT, 1),
        ("Астана".encode("utf-32"), Reason.NOT_TEXT, 1),
        (b"\xef\xbb\xbfa\0", Reason.NOT_TEXT, 1),
        (("бір\r\n" * 3).encode() + b"\xd0?", Reason.DAMAGED_ENCODING, 4),
        (b"\xef\xbb\xbf" + "бір\rекі".encode() + b"\xd0", Reason.DAMAGED_ENCODING, 2),
        (
            b"\xff\xfe" + "бір\nекі".encode("utf-16-le") + b"x",
            Reason.DAMAGED_ENCODING,
            2,
        ),
        (b"a\xe9b \x98 \x81", Reason.UNKNOWN_ENCODING, 1),
    ],
)
def test_what_is_no_text_is_refused(data, reason, line):
    with pytest.raises(NotText) as refusal:
        decode_text(data)

    assert (refusal.value.reason, refusal.value.line) == (reason, line)
