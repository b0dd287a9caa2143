"""Payments: posted once, given back in part, made good, never changed."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction

from core import workflow
from finance.models import Contract, MonthClosing, MonthlyReport, Payment
from finance.selectors import received_on
from finance.services import (
    PaymentRefused,
    correct_payment,
    keep_import,
)
from finance.services.payments import refuse_known_file
from tests.finance.conftest import NOVEMBER, OCTOBER, SEPTEMBER


@pytest.fixture
def correct(accountant, at):
    """Make a payment good."""

    def post(payment, amount="-100.00", **values):
        return correct_payment(
            **{
                "payment": payment,
                "amount": Decimal(amount),
                "corrected_on": date(2026, 11, 10),
                "document_number": "БС-1",
                "comment": "Ошибка в сумме",
                "by": accountant,
                "at": at,
                **values,
            }
        )

    return post


def test_money_is_received_and_given_back(contract, pay):
    received = pay("1000.00")
    refund = pay("-300.25", date(2026, 11, 2))
    assert (received.kind, refund.kind) == ("payment", "refund")
    assert (received.month, refund.month) == (OCTOBER, NOVEMBER)
    assert received_on(contract) == Decimal("699.75")


def test_all_that_was_received_may_be_given_back_and_no_cent_more(pay):
    pay("1000.00")
    with pytest.raises(PaymentRefused):
        pay("-1000.01")
    pay("-1000.00")


@pytest.mark.parametrize(
    "amount", ["0", "NaN", "Infinity", "-Infinity", "0.001", "1000000000000"]
)
def test_what_is_no_amount_of_money_is_refused(pay, amount):
    with pytest.raises(PaymentRefused):
        pay(amount)


@pytest.mark.parametrize(
    "values",
    [
        {"document_number": "  "},
        {"document_number": "9" * 61},
        {"comment": "о" * 501},
        {"paid_on": date(2026, 11, 19)},
        {"paid_on": date(2026, 8, 31)},
    ],
    ids=["no document", "long document", "long comment", "tomorrow", "too early"],
)
def test_an_unfit_payment_is_refused(pay, values):
    with pytest.raises(PaymentRefused):
        pay(**values)


def test_a_document_is_posted_once_on_a_contract(make_contract, pay):
    pay(document_number="ПП-7")
    with pytest.raises(PaymentRefused):
        pay(document_number=" ПП-7")
    pay(contract=make_contract(), document_number="ПП-7")
    assert Payment.objects.count() == 2


def test_a_contract_that_was_never_in_force_takes_no_money(
    make_contract, pay, accountant, at
):
    draft = make_contract(is_draft=True)
    with pytest.raises(PaymentRefused):
        pay(contract=draft)
    workflow.apply(draft, "terminate", by=accountant, at=at, comment="Передумали")
    with pytest.raises(PaymentRefused):
        pay(contract=draft)


def test_a_terminated_contract_still_gives_back(contract, pay, accountant, at):
    pay("1000.00")
    workflow.apply(contract, "terminate", by=accountant, at=at, comment="Отказ")
    assert pay("-1000.00").kind == "refund"


@pytest.mark.parametrize("who", ["staff", "stranger"])
def test_only_finance_posts(request, pay, correct, who, at):
    person = request.getfixturevalue(who)
    payment = pay()
    with pytest.raises(PermissionDenied):
        pay(by=person)
    with pytest.raises(PermissionDenied):
        correct(payment, by=person)
    with pytest.raises(PermissionDenied):
        keep_import(content=b"x", name="x.csv", by=person, at=at)


def test_a_mistake_is_made_good_by_a_row_that_says_why(contract, pay, correct):
    payment = pay("1000.00")
    row = correct(payment, "-100.00")
    assert (row.kind, row.corrects, row.month) == ("correction", payment, NOVEMBER)
    assert received_on(contract) == Decimal("900.00")


@pytest.mark.parametrize(
    "values",
    [{"comment": " "}, {"amount": "0"}, {"amount": "-1000.01"}, {"amount": "NaN"}],
    ids=["no reason", "nought", "below nought", "no amount"],
)
def test_an_unfit_correction_is_refused(pay, correct, values):
    payment = pay("1000.00")
    with pytest.raises(PaymentRefused):
        correct(payment, **values)


def test_what_comes_after_the_closing_is_reported_in_the_next_open_month(pay, close):
    pay(paid_on=date(2026, 9, 10))
    close(SEPTEMBER)
    assert pay(paid_on=date(2026, 9, 11)).month == OCTOBER
    close(OCTOBER)
    assert pay(paid_on=date(2026, 9, 12)).month == NOVEMBER


def test_a_file_is_posted_once(accountant, at):
    row = keep_import(content=b"a;b", name="bank.csv", by=accountant, at=at)
    assert str(row) == "bank.csv"
    with pytest.raises(PaymentRefused):
        refuse_known_file(b"a;b")
    with pytest.raises(PaymentRefused):
        keep_import(content=b"a;b", name="again.csv", by=accountant, at=at)
    refuse_known_file(b"a;c")


# --- What the database itself refuses -----------------------------------------------


def _copy(payment, **values) -> Payment:
    fields = {
        "contract": payment.contract,
        "kind": "payment",
        "amount": Decimal(1),
        "paid_on": payment.paid_on,
        "month": payment.month,
        "document_number": "ещё",
        "posted_at": payment.posted_at,
        "posted_by": payment.posted_by,
    }
    return Payment(**{**fields, **values})


@pytest.mark.parametrize(
    "values",
    [
        {"amount": Decimal(-1)},
        {"kind": "refund"},
        {"kind": "correction"},
        {"kind": "correction", "amount": Decimal(0), "corrects": True},
        {"month": date(2026, 10, 2)},
        {"document_number": "ПП-1"},
    ],
)
def test_an_illegal_payment_cannot_be_kept(pay, values):
    payment = pay()
    if "corrects" in values:
        values = {**values, "corrects": payment}
    with pytest.raises(IntegrityError), transaction.atomic():
        _copy(payment, **values).save()


def test_a_closed_month_refuses_even_what_goes_past_the_service(
    pay, close, as_application
):
    payment = pay()
    close()
    with pytest.raises(IntegrityError, match="month 2026-10-01 is closed"):
        _copy(payment).save()


@pytest.mark.parametrize("table", [Payment, MonthlyReport, MonthClosing])
@pytest.mark.parametrize("verb", ["DELETE FROM {}", "UPDATE {} SET id = id"])
def test_the_application_changes_nothing_that_is_for_good(
    pay, close, as_application, table, verb
):
    pay()
    close()
    statement = verb.format(table._meta.db_table)
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
    ):
        connection.cursor().execute(statement)


def test_a_contract_with_payments_is_not_deleted(pay):
    pay()
    with pytest.raises(IntegrityError):
        Contract.objects.all().delete()
