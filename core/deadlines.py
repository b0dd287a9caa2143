"""Terms and deadlines: hours, calendar days, working days of RU, KZ and KG."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import holidays
from django.conf import settings
from django.utils import timezone

from core.enums import TermUnit
from core.models import DayOverride

SATURDAY = 5
ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=64)
def _public_holidays(country: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, years=year))


@lru_cache(maxsize=64)
def _working_weekends(country: str, year: int) -> frozenset[date]:
    calendar = holidays.country_holidays(country, years=year)
    return frozenset(getattr(calendar, "weekend_workdays", ()))


def moved_days(country: str) -> dict[date, bool]:
    """Return the days whose calendar staff have changed: day → is it worked."""
    rows = DayOverride.objects.filter(country=country)
    return dict(rows.values_list("day", "is_working"))


def is_working_day(
    day: date, *, country: str, moved: Mapping[date, bool] | None = None
) -> bool:
    """Tell whether `day` is worked: moved days first, then transfers, then the week.

    `moved` spares a query where many days are asked about; see `moved_days`.
    """
    moved = moved_days(country) if moved is None else moved
    if day in moved:
        return moved[day]
    if day in _working_weekends(country, day.year):
        return True
    return day.weekday() < SATURDAY and day not in _public_holidays(country, day.year)


def add_working_days(start: date, days: int, *, country: str) -> date:
    """Return the day that is `days` working days after `start`, `start` not counted."""
    moved = moved_days(country)
    day = start
    while days > 0:
        day += ONE_DAY
        if is_working_day(day, country=country, moved=moved):
            days -= 1
    return day


def count_working_days(
    start: date, end: date, *, country: str, moved: Mapping[date, bool] | None = None
) -> int:
    """Count the working days after `start` up to `end`; none where `end` is earlier."""
    moved = moved_days(country) if moved is None else moved
    days = (start + n * ONE_DAY for n in range(1, (end - start).days + 1))
    return sum(is_working_day(day, country=country, moved=moved) for day in days)


def first_working_day(year: int, month: int, *, country: str) -> date:
    """Return the first working day of a month."""
    return add_working_days(date(year, month, 1) - ONE_DAY, 1, country=country)


def due_at(start: datetime, amount: int, unit: str, *, country: str) -> datetime:
    """Return when a term that began at `start` runs out.

    Hours run by the clock; days end with the last of them, by the centre's time.
    """
    if unit == TermUnit.HOURS:
        return start + timedelta(hours=amount)
    first = timezone.localdate(start)
    if unit == TermUnit.WORKING_DAYS:
        last = add_working_days(first, amount, country=country)
    else:
        last = first + timedelta(days=amount)
    return timezone.make_aware(datetime.combine(last, time(23, 59, 59)))


def working_days_left(on: date | None, at: datetime) -> int | None:
    """Return the working days until a day, below nought when it is over."""
    return deadlines_left([on], at).get(on) if on else None


def deadlines_left(days: Iterable[date | None], at: datetime) -> dict[date, int]:
    """Return the working days until each of some days, in one query."""
    today, moved = timezone.localdate(at), moved_days(settings.COUNTRY)
    return {day: _distance(today, day, moved) for day in set(days) if day is not None}


def _distance(today: date, day: date, moved: dict[date, bool]) -> int:
    first, last = sorted((today, day))
    count = count_working_days(first, last, country=settings.COUNTRY, moved=moved)
    return -max(count, 1) if day < today else count
