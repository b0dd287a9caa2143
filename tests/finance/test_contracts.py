"""Contracts and budgets: what they cost, how they go their way."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from core import workflow
from core.workflow import GuardsUnmet, NotAllowed, WrongState, workflow_of
from finance.enums import BudgetState, ContractState
from finance.models import Budget, Contract, ExpenseItem, Tariff
from finance.services import ContractRefused, NoTariff


def test_a_contract_costs_the_tariff_of_its_day_times_the_quantity(
    make_contract, service
):
    Tariff.objects.create(
        service=service,
        amount=Decimal("20000.00"),
        currency="RUB",
        valid_from=date(2026, 9, 15),
    )
    before = make_contract(concluded_on=date(2026, 9, 14), quantity=3)
    after = make_contract(concluded_on=date(2026, 9, 15), quantity=3)
    assert (before.amount, after.amount) == (Decimal("37501.50"), Decimal("60000.00"))
    assert before.currency == "RUB"


def test_a_tariff_is_in_force_on_its_last_day_and_not_after(make_contract, service):
    service.tariffs.update(valid_until=date(2026, 9, 10))
    make_contract(concluded_on=date(2026, 9, 10))
    with pytest.raises(NoTariff):
        make_contract(concluded_on=date(2026, 9, 11))


def test_without_a_tariff_there_is_no_contract(make_contract):
    with pytest.raises(NoTariff):
        make_contract(concluded_on=date(2025, 12, 31))


def test_of_tariffs_in_two_currencies_one_is_chosen(make_contract, service):
    Tariff.objects.create(
        service=service, amount=Decimal(90000), currency="KZT", valid_from="2026-01-01"
    )
    with pytest.raises(NoTariff):
        make_contract()
    assert make_contract(currency="KZT").amount == Decimal(90000)


def test_numbers_are_given_in_turn_and_without_gaps(make_contract):
    make_contract()
    with pytest.raises(NoTariff):
        make_contract(concluded_on=date(2025, 1, 1))
    assert make_contract().number == "2026-00002"


def test_a_number_of_its_own_is_kept_and_given_once(make_contract):
    assert make_contract(number=" Д-17 ").number == "Д-17"
    with pytest.raises(ContractRefused):
        make_contract(number="Д-17")


def test_a_number_of_the_series_that_somebody_typed_does_not_stop_the_series(
    make_contract,
):
    make_contract(number="2026-00001")
    assert [make_contract().number, make_contract().number] == [
        "2026-00002",
        "2026-00003",
    ]


def test_a_price_beyond_all_measure_is_refused(make_contract):
    with pytest.raises(ContractRefused):
        make_contract(quantity=2_000_000_000)


def test_strangers_conclude_no_contracts(make_contract, stranger):
    with pytest.raises(PermissionDenied):
        make_contract(by=stranger)


CONTRACT_WAYS = {
    ("activate", "draft"): "active",
    ("complete", "active"): "completed",
    ("terminate", "draft"): "terminated",
    ("terminate", "active"): "terminated",
}
REACHED_BY = {
    "draft": (),
    "active": ("activate",),
    "completed": ("activate", "complete"),
    "terminated": ("activate", "terminate"),
}


@pytest.mark.parametrize("state", ContractState.values)
@pytest.mark.parametrize("name", list(workflow_of(Contract).transitions))
def test_every_state_of_a_contract_by_every_transition(
    make_contract, accountant, at, state, name
):
    contract = make_contract(is_draft=True)
    for step in REACHED_BY[state]:
        workflow.apply(contract, step, by=accountant, at=at, comment="По заявлению")
    target = CONTRACT_WAYS.get((name, state))
    if target is None:
        with pytest.raises(WrongState):
            workflow.apply(contract, name, by=accountant, at=at, comment="Почему")
    else:
        workflow.apply(contract, name, by=accountant, at=at, comment="Почему")
        assert contract.state == target


def test_a_contract_is_terminated_with_a_reason(contract, accountant, at):
    with pytest.raises(GuardsUnmet):
        workflow.apply(contract, "terminate", by=accountant, at=at)


def test_strangers_move_no_contract(contract, stranger, at):
    with pytest.raises(NotAllowed):
        workflow.apply(contract, "complete", by=stranger, at=at)


@pytest.mark.parametrize(
    "values",
    [
        {"amount": Decimal(0)},
        {"quantity": 0},
        {"state": "draft"},
        {"activated_at": None},
        {"state": "completed"},
        {"state": "completed", "activated_at": None},
        {"state": "terminated"},
    ],
)
def test_a_contract_of_an_illegal_state_cannot_be_kept(contract, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        Contract.objects.filter(pk=contract.pk).update(**values)


@pytest.mark.parametrize(
    "values", [{"amount": Decimal(0)}, {"valid_until": date(2025, 12, 31)}]
)
def test_an_illegal_tariff_cannot_be_kept(service, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        service.tariffs.update(**values)


def test_a_service_has_one_tariff_a_day_and_currency(service):
    with pytest.raises(IntegrityError), transaction.atomic():
        Tariff.objects.create(
            service=service, amount=1, currency="RUB", valid_from=date(2026, 1, 1)
        )


@pytest.mark.parametrize("shares", [(), ("99.99",), ("60", "40.01")])
def test_a_budget_whose_shares_are_not_the_whole_is_not_approved(make_budget, shares):
    with pytest.raises(GuardsUnmet):
        make_budget(*shares)


def test_a_budget_goes_to_and_fro(make_budget, accountant, at):
    budget = make_budget("33.33", "33.33", "33.34")
    assert (budget.state, budget.approved_by) == ("approved", accountant)
    with pytest.raises(WrongState):
        workflow.apply(budget, "approve", by=accountant, at=at)
    workflow.apply(budget, "reopen", by=accountant, at=at, comment="Опечатка")
    assert (budget.state, budget.approved_at) == ("draft", None)
    with pytest.raises(WrongState):
        workflow.apply(budget, "reopen", by=accountant, at=at, comment="Опечатка")


def test_the_centre_approves_no_budget(make_budget, staff, at):
    budget = make_budget("100", is_approved=False)
    with pytest.raises(NotAllowed):
        workflow.apply(budget, "approve", by=staff, at=at)


@pytest.mark.parametrize(
    "values", [{"state": BudgetState.APPROVED}, {"approved_at": "2026-01-01T00:00Z"}]
)
def test_a_budget_of_an_illegal_state_cannot_be_kept(make_budget, values):
    budget = make_budget("100", is_approved=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Budget.objects.filter(pk=budget.pk).update(**values)


def test_a_year_has_one_budget_in_a_currency(make_budget):
    make_budget("100")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_budget("100")


@pytest.mark.parametrize("values", [{"share_percent": 0}, {"share_percent": 101}])
def test_a_share_is_a_share(make_budget, values):
    make_budget("100")
    with pytest.raises(IntegrityError), transaction.atomic():
        ExpenseItem.objects.update(**values)


def test_an_item_stands_once_in_a_budget(make_budget):
    make_budget("50", "50")
    with pytest.raises(IntegrityError), transaction.atomic():
        ExpenseItem.objects.update(code="item-1")
