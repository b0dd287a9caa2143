"""Questions → Moodle XML: kinds that we know anew, others as they came."""

from collections.abc import Iterable
from decimal import Decimal
from io import BytesIO

from lxml import etree

from courses.formats.moodle_questions import CATEGORY, HELD, HELD_BY_KIND, KINDS
from courses.formats.moodle_text import TEXT_FORMATS
from courses.formats.moodle_xml import OPTIONS, QUESTION, ROOT
from courses.formats.numbers import show_short
from courses.formats.printable import one_line, printable
from courses.formats.question import (
    EmbeddedFile,
    Format,
    Kind,
    ParsedAnswer,
    ParsedCategory,
    ParsedQuestion,
    TextFormat,
)
from courses.formats.unfit import CannotBeWritten, Unfit

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_FORMAT_NAMES = {text_format: name for name, text_format in TEXT_FORMATS.items()}
# Of two names for a kind the first is Moodle's own.
_TYPES = {kind: name for name, kind in reversed(KINDS.items())}


class MoodleXmlWriter:
    """A `<quiz>`, each question on lines of its own, grouped as they come."""

    def __init__(self, categories: Iterable[ParsedCategory] = ()) -> None:
        self._told = {category.path: category for category in categories}
        self._parts: list[bytes] = []
        self._uncategorised: list[bytes] = []
        self._category = ""

    def add(self, question: ParsedQuestion) -> None:
        """Take a question; `CannotBeWritten` tells why it cannot be written."""
        element = _raw(question) if question.kind is Kind.OTHER else _anew(question)
        text = _bytes(element)
        if not one_line(question.category):
            self._uncategorised.append(text)
            return
        if question.category != self._category:
            self._category = question.category
            told = self._told.get(self._category, ParsedCategory(path=self._category))
            self._parts.append(_bytes(_category(told)))
        self._parts.append(text)

    def content(self) -> bytes:
        """Return the file; what belongs to no category goes first."""
        stream = BytesIO()
        stream.write(_DECLARATION + f"<{ROOT}>\n".encode())
        stream.writelines([*self._uncategorised, *self._parts])
        stream.write(f"</{ROOT}>\n".encode())
        return stream.getvalue()


def _bytes(element: etree._Element) -> bytes:
    return bytes(etree.tostring(element, encoding="utf-8")) + b"\n"


def _category(category: ParsedCategory) -> etree._Element:
    element = etree.Element(QUESTION, type=CATEGORY)
    _text(etree.SubElement(element, "category"), one_line(category.path))
    if category.info:
        _words(element, "info", category.info, category.info_format)
    if category.id_number:
        etree.SubElement(element, "idnumber").text = one_line(category.id_number)
    return element


def _raw(question: ParsedQuestion) -> etree._Element:
    """Return a kind that we do not know as it came."""
    if question.raw_format != Format.MOODLE_XML:
        raise CannotBeWritten(Unfit.RAW)
    element = _parsed(question.raw)
    if element is None or element.tag != QUESTION:
        raise CannotBeWritten(Unfit.RAW)
    return element


def _parsed(text: str) -> etree._Element | None:
    """Return an element that was kept as text; None where it is not one."""
    try:
        element = etree.fromstring(text, etree.XMLParser(**OPTIONS))
    except (etree.XMLSyntaxError, ValueError):
        return None
    has_dtd = element.getroottree().docinfo.internalDTD is not None
    return None if has_dtd else element


def _anew(question: ParsedQuestion) -> etree._Element:
    element = etree.Element(QUESTION, type=_TYPES[question.kind])
    _text(etree.SubElement(element, "name"), one_line(question.name))
    _words(element, "questiontext", question.text, question.text_format, question.files)
    _words(
        element,
        "generalfeedback",
        question.general_feedback,
        question.general_feedback_format,
        question.general_feedback_files,
    )
    _number(element, "defaultgrade", question.default_grade)
    _number(element, "penalty", question.penalty)
    etree.SubElement(element, "idnumber").text = one_line(question.id_number)
    if question.kind is Kind.MULTICHOICE:
        etree.SubElement(element, "single").text = str(not question.is_multiple).lower()
    _other_elements(element, question)
    for answer in question.answers:
        _add_answer(element, question.kind, answer)
    _tags(element, question.tags)
    return element


def _other_elements(element: etree._Element, question: ParsedQuestion) -> None:
    """Put back what only Moodle XML tells; nothing that the fields tell, too."""
    held = HELD | HELD_BY_KIND.get(question.kind, set())
    for text in question.elements:
        child = _parsed(text)
        if child is not None and child.tag not in held:
            element.append(child)


def _add_answer(element: etree._Element, kind: Kind, answer: ParsedAnswer) -> None:
    if kind is Kind.MATCH:
        pair = _words(
            element, "subquestion", answer.text, answer.text_format, answer.files
        )
        _text(etree.SubElement(pair, "answer"), printable(answer.match))
        return
    child = _words(element, "answer", answer.text, answer.text_format, answer.files)
    child.set("fraction", show_short(answer.fraction))
    if kind is Kind.ORDERING and not answer.feedback:
        return
    _words(
        child,
        "feedback",
        answer.feedback,
        answer.feedback_format,
        answer.feedback_files,
    )
    if answer.tolerance is not None:
        _number(child, "tolerance", answer.tolerance)


def _tags(element: etree._Element, tags: tuple[str, ...]) -> None:
    if tags:
        row = etree.SubElement(element, "tags")
        for tag in tags:
            _text(etree.SubElement(row, "tag"), one_line(tag))


def _words(
    parent: etree._Element,
    name: str,
    text: str,
    text_format: TextFormat,
    files: tuple[EmbeddedFile, ...] = (),
) -> etree._Element:
    element = etree.SubElement(parent, name, format=_FORMAT_NAMES[text_format])
    _text(element, printable(text))
    for file in files:
        child = etree.SubElement(
            element,
            "file",
            name=one_line(file.name),
            path=one_line(file.path),
            encoding=one_line(file.encoding),
        )
        child.text = printable(file.content)
    return element


def _text(element: etree._Element, text: str) -> None:
    etree.SubElement(element, "text").text = text


def _number(element: etree._Element, name: str, value: Decimal | None) -> None:
    if value is not None:
        etree.SubElement(element, name).text = show_short(value)
