"""The figures of a month: by service, contract and expense item (KAZ 4.5)."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Any

from django.db.models import Sum

from finance.enums import BudgetState
from finance.models import Budget, ExpenseItem, Payment
from finance.months import month_of, previous_month

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


def figures_of(month: date) -> dict[str, Any]:
    """Return every figure of a month's report, amounts as text, a part per currency.

    `parts` is a list of {currency, received, refunded, corrected, net, previous_net,
    services, contracts, items, budget, late}.
    """
    payments = list(
        Payment.objects.filter(month=month)
        .select_related("contract__service", "corrects")
        .order_by("paid_on", "pk")
    )
    currencies = sorted({payment.contract.currency for payment in payments})
    before = net_by_month([previous_month(month)])
    return {
        "month": month.isoformat(),
        "parts": [
            _part(
                currency,
                [row for row in payments if row.contract.currency == currency],
                year=month.year,
                previous=before.get((previous_month(month), currency), ZERO),
            )
            for currency in currencies
        ],
    }


def net_by_month(months: Iterable[date]) -> dict[tuple[date, str], Decimal]:
    """Return what was received net in each of the months, per currency."""
    rows = (
        Payment.objects.filter(month__in=list(months))
        .order_by()
        .values_list("month", "contract__currency")
        .annotate(total=Sum("amount"))
    )
    return {(month, currency): total for month, currency, total in rows}


def shares(net: Decimal, items: Sequence[ExpenseItem]) -> list[Decimal]:
    """Split an amount by the items' shares, to the cent and without a rest.

    Each gets its share rounded down; the cents left go to the largest remainders, of
    equal ones to the earlier item.
    """
    if not items:
        return []
    sign = -1 if net < 0 else 1
    exact = [abs(net) * item.share_percent / 100 for item in items]
    parts = [amount.quantize(CENT, rounding=ROUND_DOWN) for amount in exact]
    left = int((abs(net) - sum(parts, ZERO)) / CENT)
    by_remainder = sorted(
        range(len(items)), key=lambda i: exact[i] - parts[i], reverse=True
    )
    for index in by_remainder[:left]:
        parts[index] += CENT
    return [sign * part for part in parts]


def _part(
    currency: str, payments: list[Payment], *, year: int, previous: Decimal
) -> dict[str, Any]:
    net = sum((row.amount for row in payments), ZERO)
    budget = Budget.objects.filter(
        year=year, currency=currency, state=BudgetState.APPROVED
    ).first()
    items = list(budget.items.all()) if budget else []
    return {
        "currency": currency,
        **_sums(payments),
        "previous_net": str(previous),
        "services": _grouped(payments, by_contract=False),
        "contracts": _grouped(payments, by_contract=True),
        "budget": str(budget) if budget else "",
        "items": [
            {
                "code": item.code,
                "title": item.title,
                "kind": item.kind,
                "share": str(item.share_percent),
                "amount": str(amount),
            }
            for item, amount in zip(items, shares(net, items), strict=True)
        ],
        "late": [_late(row) for row in payments if _belongs_to(row) != row.month],
    }


def _sums(payments: Iterable[Payment]) -> dict[str, str]:
    sums = {"payment": ZERO, "refund": ZERO, "correction": ZERO}
    for row in payments:
        sums[row.kind] += row.amount
    return {
        "received": str(sums["payment"]),
        "refunded": str(sums["refund"]),
        "corrected": str(sums["correction"]),
        "net": str(sum(sums.values(), ZERO)),
    }


def _grouped(payments: list[Payment], *, by_contract: bool) -> list[dict[str, Any]]:
    groups: dict[str, list[Payment]] = {}
    for row in payments:
        key = row.contract.number if by_contract else row.contract.service.code
        groups.setdefault(key, []).append(row)
    return [
        {
            "code": key,
            "title": rows[0].contract.payer_name
            if by_contract
            else rows[0].contract.service.title,
            "service": rows[0].contract.service.title,
            "contracts": len({row.contract_id for row in rows}),
            "payments": len(rows),
            **_sums(rows),
        }
        for key, rows in sorted(groups.items())
    ]


def _belongs_to(row: Payment) -> date:
    """Return the month a payment is about: that of the payment it corrects, if any."""
    return month_of((row.corrects or row).paid_on)


def _late(row: Payment) -> dict[str, str]:
    return {
        "document": row.document_number,
        "contract": row.contract.number,
        "paid_on": row.paid_on.isoformat(),
        "belongs_to": _belongs_to(row).isoformat(),
        "amount": str(row.amount),
        "comment": row.comment,
    }
