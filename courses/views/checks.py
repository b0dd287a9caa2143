"""The check of a version: its report on a page, on paper and as JSON, kept, compared."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.check_words import changes_in_words, report_document
from courses.enums import Stage
from courses.findings import Panel, whole_report
from courses.models import CourseVersion
from courses.passport_json import passport_sha256
from courses.printing import Stamp, check_pdf
from courses.regulation.engine import Report
from courses.selectors import check_version, passport_content
from courses.selectors.check_changes import changes_since, last_check
from courses.services import keep_check
from courses.views.answers import crumbs_of, load_version, passport_view, person
from courses.views.downloads import JSON, PDF, download

SHOWN = ("all", "mandatory", "recommended")


@require_safe
@passport_view
def check_report(request: HttpRequest, pk: int) -> HttpResponse:
    version = load_version(request, pk)
    report = check_version(version)
    return render(
        request,
        "courses/check_report.html",
        {
            "version": version,
            "breadcrumbs": crumbs_of(version),
            "report": _whole(version, report),
            "checked_at": timezone.now(),
            "changes": _changes(version, report),
            "may_keep": person(request).has_perm("courses.author_passport", version),
        },
    )


@require_POST
@passport_view
def check_keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the check as it is now; what changes after it is told on the panel."""
    version = load_version(request, pk, is_edit=False)
    keep_check(version=version, by=person(request), at=timezone.now())
    messages.success(
        request, _("This check is kept: what changes from now on is told here.")
    )
    return redirect("courses:check_report", version.pk)


@require_safe
@passport_view
def check_print(request: HttpRequest, pk: int) -> HttpResponse:
    version = load_version(request, pk)
    report = check_version(version)
    stamp = Stamp(passport_sha256(passport_content(version)), timezone.now())
    pdf = check_pdf(
        version,
        _whole(version, report),
        stamp,
        changes=_changes(version, report),
    )
    return download(pdf, PDF, f"{version.course.code}-check.pdf")


@require_safe
@passport_view
def check_json(request: HttpRequest, pk: int) -> HttpResponse:
    version = load_version(request, pk)
    report = check_version(version)
    document = report_document(
        version,
        report,
        sha256=passport_sha256(passport_content(version)),
        at=timezone.now(),
    )
    content = json.dumps(document, ensure_ascii=False, indent=2).encode()
    return download(content, JSON, f"{version.course.code}-check.json")


def _whole(version: CourseVersion, report: Report) -> Panel:
    is_decided = version.stage == Stage.RECOMMENDED
    return whole_report(report, version.pk, is_decided=is_decided)


def _changes(version: CourseVersion, report: Report) -> dict[str, Any] | None:
    kept = last_check(version)
    return changes_in_words(changes_since(kept, report), version.pk) if kept else None
