"""Tables in XLSX: read row by row behind the guard, written in constant memory."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from core.uploads import FileRefused

MAX_ROWS = 20_000
# A cell far to the right makes every row as wide.
MAX_COLUMNS = 200
# What XML cannot carry is taken out; a tab and line ends may stay.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row as a person sees it: its number in the file and its cells by column."""

    number: int
    cells: Mapping[str, Any]


def read_rows(content: bytes, *, columns: Sequence[str]) -> list[SheetRow]:
    """Read the first sheet; its first row must name all of `columns`, in any order.

    Empty rows are passed over.

    Raises:
        FileRefused: it cannot be read, a column is missing, or it is too long.
    """
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        try:
            lines = book.worksheets[0].iter_rows(max_col=MAX_COLUMNS, values_only=True)
            return list(_rows(lines, columns))
        finally:
            book.close()
    except FileRefused:
        raise
    except Exception as error:
        # openpyxl lets through whatever its XML and zip readers raise.
        raise FileRefused(
            _("The table cannot be read: save it anew as .xlsx.")
        ) from error


def _rows(
    lines: Iterator[tuple[Any, ...]], columns: Sequence[str]
) -> Iterator[SheetRow]:
    header = [str(cell or "").strip() for cell in next(lines, ())]
    missing = [column for column in columns if column not in header]
    if missing:
        raise FileRefused(
            _("The first row lacks the columns: %(columns)s. Use the template.")
            % {"columns": ", ".join(missing)}
        )
    places = {column: header.index(column) for column in columns}
    for number, line in enumerate(lines, start=2):
        if number > MAX_ROWS:
            raise FileRefused(
                _("The table is too long: at most %(limit)s rows.")
                % {"limit": MAX_ROWS}
            )
        if any(cell not in (None, "") for cell in line):
            yield SheetRow(
                number,
                {
                    name: line[i] if i < len(line) else None
                    for name, i in places.items()
                },
            )


def write_table(
    *,
    title: str,
    header: Sequence[str],
    rows: Iterable[Sequence[Any]],
    total: Sequence[Any] | None = None,
) -> bytes:
    """Write one sheet: frozen header, filter, printable on A4 landscape.

    Money is a real number with two places; text that begins like a formula stays text.
    """
    stream = BytesIO()
    book = xlsxwriter.Workbook(
        stream,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "in_memory": True,
        },
    )
    sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31])
    styles = _styles(book)
    _print_setup(sheet, title=title, columns=len(header))
    for column, text in enumerate(header):
        sheet.write_string(0, column, text, styles["head"])
    last = 0
    for last, row in enumerate(rows, start=1):
        _write_row(sheet, last, row, styles, suffix="")
    if total is not None:
        _write_row(sheet, last + 1, total, styles, suffix="_total")
    sheet.autofilter(0, 0, last, max(len(header) - 1, 0))
    book.close()
    return stream.getvalue()


def _styles(book: Any) -> dict[str, Any]:
    rule = {"border": 1, "border_color": "#b8b8b8", "valign": "top"}
    kinds: dict[str, dict[str, Any]] = {
        "text": {"text_wrap": True},
        "money": {"num_format": "#,##0.00"},
        "number": {"num_format": "0"},
        "date": {"num_format": "dd.mm.yyyy"},
        "moment": {"num_format": "dd.mm.yyyy hh:mm"},
    }
    styles = {
        f"{kind}{suffix}": book.add_format({**rule, **look, "bold": bool(suffix)})
        for kind, look in kinds.items()
        for suffix in ("", "_total")
    }
    styles["head"] = book.add_format(
        {**rule, "bold": True, "bg_color": "#eeeeee", "text_wrap": True}
    )
    return styles


def _print_setup(sheet: Any, *, title: str, columns: int) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header(f"&L{title.replace('&', '&&')}&R&P / &N")
    sheet.set_column(0, max(columns - 1, 0), 22)


def _write_row(
    sheet: Any, number: int, row: Sequence[Any], styles: dict[str, Any], *, suffix: str
) -> None:
    for column, value in enumerate(row):
        if isinstance(value, Decimal):
            sheet.write_number(number, column, value, styles[f"money{suffix}"])
        elif isinstance(value, int) and not isinstance(value, bool):
            sheet.write_number(number, column, value, styles[f"number{suffix}"])
        elif isinstance(value, datetime):
            moment = timezone.make_naive(value) if value.tzinfo else value
            sheet.write_datetime(number, column, moment, styles[f"moment{suffix}"])
        elif isinstance(value, date):
            sheet.write_datetime(number, column, value, styles[f"date{suffix}"])
        else:
            text = _UNPRINTABLE.sub("", "" if value is None else str(value))
            sheet.write_string(number, column, text, styles[f"text{suffix}"])
