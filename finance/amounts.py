"""Amounts and days as people and banks write them."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

# 1 234,50 and 1 234.50, with any kind of space between thousands; a minus of any kind.
_AMOUNT = re.compile(r"[-−]?\d{1,12}(?:[.,]\d{1,2})?", re.ASCII)
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f']")
_CENT = Decimal("0.01")
_DAY_FORMATS = ("%d.%m.%Y", "%Y-%m-%d")


def read_amount(value: Any) -> Decimal:
    """Return an amount written as a number or as “1 234,50”, to the cent.

    Raises:
        ValueError: it is none, or has a part of a cent; the text says what to write.
    """
    text = str(value)
    if isinstance(value, float):
        # A cell of a spreadsheet: the nearest cent, if it is meant to be one.
        text = f"{value:.2f}" if abs(value - round(value, 2)) < 1e-6 else text  # noqa: PLR2004
    text = _SPACES.sub("", text)
    if _AMOUNT.fullmatch(text) is None:
        raise ValueError(_("Write an amount like 1 234,50."))
    return Decimal(text.replace(",", ".").replace("−", "-")).quantize(_CENT)


def read_day(value: Any) -> date:
    """Return a day written as a date of a spreadsheet, 01.03.2026 or 2026-03-01.

    Raises:
        ValueError: it is none; the text says what to write.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    for form in _DAY_FORMATS:
        try:
            return datetime.strptime(str(value).strip(), form).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    raise ValueError(_("Write a day like 01.03.2026."))
