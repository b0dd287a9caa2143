"""What can be said of facts some of which are unknown (`None`)."""

from collections.abc import Iterable
from decimal import Decimal

from courses.regulation.record import record
from courses.regulation.texts import Number


@record()
class Amount:
    """A sum or count of which perhaps only a part is known.

    Attributes:
        known: What is surely there.
        is_whole: Nothing is missing from it; otherwise the truth may be larger.
    """

    known: Number
    is_whole: bool

    def is_at_least(self, least: Number) -> bool | None:
        """Whether it reaches `least`; `None` when that cannot be told."""
        if self.known >= least:
            return True
        return False if self.is_whole else None

    def is_at_most(self, most: Number) -> bool | None:
        """Whether it stays within `most`; `None` when that cannot be told."""
        if self.known > most:
            return False
        return True if self.is_whole else None

    def is_between(self, least: Number, most: Number) -> bool | None:
        """Whether it lies between both, ends included."""
        return all_of((self.is_at_least(least), self.is_at_most(most)))


UNKNOWN = Amount(0, is_whole=False)
_ZERO = Decimal(0)


def amount_of(value: Number | None) -> Amount:
    """A single value as an amount."""
    return UNKNOWN if value is None else Amount(value, is_whole=True)


def total_of(values: Iterable[Number | None]) -> Amount:
    """The sum of the known values; whole when all are known."""
    given = list(values)
    known = [value for value in given if value is not None]
    return Amount(sum(known, _ZERO), is_whole=len(known) == len(given))


def any_of(values: Iterable[bool | None]) -> bool | None:
    """True when one is; `None` when none is but one is unknown."""
    seen = set(values)
    if True in seen:
        return True
    return None if None in seen else False


def all_of(values: Iterable[bool | None]) -> bool | None:
    """False when one is; `None` when none is but one is unknown."""
    seen = set(values)
    if False in seen:
        return False
    return None if None in seen else True


def has_words(text: str | None) -> bool | None:
    """Whether a text says anything: a dash, dots or blanks do not."""
    if text is None:
        return None
    # Nearly every text begins with a letter: the others are read sign by sign.
    return text[:1].isalnum() or any(map(str.isalnum, text))
