"""Imports of payments: previewed, told by row and field, posted whole or not at all."""

from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from threading import Barrier, BrokenBarrierError

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from core.storage import read_bytes
from finance import resources
from finance.amounts import read_amount, read_day
from finance.models import Payment, PaymentImport
from finance.resources import PaymentResource, PaymentTable, TextWidget
from finance.services import post_payment
from tests.core.threads import run_together

IMPORT = reverse("admin:finance_payment_import")
HEADER = ["contract", "document", "paid_on", "amount", "comment"]


@pytest.fixture(autouse=True)
def now():
    """A day in November."""
    with time_machine.travel("2026-11-18T12:00:00+03:00", tick=False):
        yield


@pytest.fixture
def office(client, accountant):
    """The accountant at the admin."""
    client.force_login(accountant)
    return client


# --- Amounts and days -----------------------------------------------------------------


@given(st.decimals(-(10**12) + 1, 10**12 - 1, places=2))
def test_an_amount_is_read_as_it_was_written(amount):
    written = f"{amount:,.2f}".replace(",", "\u00a0").replace(".", ",")
    assert read_amount(written) == amount
    assert read_amount(str(amount)) == amount


@given(st.text(max_size=12))
def test_any_text_is_an_amount_or_is_refused(text):
    try:
        amount = read_amount(text)
    except ValueError:
        return
    assert amount.is_finite()


@pytest.mark.parametrize(
    ("value", "amount"), [(12, "12.00"), (0.1 + 0.2, "0.30"), (1234.5, "1234.50")]
)
def test_cells_of_numbers_are_amounts(value, amount):
    assert read_amount(value) == Decimal(amount)


@pytest.mark.parametrize(
    "value", [0.005, float("nan"), float("inf"), None, True, "1.234.5", "1234567890123"]
)
def test_what_is_no_amount_is_refused(value):
    with pytest.raises(ValueError, match=r"1 234,50"):
        read_amount(value)


@pytest.mark.parametrize(
    "value",
    ["01.03.2026", " 2026-03-01", date(2026, 3, 1), datetime(2026, 3, 1, 5, 0)],  # noqa: DTZ001 (as a spreadsheet gives it)
)
def test_a_day_is_read_however_it_is_written(value):
    assert read_day(value) == date(2026, 3, 1)


@pytest.mark.parametrize("value", ["31.02.2026", "03/01/2026", "", None, 46082])
def test_what_is_no_day_is_refused(value):
    with pytest.raises(ValueError, match=r"01\.03\.2026"):
        read_day(value)


def test_a_document_number_of_a_spreadsheet_loses_its_fraction():
    assert TextWidget().clean(101.0) == "101"


# --- Imports --------------------------------------------------------------------------


def _xlsx(*rows, header=HEADER) -> bytes:
    book = Workbook()
    book.active.append(header)
    for row in rows:
        book.active.append(row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _csv(*rows, header=HEADER, encoding="utf-8-sig") -> bytes:
    return "\r\n".join(";".join(row) for row in [header, *rows]).encode(encoding)


def _preview(office, content: bytes, name="bank.xlsx"):
    upload = SimpleUploadedFile(name, content)
    return office.post(IMPORT, {"import_file": upload, "format": "0", "resource": "0"})


def _confirm(office, preview):
    form = preview.context["confirm_form"]
    address = reverse("admin:finance_payment_process_import")
    return office.post(address, form.initial)


def _rows(contract):
    return [
        [contract.number, 101, datetime(2026, 10, 5, 0, 0), 1234.5, "Оплата"],  # noqa: DTZ001 (as a spreadsheet gives it)
        [contract.number, "РКО-1", "06.10.2026", "-234,50", None],
    ]


def test_an_import_shows_what_it_will_post_and_then_posts_it(office, contract):
    content = _xlsx(*_rows(contract))
    preview = _preview(office, content)
    text = preview.content.decode()
    assert "1,234.50\xa0₽" in text
    assert "10.2026" in text
    assert (Payment.objects.count(), PaymentImport.objects.count()) == (0, 0)
    assert _confirm(office, preview).status_code == 302
    rows = Payment.objects.order_by("pk").values_list("document_number", "amount")
    assert list(rows) == [("101", Decimal("1234.50")), ("РКО-1", Decimal("-234.50"))]
    kept = PaymentImport.objects.get()
    assert kept.payments.count() == 2
    assert read_bytes(kept.stored_as) == content


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1251"])
def test_a_csv_of_1c_is_read_too(office, contract, encoding):
    content = _csv(
        [contract.number, "ПП-1", "05.10.2026", "1 234,50", "Оплата"],
        ["", "", "", "", ""],
        [contract.number, "ПП-2", "06.10.2026", "1"],
        encoding=encoding,
    )
    assert _confirm(office, _preview(office, content, "bank.csv")).status_code == 302
    rows = Payment.objects.order_by("pk").values_list("document_number", "comment")
    assert list(rows) == [("ПП-1", "Оплата"), ("ПП-2", "")]


def test_columns_may_be_named_in_the_readers_words(office, contract):
    words = ["Contract", "Payment document", "Paid on", "Amount", "Comment"]
    office.cookies["language"] = "en"
    accountant = Payment._meta.get_field("posted_by").related_model.objects
    accountant.update(language="en")
    preview = _preview(office, _xlsx(*_rows(contract), header=words))
    assert "confirm_form" in preview.context
    line = [contract.number, "ПП-1", "05.10.2026", "1", ""]
    preview = _preview(office, _csv(line, header=words), "bank.csv")
    assert "confirm_form" in preview.context


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        (0, "нет такого", "There is no contract"),
        (0, None, "There is no contract"),
        (1, None, "Payment document"),
        (2, "31.02.2026", "Write a day"),
        (2, None, "Write a day"),
        (3, "NaN", "Write an amount"),
        (3, "Infinity", "Write an amount"),
        (3, "1,005", "Write an amount"),
        (3, 0, "nought"),
        (3, "-1234,51", "More would be given back"),
        (1, 101, "is posted on"),
        (2, "19.11.2026", "lies ahead"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_posted(
    office, contract, column, value, words
):
    first, second = _rows(contract)
    second[column] = value
    preview = _preview(office, _xlsx(first, [None] * 5, second))
    assert "confirm_form" not in preview.context
    (row,) = preview.context["result"].invalid_rows
    assert row.values[0] == 4
    assert words in preview.content.decode()
    assert Payment.objects.count() == 0


def test_a_file_is_not_posted_twice(office, contract):
    content = _xlsx(*_rows(contract))
    _confirm(office, _preview(office, content))
    again = _preview(office, content)
    assert "confirm_form" not in again.context
    assert b"This file was posted before." in again.content


def test_what_changed_since_the_preview_posts_nothing(office, contract, pay):
    preview = _preview(office, _xlsx(*_rows(contract)))
    pay("1.00", document_number="РКО-1")
    answer = _confirm(office, preview)
    assert answer.url == IMPORT
    assert (Payment.objects.count(), PaymentImport.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bank.xlsx", b"PK\x03\x04 not a table"),
        ("bank.xlsx", b"%PDF-1.7"),
        ("bank.xlsx", _xlsx(header=["contract"])),
        ("bank.csv", b"a;b;c\r\n1;2;3"),
        ("bank.csv", b"\r\n"),
        ("bank.csv", b"\x00\x01\x02"),
        ("bank.csv", b"x" * (5 * 1024 * 1024 + 1)),
        ("bank.csv", _csv(*([["1"]] * 20_001))),
        ("bank.csv", b"x" * 200_000),
        ("bank.xlsx", _xlsx()),
    ],
    ids=[
        "cut",
        "PDF",
        "no columns",
        "other columns",
        "no header",
        "binary",
        "too large",
        "too long",
        "an endless cell",
        "no rows",
    ],
)
def test_what_is_no_table_of_payments_is_refused(office, name, content):
    answer = _preview(office, content, name)
    assert answer.status_code == 400
    assert answer.context["form"].errors
    assert Payment.objects.count() == 0


def test_the_centre_imports_nothing(client, staff):
    client.force_login(staff)
    assert client.get(IMPORT).status_code == 403
    address = reverse("admin:finance_payment_process_import")
    assert client.post(address).status_code == 403


# --- Two tables at once ---------------------------------------------------------------


def _import_two_at_once(monkeypatch, first, second, by) -> list[bool]:
    """Import tables that name two contracts crosswise; tell which had errors."""
    halfway = Barrier(2, timeout=1)

    def post_and_wait(**payment):
        posted = post_payment(**payment)
        with suppress(BrokenBarrierError):
            halfway.wait()
        return posted

    monkeypatch.setattr(resources, "post_payment", post_and_wait)

    def take_in(number: int) -> bool:
        contracts = [first, second][:: -1 if number else 1]
        rows = [[row.number, f"ПП-{number}", "05.10.2026", "1"] for row in contracts]
        result = PaymentResource().import_data(
            PaymentTable().create_dataset(_csv(*rows)),
            dry_run=False,
            file_name=f"{number}.csv",
            user=by,
        )
        return bool(result.has_errors())

    return run_together(take_in, 2)


@pytest.mark.django_db(transaction=True)
def test_two_tables_at_once_wait_for_each_other(make_contract, accountant, monkeypatch):
    first, second = make_contract(), make_contract()

    had_errors = _import_two_at_once(monkeypatch, first, second, accountant)

    assert had_errors == [False, False]
    assert Payment.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_two_tables_at_once_deadlock(
    make_contract, accountant, monkeypatch
):
    first, second = make_contract(), make_contract()
    monkeypatch.setattr(resources, "lock_postings", lambda *, alone: None)

    had_errors = _import_two_at_once(monkeypatch, first, second, accountant)

    assert sorted(had_errors) == [False, True]
