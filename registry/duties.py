"""What people owe: told to the desk."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.desk import Duty, contributes
from registry.enums import EnrolmentState, RunState
from registry.models import Enrolment, RegisterEntry, Run
from registry.selectors import (
    enrolments_of,
    entries_awaiting_documents,
    missing_documents,
    runs_past_their_end,
)


@contributes
def documents_owed(user: Any, _at: datetime) -> Iterable[Duty]:
    """Documents to hand in, and entries to open once they are in (MIN 5.4.8, 5.4.10).

    Authors hand in; the centre waits for them, then opens.
    """
    is_keeper = user.has_perm("registry.manage_entry")
    entries = entries_awaiting_documents()
    if not is_keeper:
        entries = entries.filter(version__authorships__user=user)
    return [_document_duty(entry, is_keeper=is_keeper) for entry in entries]


def _document_duty(entry: RegisterEntry, *, is_keeper: bool) -> Duty:
    missing = missing_documents(entry)
    title = (
        _("Hand in the documents: %(course)s")
        if missing
        else _("Enter in the register: %(course)s")
    )
    return Duty(
        title=title % {"course": entry.version.title},
        url=reverse("registry:entry_detail", args=[entry.pk]),
        detail=", ".join(str(kind.label) for kind in missing)
        or _("All documents are in"),
        due_at=entry.documents_due_at,
        is_mine=is_keeper != bool(missing),
    )


@contributes
def runs_to_close(user: Any, at: datetime) -> Iterable[Duty]:
    """Runs that have ended: their results are taken in, then they are closed."""
    if not user.has_perm("registry.manage_run"):
        return []
    return [
        Duty(
            title=_("Take in the results and close: %(run)s") % {"run": run.title},
            url=reverse("registry:run_detail", args=[run.pk]),
            detail=run.entry.version.title,
            due_at=_end_of(run),
        )
        for run in runs_past_their_end(timezone.localdate(at))
    ]


@contributes
def courses_to_finish(user: Any, at: datetime) -> Iterable[Duty]:
    """Courses that a learner is in now and has no result of yet."""
    enrolments: Iterable[Enrolment] = enrolments_of(user).filter(
        state=EnrolmentState.ENROLLED,
        run__state=RunState.OPEN,
        run__ends_on__gte=timezone.localdate(at),
        result=None,
    )
    return [
        Duty(
            title=_("Finish the course: %(course)s")
            % {"course": enrolment.run.entry.version.title},
            url=reverse("registry:my_learning"),
            detail=enrolment.run.title,
            due_at=_end_of(enrolment.run),
        )
        for enrolment in enrolments
    ]


def _end_of(run: Run) -> datetime:
    return timezone.make_aware(datetime.combine(run.ends_on, time(23, 59, 59)))
