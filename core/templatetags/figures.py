"""How numbers, money and dates are written on a page."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
CURRENCY_SIGNS = {"RUB": "₽", "KZT": "₸", "KGS": _("som"), "EUR": "€", "USD": "$"}

Number = int | float | Decimal


def number(value: Number | None, decimals: int | None = None) -> str:
    """Write a number with thousands apart: 1 234 567,89; nothing is a dash."""
    if value is None:
        return "—"
    text = formats.number_format(
        -value if value < 0 else value, decimals, force_grouping=True
    )
    return f"{MINUS}{text}" if value < 0 else text


def money(value: Decimal | None, currency: str = "") -> str:
    """Write an amount to the hundredth with its currency: 1 234 567,89 ₸."""
    if value is None:
        return "—"
    sign = CURRENCY_SIGNS.get(currency, currency)
    return f"{number(value, 2)}{NO_BREAK_SPACE}{sign}".rstrip(NO_BREAK_SPACE)


def day(value: date | None) -> str:
    """Write a date: 21.11.2026; of a moment, the date where the centre is."""
    if value is None:
        return "—"
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return formats.date_format(value, "SHORT_DATE_FORMAT")


def moment(value: datetime | None) -> str:
    """Write a moment by the centre's clock: 21.11.2026 14:05."""
    if value is None:
        return "—"
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return formats.date_format(local, "SHORT_DATETIME_FORMAT")


def working_days(count: int) -> str:
    """Write a count of working days in words: 3 working days."""
    return ngettext("%(count)d working day", "%(count)d working days", count) % {
        "count": count
    }
