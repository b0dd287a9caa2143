"""What people owe: told to the desk."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.desk import Duty, contributes
from courses.regulation.finding import Finding
from courses.wording import say
from registry.enums import EnrolmentState, RunState
from registry.models import Enrolment, RegisterEntry, Run
from registry.selectors import (
    enrolments_of,
    entries_awaiting_documents,
    missing_documents,
    runs_past_their_end,
    unmet_before_opening,
)


@contributes
def documents_owed(user: Any, _at: datetime) -> Iterable[Duty]:
    """What is due after the verdict, and entries to open once it is done.

    Authors hand in the documents, the short description and the illustration; the
    centre waits for them, then opens (MIN 5.4.8, 5.4.10).
    """
    is_keeper = user.has_perm("registry.manage_entry")
    entries = entries_awaiting_documents()
    if not is_keeper:
        entries = entries.filter(version__authorships__user=user)
    unmet = unmet_before_opening(entries)
    return [
        duty
        for entry in entries
        for duty in _opening_duties(entry, unmet[entry.pk], is_keeper=is_keeper)
    ]


def _opening_duties(
    entry: RegisterEntry, unmet: Sequence[Finding], *, is_keeper: bool
) -> Iterator[Duty]:
    missing = missing_documents(entry)
    if unmet:
        yield _duty(
            entry,
            _("Prepare the showcase: %(course)s"),
            url=reverse("courses:opening_edit", args=[entry.version_id]),
            detail="; ".join(capfirst(say(finding.required)) for finding in unmet),
            is_mine=not is_keeper,
        )
    if missing:
        yield _duty(
            entry,
            _("Hand in the documents: %(course)s"),
            url=reverse("registry:entry_detail", args=[entry.pk]),
            detail=", ".join(str(kind.label) for kind in missing),
            is_mine=not is_keeper,
        )
    if not unmet and not missing:
        yield _duty(
            entry,
            _("Enter in the register: %(course)s"),
            url=reverse("registry:entry_detail", args=[entry.pk]),
            detail=_("All documents are in"),
            is_mine=is_keeper,
        )


def _duty(
    entry: RegisterEntry, title: str, *, url: str, detail: str, is_mine: bool
) -> Duty:
    return Duty(
        title=title % {"course": entry.version.title},
        url=url,
        detail=detail,
        due_at=entry.documents_due_at,
        is_mine=is_mine,
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
