"""What the apps above show on pages of the register: they register it when ready.

The register knows none of them by name: a panel is a template and a function that
fills it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from registry.models import Enrolment, Run

LearningFunction = Callable[
    [User, Sequence[Enrolment]], Mapping[int, Mapping[str, Any]]
]
RunFunction = Callable[[Run, User, datetime], Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel with what its template finds under `panel`."""

    template: str
    context: Mapping[str, Any]


_LEARNING: list[tuple[str, LearningFunction]] = []
_RUN: list[tuple[str, RunFunction]] = []


def register_learning_panel(template: str, context_function: LearningFunction) -> None:
    """Show a panel beside a learner's enrolments on the page of one's learning.

    `context_function(user, enrolments)` returns contexts by the enrolment's id, for all
    of them at once; an enrolment it leaves out has no panel.
    """
    _LEARNING.append((template, context_function))


def register_run_panel(template: str, context_function: RunFunction) -> None:
    """Show a panel on the staff's page of a run.

    `context_function(run, user, at)` returns the context, or None for no panel.
    """
    _RUN.append((template, context_function))


def learning_panels(
    user: User, enrolments: Sequence[Enrolment]
) -> dict[int, list[Panel]]:
    """Return the panels of each enrolment by its id."""
    panels: dict[int, list[Panel]] = {enrolment.pk: [] for enrolment in enrolments}
    for template, function in _LEARNING:
        for pk, context in function(user, enrolments).items():
            panels[pk].append(Panel(template, context))
    return panels


def run_panels(run: Run, user: User, at: datetime) -> list[Panel]:
    """Return the panels that have something to show of a run."""
    filled = ((template, function(run, user, at)) for template, function in _RUN)
    return [
        Panel(template, context) for template, context in filled if context is not None
    ]
