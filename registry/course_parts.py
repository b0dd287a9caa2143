"""What the register adds to the pages of courses: a panel, steps of the way, debts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.deadlines import working_days_left
from courses.enums import Stage
from courses.models import CourseVersion
from courses.panels import Debt, Step
from courses.regulation.engine import Report
from courses.selectors import left_before_opening
from registry.enums import REQUIRED_DOCUMENTS, EntryState
from registry.selectors import (
    entries_awaiting_documents,
    entry_of_version,
    missing_documents,
    unmet_before_opening,
)


def entry_panel(
    version: CourseVersion, user: User, at: datetime, report: Report
) -> Mapping[str, Any] | None:
    """Show where the documents, the showcase and the entry of a version stand."""
    entry = entry_of_version(version)
    if entry is None or not user.has_perm("registry.read_document", entry):
        return None
    missing = missing_documents(entry)
    context: dict[str, Any] = {
        "entry": entry,
        "documents": [
            {"kind": kind, "is_in": kind not in missing} for kind in REQUIRED_DOCUMENTS
        ],
    }
    if entry.state == EntryState.DOCUMENTS:
        context["unmet"] = left_before_opening(report)
        context["days_left"] = working_days_left(
            timezone.localdate(entry.documents_due_at), at
        )
    if context.get("unmet") and user.has_perm("courses.edit_showcase", version):
        context["action"] = {
            "label": _("Prepare the showcase"),
            "url": reverse("courses:opening_edit", args=[version.pk]),
        }
    return context


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
    """Tell who owes what the opening asks, and whose turn it is once it is in."""
    entries = entries_awaiting_documents().filter(version__in=version_ids)
    unmet = unmet_before_opening(entries)
    return {
        entry.version_id: Debt(
            who=_("author team")
            if missing_documents(entry) or unmet[entry.pk]
            else _("centre staff"),
            due_on=timezone.localdate(entry.documents_due_at),
        )
        for entry in entries
    }


def _due(at: datetime) -> str:
    return _("until %(day)s") % {"day": f"{timezone.localtime(at):%d.%m.%Y}"}
