"""Months: each is named by its first day; postings and closings are kept apart."""

from datetime import date

from django.db import connection

# The key of the advisory lock under which money is posted and months are closed.
_POSTINGS_LOCK = 45_01


def month_of(day: date) -> date:
    """Return the first day of a day's month."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    """Return the first day of the month after."""
    index = month.year * 12 + month.month
    return date(index // 12, index % 12 + 1, 1)


def previous_month(month: date) -> date:
    """Return the first day of the month before."""
    index = month.year * 12 + month.month - 2
    return date(index // 12, index % 12 + 1, 1)


def month_number(month: date) -> int:
    """Return a month as a number, which jobs know it by: 202611."""
    return month.year * 100 + month.month


def month_by_number(number: int) -> date:
    """Return the first day of the month that a number like 202611 names."""
    return date(number // 100, number % 100, 1)


def lock_postings(*, alone: bool) -> None:
    """Hold the postings until the transaction ends.

    Postings share the lock; a closing holds it alone, so that no payment slips into a
    month between its last report and its closing.
    """
    function = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [_POSTINGS_LOCK])
