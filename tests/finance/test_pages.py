"""The pages of the month: who may, what they show, what they refuse."""

import csv
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
import time_machine
from django.urls import get_resolver, reverse
from openpyxl import load_workbook

from core.enums import JobState
from core.models import Job
from core.tasks import drain
from finance.exports import report_csv
from finance.models import MonthClosing, MonthlyReport, Tariff
from finance.selectors import figures_of
from tests.factories import PASSWORD
from tests.finance.conftest import NOVEMBER, OCTOBER

NOW = "2026-11-18T12:00:00+03:00"


@pytest.fixture(autouse=True)
def now(monkeypatch):
    """A day in November, and nobody at the broker."""
    monkeypatch.setattr(drain, "apply_async", lambda **_how: None)
    with time_machine.travel(NOW, tick=False):
        yield


def url(name, month=OCTOBER):
    args = [] if name == "report_list" else [month]
    return reverse(f"finance:{name}", args=args)


# name → (method, finance, centre staff, anybody else)
ACCESS = {
    "report_list": ("get", 200, 200, 403),
    "report_detail": ("get", 200, 200, 403),
    "report_make": ("post", 302, 403, 403),
    "month_close": ("get", 200, 403, 403),
    "report_pdf": ("get", 200, 200, 403),
    "report_xlsx": ("get", 200, 200, 403),
    "report_csv": ("get", 200, 200, 403),
}


def test_every_address_has_its_row():
    (finance,) = [
        row
        for row in get_resolver().url_patterns
        if getattr(row, "app_name", "") == "finance"
    ]
    assert {pattern.name for pattern in finance.url_patterns} == set(ACCESS)


@pytest.mark.parametrize("name", ACCESS)
@pytest.mark.parametrize("who", ["accountant", "staff", "author", "learner"])
def test_every_address_by_every_role(client, request, pay, make_report, name, who):
    pay()
    make_report()
    client.force_login(request.getfixturevalue(who))
    method, finance, staff, others = ACCESS[name]
    expected = {"accountant": finance, "staff": staff}.get(who, others)
    assert getattr(client, method)(url(name)).status_code == expected


@pytest.mark.parametrize("name", ACCESS)
def test_who_is_not_signed_in_is_asked_to(client, db, name):
    answer = getattr(client, ACCESS[name][0])(url(name))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("accounts:sign_in"))


@pytest.mark.parametrize(
    ("method", "name"),
    [("post", "report_list"), ("get", "report_make"), ("post", "report_pdf")],
)
def test_a_wrong_method_is_refused(client, accountant, method, name):
    client.force_login(accountant)
    assert getattr(client, method)(url(name)).status_code == 405


@pytest.mark.parametrize("month", ["2026-13", "2026-1", "1999-01", "٢٠٢٦-10", "x"])
def test_what_is_no_month_is_no_address(client, accountant, month):
    client.force_login(accountant)
    assert client.get(f"/finance/{month}/").status_code == 404


@pytest.mark.parametrize("name", ["report_pdf", "report_xlsx", "report_csv"])
def test_a_month_without_a_report_has_no_files(client, accountant, name):
    client.force_login(accountant)
    assert client.get(url(name)).status_code == 404


def test_the_first_page_of_all_says_what_to_do(client, accountant):
    client.force_login(accountant)
    assert b"No payments yet" in client.get(url("report_list")).content


@pytest.mark.parametrize("page", ["0", "99", "x", "-1"])
def test_a_page_that_is_not_there_shows_one_that_is(client, accountant, pay, page):
    pay()
    client.force_login(accountant)
    answer = client.get(url("report_list"), {"page": page})
    assert [row["month"] for row in answer.context["rows"]] == [OCTOBER]


def test_the_list_tells_sums_and_standing(client, accountant, pay, close):
    pay("1234.50")
    pay("5.00", date(2026, 11, 2))
    close()
    client.force_login(accountant)
    answer = client.get(url("report_list"))
    rows = [(row["month"], row["sums"]) for row in answer.context["rows"]]
    assert rows == [(NOVEMBER, ["5.00\xa0₽"]), (OCTOBER, ["1,234.50\xa0₽"])]
    assert b"Under way" in answer.content
    assert b"Closed" in answer.content


def test_the_month_is_shown_whole(client, accountant, pay, make_budget, make_report):
    make_budget("33.33", "66.67")
    pay("1234.50")
    make_report()
    client.force_login(accountant)
    text = client.get(url("report_detail")).content.decode()
    for words in ("1,234.50\xa0₽", "411.46", "823.04", "Назаренко Ольга Петровна"):
        assert words in text
    assert reverse("finance:month_close", args=[OCTOBER]) in text


def test_a_month_that_changed_says_so_and_offers_to_make_the_report_anew(
    client, accountant, pay, make_report
):
    pay()
    make_report()
    pay()
    client.force_login(accountant)
    answer = client.get(url("report_detail"))
    assert (answer.context["is_stale"], answer.context["may_close"]) == (True, False)
    assert answer.context["may_make"]


def test_the_way_back_ends_at_the_first_month_with_payments(client, accountant, pay):
    pay()
    client.force_login(accountant)
    steps = {
        month: client.get(url("report_detail", month)).context["previous"]
        for month in (NOVEMBER, OCTOBER)
    }
    assert steps == {NOVEMBER: OCTOBER, OCTOBER: None}


def test_a_closed_month_shows_what_was_signed(client, accountant, pay, close):
    pay()
    close()
    client.force_login(accountant)
    answer = client.get(url("report_detail"))
    assert "Closed" in answer.content.decode()
    assert not answer.context["may_make"]
    assert not answer.context["may_close"]


def test_the_report_is_made_on_demand_and_its_progress_is_seen(client, accountant, pay):
    pay()
    client.force_login(accountant)
    client.post(url("report_make"))
    answer = client.get(url("report_detail"), headers={"HX-Request": "true"})
    assert b"hx-get" in answer.content
    assert not answer.context["may_make"]
    Job.objects.update(state=JobState.DONE, finished_at="2026-11-18T09:00Z")
    answer = client.get(url("report_detail"), headers={"HX-Request": "true"})
    assert b"The report is made" in answer.content
    Job.objects.update(state=JobState.FAILED)
    for headers in ({}, {"HX-Request": "true"}):
        answer = client.get(url("report_detail"), headers=headers)
        assert b"could not be made" in answer.content


@pytest.mark.parametrize("month", [OCTOBER, date(2026, 12, 1)])
def test_a_report_that_cannot_be_made_answers_409(
    client, accountant, pay, close, month
):
    pay()
    close()
    client.force_login(accountant)
    assert client.post(url("report_make", month)).status_code == 409
    assert Job.objects.count() == 0


def test_closing_shows_what_is_signed_and_asks_for_the_password(
    client, accountant, pay, make_report
):
    pay("1234.50")
    report = make_report()
    client.force_login(accountant)
    page = client.get(url("month_close")).content.decode()
    assert "1,234.50\xa0₽" in page
    assert report.sha256 in page
    answer = client.post(
        url("month_close"), {"sha256": report.sha256, "password": "не тот"}
    )
    assert answer.status_code == 200
    assert MonthClosing.objects.count() == 0
    answer = client.post(
        url("month_close"), {"sha256": report.sha256, "password": PASSWORD}
    )
    assert answer.status_code == 302
    assert MonthClosing.objects.get().signature.user == accountant


@pytest.mark.parametrize(
    "posted", [{}, {"password": ""}, {"password": PASSWORD}, {"sha256": "a" * 65}]
)
def test_a_closing_that_lacks_something_closes_nothing(
    client, accountant, make_report, posted
):
    make_report()
    client.force_login(accountant)
    assert client.post(url("month_close"), posted).status_code == 200
    assert MonthClosing.objects.count() == 0


def test_other_figures_than_those_shown_answer_409(client, accountant, make_report):
    make_report()
    client.force_login(accountant)
    posted = {"sha256": "0" * 64, "password": PASSWORD}
    assert client.post(url("month_close"), posted).status_code == 409


@pytest.mark.parametrize("month", [NOVEMBER, OCTOBER])
def test_a_month_that_cannot_be_closed_answers_409(client, accountant, month):
    client.force_login(accountant)
    assert client.get(url("month_close", month)).status_code == 409


# --- Files --------------------------------------------------------------------------


def test_the_table_has_real_numbers_and_a_total(client, accountant, pay, make_report):
    pay("1234.50")
    pay("-34.50")
    make_report()
    client.force_login(accountant)
    answer = client.get(url("report_xlsx"))
    assert answer["Content-Disposition"] == (
        'attachment; filename="paid-services-2026-10.xlsx"'
    )
    sheet = load_workbook(BytesIO(answer.content)).active
    row, total = list(sheet.iter_rows(min_row=2, values_only=True))
    assert row[3:] == ("RUB", 1234.5, -34.5, 0, 1200)
    assert total[4:] == (1234.5, -34.5, 0, 1200)
    assert sheet["E2"].number_format == "#,##0.00"


def test_the_table_for_1c_has_semicolons_commas_and_a_mark(
    client, accountant, make_contract, pay, make_report
):
    pay("1234.50", contract=make_contract(payer_name="=1+1;«Порт»"))
    make_report()
    client.force_login(accountant)
    content = client.get(url("report_csv")).content
    assert content.startswith(b"\xef\xbb\xbfcontract;payer;")
    assert content.endswith(b"\r\n")
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][1] == "'=1+1;«Порт»"
    assert rows[1][3:] == ["RUB", "1234,50", "0,00", "0,00", "1234,50"]


def test_tables_of_two_currencies_have_no_common_total(
    client, accountant, service, make_contract, pay, make_report
):
    Tariff.objects.create(
        service=service, amount=Decimal(90000), currency="KZT", valid_from="2026-01-01"
    )
    pay(contract=make_contract(currency="RUB"))
    pay(contract=make_contract(currency="KZT"))
    make_report()
    client.force_login(accountant)
    content = client.get(url("report_xlsx")).content
    sheet = load_workbook(BytesIO(content)).active
    assert [row[3] for row in sheet.iter_rows(values_only=True)][1:] == ["KZT", "RUB"]
    assert len(report_csv(figures_of(OCTOBER)).splitlines()) == 3


def test_the_pdf_is_the_one_that_was_kept(client, accountant, make_report):
    make_report()
    client.force_login(accountant)
    assert client.get(url("report_pdf")).content == b"%PDF-"


# --- Queries ------------------------------------------------------------------------


def _queries(client, django_assert_max_num_queries, address) -> int:
    with django_assert_max_num_queries(25) as captured:
        assert client.get(address).status_code == 200
    return len(captured.captured_queries)


def test_the_list_asks_the_same_for_3_months_and_for_30(
    client, accountant, make_contract, pay, make_report, django_assert_max_num_queries
):
    contract = make_contract(concluded_on=date(2026, 1, 1))
    client.force_login(accountant)
    for month in (8, 9, 10):
        pay(contract=contract, paid_on=date(2026, month, 3))
        make_report(date(2026, month, 1))
    few = _queries(client, django_assert_max_num_queries, url("report_list"))
    kept = MonthlyReport.objects.values_list("content", flat=True)[0]
    MonthlyReport.objects.bulk_create(
        MonthlyReport(
            month=date(2020 + index // 12, index % 12 + 1, 1),
            issue=1,
            content=kept,
            made_at="2026-11-18T09:00Z",
            made_by=accountant,
        )
        for index in range(27)
    )
    many = _queries(client, django_assert_max_num_queries, url("report_list"))
    assert many == few


def test_the_month_asks_the_same_for_3_contracts_and_for_30(
    client, accountant, make_contract, pay, make_report, django_assert_max_num_queries
):
    client.force_login(accountant)
    for _number in range(3):
        pay(contract=make_contract())
    make_report()
    few = _queries(client, django_assert_max_num_queries, url("report_detail"))
    for _number in range(27):
        pay(contract=make_contract())
    many = _queries(client, django_assert_max_num_queries, url("report_detail"))
    assert many == few
