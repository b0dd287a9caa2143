"""The portal's own table in XLSX → questions, one by one; a bad row is named by number."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from courses.formats.question import Item, ParsedCategory, ParseError
from courses.formats.reasons import BadQuestion, Reason
from courses.formats.table_columns import KEY_BY_HEADING, NEEDED
from courses.formats.table_row import Row, read_row

MOST_ROWS = 20_000
# A cell far to the right makes every row as wide.
_MOST_COLUMNS = 60


def iter_table(content: bytes) -> Iterator[Item]:
    """Give what the first sheet holds; the caller has looked the archive over."""
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        lines = book.worksheets[0].iter_rows(max_col=_MOST_COLUMNS, values_only=True)
        yield from _items(lines)
    except Exception:  # noqa: BLE001 (openpyxl lets through whatever its readers raise)
        yield ParseError(1, Reason.NOT_A_TABLE)


def _items(lines: Iterator[Sequence[Any]]) -> Iterator[Item]:
    keys = [_key_of(cell) for cell in next(lines, ())]
    if any(key not in keys for key in NEEDED):
        yield ParseError(1, Reason.NO_HEADER)
        return
    category = ""
    for number, line in enumerate(lines, start=2):
        if number > MOST_ROWS:
            yield ParseError(number, Reason.TOO_MANY_ROWS)
            return
        cells = {
            key: text
            for key, cell in zip(keys, line, strict=False)
            if key and (text := _text_of(cell))
        }
        named = " ".join(cells.pop("category", "").split())
        if named and named != category:
            category = named
            yield ParsedCategory(path=category)
        if cells:
            yield _read(Row(number, cells), category)


def _read(row: Row, category: str) -> Item:
    try:
        return read_row(row, category=category)
    except BadQuestion as refusal:
        return ParseError(row.number, refusal.reason)


def _key_of(cell: Any) -> str:
    """Return the key of a column; empty where its heading is not one of ours."""
    return KEY_BY_HEADING.get(" ".join(str(cell or "").split()).lower(), "")


def _text_of(cell: Any) -> str:
    """Return a cell as a person sees it."""
    match cell:
        case None:
            return ""
        case bool():
            return str(cell).lower()
        case float():
            number = Decimal(repr(cell))
            is_shown = number.is_finite() and abs(number.adjusted()) < _MOST_COLUMNS
            return f"{number.normalize():f}" if is_shown else str(cell)
        case datetime() | date():
            return cell.isoformat()
    return str(cell).replace("\r\n", "\n").replace("\r", "\n").strip()
