"""The monthly report on paid services and the closing of the month (KAZ 4.5)."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import add_signature, confirm_identity
from core.enums import Lane
from core.jobs import enqueue
from core.storage import store_bytes
from core.workflow import TransitionRefused
from finance.models import MonthClosing, MonthlyReport
from finance.months import lock_postings, month_number, month_of
from finance.selectors import closing_of, figures_of, last_report_of

BUILD_REPORT = "finance.build_report"


class ReportRefused(TransitionRefused):
    """The month's report cannot be made; the text says why."""


class ClosingRefused(TransitionRefused):
    """The month cannot be closed; the text says what to do."""


@dataclass(frozen=True, slots=True)
class MadeReport:
    """A report that is made and not kept yet: its number, its figures, its PDF."""

    month: date
    issue: int
    content: dict[str, Any]
    pdf: bytes


def order_report(*, month: date, by: User, at: datetime) -> None:
    """Have a month's report made in the background.

    Raises:
        PermissionDenied: reports are not this person's business.
        ReportRefused: the month lies ahead, or is closed.
    """
    if not by.has_perm("finance.make_report"):
        raise PermissionDenied
    refuse_report(month, at=at)
    with transaction.atomic():
        enqueue(
            BUILD_REPORT,
            lane=Lane.QUICK,
            subject_ids=[month_number(month)],
            by=by,
            at=at,
        )


def refuse_report(month: date, *, at: datetime) -> None:
    """Refuse what no report is made of.

    Raises:
        ReportRefused: the month lies ahead, or is closed.
    """
    if month > month_of(timezone.localdate(at)):
        raise ReportRefused(_("The month lies ahead: there is nothing to report."))
    if closing_of(month):
        raise ReportRefused(_("The month is closed: its report stays as it is."))


def next_issue(month: date) -> int:
    """Return the number that the next report of a month will have."""
    last = last_report_of(month)
    return last.issue + 1 if last else 1


def figures_sha256(content: dict[str, Any]) -> str:
    """Return the hash of a report's figures written canonically."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def freeze_report(*, made: MadeReport, by: User, at: datetime) -> MonthlyReport:
    """Keep a report as it was made: its figures and the PDF that shows them.

    Raises:
        PermissionDenied: reports are not this person's business.
        ReportRefused: the month was closed, or reported by another, meanwhile.
    """
    if not by.has_perm("finance.make_report"):
        raise PermissionDenied
    name, digest = store_bytes(made.pdf, folder="reports", ending="pdf")
    with transaction.atomic():
        lock_postings(alone=True)
        refuse_report(made.month, at=at)
        if made.issue != next_issue(made.month):
            raise ReportRefused(_("Another report was made meanwhile: make it anew."))
        return MonthlyReport.objects.create(
            month=made.month,
            issue=made.issue,
            content=made.content,
            sha256=figures_sha256(made.content),
            pdf_stored_as=name,
            pdf_sha256=digest,
            made_at=at,
            made_by=by,
        )


def close_month(
    *, month: date, seen_sha256: str, password: str, by: User, at: datetime
) -> MonthClosing:
    """Close a month for good, signing the figures of its last report.

    `seen_sha256` is the hash of the figures that the signer was shown.

    Raises:
        PermissionDenied: closing is not this person's business.
        WrongPassword: the password is not the person's; nothing is closed.
        ClosingRefused: not over yet, closed already, no report, or other figures than
            those reported, or shown.
    """
    if not by.has_perm("finance.close_month"):
        raise PermissionDenied
    confirm_identity(by=by, password=password)
    with transaction.atomic():
        lock_postings(alone=True)
        report = report_to_close(month, at=at)
        if report.sha256 != seen_sha256:
            raise ClosingRefused(
                _("The report was made anew meanwhile: look at it once more.")
            )
        signature = add_signature(
            by=by,
            in_role=_("finance"),
            subject=_("report on paid services, %(month)s")
            % {"month": month.strftime("%m.%Y")},
            sha256=report.sha256,
            at=at,
        )
        return MonthClosing.objects.create(
            month=month, report=report, signature=signature, closed_at=at
        )


def report_to_close(month: date, *, at: datetime) -> MonthlyReport:
    """Return the report that a closing of the month would sign.

    Raises:
        ClosingRefused: not over yet, closed already, no report, or the figures are
            other ones by now.
    """
    if month >= month_of(timezone.localdate(at)):
        raise ClosingRefused(_("The month is not over yet."))
    if closing_of(month):
        raise ClosingRefused(_("The month is closed already."))
    report = last_report_of(month)
    if report is None:
        raise ClosingRefused(_("Make the month's report first."))
    if figures_sha256(figures_of(month)) != report.sha256:
        raise ClosingRefused(
            _("The figures changed after the report was made: make it anew.")
        )
    return report
