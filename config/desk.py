"""The desk: duties gathered from all apps, with the working days that are left."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from core.deadlines import count_working_days, moved_days
from core.desk import Duty, duties_of

# Farther deadlines show their date alone.
DAYS_COUNTED = 120


@dataclass(frozen=True, slots=True)
class Line:
    """A duty as the desk shows it; `days_left` are working days, negative when late."""

    duty: Duty
    days_left: int | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """What a person owes, and what a person waits for."""

    mine: list[Line]
    waiting: list[Line]

    @property
    def late_count(self) -> int:
        """How much of one's own is overdue."""
        return sum(line.is_late for line in self.mine)


def desk_of(user: User, at: datetime) -> Desk:
    """Return a person's desk: own duties overdue first, then by deadline."""
    moved = moved_days(settings.COUNTRY)
    lines = [
        Line(
            duty,
            _days_left(duty.due_at, at, moved),
            duty.due_at is not None and duty.due_at < at,
        )
        for duty in duties_of(user, at)
    ]
    return Desk(
        mine=[line for line in lines if line.duty.is_mine],
        waiting=[line for line in lines if not line.duty.is_mine],
    )


def _days_left(
    due_at: datetime | None, at: datetime, moved: dict[date, bool]
) -> int | None:
    if due_at is None:
        return None
    today, last = timezone.localdate(at), timezone.localdate(due_at)
    if today == last or abs((last - today).days) > DAYS_COUNTED:
        return 0 if today == last else None
    first, second = sorted((today, last))
    days = count_working_days(first, second, country=settings.COUNTRY, moved=moved)
    # Over a weekend alone no working day passes: late is late, ahead has its date.
    return -max(days, 1) if last < today else days or None
