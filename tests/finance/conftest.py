"""A contract in force, money on it, reports: as they come to be in life."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from core import workflow
from finance.enums import Currency, PayerKind
from finance.models import Budget, ExpenseItem, PaidService, Tariff
from finance.selectors import figures_of
from finance.services import (
    MadeReport,
    NewPayment,
    close_month,
    conclude_contract,
    freeze_report,
    post_payment,
)
from finance.services.reports import next_issue
from tests.factories import PASSWORD

SEPTEMBER = date(2026, 9, 1)
OCTOBER = date(2026, 10, 1)
NOVEMBER = date(2026, 11, 1)


@pytest.fixture
def at() -> datetime:
    """A Wednesday in November: September and October are over."""
    return datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


@pytest.fixture
def service(db):
    row = PaidService.objects.create(code="course", title="Обучение на открытом курсе")
    Tariff.objects.create(
        service=row,
        amount=Decimal("12500.50"),
        currency=Currency.RUB,
        valid_from=date(2026, 1, 1),
    )
    return row


@pytest.fixture
def make_contract(service, accountant, at):
    """Conclude a contract; it is put in force unless it is to stay a draft."""

    def make(*, is_draft: bool = False, **values):
        contract = conclude_contract(
            **{
                "service": service,
                "payer_kind": PayerKind.PERSON,
                "payer_name": "Назаренко Ольга Петровна",
                "concluded_on": date(2026, 9, 1),
                "by": accountant,
                **values,
            }
        )
        if not is_draft:
            workflow.apply(contract, "activate", by=accountant, at=at)
        return contract

    return make


@pytest.fixture
def contract(make_contract):
    return make_contract()


@pytest.fixture
def pay(accountant, at, request):
    """Post a payment on the contract of the test."""
    numbers = iter(range(1, 1_000))

    def post(amount: str = "1000.00", paid_on=date(2026, 10, 14), **values):
        on = values.pop("contract", None) or request.getfixturevalue("contract")
        document = values.pop("document_number", None) or f"ПП-{next(numbers)}"
        by = values.pop("by", accountant)
        payment = NewPayment(on, Decimal(amount), paid_on, document, **values)
        return post_payment(payment=payment, by=by, at=at)

    return post


@pytest.fixture
def make_report(accountant, at):
    """Freeze a month's report; what the PDF looks like is another test's business."""

    def make(month=OCTOBER):
        made = MadeReport(month, next_issue(month), figures_of(month), b"%PDF-")
        return freeze_report(made=made, by=accountant, at=at)

    return make


@pytest.fixture
def close(accountant, at, make_report):
    """Report a month and close it."""

    def close_it(month=OCTOBER):
        report = make_report(month)
        return close_month(
            month=month,
            seen_sha256=report.sha256,
            password=PASSWORD,
            by=accountant,
            at=at,
        )

    return close_it


@pytest.fixture
def make_budget(db, accountant, at):
    """Make an approved budget of 2026 of these shares, in per cent."""

    def make(*shares: str, is_approved: bool = True, currency: str = "RUB"):
        budget = Budget.objects.create(year=2026, currency=currency)
        for number, share in enumerate(shares, start=1):
            ExpenseItem.objects.create(
                budget=budget,
                code=f"item-{number}",
                kind="salary",
                title=f"Статья {number}",
                share_percent=Decimal(share),
            )
        if is_approved:
            workflow.apply(budget, "approve", by=accountant, at=at)
        return budget

    return make
