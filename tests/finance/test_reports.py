"""The month's report: made, frozen, signed; nothing slips in beside it."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import StringIO
from threading import Event

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from accounts.selectors import system_user
from accounts.services import WrongPassword
from core.deadlines import first_working_day
from core.enums import JobState
from core.jobs import run_due
from core.models import Job
from core.storage import read_bytes
from core.tasks import drain
from finance.duties import months_to_report_and_close
from finance.models import MonthClosing, MonthlyReport, Payment
from finance.selectors import figures_of, reports_visible_to
from finance.services import (
    ClosingRefused,
    MadeReport,
    NewPayment,
    ReportRefused,
    close_month,
    freeze_report,
    order_report,
    post_payment,
    reports,
)
from finance.services import payments as payment_services
from finance.services.reports import figures_sha256
from finance.tasks import order_monthly_report
from tests.core.threads import run_together
from tests.factories import PASSWORD
from tests.finance.conftest import NOVEMBER, OCTOBER, SEPTEMBER

DECEMBER = date(2026, 12, 1)


@pytest.fixture
def woken(monkeypatch):
    """The lanes that were woken; the broker is not asked."""
    lanes = []
    monkeypatch.setattr(drain, "apply_async", lambda **how: lanes.append(how["queue"]))
    return lanes


@pytest.fixture
def close_plainly(accountant, at):
    """Close October as the page asks for it."""

    def close(**values):
        return close_month(
            **{
                "month": OCTOBER,
                "seen_sha256": figures_sha256(figures_of(OCTOBER)),
                "password": PASSWORD,
                "by": accountant,
                "at": at,
                **values,
            }
        )

    return close


# --- Making -------------------------------------------------------------------------


def test_a_report_is_made_in_the_background(pay, accountant, at, woken):
    pay()
    order_report(month=OCTOBER, by=accountant, at=at)
    order_report(month=OCTOBER, by=accountant, at=at)
    assert run_due("quick", clock=lambda: at) == 1
    report = MonthlyReport.objects.get()
    assert (report.month, report.issue, report.made_by) == (OCTOBER, 1, accountant)
    assert report.sha256 == figures_sha256(figures_of(OCTOBER))
    assert read_bytes(report.pdf_stored_as).startswith(b"%PDF-")


def test_a_report_made_anew_is_a_row_of_its_own(pay, make_report):
    pay()
    first = make_report()
    pay()
    second = make_report()
    assert (first.issue, second.issue, str(second)) == (1, 2, "10.2026, 2")
    assert first.sha256 != second.sha256


@pytest.mark.parametrize("who", ["staff", "stranger"])
def test_only_finance_makes_and_closes(request, who, close_plainly, at):
    person = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        order_report(month=OCTOBER, by=person, at=at)
    with pytest.raises(PermissionDenied):
        freeze_report(made=MadeReport(OCTOBER, 1, {}, b""), by=person, at=at)
    with pytest.raises(PermissionDenied):
        close_plainly(by=person)


def test_of_the_month_to_come_there_is_no_report(accountant, at):
    with pytest.raises(ReportRefused):
        order_report(month=DECEMBER, by=accountant, at=at)


def test_a_closed_month_gets_no_other_report(pay, close, make_report, accountant, at):
    pay()
    close()
    with pytest.raises(ReportRefused):
        make_report()
    with pytest.raises(ReportRefused):
        order_report(month=OCTOBER, by=accountant, at=at)


def test_of_two_reports_made_at_once_the_second_is_made_anew(
    make_report, accountant, at
):
    late = MadeReport(OCTOBER, 1, figures_of(OCTOBER), b"%PDF-")
    make_report()
    with pytest.raises(ReportRefused):
        freeze_report(made=late, by=accountant, at=at)


@pytest.mark.parametrize("values", [{"month": date(2026, 10, 2)}, {"issue": 1}])
def test_an_illegal_report_cannot_be_kept(make_report, values):
    report = make_report()
    report.pk, report.issue = None, 2
    for name, value in values.items():
        setattr(report, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        report.save(force_insert=True)


def test_strangers_see_no_report(make_report, staff, stranger):
    report = make_report()
    assert list(reports_visible_to(staff)) == [report]
    assert not reports_visible_to(stranger).exists()


# --- Closing ------------------------------------------------------------------------


def test_closing_signs_the_figures_that_were_shown(pay, close, accountant):
    pay()
    closing = close()
    assert closing.signature.sha256 == closing.report.sha256
    assert closing.signature.user == accountant
    assert str(closing) == "10.2026"


@pytest.mark.parametrize("month", [NOVEMBER, DECEMBER])
def test_a_month_that_is_not_over_is_not_closed(close_plainly, month):
    with pytest.raises(ClosingRefused):
        close_plainly(month=month)


def test_october_is_over_by_the_clock_of_the_centre(pay, make_report, close_plainly):
    pay()
    make_report()
    in_moscow = datetime(2026, 10, 31, 21, 0, tzinfo=UTC)
    with pytest.raises(ClosingRefused):
        close_plainly(at=in_moscow - timedelta(seconds=1))
    assert close_plainly(at=in_moscow).month == OCTOBER


def test_without_a_report_nothing_is_closed(pay, close_plainly):
    pay()
    with pytest.raises(ClosingRefused):
        close_plainly()


def test_payments_after_the_report_have_it_made_anew(pay, make_report, close_plainly):
    pay()
    make_report()
    pay()
    with pytest.raises(ClosingRefused):
        close_plainly()
    make_report()
    close_plainly()


def test_what_was_not_shown_is_not_signed(pay, make_report, close_plainly):
    pay()
    seen = make_report().sha256
    pay()
    make_report()
    with pytest.raises(ClosingRefused):
        close_plainly(seen_sha256=seen)


def test_a_month_is_closed_once(pay, close, close_plainly):
    pay()
    close()
    with pytest.raises(ClosingRefused):
        close_plainly()


def test_a_wrong_password_closes_nothing(pay, make_report, close_plainly):
    pay()
    make_report()
    with pytest.raises(WrongPassword):
        close_plainly(password="не тот")
    assert MonthClosing.objects.count() == 0


def test_a_closing_names_its_month_by_the_first_day(close):
    closing = close()
    closing.pk, closing.month = None, date(2026, 9, 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        closing.save(force_insert=True)


# --- Racing -------------------------------------------------------------------------


def _race(contract, accountant, at, monkeypatch) -> tuple[bool, bool]:
    """Post into October while it is being closed; tell what came of both.

    The closing has read its figures and waits, for a second at the most, until the
    posting has read that the month is open.
    """
    has_read, has_posted = Event(), Event()
    read = reports.report_to_close

    def read_and_wait(month, *, at):
        report = read(month, at=at)
        has_read.set()
        has_posted.wait(1)
        return report

    monkeypatch.setattr(reports, "report_to_close", read_and_wait)
    seen = MonthlyReport.objects.get().sha256

    def work(number: int) -> bool:
        if number == 0:
            close_month(
                month=OCTOBER, seen_sha256=seen, password=PASSWORD, by=accountant, at=at
            )
            return True
        has_read.wait(5)
        late = NewPayment(contract, Decimal(7), date(2026, 10, 30), "ПП-поздний")
        posted = post_payment(payment=late, by=accountant, at=at)
        has_posted.set()
        return posted.month == OCTOBER

    is_closed, is_in_october = run_together(work, 2)
    return is_closed, is_in_october


@pytest.fixture
def contract_to_race(transactional_db, service, make_contract, pay, make_report):
    contract = make_contract()
    pay(contract=contract)
    make_report()
    return contract


@pytest.mark.django_db(transaction=True)
def test_no_payment_slips_into_a_month_that_is_being_closed(
    contract_to_race, accountant, at, monkeypatch
):
    assert _race(contract_to_race, accountant, at, monkeypatch) == (True, False)
    closing = MonthClosing.objects.get()
    assert figures_sha256(figures_of(OCTOBER)) == closing.report.sha256
    assert Payment.objects.get(document_number="ПП-поздний").month == NOVEMBER


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_one_does(contract_to_race, accountant, at, monkeypatch):
    for module in (reports, payment_services):
        monkeypatch.setattr(module, "lock_postings", lambda **_how: None)
    assert _race(contract_to_race, accountant, at, monkeypatch) == (True, True)
    closing = MonthClosing.objects.get()
    assert figures_sha256(figures_of(OCTOBER)) != closing.report.sha256


# --- Beat, the command, the desk ------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "orders"), [("2026-11-01", 0), ("2026-11-02", 1), ("2026-11-20", 1)]
)
def test_beat_orders_last_months_report_from_the_first_working_day(
    db, woken, settings, day, orders
):
    settings.COUNTRY = "RU"
    assert first_working_day(2026, 11, country="RU") == date(2026, 11, 2)
    with time_machine.travel(f"{day}T06:00:00+03:00", tick=False):
        order_monthly_report()
        order_monthly_report()
    jobs = Job.objects.filter(kind=reports.BUILD_REPORT)
    assert (
        list(jobs.values_list("subject_id", "by"))
        == [(202610, system_user().pk)] * orders
    )


def test_a_report_made_while_the_month_ran_does_not_count(woken, accountant, at):
    with time_machine.travel("2026-10-20T12:00:00+03:00", tick=False):
        call_command("build_monthly_report", "2026-10", stdout=StringIO())
    with time_machine.travel("2026-11-03T06:00:00+03:00", tick=False):
        order_monthly_report()
        assert Job.objects.get().subject_id == 202610
        run_due("quick", clock=lambda: datetime(2026, 11, 3, 4, tzinfo=UTC))
        order_monthly_report()
    assert Job.objects.get().state == JobState.DONE
    assert MonthlyReport.objects.count() == 2


def test_beat_leaves_a_closed_month_alone(close, woken):
    close()
    with time_machine.travel("2026-11-20T06:00:00+03:00", tick=False):
        order_monthly_report()
    assert Job.objects.count() == 0


def test_the_command_makes_a_report_and_says_so_in_json(pay):
    pay("1234.50")
    out = StringIO()
    with time_machine.travel("2026-11-20T06:00:00+03:00", tick=False):
        call_command("build_monthly_report", "2026-10", "--json", stdout=out)
    facts = json.loads(out.getvalue())
    report = MonthlyReport.objects.get()
    assert (facts["month"], facts["issue"]) == ("2026-10", 1)
    assert facts["sha256"] == report.sha256
    assert facts["figures"]["parts"][0]["net"] == "1234.50"


def test_the_command_makes_a_report_and_says_so_in_words(pay):
    pay("1234.50")
    out = StringIO()
    with time_machine.travel("2026-11-20T06:00:00+03:00", tick=False):
        call_command("build_monthly_report", "2026-10", stdout=out)
    assert out.getvalue().splitlines()[-1] == "1234.50 RUB"


@pytest.mark.parametrize(
    "month", ["2026-13", "2026-1", "октябрь", "٢٠٢٦-10", "2099-12"]
)
def test_the_command_refuses_what_is_no_month_to_report(db, month):
    with pytest.raises(CommandError):
        call_command("build_monthly_report", month)


def test_the_accountant_owes_the_report_and_then_the_closing(
    pay, make_report, close, accountant, at
):
    pay(paid_on=date(2026, 9, 10))
    pay(paid_on=date(2026, 11, 10))

    def owed():
        duties = list(months_to_report_and_close(accountant, at))
        return [(duty.url[-8:-1], duty.due_at is not None) for duty in duties]

    assert owed() == [("2026-09", True), ("2026-10", True)]
    make_report(SEPTEMBER)
    assert owed() == [("2026-09", False), ("2026-10", True)]
    close(OCTOBER)
    assert owed() == [("2026-09", False)]
    close(SEPTEMBER)
    assert owed() == []


def test_others_owe_no_report(pay, staff, stranger, at):
    pay()
    assert not list(months_to_report_and_close(staff, at))
    assert not list(months_to_report_and_close(stranger, at))
