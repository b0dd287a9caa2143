"""The table that an author fills in: an example of each kind, and notes beside it."""

from collections.abc import Callable
from io import BytesIO

import xlsxwriter

from courses.formats.reasons import gettext_noop
from courses.formats.table_columns import COLUMNS, KEYS, KIND_NOTES, SHEET
from courses.formats.table_reading import MOST_ROWS
from courses.formats.table_writing import BOOK_OPTIONS, WIDTH, add_header, add_rows

_NOTES_SHEET = "notes"
_NOTE_WIDTH = 90
_TRUE = "true"
EXAMPLES = (
    {
        "category": gettext_noop("Topic 1"),
        "kind": "multichoice",
        "name": gettext_noop("Capital"),
        "text": gettext_noop("What is the capital of Kazakhstan?"),
        "right": gettext_noop("Astana"),
        "wrong": gettext_noop("Almaty\nShymkent"),
        "remarks": gettext_noop("Yes.\nIt was until 1997."),
        "tags": gettext_noop("geography"),
    },
    {
        "kind": "multiresponse",
        "text": gettext_noop("Which of these numbers are prime?"),
        "right": "2\n3",
        "wrong": "4\n9",
        "weights": "50\n50\n-50\n-50",
    },
    {
        "kind": "truefalse",
        "text": gettext_noop("Water boils at 100 °C at sea level."),
        "right": _TRUE,
        "general_feedback": gettext_noop("Higher up it boils sooner."),
    },
    {
        "category": gettext_noop("Topic 2"),
        "kind": "shortanswer",
        "text": gettext_noop("Name the author of “Hamlet”."),
        "right": gettext_noop("Shakespeare\nWilliam Shakespeare"),
    },
    {
        "kind": "numerical",
        "text": gettext_noop("What is π, to two places?"),
        "right": "3.14 ± 0.005",
        "grade": "2",
    },
    {
        "kind": "match",
        "text": gettext_noop("Which animal belongs where?"),
        "right": gettext_noop("frog -> amphibian\ncat -> mammal"),
        "wrong": gettext_noop("insect"),
    },
    {
        "kind": "ordering",
        "text": gettext_noop("From the smallest to the largest."),
        "right": "1\n5\n10",
    },
    {
        "kind": "cloze",
        "text": gettext_noop("Two and two is {1:NUMERICAL:=4}."),
    },
    {"kind": "essay", "text": gettext_noop("Why is the sky blue?")},
)


def write_template(translate: Callable[[str], str] = str) -> bytes:
    """Return the workbook; `translate` puts notes and examples into a language."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, BOOK_OPTIONS) as book:
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(SHEET)
        add_header(book, sheet)
        _add_choices(sheet)
        rows = [
            {key: _translated(key, text, translate) for key, text in row.items()}
            for row in EXAMPLES
        ]
        add_rows(sheet, rows, wrapped)
        _add_notes(book.add_worksheet(_NOTES_SHEET), translate, wrapped)
    return stream.getvalue()


def _translated(key: str, text: str, translate: Callable[[str], str]) -> str:
    """Return a cell of an example; words that the reader knows stay as they are."""
    return text if key == "kind" or text == _TRUE else translate(text)


def _add_choices(sheet: xlsxwriter.worksheet.Worksheet) -> None:
    """Let the kind be chosen from a list."""
    place = KEYS.index("kind")
    choices = {"validate": "list", "source": list(KIND_NOTES), "ignore_blank": True}
    sheet.data_validation(1, place, MOST_ROWS, place, choices)


def _add_notes(
    sheet: xlsxwriter.worksheet.Worksheet,
    translate: Callable[[str], str],
    look: xlsxwriter.format.Format,
) -> None:
    notes = [
        (SHEET, gettext_noop("Write your questions in place of the examples.")),
        *((column.key, column.note) for column in COLUMNS),
        *KIND_NOTES.items(),
    ]
    sheet.set_column(0, 0, WIDTH)
    sheet.set_column(1, 1, _NOTE_WIDTH)
    for number, (name, note) in enumerate(notes):
        sheet.write_string(number, 0, name, look)
        sheet.write_string(number, 1, translate(note), look)
