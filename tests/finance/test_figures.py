"""The figures of a month: exact to the cent, late ones apart."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.models import ExpenseItem, Tariff
from finance.months import (
    month_by_number,
    month_number,
    month_of,
    next_month,
    previous_month,
)
from finance.selectors import figures_of
from finance.selectors.figures import shares
from finance.services import correct_payment
from tests.finance.conftest import NOVEMBER, OCTOBER, SEPTEMBER

CENT = Decimal("0.01")

amounts = st.decimals(
    min_value=Decimal("-999999999999.99"),
    max_value=Decimal("999999999999.99"),
    places=2,
)


@st.composite
def items_of_a_budget(draw):
    """Draw shares to a hundredth of a per cent that make the whole."""
    cuts = draw(st.sets(st.integers(1, 9_999), max_size=12))
    bounds = [0, *sorted(cuts), 10_000]
    return [
        ExpenseItem(share_percent=Decimal(after - before) / 100)
        for before, after in pairwise(bounds)
    ]


@given(net=amounts, items=items_of_a_budget())
def test_the_parts_are_the_whole_to_the_cent(net, items):
    parts = shares(net, items)
    assert sum(parts) == net
    for part, item in zip(parts, items, strict=True):
        assert abs(part - net * item.share_percent / 100) < CENT


@given(net=amounts, items=items_of_a_budget())
def test_what_is_given_back_is_parted_as_what_is_received(net, items):
    assert shares(-net, items) == [-part for part in shares(net, items)]


def test_the_cents_left_go_to_the_largest_remainders():
    items = [ExpenseItem(share_percent=Decimal(s)) for s in ("33.33", "33.33", "33.34")]
    assert shares(Decimal("0.02"), items) == [CENT, Decimal(0), CENT]
    assert shares(Decimal("100.01"), items) == [
        Decimal("33.33"),
        Decimal("33.33"),
        Decimal("33.35"),
    ]


def test_without_items_nothing_is_parted():
    assert shares(Decimal(5), []) == []


@given(month=st.dates(date(1999, 1, 1), date(2999, 12, 1)).map(month_of))
def test_months_follow_each_other(month):
    assert previous_month(next_month(month)) == month
    assert next_month(month).day == 1
    assert month_by_number(month_number(month)) == month


def _amounts(row):
    return [row[key] for key in ("received", "refunded", "corrected", "net")]


def test_a_month_by_service_by_contract_and_by_item(make_contract, pay, make_budget):
    make_budget("70", "30")
    first, second = make_contract(), make_contract(payer_name="ООО «Порт»")
    pay("1000.00", contract=first)
    pay("-200.50", contract=first)
    pay("0.01", contract=second)
    pay("55.00", date(2026, 9, 3), contract=first)
    content = figures_of(OCTOBER)
    (part,) = content["parts"]
    assert content["month"] == "2026-10-01"
    assert _amounts(part) == ["1000.01", "-200.50", "0.00", "799.51"]
    assert part["previous_net"] == "55.00"
    (service,) = part["services"]
    assert (service["contracts"], service["payments"]) == (2, 3)
    assert [_amounts(row) for row in part["contracts"]] == [
        ["1000.00", "-200.50", "0.00", "799.50"],
        ["0.01", "0.00", "0.00", "0.01"],
    ]
    assert [item["amount"] for item in part["items"]] == ["559.66", "239.85"]
    assert (part["late"], part["budget"]) == ([], "2026, RUB")


def test_currencies_are_never_added(make_contract, service, pay, make_budget):
    Tariff.objects.create(
        service=service, amount=Decimal(90000), currency="KZT", valid_from="2026-01-01"
    )
    make_budget("100")
    pay("10.00", contract=make_contract(currency="RUB"))
    pay("20.00", contract=make_contract(currency="KZT"))
    parts = figures_of(OCTOBER)["parts"]
    assert [(part["currency"], part["net"]) for part in parts] == [
        ("KZT", "20.00"),
        ("RUB", "10.00"),
    ]
    assert [len(part["items"]) for part in parts] == [0, 1]


def test_a_draft_budget_parts_nothing(pay, make_budget):
    make_budget("100", is_approved=False)
    pay()
    assert figures_of(OCTOBER)["parts"][0]["items"] == []


def test_an_empty_month_has_no_parts(db):
    assert figures_of(OCTOBER)["parts"] == []


def test_later_corrections_stand_apart_with_their_month(pay, close, accountant, at):
    payment = pay("500.00", date(2026, 9, 10))
    close(SEPTEMBER)
    pay("70.00", date(2026, 9, 30), comment="Получено позже")
    correct_payment(
        payment=payment,
        amount=Decimal("-5.00"),
        corrected_on=date(2026, 10, 20),
        document_number="БС-1",
        comment="Ошибка в сумме",
        by=accountant,
        at=at,
    )
    pay("1.00", date(2026, 10, 2))
    (part,) = figures_of(OCTOBER)["parts"]
    assert [(row["belongs_to"], row["amount"]) for row in part["late"]] == [
        ("2026-09-01", "70.00"),
        ("2026-09-01", "-5.00"),
    ]
    assert _amounts(part) == ["71.00", "0.00", "-5.00", "66.00"]
    assert figures_of(NOVEMBER)["parts"] == []


@pytest.mark.parametrize("count", [3, 30])
def test_figures_take_as_many_queries_whatever_the_count(
    make_contract, pay, make_budget, django_assert_num_queries, count
):
    make_budget("100")
    for _number in range(count):
        pay(contract=make_contract())
    with django_assert_num_queries(4):
        figures_of(OCTOBER)
