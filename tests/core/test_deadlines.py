"""Working days of Russia, Kazakhstan and Kyrgyzstan, and terms counted in them."""

from datetime import UTC, date, datetime

import pytest

from core.deadlines import (
    add_working_days,
    count_working_days,
    due_at,
    first_working_day,
    is_working_day,
    moved_days,
)
from core.enums import TermUnit
from core.models import DayOverride

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("country", "day", "is_worked"),
    [
        ("RU", date(2026, 9, 14), True),  # a Monday
        ("RU", date(2026, 9, 12), False),  # a Saturday
        ("RU", date(2026, 1, 9), False),  # moved from Saturday, 3 January
        ("RU", date(2026, 3, 9), False),  # after Women's Day on a Sunday
        ("RU", date(2024, 4, 27), True),  # a Saturday worked for 29 April
        ("RU", date(2024, 4, 29), False),
        ("RU", date(2026, 3, 23), True),
        ("KZ", date(2026, 3, 23), False),  # Nauryz
        ("KZ", date(2026, 3, 24), False),  # Nauryz fell on a weekend
        ("KZ", date(2026, 3, 26), True),
        ("KZ", date(2026, 8, 31), True),
        ("KG", date(2026, 8, 31), False),  # Independence Day
        ("KG", date(2026, 5, 5), False),  # Constitution Day
        ("RU", date(2026, 5, 5), True),
    ],
)
def test_each_country_has_its_own_calendar(country, day, is_worked):
    assert is_working_day(day, country=country) is is_worked


@pytest.mark.parametrize("is_working", [True, False])
def test_a_moved_day_goes_before_the_calendar(is_working):
    day = date(2026, 9, 12) if is_working else date(2026, 9, 14)
    DayOverride.objects.create(
        country="RU", day=day, is_working=is_working, reason="Приказ ректора"
    )
    assert is_working_day(day, country="RU") is is_working
    assert is_working_day(day, country="KZ") is not is_working


def test_working_days_pass_over_holidays():
    # Wednesday; Thursday is 1 January, the holidays last until Friday, the 9th.
    assert add_working_days(date(2025, 12, 30), 1, country="RU") == date(2026, 1, 12)


def test_no_working_days_lead_nowhere():
    assert add_working_days(date(2026, 9, 14), 0, country="RU") == date(2026, 9, 14)


def test_days_are_counted_without_the_first_and_with_the_last():
    monday, next_monday = date(2026, 9, 14), date(2026, 9, 21)
    assert count_working_days(monday, next_monday, country="RU") == 5
    assert count_working_days(next_monday, monday, country="RU") == 0


def test_counting_takes_one_query_however_long(django_assert_num_queries):
    with django_assert_num_queries(1):
        count_working_days(date(2026, 1, 1), date(2026, 12, 31), country="KZ")


def test_counting_takes_no_query_where_moved_days_are_given(django_assert_num_queries):
    moved = moved_days("RU")
    with django_assert_num_queries(0):
        count_working_days(
            date(2026, 1, 1), date(2026, 12, 31), country="RU", moved=moved
        )


@pytest.mark.parametrize(
    ("month", "first"), [(1, date(2026, 1, 12)), (9, date(2026, 9, 1))]
)
def test_the_first_working_day_of_a_month(month, first):
    assert first_working_day(2026, month, country="RU") == first


@pytest.mark.parametrize(
    ("unit", "due"),
    [
        # From Friday, 18 September 2026, 16:00 in Moscow; 4 November and 31 December
        # are holidays.
        (TermUnit.HOURS, datetime(2026, 9, 21, 13, 0, tzinfo=UTC)),
        (TermUnit.CALENDAR_DAYS, datetime(2026, 11, 29, 20, 59, 59, tzinfo=UTC)),
        (TermUnit.WORKING_DAYS, datetime(2026, 12, 30, 20, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_term_is_counted_in_its_own_unit(unit, due, settings):
    """Source: MIN 5.2.5 (working days), 5.2.7 (hours), 5.4.8 (calendar days)."""
    settings.TIME_ZONE = "Europe/Moscow"
    start = datetime(2026, 9, 18, 13, 0, tzinfo=UTC)
    assert due_at(start, 72, unit, country="RU") == due


def test_a_day_begins_where_the_centre_is():
    # 22:30 in UTC is the next day in Moscow.
    start = datetime(2026, 9, 14, 22, 30, tzinfo=UTC)
    assert due_at(start, 1, TermUnit.CALENDAR_DAYS, country="RU") == datetime(
        2026, 9, 16, 20, 59, 59, tzinfo=UTC
    )
