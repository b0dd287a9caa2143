"""Values that a check makes by the thousand."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def record(*, kw_only: bool = False) -> Callable[[type[T]], type[T]]:
    """A dataclass that is frozen for the type checker, and not when it runs.

    One that is frozen when it runs takes eight times as long to make: half of a check.
    """
    return dataclass(slots=True, unsafe_hash=True, kw_only=kw_only)
