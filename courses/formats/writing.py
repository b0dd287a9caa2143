"""Questions → a file in one of the formats; what it cannot carry is left out by name."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from courses.formats.aiken_writing import AikenWriter
from courses.formats.gift_writing import GiftWriter
from courses.formats.moodle_xml_writing import MoodleXmlWriter
from courses.formats.question import Format, Kind, ParsedCategory, ParsedQuestion
from courses.formats.table_template import write_template
from courses.formats.table_writing import TableWriter
from courses.formats.unfit import UNFIT_TEXTS, CannotBeWritten

__all__ = ["LeftOut", "WrittenBank", "write_questions", "write_template"]

_NAME_LENGTH = 100
_TEXT = "text/plain; charset=utf-8"
_XML = "application/xml"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A question that a format cannot carry; `reason` in English, to be translated."""

    name: str
    kind_name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenBank:
    """A file of questions; `count` are those in it."""

    content: bytes
    count: int
    left_out: tuple[LeftOut, ...]
    file_ending: str
    mime: str


class BankWriter(Protocol):
    """What writes questions one after the other."""

    def add(self, question: ParsedQuestion) -> None:
        """Take a question.

        Raises:
            CannotBeWritten: the format cannot carry it; nothing of it is written.
        """

    def content(self) -> bytes:
        """Return the whole file."""


_WRITERS: dict[
    Format, tuple[Callable[[Iterable[ParsedCategory]], BankWriter], str, str]
] = {
    Format.GIFT: (lambda _categories: GiftWriter(), "gift", _TEXT),
    Format.AIKEN: (lambda _categories: AikenWriter(), "txt", _TEXT),
    Format.MOODLE_XML: (MoodleXmlWriter, "xml", _XML),
    Format.XLSX: (lambda _categories: TableWriter(), "xlsx", _WORKBOOK),
}


def write_questions(
    questions: Iterable[ParsedQuestion],
    *,
    format: str,  # noqa: A002 (as the field of a bank is called)
    categories: Iterable[ParsedCategory] = (),
) -> WrittenBank:
    """Write questions in their order, those of no category first.

    `categories` tell what Moodle XML carries of them beyond their names.

    Raises:
        ValueError: there is no such format.
    """
    start, file_ending, mime = _WRITERS[Format(format)]
    writer = start(categories)
    left_out: list[LeftOut] = []
    count = 0
    for question in questions:
        try:
            writer.add(question)
        except CannotBeWritten as refusal:
            left_out.append(_left_out(question, UNFIT_TEXTS[refusal.reason]))
        else:
            count += 1
    return WrittenBank(
        content=writer.content(),
        count=count,
        left_out=tuple(left_out),
        file_ending=file_ending,
        mime=mime,
    )


def _left_out(question: ParsedQuestion, reason: str) -> LeftOut:
    name = " ".join((question.name or question.text).split())[:_NAME_LENGTH]
    is_other = question.kind is Kind.OTHER
    kind_name = question.kind_name if is_other else question.kind.value
    return LeftOut(name, kind_name, reason)
