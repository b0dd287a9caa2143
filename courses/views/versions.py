"""The list of passports, the page of a version, the report of its check."""

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.sheets import write_table
from core.workflow import history_of, workflow_of
from courses.enums import Stage
from courses.findings import (
    PageProgress,
    progress_by_page,
)
from courses.forms.lists import VersionFilterForm
from courses.models import CourseVersion
from courses.panels import Step, VersionPanel, panels_of, steps_after
from courses.regulation.finding import Gate
from courses.selectors import (
    check_version,
    check_versions,
    debts_of,
    stage_counts,
    versions_found,
    versions_visible_to,
)
from courses.views.answers import (
    can_edit,
    crumbs_of,
    load_version,
    panel_beside,
    passport_view,
    person,
)

PAGE_ROWS = 25
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@passport_view
def version_list(request: HttpRequest) -> HttpResponse:
    form = VersionFilterForm(request.GET)
    visible = versions_visible_to(person(request), timezone.localdate())
    found = _filtered(visible, form, sort=request.GET.get("sort", ""))
    page = Paginator(found, PAGE_ROWS).get_page(request.GET.get("page"))
    return render(
        request,
        "courses/version_list.html",
        {
            "form": form,
            "page": page,
            "rows": _rows(list(page.object_list)),
            "chips": _stage_chips(request, visible),
            "is_filtered": any(form.data.get(name) for name in form.fields),
        },
    )


@require_safe
@passport_view
def version_export(request: HttpRequest) -> HttpResponse:
    """Write the list as it is filtered and sorted on the page, all its rows."""
    form = VersionFilterForm(request.GET)
    visible = versions_visible_to(person(request), timezone.localdate())
    found = list(_filtered(visible, form, sort=request.GET.get("sort", "")))
    disposition = 'attachment; filename="passports.xlsx"'
    return HttpResponse(
        _table(_rows(found)),
        content_type=XLSX,
        headers={"Content-Disposition": disposition},
    )


@require_safe
@passport_view
def version_detail(request: HttpRequest, pk: int) -> HttpResponse:
    version = load_version(request, pk)
    now = timezone.now()
    report = check_version(version)
    progress = progress_by_page(report)
    panels = panels_of(version, person(request), now, report)
    return render(
        request,
        "courses/version_detail.html",
        {
            "version": version,
            "breadcrumbs": crumbs_of(version)[:1],
            "can_edit": can_edit(request, version),
            "panel": panel_beside(version, report),
            "tasks": _tasks(version, progress),
            "steps": [*_own_steps(version), *steps_after(version, now)],
            "panels": [_drawn(request, version, panel) for panel in panels],
            "main_action": _main_action(
                version, progress, panels, may_edit=can_edit(request, version)
            ),
            "events": _events(version),
        },
    )


def _filtered(
    versions: QuerySet[CourseVersion], form: VersionFilterForm, *, sort: str
) -> QuerySet[CourseVersion]:
    """Return the versions that the form asks for; a field that makes no sense, any."""
    form.is_valid()
    asked = form.cleaned_data
    return versions_found(
        versions,
        words=asked.get("q", ""),
        stage=asked.get("stage", ""),
        course_type=asked.get("type", ""),
        sort=sort,
    )


def _rows(versions: Sequence[CourseVersion]) -> list[dict[str, Any]]:
    reports, debts = check_versions(versions), debts_of(versions)
    return [
        {
            "version": version,
            "left": len(reports[version.pk].blocks(Gate.EXPERTISE)),
            "progress": reports[version.pk].of_gate(Gate.EXPERTISE).progress(),
            "debt": debts.get(version.pk),
        }
        for version in versions
    ]


def _table(rows: list[dict[str, Any]]) -> bytes:
    columns: dict[str, Callable[[dict[str, Any]], Any]] = {
        _("Code"): lambda row: row["version"].course.code,
        _("Title"): lambda row: row["version"].title,
        _("Type"): lambda row: row["version"].course.get_type_display(),
        _("Unit"): lambda row: str(row["version"].course.unit),
        _("Stage"): lambda row: row["version"].get_stage_display(),
        _("Requirements left"): itemgetter("left"),
        _("Owed by"): lambda row: row["debt"].who if row["debt"] else "",
    }
    return write_table(
        title=_("Passports"),
        header=list(columns),
        rows=([read(row) for read in columns.values()] for row in rows),
    )


def _stage_chips(
    request: HttpRequest, versions: QuerySet[CourseVersion]
) -> list[dict[str, Any]]:
    counts = stage_counts(versions)
    current = request.GET.get("stage", "")
    chips = [("", _("All"), sum(counts.values()))]
    chips += [(stage.value, str(stage.label), counts.get(stage, 0)) for stage in Stage]
    return [
        {
            "label": label,
            "count": count,
            "url": _with_stage(request, stage),
            "is_current": stage == current,
        }
        for stage, label, count in chips
        if count or stage == current
    ]


def _with_stage(request: HttpRequest, stage: str) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    query["stage"] = stage
    return f"?{query.urlencode()}"


def _tasks(
    version: CourseVersion, progress: list[PageProgress]
) -> list[dict[str, Any]]:
    """Return the pages of the passport as a task list, the next step in sight."""
    unfinished = [row for row in progress if row.left]
    following = unfinished[0] if unfinished and version.is_editable else None
    return [
        {
            "title": row.page.title,
            "url": row.page.url(version.pk),
            "note": row.page.note,
            "is_next": row is following,
            **_state_of(row),
        }
        for row in progress
    ]


def _state_of(row: PageProgress) -> dict[str, str]:
    """Return the count of a page's requirements with its word and tone."""
    if not row.total:
        later = _("Before opening") if row.later else ""
        return {"count": "", "tone": "neutral", "state": later}
    count = _("%(done)s of %(total)s") % {"done": row.done, "total": row.total}
    if row.left:
        return {"count": count, "tone": "wait", "state": _("To do")}
    if row.warnings:
        return {"count": count, "tone": "warn", "state": _("Can be better")}
    return {"count": count, "tone": "ok", "state": _("Done")}


def _main_action(
    version: CourseVersion,
    progress: list[PageProgress],
    panels: list[VersionPanel],
    *,
    may_edit: bool,
) -> dict[str, str] | None:
    """Return the one main action: the next page to fill in, else what a panel offers."""
    unfinished = [row.page for row in progress if row.left]
    if may_edit and unfinished:
        return {
            "label": _("Continue: %(page)s") % {"page": unfinished[0].title},
            "url": unfinished[0].url(version.pk),
        }
    offered = (panel.context.get("action") for panel in panels)
    return next((action for action in offered if action), None)


def _drawn(
    request: HttpRequest, version: CourseVersion, panel: VersionPanel
) -> SafeString:
    context = {**panel.context, "version": version}
    return render_to_string(panel.template, context, request)


def _own_steps(version: CourseVersion) -> list[Step]:
    """Return the steps of the way that courses themselves know (MIN 5.4)."""
    course = version.course
    is_sent = version.stage != Stage.DRAFT
    is_open = version.is_editable
    verdict = {
        Stage.RECOMMENDED: (_("Recommended for opening"), "done"),
        Stage.REJECTED: (_("Not admitted to opening"), "stopped"),
    }.get(Stage(version.stage), (_("Verdict"), "ahead"))
    is_decided = version.decided_at is not None
    return [
        Step(
            title=_("Course opened"),
            state="done",
            at=course.created_at,
            who=course.created_by.short_name,
        ),
        Step(
            title=_("Passport being reworked")
            if version.stage == Stage.REWORK
            else _("Passport"),
            state="now" if is_open else "done",
            at=None if is_open else version.submitted_at,
            who=_sender(version) if is_sent and not is_open else "",
        ),
        Step(
            title=_("Expertise"),
            state="done" if is_decided else "ahead" if is_open else "now",
            at=version.submitted_at if is_sent and not is_open else None,
        ),
        Step(title=verdict[0], state=verdict[1], at=version.decided_at),
    ]


def _sender(version: CourseVersion) -> str:
    return version.submitted_by.short_name if version.submitted_by else ""


def _events(version: CourseVersion) -> list[dict[str, Any]]:
    table = workflow_of(CourseVersion)
    return [
        {
            "at": log.at,
            "text": f"{table.transitions[log.name].label}: {log.by.short_name}",
            "note": log.comment,
        }
        for log in history_of(version)
    ]
