"""The way of a register entry, a run and an enrolment (MIN 5.4.10, 5.5, 5.6)."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.workflow import Transition, Workflow
from courses.selectors import reasons_against_opening
from registry.enums import EnrolmentState, EntryState, RunState
from registry.models import Enrolment, RegisterEntry, Result, Run
from registry.selectors import (
    certificate_languages,
    missing_documents,
    reasons_against_enrolment,
)


def _guard_documents(entry: RegisterEntry, _by: Any, _at: datetime) -> list[str]:
    return [
        gettext("Not received yet: %(document)s.") % {"document": kind.label}
        for kind in missing_documents(entry)
    ]


def _guard_showcase(entry: RegisterEntry, _by: Any, _at: datetime) -> list[str]:
    return reasons_against_opening(entry.version)


def _guard_no_run_under_way(entry: RegisterEntry, _by: Any, _at: datetime) -> list[str]:
    return [
        gettext("The run “%(run)s” is under way: close it first.") % {"run": run.title}
        for run in entry.runs.filter(state=RunState.OPEN)
    ]


def _guard_entry_is_open(run: Run, _by: Any, _at: datetime) -> list[str]:
    if run.entry.state == EntryState.OPEN:
        return []
    return [gettext("The course is not open in the register.")]


def _guard_run_is_open(enrolment: Enrolment, _by: Any, _at: datetime) -> list[str]:
    if enrolment.run.state == RunState.CLOSED:
        return [gettext("The run is closed.")]
    return []


def _guard_no_result(enrolment: Enrolment, _by: Any, _at: datetime) -> list[str]:
    if Result.objects.filter(enrolment=enrolment).exists():
        return [gettext("The result of the course is in already.")]
    return []


def _guard_enrolment_is_open(enrolment: Enrolment, _by: Any, at: datetime) -> list[str]:
    return reasons_against_enrolment(enrolment.run, timezone.localdate(at))


def _guard_title_in_language(
    enrolment: Enrolment, _by: Any, _at: datetime
) -> list[str]:
    if enrolment.language in certificate_languages(enrolment.run.entry.version):
        return []
    return [gettext("The course has no title in this language.")]


def _stamp_opened(entry: RegisterEntry, by: Any, at: datetime) -> None:
    entry.opened_at = at
    entry.opened_by = by


def _stamp_entry_closed(entry: RegisterEntry, _by: Any, at: datetime) -> None:
    entry.closed_at = at


def _stamp_run_opened(run: Run, _by: Any, at: datetime) -> None:
    run.opened_at = at


def _stamp_run_closed(run: Run, _by: Any, at: datetime) -> None:
    run.closed_at = at


def _stamp_withdrawn(enrolment: Enrolment, _by: Any, at: datetime) -> None:
    enrolment.withdrawn_at = at


def _stamp_enrolled_again(enrolment: Enrolment, _by: Any, at: datetime) -> None:
    enrolment.enrolled_at = at
    enrolment.withdrawn_at = None


ENTRY_WORKFLOW = Workflow(
    RegisterEntry,
    state="state",
    transitions=[
        Transition(
            name="open",
            label=_("Enter in the register and open"),
            sources=(EntryState.DOCUMENTS,),
            target=EntryState.OPEN,
            permission="registry.manage_entry",
            fields=("number",),
            guards=(_guard_documents, _guard_showcase),
            stamps=(_stamp_opened,),
            clause="MIN 5.4.10",
        ),
        Transition(
            name="suspend",
            label=_("Suspend"),
            sources=(EntryState.OPEN,),
            target=EntryState.SUSPENDED,
            permission="registry.manage_entry",
            needs_comment=True,
        ),
        # What the gate of the opening asked cannot have changed since: both the short
        # description and the illustration are locked. So it is not asked anew.
        Transition(
            name="resume",
            label=_("Open again"),
            sources=(EntryState.SUSPENDED,),
            target=EntryState.OPEN,
            permission="registry.manage_entry",
        ),
        Transition(
            name="archive",
            label=_("Archive"),
            sources=(EntryState.OPEN, EntryState.SUSPENDED),
            target=EntryState.ARCHIVED,
            permission="registry.manage_entry",
            guards=(_guard_no_run_under_way,),
            stamps=(_stamp_entry_closed,),
        ),
        Transition(
            name="remove",
            label=_("Remove on the unit's application"),
            sources=(EntryState.OPEN, EntryState.SUSPENDED),
            target=EntryState.REMOVED,
            permission="registry.manage_entry",
            guards=(_guard_no_run_under_way,),
            stamps=(_stamp_entry_closed,),
            needs_comment=True,
            clause="MIN 5.6.2",
        ),
    ],
)

RUN_WORKFLOW = Workflow(
    Run,
    state="state",
    transitions=[
        Transition(
            name="open_enrolment",
            label=_("Open enrolment"),
            sources=(RunState.PLANNED,),
            target=RunState.OPEN,
            permission="registry.manage_run",
            guards=(_guard_entry_is_open,),
            stamps=(_stamp_run_opened,),
            clause="MIN 5.4.10",
        ),
        Transition(
            name="close",
            label=_("Close the run"),
            sources=(RunState.OPEN,),
            target=RunState.CLOSED,
            permission="registry.manage_run",
            stamps=(_stamp_run_closed,),
            clause="MIN 5.5.6",
        ),
    ],
)

ENROLMENT_WORKFLOW = Workflow(
    Enrolment,
    state="state",
    transitions=[
        Transition(
            name="withdraw",
            label=_("Withdraw"),
            sources=(EnrolmentState.ENROLLED,),
            target=EnrolmentState.WITHDRAWN,
            permission="registry.withdraw",
            guards=(_guard_run_is_open, _guard_no_result),
            stamps=(_stamp_withdrawn,),
        ),
        Transition(
            name="enrol_again",
            label=_("Enrol again"),
            sources=(EnrolmentState.WITHDRAWN,),
            target=EnrolmentState.ENROLLED,
            permission="registry.enrol_again",
            fields=("language",),
            guards=(_guard_enrolment_is_open, _guard_title_in_language),
            stamps=(_stamp_enrolled_again,),
        ),
    ],
)
