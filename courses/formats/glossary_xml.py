"""Moodle's export of a glossary (XML) → terms, each bad one by its line."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

from courses.formats.mbz.errors import REASON_TEXTS, BackupUnreadable
from courses.formats.mbz.errors import Reason as FileReason
from courses.formats.mbz.limits import MEGABYTE, Limits
from courses.formats.mbz.plain import plain_text
from courses.formats.mbz.xml import Budget, Element, elements_of, line_of, text_of
from courses.formats.reasons import gettext_noop

TERM_LENGTH = 200
DEFINITION_LENGTH = 2000
# How an export begins, with or without its byte order mark.
BEGINNINGS, BLANK, HEAD_BYTES = (b"<?xml", b"<GLOSSARY"), b"\xef\xbb\xbf \t\r\n", 1024
LIMITS = Limits(xml_bytes=64 * MEGABYTE, parsed_bytes=64 * MEGABYTE)


class Fault(StrEnum):
    """What is wrong with an entry; `FAULT_TEXTS` has the words."""

    NOT_A_GLOSSARY = "not_a_glossary"
    CUT = "cut"
    NO_TERM = "no_term"
    LONG_TERM = "long_term"
    NO_DEFINITION = "no_definition"
    LONG_DEFINITION = "long_definition"
    TOO_MANY = "too_many"


FAULT_TEXTS = {
    Fault.NOT_A_GLOSSARY: gettext_noop(
        "This is not Moodle's export of a glossary: in Moodle, open the glossary and "
        "choose “Export entries”."
    ),
    Fault.CUT: gettext_noop(
        "The file is cut or damaged: export the glossary from Moodle again."
    ),
    Fault.NO_TERM: gettext_noop("The entry has no term."),
    Fault.LONG_TERM: gettext_noop("The term is longer than 200 signs."),
    Fault.NO_DEFINITION: gettext_noop("The entry has no definition."),
    Fault.LONG_DEFINITION: gettext_noop("The definition is longer than 2,000 signs."),
    Fault.TOO_MANY: gettext_noop("There are more terms in the file than are taken."),
}


@dataclass(frozen=True, slots=True)
class GlossaryTermRead:
    """A term of the file, its definition as plain text."""

    term: str
    definition: str
    line: int


@dataclass(frozen=True, slots=True)
class EntryError:
    """An entry, or the whole file, that cannot be taken; the reason is in English."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedGlossary:
    """All that a file gave; `repeated` are terms told again: their first entry counts."""

    name: str = ""
    terms: tuple[GlossaryTermRead, ...] = ()
    repeated: tuple[GlossaryTermRead, ...] = ()
    errors: tuple[EntryError, ...] = ()


def read_glossary(content: bytes) -> ParsedGlossary:
    """Read an export of a glossary; what is wrong with it stands in `errors`.

    Source: MIN 3.2.10.
    """
    reader = _Reader()
    try:
        reader.read(content)
    except BackupUnreadable as refusal:
        reason = REASON_TEXTS[refusal.reason_code]
        if refusal.reason_code is FileReason.BROKEN_XML:
            is_begun = content[:HEAD_BYTES].lstrip(BLANK).startswith(BEGINNINGS)
            reason = FAULT_TEXTS[Fault.CUT if is_begun else Fault.NOT_A_GLOSSARY]
        return ParsedGlossary(errors=(EntryError(1, reason),))
    return reader.result()


class _Reader:
    """What is known while the entries go by."""

    def __init__(self) -> None:
        self._name = ""
        self._terms: dict[str, GlossaryTermRead] = {}
        self._repeated: list[GlossaryTermRead] = []
        self._errors: list[EntryError] = []

    def read(self, content: bytes) -> None:
        stream = BytesIO(content)
        budget = Budget(LIMITS)
        root = None
        for element in elements_of(stream, "", tags=("ENTRY",), budget=budget):
            if element.getparent() is None:
                root = element
            else:
                self._take(element)
        if root is None or root.tag != "GLOSSARY" or root.find("INFO") is None:
            self._errors = [EntryError(1, FAULT_TEXTS[Fault.NOT_A_GLOSSARY])]
            self._terms.clear()
        else:
            self._name = line_of(root, "INFO/NAME")

    def _take(self, entry: Element) -> None:
        line = int(entry.sourceline or 1)
        told = GlossaryTermRead(
            line_of(entry, "CONCEPT", longest=TERM_LENGTH + 1),
            plain_text(text_of(entry, "DEFINITION")),
            line,
        )
        faults = list(_faults(told))
        if len(self._terms) >= LIMITS.terms:
            faults = [Fault.TOO_MANY]
        if faults:
            self._errors += [EntryError(line, FAULT_TEXTS[fault]) for fault in faults]
        elif told.term.casefold() in self._terms:
            self._repeated.append(told)
        else:
            self._terms[told.term.casefold()] = told

    def result(self) -> ParsedGlossary:
        return ParsedGlossary(
            name=self._name,
            terms=tuple(self._terms.values()),
            repeated=tuple(self._repeated),
            errors=tuple(self._errors),
        )


def _faults(told: GlossaryTermRead) -> Iterator[Fault]:
    if not told.term:
        yield Fault.NO_TERM
    if len(told.term) > TERM_LENGTH:
        yield Fault.LONG_TERM
    if not told.definition:
        yield Fault.NO_DEFINITION
    if len(told.definition) > DEFINITION_LENGTH:
        yield Fault.LONG_DEFINITION
