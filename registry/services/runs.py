"""Runs of a course, from the plan to the end (MIN 5.5)."""

from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.workflow import WrongState, apply
from registry.enums import CLOSED_ENTRY_STATES, RunState
from registry.models import RegisterEntry, Run

PASSING_POINTS = Decimal(60)


def plan_run(
    *,
    entry: RegisterEntry,
    title: str,
    starts_on: date,
    ends_on: date,
    by: User,
    at: datetime,
    passing_points: Decimal = PASSING_POINTS,
    lms_url: str = "",
) -> Run:
    """Plan a run; enrolment opens by `open_run_enrolment`.

    Raises:
        PermissionDenied: `by` does not plan runs.
        WrongState: the course is archived or removed.
        ValidationError: a value is not one that a run may have.
    """
    run = Run(
        entry=entry,
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
        passing_points=passing_points,
        lms_url=lms_url,
    )
    if not by.has_perm("registry.manage_run", run):
        raise PermissionDenied
    with transaction.atomic():
        locked = RegisterEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
        if locked.state in CLOSED_ENTRY_STATES:
            raise WrongState(_("The course is archived or removed from the register."))
        run.full_clean()
        run.save()
    return run


def change_run(*, run: Run, by: User) -> Run:
    """Save what was changed in a run.

    Points to pass stay as they are once enrolment is open: learners were told them.

    Raises:
        PermissionDenied: `by` does not plan runs.
        WrongState: the run is closed, or its points to pass may not change any more.
        ValidationError: a value is not one that a run may have.
    """
    if not by.has_perm("registry.manage_run", run):
        raise PermissionDenied
    with transaction.atomic():
        before = Run.objects.select_for_update().get(pk=run.pk)
        if before.state == RunState.CLOSED:
            raise WrongState(_("The run is closed."))
        if (
            before.state == RunState.OPEN
            and run.passing_points != before.passing_points
        ):
            raise WrongState(_("Learners have enrolled by these points to pass."))
        run.full_clean()
        run.save(
            update_fields=["title", "starts_on", "ends_on", "passing_points", "lms_url"]
        )
    return run


def open_run_enrolment(*, run: Run, by: User, at: datetime, comment: str = "") -> None:
    """Open the enrolment of a planned run. See `core.workflow.apply`."""
    with transaction.atomic():
        # Held against an archiving, which asks whether a run of the course is under way.
        RegisterEntry.objects.select_for_update(of=("self",)).get(pk=run.entry_id)
        apply(run, "open_enrolment", by=by, at=at, comment=comment)


def close_run(*, run: Run, by: User, at: datetime, comment: str = "") -> None:
    """Close a run: its results stay as they are (MIN 5.5.6). See `apply`."""
    apply(run, "close", by=by, at=at, comment=comment)
