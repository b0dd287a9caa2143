"""Numbers without gaps: registers, certificates, contracts."""

from django.db import connection, transaction


def next_numbers(series: str, *, count: int = 1) -> range:
    """Take the next `count` numbers of a series, which starts at 1.

    The counter's row stays locked until the caller's transaction ends, so a rolled-back
    number is given again: no gap, no double.

    Raises:
        TransactionManagementError: called outside a transaction.
    """
    if not connection.in_atomic_block:
        message = "A number without gaps is taken in the transaction that uses it."
        raise transaction.TransactionManagementError(message)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_counter (key, value) VALUES (%s, %s)"
            " ON CONFLICT (key) DO UPDATE SET value = core_counter.value + %s"
            " RETURNING value",
            [series, count, count],
        )
        last: int = cursor.fetchone()[0]
    return range(last - count + 1, last + 1)


def next_number(series: str) -> int:
    """Take the next number of a series. See `next_numbers`."""
    return next_numbers(series)[0]
