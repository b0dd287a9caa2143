"""Tariffs, what was received on a contract, which months are open."""

from datetime import date, datetime
from decimal import Decimal

from django.db.models import Max, Q, QuerySet, Sum

from accounts.models import User
from finance.models import (
    Contract,
    MonthClosing,
    MonthlyReport,
    PaidService,
    Payment,
    Tariff,
)
from finance.months import month_of, next_month, previous_month

ZERO = Decimal("0.00")


def tariffs_on(service: PaidService, day: date) -> list[Tariff]:
    """Return the tariffs of a service in force on a day: the latest of each currency."""
    return list(
        service.tariffs.filter(valid_from__lte=day)
        .filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day))
        .order_by("currency", "-valid_from")
        .distinct("currency")
    )


def received_on(contract: Contract) -> Decimal:
    """Return what was received on a contract, refunds and corrections taken off."""
    total: Decimal | None = contract.payments.aggregate(total=Sum("amount"))["total"]
    return total or ZERO


def open_month_for(paid_on: date) -> date:
    """Return the month a payment is reported in: its own, or the next open one."""
    closed = set(
        MonthClosing.objects.filter(month__gte=month_of(paid_on)).values_list(
            "month", flat=True
        )
    )
    month = month_of(paid_on)
    while month in closed:
        month = next_month(month)
    return month


def closing_of(month: date) -> MonthClosing | None:
    """Return the closing of a month, None while it is open."""
    return (
        MonthClosing.objects.filter(month=month)
        .select_related("report", "signature__user")
        .first()
    )


def last_report_of(month: date) -> MonthlyReport | None:
    """Return the latest report made of a month."""
    return (
        MonthlyReport.objects.filter(month=month)
        .select_related("made_by")
        .order_by("-issue")
        .first()
    )


def months_with_payments() -> list[date]:
    """Return the months that have payments or a report, the newest first."""
    paid = Payment.objects.order_by().values_list("month", flat=True).distinct()
    made = MonthlyReport.objects.order_by().values_list("month", flat=True).distinct()
    return sorted({*paid, *made}, reverse=True)


def reports_visible_to(user: User) -> QuerySet[MonthlyReport]:
    """Return the reports a person may read: finance and centre staff, all."""
    if user.has_perm("finance.read_report"):
        return MonthlyReport.objects.select_related("made_by", "closing")
    return MonthlyReport.objects.none()


def contract_by_number(number: str) -> Contract | None:
    """Return the contract with a number, None where there is none."""
    return Contract.objects.filter(number=number.strip()).first()


def months_to_close(before: date) -> list[tuple[date, datetime | None]]:
    """Return the months before `before` to be closed, with when a report was last made.

    They are those that have payments, and the latest month even without.
    """
    closed = MonthClosing.objects.values("month")
    paid = (
        Payment.objects.filter(month__lt=before)
        .exclude(month__in=closed)
        .order_by()
        .values_list("month", flat=True)
        .distinct()
    )
    latest = previous_month(before)
    months = set(paid)
    if closing_of(latest) is None:
        months.add(latest)
    made = dict(
        MonthlyReport.objects.filter(month__in=months)
        .order_by()
        .values_list("month")
        .annotate(Max("made_at"))
    )
    return [(month, made.get(month)) for month in sorted(months)]
