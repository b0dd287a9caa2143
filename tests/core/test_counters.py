"""Numbers without gaps, on real PostgreSQL."""

from threading import Barrier

import pytest
from django.db import connection, transaction

from core.counters import next_number, next_numbers
from core.models import Counter
from tests.core.threads import run_together

THREADS = 8
NUMBERS_EACH = 25


@pytest.fixture
def register(transactional_db):
    """A table of numbers given, as a register would keep them."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE numbers_given (number int NOT NULL)")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE numbers_given")


def give(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO numbers_given VALUES (%s)", [number])


def given() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM numbers_given ORDER BY number")
        return [row[0] for row in cursor.fetchall()]


def greatest_given() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(MAX(number), 0) FROM numbers_given")
        return cursor.fetchone()[0]


def test_a_series_starts_at_one_and_goes_on(db):
    with transaction.atomic():
        assert [next_number("register") for _ in range(3)] == [1, 2, 3]


def test_a_block_of_numbers_follows_what_was_given(db):
    with transaction.atomic():
        next_number("certificates")
        assert list(next_numbers("certificates", count=200)) == list(range(2, 202))
        assert next_number("certificates") == 202


def test_series_do_not_know_each_other(db):
    with transaction.atomic():
        next_number("contracts")
        assert next_number("register") == 1


def test_a_number_is_not_taken_outside_a_transaction(transactional_db):
    with pytest.raises(transaction.TransactionManagementError):
        next_number("register")
    assert not Counter.objects.exists()


def test_a_number_of_a_transaction_rolled_back_is_given_again(transactional_db):
    with transaction.atomic():
        assert next_number("register") == 1
        transaction.set_rollback(True)
    with transaction.atomic():
        assert next_number("register") == 1


def test_two_hundred_numbers_taken_at_once_have_no_gap_and_no_double(register):
    def take(thread: int) -> None:
        for turn in range(NUMBERS_EACH):
            # Every fifth transaction fails after it took its number, and comes again.
            for is_failing in [True, False] if (turn + thread) % 5 == 0 else [False]:
                with transaction.atomic():
                    give(next_number("register"))
                    transaction.set_rollback(is_failing)

    run_together(take, THREADS)
    assert given() == list(range(1, THREADS * NUMBERS_EACH + 1))


def test_the_greatest_number_plus_one_gives_doubles_at_once(register):
    """The negative control: without the counter's lock the same race loses."""
    all_have_looked = Barrier(THREADS)

    def take(_number: int) -> None:
        with transaction.atomic():
            number = greatest_given() + 1
            all_have_looked.wait(timeout=10)
            give(number)

    run_together(take, THREADS)
    assert given() == [1] * THREADS
