"""What the expertise shows of itself on the page of a course version."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from core.deadlines import working_days_left
from courses.models import CourseVersion
from courses.panels import Debt, register_debts, register_version_panel
from courses.regulation.engine import Report
from expertise.enums import OPEN_STATES
from expertise.models import Expertise
from expertise.selectors import reasons_against_request, rounds_of

# More reasons than these are counted and shown on the page of the request.
REASONS_SHOWN = 5


def version_panel(
    version: CourseVersion, user: User, at: datetime, report: Report
) -> dict[str, Any] | None:
    """Return the rounds of a version and whether it may be sent to the next one."""
    rounds = [(row, working_days_left(row.due_on, at)) for row in rounds_of(version)]
    may_request = version.is_editable and user.has_perm("expertise.request", version)
    if not rounds and not may_request:
        return None
    reasons = reasons_against_request(version, report) if may_request else []
    context: dict[str, Any] = {
        "rounds": rounds,
        "may_request": may_request,
        "request_url": reverse("expertise:expertise_request", args=[version.pk]),
        "reasons": reasons[:REASONS_SHOWN],
        "more_reasons": max(0, len(reasons) - REASONS_SHOWN),
    }
    if may_request and not reasons:
        context["action"] = {
            "label": _("Send to expertise"),
            "url": context["request_url"],
        }
    return context


def expertise_debts(version_ids: Sequence[int]) -> Mapping[int, Debt]:
    """Tell who owes the verdict, or the appointment of an expert."""
    rows = Expertise.objects.filter(
        version__in=version_ids, state__in=OPEN_STATES
    ).select_related("expert")
    return {
        row.version_id: Debt(str(row.expert or _("The centre")), row.due_on)
        for row in rows
    }


register_version_panel("expertise/_version_panel.html", version_panel)
register_debts(expertise_debts)
