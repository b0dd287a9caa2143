"""Bytes of a text file → text."""

import codecs
import re
from dataclasses import dataclass

from courses.formats.reasons import Reason

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WORD = re.compile(r"[^\W\d_]+")


class NotText(Exception):
    """Bytes that cannot be read as a text; `line` counts from 1."""

    def __init__(self, reason: Reason, line: int = 1) -> None:
        super().__init__(reason, line)
        self.reason = reason
        self.line = line


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A text whose lines end with LF, without byte order marks, and its encoding."""

    text: str
    encoding: str


def decode_text(data: bytes) -> DecodedText:
    """Read a text in UTF-8, UTF-16 with a mark, Windows-1251 or Windows-1252.

    Raises:
        NotText: The bytes are no text, or damaged.
    """
    text, encoding = _decode(data)
    if "\0" in text:
        raise NotText(Reason.NOT_TEXT)
    # Files glued together carry the mark inside, too.
    text = text.replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n")
    return DecodedText(text, encoding)


def _decode(data: bytes) -> tuple[str, str]:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_strictly(data, encoding), encoding
    if b"\0" in data:
        raise NotText(Reason.NOT_TEXT)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if _is_mostly_utf8(data):
            raise NotText(
                Reason.DAMAGED_ENCODING, _line_at(data, error.start)
            ) from None
    return _decode_legacy(data)


def _decode_strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace").encode()
        line = _line_at(before, len(before))
        raise NotText(Reason.DAMAGED_ENCODING, line) from None


def _is_mostly_utf8(data: bytes) -> bool:
    """Tell UTF-8 with broken bytes from a text in an older encoding."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = len(text) - len(text.encode("ascii", "ignore")) - broken
    return whole >= broken


def _decode_legacy(data: bytes) -> tuple[str, str]:
    cyrillic = _try_decoding(data, "windows-1251")
    latin = _try_decoding(data, "windows-1252")
    if cyrillic is not None and (latin is None or _reads_as_cyrillic(cyrillic)):
        return cyrillic, "windows-1251"
    if latin is not None:
        return latin, "windows-1252"
    raise NotText(Reason.UNKNOWN_ENCODING)


def _try_decoding(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _reads_as_cyrillic(text: str) -> bool:
    """Tell Cyrillic words from Latin ones with a Cyrillic letter inside («aцdf»)."""
    votes = 0
    for match in _WORD.finditer(text):
        word = match[0]
        if not word.isascii() and len(word) > 1:
            votes += -1 if any(map(str.isascii, word)) else 1
    return votes >= 0


def _line_at(data: bytes, position: int) -> int:
    before = data[:position]
    return 1 + before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n")
