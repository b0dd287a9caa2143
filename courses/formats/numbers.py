"""Numbers as authors write them."""

import re
from decimal import Context, Decimal
from functools import lru_cache

from courses.formats.reasons import BadQuestion, Reason

# With an exponent no more digits than what it comes to may have without one.
_NUMBER = re.compile(
    r"[-+]?(?:[0-9]{1,130}(?:\.[0-9]{0,130})?|\.[0-9]{1,130})"
    r"|[-+]?(?:[0-9]{1,30}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})[eE][-+]?[0-9]{1,2}"
)
# More digits than two such numbers have between them: nothing is rounded.
_EXACT = Context(prec=300)


@lru_cache(
    maxsize=1024
)  # a bank has the same few weights and points ten thousand times
def read_number(text: str) -> Decimal:
    """Read a number with a decimal point or comma.

    Raises:
        BadQuestion: it is none, or has more digits than a number has.
    """
    # A decimal comma and a typographic minus are how the number is written in print.
    text = text.strip().replace(",", ".").replace("\N{MINUS SIGN}", "-")
    if _NUMBER.fullmatch(text) is None:
        raise BadQuestion(Reason.NOT_A_NUMBER)
    return Decimal(text)


def read_range(low: str, high: str) -> tuple[Decimal, Decimal]:
    """Read the ends of a range as its middle and the way from there to an end."""
    first, last = read_number(low), read_number(high)
    middle = _EXACT.divide(_EXACT.add(first, last), Decimal(2))
    return middle, abs(_EXACT.divide(_EXACT.subtract(last, first), Decimal(2)))


def show_number(value: Decimal) -> str:
    """Write a number without an exponent."""
    return f"{value:f}"


@lru_cache(maxsize=1024)
def show_short(value: Decimal) -> str:
    """Write a number without an exponent and without zeros at its end."""
    return f"{value.normalize(_EXACT):f}"
