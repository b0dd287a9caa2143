"""What the register adds to the pages of courses: a panel, steps of the way, debts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from courses.enums import Stage
from courses.models import CourseVersion
from courses.panels import Debt, Step
from registry.enums import REQUIRED_DOCUMENTS, EntryState
from registry.selectors import (
    entries_awaiting_documents,
    entry_of_version,
    missing_documents,
)


def entry_panel(
    version: CourseVersion, user: User, _at: datetime
) -> Mapping[str, Any] | None:
    """Show where the documents and the entry of a version stand."""
    entry = entry_of_version(version)
    if entry is None or not user.has_perm("registry.read_document", entry):
        return None
    missing = missing_documents(entry)
    return {
        "entry": entry,
        "documents": [
            {"kind": kind, "is_in": kind not in missing} for kind in REQUIRED_DOCUMENTS
        ],
    }


def entry_steps(version: CourseVersion, _at: datetime) -> Iterable[Step]:
    """Tell of the documents and of the opening on the way of a version."""
    entry = entry_of_version(version)
    if version.stage == Stage.REJECTED:
        return []
    if entry is None:
        return [
            Step(title=_("Documents"), state="ahead"),
            Step(title=_("Register"), state="ahead"),
        ]
    is_open = entry.state != EntryState.DOCUMENTS
    return [
        Step(
            title=_("Documents"),
            state="done" if is_open else "now",
            due="" if is_open else _due(entry.documents_due_at),
        ),
        Step(
            title=f"{_('Register')} № {entry.number}" if is_open else _("Register"),
            state="done" if is_open else "ahead",
            at=entry.opened_at,
        ),
    ]


def entry_debts(version_ids: Sequence[int]) -> Mapping[int, Debt]:
    """Tell who owes documents, and whose turn it is once they are in."""
    entries = entries_awaiting_documents().filter(version__in=version_ids)
    return {
        entry.version_id: Debt(
            who=_("author team") if missing_documents(entry) else _("centre staff"),
            due_on=timezone.localdate(entry.documents_due_at),
        )
        for entry in entries
    }


def _due(at: datetime) -> str:
    return _("until %(day)s") % {"day": f"{timezone.localtime(at):%d.%m.%Y}"}
