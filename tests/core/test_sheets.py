"""Tables in and out as XLSX."""

import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from core import sheets
from core.sheets import SheetRow, read_rows, write_table
from core.uploads import FileRefused


def book_of(*rows) -> bytes:
    stream = BytesIO()
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(stream)
    return stream.getvalue()


def with_sheet(content: bytes, sheet: str) -> bytes:
    """Put another text in the place of the first sheet's XML."""
    stream = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w") as new,
    ):
        for name in old.namelist():
            is_sheet = name == "xl/worksheets/sheet1.xml"
            new.writestr(name, sheet if is_sheet else old.read(name))
    return stream.getvalue()


def written(**table):
    content = write_table(
        **{"title": "Ведомость", "header": ["а", "б"], "rows": [], **table}
    )
    return load_workbook(BytesIO(content)).active


# --- In ---------------------------------------------------------------------------


def test_columns_are_found_by_their_names_in_any_order():
    content = book_of(["points", "x", "login"], [5, "—", "a@b.kz"])
    (row,) = read_rows(content, columns=["login", "points"])
    assert row == SheetRow(2, {"login": "a@b.kz", "points": 5})


def test_empty_rows_are_passed_over_and_numbers_stay_those_of_the_file():
    content = book_of(["login"], ["a"], [None], [""], ["b"])
    assert [row.number for row in read_rows(content, columns=["login"])] == [2, 5]


def test_a_short_row_lacks_its_last_cells():
    content = book_of(["login", "points"], ["a"])
    (row,) = read_rows(content, columns=["login", "points"])
    assert row.cells == {"login": "a", "points": None}


def test_missing_columns_are_all_named():
    with pytest.raises(FileRefused, match="points, date"):
        read_rows(book_of(["login"]), columns=["login", "points", "date"])


def test_a_table_without_a_row_lacks_its_columns():
    with pytest.raises(FileRefused, match="login"):
        read_rows(book_of(), columns=["login"])


def test_the_last_row_that_is_taken_is_taken(monkeypatch):
    monkeypatch.setattr(sheets, "MAX_ROWS", 3)
    rows = (["login"], ["a"], ["b"])
    assert len(read_rows(book_of(*rows), columns=["login"])) == 2
    with pytest.raises(FileRefused, match="at most 3 rows"):
        read_rows(book_of(*rows, ["c"]), columns=["login"])


def test_a_cell_far_to_the_right_makes_no_row_wide(monkeypatch):
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>login</t></is></c>'
        '<c r="XFD1"><v>1</v></c></row></sheetData></worksheet>'
    )
    seen = []
    real = sheets._rows

    def watch(lines, columns):
        rows = list(lines)
        seen.extend(len(row) for row in rows)
        return real(iter(rows), columns)

    monkeypatch.setattr(sheets, "_rows", watch)
    assert read_rows(with_sheet(book_of(["login"]), sheet), columns=["login"]) == []
    assert seen == [sheets.MAX_COLUMNS]


@pytest.mark.parametrize(
    "sheet",
    [
        "<worksheet",
        "not XML",
        "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData>",
    ],
)
def test_a_sheet_that_is_broken_inside_is_refused(sheet):
    with pytest.raises(FileRefused, match="cannot be read"):
        read_rows(with_sheet(book_of(["login"]), sheet), columns=["login"])


def test_an_entity_is_never_made_larger():
    """A thousand million laughs, of which none is heard."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    sheet = (
        f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<sheetData><row r="1"><c r="A1" t="str"><v>&l9;</v></c></row></sheetData>'
        "</worksheet>"
    )
    with pytest.raises(FileRefused):
        read_rows(with_sheet(book_of(["login"]), sheet), columns=["login"])


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"login;points"])
def test_what_is_no_table_is_refused(content):
    with pytest.raises(FileRefused, match="cannot be read"):
        read_rows(content, columns=["login"])


# --- Out --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ['=HYPERLINK("http://evil")', "+7", "-1", "@SUM(1)", "http://a.kz", "007"]
)
def test_text_that_looks_like_something_else_stays_text(text):
    cell = written(rows=[[text, ""]])["A2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.hyperlink is None


@pytest.mark.parametrize("sign", ["\0", "\x08", "\x0b", "\x0c", "\x1f", "\uffff"])
def test_what_xml_cannot_carry_is_taken_out(sign):
    assert written(rows=[[f"до{sign}после", ""]])["A2"].value == "допосле"


def test_money_is_a_number_exact_to_the_hundredth():
    cell = written(rows=[[Decimal("123456789012.34"), ""]])["A2"]
    assert Decimal(str(cell.value)) == Decimal("123456789012.34")
    assert cell.number_format == "#,##0.00"


def test_values_keep_their_kind():
    moment = datetime(2026, 9, 14, 9, 30, tzinfo=UTC)
    sheet = written(
        header=["a", "b", "c", "d", "e"],
        rows=[[7, date(2026, 9, 14), moment, None, True]],
    )
    values = [cell.value for cell in sheet[2]]
    assert values[:2] == [7, datetime(2026, 9, 14)]  # noqa: DTZ001 (XLSX knows no zone)
    # By the centre's clock: Moscow.
    assert values[2] == datetime(2026, 9, 14, 12, 30)  # noqa: DTZ001 (XLSX knows no zone)
    assert [cell.number_format for cell in sheet[2]][1:3] == [
        "dd.mm.yyyy",
        "dd.mm.yyyy hh:mm",
    ]
    assert values[3:] == ["", "True"]


def test_a_moment_without_a_zone_is_written_as_it_is():
    moment = datetime(2026, 9, 14, 9, 30)  # noqa: DTZ001 (what is tested)
    assert written(rows=[[moment, ""]])["A2"].value == moment


def test_the_table_is_ready_for_the_printer():
    sheet = written(rows=[["1", "2"], ["3", "4"]], total=["Всего", Decimal(4)])
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B3"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == (
        "landscape",
        9,
    )
    assert sheet.print_title_rows == "$1:$1"
    assert [cell.value for cell in sheet[4]] == ["Всего", 4]
    assert sheet["A4"].font.bold


def test_a_title_no_sheet_may_have_is_made_fit():
    title = "Отчёт [2026/09]: платные услуги & прочее*"
    sheet = written(title=title)
    assert sheet.title == "Отчёт  2026 09   платные услуги"
    assert "&" in sheet.oddHeader.left.text


def test_a_table_without_rows_is_a_header():
    assert [cell.value for cell in written()[1]] == ["а", "б"]
