"""Questions → the portal's own table in XLSX."""

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO

import xlsxwriter

from courses.formats.answers import NOTHING, WHOLE
from courses.formats.numbers import show_short
from courses.formats.printable import has_files, in_format, one_line, printable
from courses.formats.question import Kind, ParsedAnswer, ParsedQuestion, TextFormat
from courses.formats.table_columns import (
    ARROWS,
    KEYS,
    KIND_NOTES,
    LONGEST_CELL,
    MARGIN,
    SEVERAL,
    SHEET,
)
from courses.formats.table_row import share_of
from courses.formats.unfit import CannotBeWritten, Unfit

Cells = dict[str, str]

_PREFORMATTED = "<pre"
BOOK_OPTIONS = {
    "constant_memory": True,
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
WIDTH = 24


class TableWriter:
    """A workbook, a row for each question."""

    def __init__(self) -> None:
        self._rows: list[Cells] = []

    def add(self, question: ParsedQuestion) -> None:
        """Take a question; `CannotBeWritten` tells why the table cannot carry it."""
        self._rows.append(write_row(question))

    def content(self) -> bytes:
        """Return the file; an empty category is that of the row above: none goes first."""
        stream = BytesIO()
        with xlsxwriter.Workbook(stream, BOOK_OPTIONS) as book:
            sheet = book.add_worksheet(SHEET)
            add_header(book, sheet)
            wrapped = book.add_format({"text_wrap": True, "valign": "top"})
            rows = sorted(self._rows, key=lambda row: bool(row["category"]))
            add_rows(sheet, rows, wrapped)
        return stream.getvalue()


def add_header(
    book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet
) -> None:
    """Write the headings; they stay in sight."""
    bold = book.add_format({"bold": True, "bg_color": "#eeeeee"})
    sheet.set_column(0, len(KEYS) - 1, WIDTH)
    sheet.freeze_panes(1, 0)
    for place, key in enumerate(KEYS):
        sheet.write_string(0, place, key, bold)


def add_rows(
    sheet: xlsxwriter.worksheet.Worksheet,
    rows: list[Cells],
    look: xlsxwriter.format.Format,
) -> None:
    """Write rows below the headings, all of them as text."""
    for number, row in enumerate(rows, start=1):
        for place, key in enumerate(KEYS):
            if row.get(key):
                sheet.write_string(number, place, row[key], look)


def write_row(question: ParsedQuestion) -> Cells:
    """Return the cells of a question.

    Raises:
        CannotBeWritten: the table has no such kind, or no place for its files or lines.
    """
    if question.kind.value not in KIND_NOTES:
        raise CannotBeWritten(Unfit.KIND)
    if has_files(question):
        raise CannotBeWritten(Unfit.FILES)
    write = _WRITERS.get(question.kind)
    cells = {
        "category": one_line(question.category),
        "kind": SEVERAL if question.is_multiple else question.kind.value,
        "name": one_line(question.name),
        "text": printable(question.text).strip(),
        "format": question.text_format.value,
        "general_feedback": in_format(
            printable(question.general_feedback).strip(),
            question.general_feedback_format,
            question.text_format,
        ),
        "grade": _number(question.default_grade),
        "id": one_line(question.id_number),
        "tags": "\n".join(filter(None, map(one_line, question.tags))),
        **(write(question) if write else {}),
    }
    if not (cells["text"] or cells["name"]):
        raise CannotBeWritten(Unfit.NO_TEXT)
    if any(len(cell) > LONGEST_CELL for cell in cells.values()):
        raise CannotBeWritten(Unfit.TOO_LONG)
    return cells


def _number(value: Decimal | None) -> str:
    return "" if value is None else show_short(value)


def _line(text: str, text_format: TextFormat, wanted: TextFormat) -> str:
    """Return a text as a line of a cell; in HTML a line end is a space."""
    text = in_format(printable(text).strip(), text_format, wanted)
    if "\n" in text:
        if wanted is not TextFormat.HTML or _PREFORMATTED in text:
            raise CannotBeWritten(Unfit.LINES)
        text = " ".join(text.split("\n"))
    return text


def _remarks(answers: list[ParsedAnswer], wanted: TextFormat) -> str:
    remarks = [_line(one.feedback, one.feedback_format, wanted) for one in answers]
    return "\n".join(remarks) if any(remarks) else ""


def _texts(answers: list[ParsedAnswer], wanted: TextFormat) -> list[str]:
    texts = [_line(answer.text, answer.text_format, wanted) for answer in answers]
    if not texts or not all(texts):
        raise CannotBeWritten(Unfit.FEW_ANSWERS)
    return texts


def _write_weighed(question: ParsedQuestion) -> Cells:
    right = [answer for answer in question.answers if answer.fraction > 0]
    wrong = [answer for answer in question.answers if answer.fraction <= 0]
    if not right:
        raise CannotBeWritten(Unfit.NO_RIGHT_ANSWER)
    answers, wanted = [*right, *wrong], question.text_format
    share = share_of(len(right)) if question.is_multiple and wrong else WHOLE
    usual = [share] * len(right) + [NOTHING] * len(wrong)
    weights = [answer.fraction for answer in answers]
    texts = _texts(answers, wanted)
    return {
        "right": "\n".join(texts[: len(right)]),
        "wrong": "\n".join(texts[len(right) :]),
        "weights": "" if weights == usual else "\n".join(map(show_short, weights)),
        "remarks": _remarks(answers, wanted),
    }


def _write_true_or_false(question: ParsedQuestion) -> Cells:
    answers = sorted(question.answers, key=lambda answer: -answer.fraction)
    if sorted(answer.text for answer in answers) != ["false", "true"]:
        raise CannotBeWritten(Unfit.FEW_ANSWERS)
    return {
        "right": answers[0].text,
        "remarks": _remarks(answers, question.text_format),
    }


def _write_numbers(question: ParsedQuestion) -> Cells:
    answers = list(question.answers)
    texts = [
        f"{answer.text} {MARGIN} {show_short(answer.tolerance)}"
        if answer.tolerance
        else answer.text
        for answer in answers
    ]
    if not texts:
        raise CannotBeWritten(Unfit.FEW_ANSWERS)
    weights = [answer.fraction for answer in answers]
    is_usual = all(weight == WHOLE for weight in weights)
    return {
        "right": "\n".join(texts),
        "weights": "" if is_usual else "\n".join(map(show_short, weights)),
        "remarks": _remarks(answers, question.text_format),
    }


def _write_pairs(question: ParsedQuestion) -> Cells:
    wanted, lines = question.text_format, []
    for pair in question.answers:
        left = _line(pair.text, pair.text_format, wanted)
        if any(arrow in left for arrow in ARROWS):
            raise CannotBeWritten(Unfit.ARROW)
        match = _line(pair.match, TextFormat.PLAIN, TextFormat.PLAIN)
        if not match:
            raise CannotBeWritten(Unfit.FEW_ANSWERS)
        lines.append(f"{left} {ARROWS[0]} {match}")
    return {"right": "\n".join(lines)}


def _write_order(question: ParsedQuestion) -> Cells:
    return {"right": "\n".join(_texts(list(question.answers), question.text_format))}


_WRITERS: dict[Kind, Callable[[ParsedQuestion], Cells]] = {
    Kind.MATCH: _write_pairs,
    Kind.MULTICHOICE: _write_weighed,
    Kind.NUMERICAL: _write_numbers,
    Kind.ORDERING: _write_order,
    Kind.SHORTANSWER: _write_weighed,
    Kind.TRUEFALSE: _write_true_or_false,
}
