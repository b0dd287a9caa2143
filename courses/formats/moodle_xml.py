"""Moodle XML → questions, one by one as the file streams by.

A document type and what it could declare are refused before anything is expanded; depth
and the length of a text or an attribute have libxml2's own bounds, and one question may
not hold more nodes than are counted here.
"""

import codecs
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from courses.formats.moodle_questions import CATEGORY, read_category, read_question
from courses.formats.moodle_text import line_of
from courses.formats.question import Item, ParsedCategory, ParseError
from courses.formats.reasons import BadQuestion, Reason

ROOT = "quiz"
QUESTION = "question"
MOST_BYTES = 64 * 1024 * 1024
# A node of libxml2 takes some 120 bytes.
MOST_NODES = 300_000
_CHUNK = 32 * 1024
_LAST_LINE_TOLD = 65_535
_BLANKS = b" \t\r\n"
_UTF8_NAMES = (b"utf-8", b"utf8")
_DOCTYPE = b"<!DOCTYPE"
_ENCODING = re.compile(rb"<\?xml[^<>]{0,99}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})")
OPTIONS: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
_REASONS = {
    etree.ErrorTypes.ERR_UNKNOWN_ENCODING: Reason.UNKNOWN_ENCODING,
    etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING: Reason.UNKNOWN_ENCODING,
    etree.ErrorTypes.ERR_INVALID_ENCODING: Reason.DAMAGED_ENCODING,
    114: Reason.TOO_LARGE,  # XML_ERR_RESOURCE_LIMIT, which lxml has no name for
}


class BrokenXml(Exception):
    """XML that cannot be read on from a line."""

    def __init__(self, reason: Reason, line: int) -> None:
        super().__init__(reason, line)
        self.reason = reason
        self.line = line


def open_moodle_xml(content: bytes) -> tuple[str, Iterator[Item]]:
    """Return the encoding of a file, and what it holds, one by one as it is read."""
    # A blank line before the declaration is an error to XML, not to an author.
    told = content.lstrip(_BLANKS)
    blank = content[: len(content) - len(told)].count(b"\n")
    told = _as_it_is(told)
    try:
        encoding = _look_at_root(told)
    except BrokenXml as broken:
        return "", iter([ParseError(broken.line + blank, broken.reason)])
    return encoding, _items_of(told, blank)


def _as_it_is(content: bytes) -> bytes:
    """Mark UTF-8 that calls itself otherwise: libxml2 believes the mark, not the label.

    Programs on .NET say utf-16 of all they write; editors convert and leave the label.
    """
    declared = _ENCODING.search(content[:_CHUNK])
    if declared is None or declared[1].lower() in _UTF8_NAMES:
        return content
    if content.isascii() and not declared[1].lower().startswith(b"utf-16"):
        return content
    try:
        content.decode()
    except UnicodeDecodeError:
        return content
    return codecs.BOM_UTF8 + content.removeprefix(codecs.BOM_UTF8)


def _items_of(content: bytes, blank: int) -> Iterator[Item]:
    category = ""
    try:
        for element in _questions_of(content):
            item = _read(element, category, _line_of(element) + blank)
            if isinstance(item, ParsedCategory):
                category = item.path
            yield item
    except BrokenXml as broken:
        yield ParseError(broken.line + blank, broken.reason)


def _read(element: etree._Element, category: str, line: int) -> Item:
    try:
        if line_of(element.get("type")) == CATEGORY:
            return read_category(element)
        return read_question(element, category=category, line=line)
    except BadQuestion as refusal:
        return ParseError(line, refusal.reason)


def _look_at_root(content: bytes) -> str:
    """Return the encoding, once the root is seen to be Moodle's and without a DTD."""
    if len(content) > MOST_BYTES:
        raise BrokenXml(Reason.TOO_LARGE, 1)
    head = content[:_CHUNK].replace(b"\0", b"")
    parser = etree.XMLPullParser(("start",), **OPTIONS)
    try:
        root = next(root for _ in _fed(parser, content) for root in _met(parser))
    except BrokenXml as broken:
        # Entities that are declared may be what it breaks off at.
        if _DOCTYPE in head:
            raise BrokenXml(Reason.DOCTYPE, 1) from broken
        raise
    if root.getroottree().docinfo.internalDTD is not None:
        raise BrokenXml(Reason.DOCTYPE, 1)
    if root.tag != ROOT:
        raise BrokenXml(Reason.NOT_A_QUIZ, root.sourceline or 1)
    declared = _ENCODING.search(head)
    if content.startswith(codecs.BOM_UTF8):
        return "utf-8"
    return declared[1].decode().lower() if declared else "utf-8"


def _questions_of(content: bytes) -> Iterator[etree._Element]:
    """Give each question when it is whole, and drop it after use."""
    parser = etree.XMLPullParser(("end",), tag=QUESTION, **OPTIONS)
    nodes, line = 0, 1
    for chunk in _fed(parser, content):
        nodes += chunk.count(b"<") + chunk.count(b"=")
        for element in _met(parser):
            root = element.getparent()
            if root is None or root.getparent() is not None:
                continue
            yield element
            line = _line_of(element)
            _drop(element, root)
            nodes = 0
        if nodes > MOST_NODES:
            raise BrokenXml(Reason.TOO_LARGE, line)


def _met(parser: "etree.XMLPullParser") -> Iterator[Any]:
    """Give the elements of events; the stubs take them for pairs of prefixes, too."""
    for _event, element in parser.read_events():
        yield element


def _drop(element: etree._Element, root: etree._Element) -> None:
    """Let go of a question, and of whatever stands before it that is none."""
    while (before := element.getprevious()) is not None:
        root.remove(before)
    root.remove(element)


def _line_of(element: Any) -> int:
    """Return the line that an element begins in.

    Beyond line 65,535 libxml2 tells the one in which the first text inside ends.
    """
    line = int(element.sourceline or 1)
    if line < _LAST_LINE_TOLD:
        return line
    inner = element
    while not inner.text and len(inner):
        inner = inner[0]
    return line - str(inner.text or element.tail or "").count("\n")


def _fed(parser: "etree.XMLPullParser", content: bytes) -> Iterator[bytes]:
    """Feed a parser piece by piece; give each piece after it was fed.

    What stands before the place where the XML breaks is given, too.
    """
    broken = None
    for start in range(0, len(content), _CHUNK):
        chunk = content[start : start + _CHUNK]
        try:
            parser.feed(chunk)
        except etree.XMLSyntaxError as error:
            broken = error
        yield chunk
        if broken is not None:
            raise _as_broken(parser, broken)
    try:
        parser.close()
    except etree.XMLSyntaxError as error:
        broken = error
    yield b""
    if broken is not None:
        raise _as_broken(parser, broken)


def _as_broken(parser: "etree.XMLPullParser", error: Any) -> BrokenXml:
    """Return the first thing that went wrong: what is raised may be its consequence."""
    log = parser.feed_error_log
    code, line = (log[0].type, log[0].line) if len(log) else (error.code, error.lineno)
    return BrokenXml(_REASONS.get(code, Reason.BROKEN_XML), max(1, line or 1))
