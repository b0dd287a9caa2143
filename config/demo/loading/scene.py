"""What the loaders share: the moment, the people and the courses made so far."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from accounts.models import Unit, User
from courses.models import CourseVersion

CONTENT = Path(__file__).resolve().parents[1] / "content"
# For the demo alone: shown at every start, of no worth anywhere else.
PASSWORD = "Portal-2026!"  # noqa: S105


def read_content(name: str) -> dict[str, Any]:
    """Return a content file of the demo."""
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))


@dataclass
class Scene:
    """The demo in the making."""

    at: datetime
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    versions: dict[str, CourseVersion] = field(default_factory=dict)
    learners: list[User] = field(default_factory=list)

    @property
    def staff(self) -> User:
        """The head of the open courses centre."""
        return self.people["sokolova"]

    def days_ago(self, days: int) -> datetime:
        """Return the moment so many days before the demo's now."""
        return self.at - timedelta(days=days)

    def day(self, offset: int) -> date:
        """Return the day so many days after today; before it where negative."""
        return timezone.localdate(self.at) + timedelta(days=offset)

    def month(self, offset: int) -> date:
        """Return the first day of a month counted from the current one."""
        today = timezone.localdate(self.at)
        index = today.year * 12 + today.month - 1 + offset
        return date(index // 12, index % 12 + 1, 1)


def picked(row: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """Return those of a row's values that are named and there."""
    return {name: row[name] for name in names if name in row}
