"""Drafts of forms, and who saved a row last."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

from accounts.models import User
from courses.models import CourseVersion, SectionDraft


@dataclass(frozen=True, slots=True)
class LastSave:
    """Who saved a row last, and when."""

    name: str
    at: datetime


def draft_of(version: CourseVersion, user: User, page: str) -> SectionDraft | None:
    """Return what a person typed into a form and the passport has not taken."""
    drafts = SectionDraft.objects.filter(version=version, user=user, page=page)
    return drafts.first()


def last_save_of(row: Model) -> LastSave | None:
    """Return who saved a row last, as the trail tells; nobody where it does not."""
    events: Any = row
    event = (
        events.events.order_by("-pgh_created_at", "-pgh_id")
        .values("pgh_created_at", "pgh_context")
        .first()
    )
    if event is None:
        return None
    user_id = (event["pgh_context"] or {}).get("user")
    user = User.objects.filter(pk=user_id).first() if user_id else None
    return LastSave(user.short_name if user else "", event["pgh_created_at"])
