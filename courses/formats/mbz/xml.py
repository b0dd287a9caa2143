"""XML of a backup, read in pieces: no document type, no entities, capped."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import IO, Any

from lxml import etree

from courses.formats.mbz.archive import UNREADABLE
from courses.formats.mbz.errors import BackupUnreadable, Reason
from courses.formats.mbz.limits import Limits

Element = Any  # lxml has no stubs here
# How Moodle writes a value that is not there.
NULL = "$@NULL@$"
# lxml takes an empty list of tags for every tag.
NO_TAGS = ("no_such_tag",)
_DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_WHOLE = re.compile(r"-?\d{1,15}")


class Budget:
    """How many bytes of XML a backup may still make us parse."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.left = limits.parsed_bytes


class _Counted:
    """Bytes of one member, counted against its own cap, the whole one and the tree."""

    def __init__(self, stream: IO[bytes], name: str, budget: Budget) -> None:
        self._stream = stream
        self._name = name
        self._budget = budget
        self._left = budget.limits.xml_bytes
        self._held = 0
        self._nodes = 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        content = self._stream.read(size)
        if self._held == 0 and _DOCTYPE.search(content[:4096]):
            raise BackupUnreadable(Reason.DOCTYPE, self._name)
        self._left -= len(content)
        self._budget.left -= len(content)
        self._held += len(content)
        # What takes memory is a node or an attribute, not a byte.
        self._nodes += content.count(b"<") + content.count(b'="')
        limits = self._budget.limits
        is_long = self._held > limits.held_bytes or self._nodes > limits.held_nodes
        if self._left < 0 or self._budget.left < 0 or is_long:
            raise BackupUnreadable(Reason.LARGE_XML, self._name)
        return content

    def let_go(self) -> None:
        """Note that what was held of the tree is dropped."""
        self._held, self._nodes = 1, 0


def elements_of(
    stream: IO[bytes], name: str, *, tags: Iterable[str], budget: Budget
) -> Iterator[Element]:
    """Give each element of some tags when it is whole, and drop it after use.

    An element within another of these tags comes first, and is gone from it. The last
    one given is the root, with all that was not dropped; its tag need not be named.

    Raises:
        BackupUnreadable: the XML is broken, hostile or too large.
    """
    counted = _Counted(stream, name, budget)
    try:
        context = etree.iterparse(
            counted,
            events=("end",),
            tag=tuple(tags) or NO_TAGS,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        for _event, element in context:
            if element.getparent() is None:
                continue
            yield element
            _drop(element)
            counted.let_go()
        root = context.root
        if root.getroottree().docinfo.internalDTD is not None:
            raise BackupUnreadable(Reason.DOCTYPE, name)
        yield root
    except (etree.LxmlError, *UNREADABLE) as error:
        raise BackupUnreadable(Reason.BROKEN_XML, name) from error


def tree_of(
    stream: IO[bytes], name: str, *, dropped: Iterable[str], budget: Budget
) -> Element:
    """Read a member whole, but for the elements of some tags, which may be many."""
    root = None
    for element in elements_of(stream, name, tags=dropped, budget=budget):
        root = element
    return root


def _drop(element: Element) -> None:
    parent = element.getparent()
    element.clear()
    if parent is not None:
        parent.remove(element)


def text_of(element: Element, path: str) -> str:
    """Return the text at a path; empty where there is none, or Moodle wrote NULL."""
    text = element.findtext(path) if element is not None else None
    if text is None or text == NULL:
        return ""
    return str(text)


def line_of(element: Element, path: str, *, longest: int = 250) -> str:
    """Return a short text at a path as one line."""
    return " ".join(text_of(element, path).split())[:longest]


def number_of(element: Element, path: str, *, default: int = 0) -> int:
    """Return the whole number at a path."""
    text = text_of(element, path).strip()
    return int(text) if _WHOLE.fullmatch(text) else default


def decimal_of(element: Element, path: str) -> Decimal:
    """Return the number at a path, 0 where there is none."""
    try:
        value = Decimal(text_of(element, path).strip()[:40] or "0")
    except InvalidOperation:
        return Decimal(0)
    return value if value.is_finite() and abs(value) < Decimal(10) ** 12 else Decimal(0)
