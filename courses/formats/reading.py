"""A file of questions → a bank, whatever format it is in and whatever it is called."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from courses.formats.aiken import iter_aiken
from courses.formats.encoding import NotText, decode_text
from courses.formats.gift import iter_gift
from courses.formats.moodle_xml import open_moodle_xml
from courses.formats.question import (
    Format,
    Item,
    Kind,
    ParsedBank,
    ParsedQuestion,
    ParseError,
    gather,
)
from courses.formats.table_reading import iter_table

# Excel's workbooks of today and of the last century; the latter get a clear refusal.
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_XML_STARTS = (b"<?xml", b"<!doctype", b"<quiz", b"<question")
_ROOT = b"<quiz"
_LOOKED_AT = 65_536
# Marks of byte order and blanks; in UTF-16 every other byte is NUL.
_BEFORE_TEXT = b"\xef\xbb\xbf\xff\xfe \t\r\n"
_AIKEN_ANSWER = re.compile(r"^[ \t]*ANSWER[ \t]*:", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OpenedQuestions:
    """A file of questions whose format is known; `items` are read one by one."""

    format: Format
    encoding: str
    items: Iterator[Item]


def read_questions(content: bytes, *, name: str) -> ParsedBank:
    """Read a file whole; what cannot be read is among the errors of the bank."""
    opened = open_questions(content, name=name)
    return gather(opened.items, format=opened.format, encoding=opened.encoding)


def iter_questions(content: bytes, *, name: str) -> Iterator[Item]:
    """Read a file one question, category or error at a time, keeping none of them."""
    return open_questions(content, name=name).items


def open_questions(content: bytes, *, name: str) -> OpenedQuestions:
    """Tell the format of a file; `name` counts only where the content is silent."""
    if content.startswith(_WORKBOOKS):
        return OpenedQuestions(Format.XLSX, "", iter_table(content))
    if _is_xml(content, name):
        encoding, items = open_moodle_xml(content)
        return OpenedQuestions(Format.MOODLE_XML, encoding, items)
    try:
        decoded = decode_text(content)
    except NotText as refusal:
        error = ParseError(refusal.line, refusal.reason)
        return OpenedQuestions(Format.GIFT, "", iter([error]))
    if _is_aiken(decoded.text):
        items = iter_aiken(decoded.text)
        return OpenedQuestions(Format.AIKEN, decoded.encoding, items)
    return OpenedQuestions(Format.GIFT, decoded.encoding, iter_gift(decoded.text))


def _is_xml(content: bytes, name: str) -> bool:
    """Tell XML from a text of GIFT that begins with a tag."""
    start = content[:_LOOKED_AT].replace(b"\0", b"").lstrip(_BEFORE_TEXT).lower()
    if start.startswith(_XML_STARTS):
        return True
    return start.startswith(b"<") and (_ROOT in start or name.lower().endswith(".xml"))


def _is_aiken(text: str) -> bool:
    """Tell Aiken from GIFT in which a line happens to begin with ANSWER:."""
    if _AIKEN_ANSWER.search(text) is None:
        return False
    if "{" not in text:
        return True
    return _count(iter_aiken(text)) >= _count(iter_gift(text))


def _count(items: Iterator[Item]) -> int:
    """Count what asks something: to GIFT any paragraph is a description."""
    return sum(
        isinstance(item, ParsedQuestion) and item.kind is not Kind.DESCRIPTION
        for item in items
    )
