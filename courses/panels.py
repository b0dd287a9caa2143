"""What the apps above show on a course: they register it when they are ready.

Courses know none of them by name: a panel of the version's page is a template and a
function that fills it, a debt is told by a function for many versions at once.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from accounts.models import User
from courses.models import CourseVersion
from courses.regulation.engine import Report

ContextFunction = Callable[
    [CourseVersion, User, datetime, Report], Mapping[str, Any] | None
]


@dataclass(frozen=True, slots=True)
class VersionPanel:
    """A panel of the version's page: its template and its filled context.

    The template finds the context's own keys, `version`, and what every page has.
    """

    template: str
    context: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the way of a course, as `components/timeline.html` draws it.

    `state` is done, now, stopped or ahead.
    """

    title: str
    state: str
    at: datetime | None = None
    who: str = ""
    due: str = ""
    url: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class Debt:
    """Who owes the next step of a version, and by when."""

    who: str
    due_on: date | None = None


StepsFunction = Callable[[CourseVersion, datetime], Iterable[Step]]
DebtsFunction = Callable[[Sequence[int]], Mapping[int, Debt]]

_PANELS: list[tuple[str, ContextFunction]] = []
_STEPS: list[StepsFunction] = []
_DEBTS: list[DebtsFunction] = []


def register_version_panel(template: str, context_function: ContextFunction) -> None:
    """Show a panel on the version's page.

    `context_function(version, user, at, report)` returns the context, or None where
    there is nothing to show; the report is the check that the page shows. A key `action` with `label` and `url` becomes the page's one main
    action, the first registered panel that has one winning.
    """
    _PANELS.append((template, context_function))


def register_steps(function: StepsFunction) -> None:
    """Add steps after the version's own to its way: `function(version, at)`."""
    _STEPS.append(function)


def register_debts(function: DebtsFunction) -> None:
    """Tell who owes the next step: `function(version ids)` → debt by version id."""
    _DEBTS.append(function)


def panels_of(
    version: CourseVersion, user: User, at: datetime, report: Report
) -> list[VersionPanel]:
    """Return the panels that have something to show."""
    filled = (
        (template, function(version, user, at, report))
        for template, function in _PANELS
    )
    return [
        VersionPanel(template, context)
        for template, context in filled
        if context is not None
    ]


def steps_after(version: CourseVersion, at: datetime) -> list[Step]:
    """Return the steps that the apps above add to the way of a version."""
    return [step for function in _STEPS for step in function(version, at)]


def debts_told(version_ids: Sequence[int]) -> dict[int, Debt]:
    """Return what the apps above know of who owes the next step."""
    debts: dict[int, Debt] = {}
    for function in _DEBTS:
        debts.update(function(version_ids))
    return debts
