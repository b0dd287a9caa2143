"""What a person owes: each app tells its part, the desk in `config` gathers them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that somebody owes, or waits for.

    `is_mine` is false for what waits for another person; `due_at` may be unknown.
    """

    title: str
    url: str
    detail: str = ""
    due_at: datetime | None = None
    is_mine: bool = True


Contributor = Callable[[Any, datetime], Iterable[Duty]]

_CONTRIBUTORS: list[Contributor] = []


def contributes(function: Contributor) -> Contributor:
    """Register a function (user, at) → duties; apps do so when they are ready."""
    _CONTRIBUTORS.append(function)
    return function


def duties_of(user: Any, at: datetime) -> list[Duty]:
    """Return all duties of a user: own before others', by deadline, undated last."""
    duties = [duty for tell in _CONTRIBUTORS for duty in tell(user, at)]
    return sorted(
        duties,
        key=lambda duty: (
            not duty.is_mine,
            duty.due_at is None,
            duty.due_at or at,
            duty.title,
        ),
    )
