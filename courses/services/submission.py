"""Sending a version to expertise, and what is kept of it."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from core.workflow import apply
from courses.enums import CheckReason, SnapshotReason
from courses.models import Check, CourseVersion, PassportSnapshot, RegulationEdition
from courses.selectors import check_version, passport_content, passport_sha256
from courses.services.locks import lock_for_edit


def submit_version(
    *, version: CourseVersion, by: User, at: datetime
) -> tuple[PassportSnapshot, Check]:
    """Send a version to expertise; keep its passport and its check as they are.

    Raises:
        WrongState: it is there already, or decided upon.
        NotAllowed: `by` neither leads the authors nor heads the unit.
        GuardsUnmet: mandatory requirements are not met; its reasons name each.

    Source: MIN 5.4.2.
    """
    with transaction.atomic():
        apply(version, "submit_for_expertise", by=by, at=at)
        snapshot = take_snapshot(
            version=version, reason=SnapshotReason.SUBMISSION, by=by, at=at
        )
        check = record_check(
            version=version,
            reason=CheckReason.SUBMISSION,
            sha256=snapshot.sha256,
            by=by,
            at=at,
        )
    return snapshot, check


@transaction.atomic
def keep_check(*, version: CourseVersion, by: User, at: datetime) -> Check:
    """Keep the check as it is now, for the authors to see what turns after it.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
    """
    lock_for_edit(version, by=by)
    return record_check(version=version, reason=CheckReason.AUTHOR, by=by, at=at)


def take_snapshot(
    *, version: CourseVersion, reason: SnapshotReason, by: User, at: datetime
) -> PassportSnapshot:
    """Keep the passport as it is now, with its hash."""
    content = passport_content(version)
    return PassportSnapshot.objects.create(
        version=version,
        content=content,
        sha256=passport_sha256(content),
        reason=reason,
        at=at,
        by=by,
    )


def record_check(
    *,
    version: CourseVersion,
    reason: CheckReason,
    by: User,
    at: datetime,
    sha256: str = "",
    edition: RegulationEdition | None = None,
) -> Check:
    """Run the check and keep it, by the version's own edition or another.

    `sha256` is the hash of the passport where the caller has it already.
    """
    report = check_version(version, edition=edition)
    return Check.objects.create(
        version=version,
        edition=edition or version.edition,
        findings=report.to_dict(),
        passport_sha256=sha256 or passport_sha256(passport_content(version)),
        reason=reason,
        at=at,
        by=by,
    )
