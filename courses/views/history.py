"""The history of a passport: kept states, one of them, two side by side, going back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from core.templatetags.figures import moment
from courses.enums import SnapshotReason
from courses.models import CourseVersion, PassportSnapshot
from courses.passport_words import passport_banks, passport_parts
from courses.selectors.history import kept_states, size_since, snapshots_of
from courses.selectors.passport import passport_content
from courses.selectors.passport_diff import differences
from courses.services import keep_snapshot, restore_snapshot
from courses.views.answers import (
    can_edit,
    crumbs_of,
    load_version,
    passport_view,
    person,
)

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
PAGE_ROWS = 10
NOW = "now"
LONGEST_KEY = 18


@dataclass(frozen=True, slots=True)
class State:
    """A state of the passport to be compared: kept, or as it is now."""

    title: str
    content: Mapping[str, Any]


@require_safe
@passport_view
def history_list(request: HttpRequest, pk: int) -> HttpResponse:
    version = load_version(request, pk)
    pages = Paginator(snapshots_of(version), PAGE_ROWS)
    page = pages.get_page(request.GET.get("page"))
    return render(
        request,
        "courses/history_list.html",
        {
            **_frame(request, version),
            "page": page,
            "states": kept_states(version, list(page.object_list)),
            "size_now": size_since(version, version.snapshots.first()),
        },
    )


@require_POST
@passport_view
def history_keep(request: HttpRequest, pk: int) -> HttpResponse:
    version = load_version(request, pk, is_edit=False)
    now = timezone.now()
    kept = keep_snapshot(
        version=version, reason=SnapshotReason.KEPT, by=person(request), at=now
    )
    if kept.at == now:
        messages.success(request, _("This state of the passport is kept."))
    else:
        messages.info(request, _("Nothing has changed since the last kept state."))
    return redirect("courses:history_list", version.pk)


@require_safe
@passport_view
def snapshot_detail(request: HttpRequest, pk: int, snapshot_id: int) -> HttpResponse:
    version = load_version(request, pk)
    snapshot = _get_snapshot(version, snapshot_id)
    return render(
        request,
        "courses/snapshot_detail.html",
        {
            **_frame(request, version, is_inner=True),
            "snapshot": snapshot,
            "parts": passport_parts(snapshot.content),
            "banks": passport_banks(snapshot.content),
        },
    )


@require_safe
@passport_view
def history_compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Show two states side by side: `?before=` and `?after=`, a key or “now”."""
    version = load_version(request, pk)
    before = _state(version, request.GET.get("before", NOW))
    after = _state(version, request.GET.get("after", NOW))
    found = differences(before.content, after.content)
    return render(
        request,
        "courses/history_compare.html",
        {
            **_frame(request, version, is_inner=True),
            "before": before,
            "after": after,
            "differences": found,
            "size": sum(difference.size for difference in found),
        },
    )


@GET_OR_POST
@passport_view
def snapshot_restore(request: HttpRequest, pk: int, snapshot_id: int) -> HttpResponse:
    """Confirm going back to a kept state: what will change, then the change."""
    version = load_version(request, pk, is_edit=False)
    snapshot = _get_snapshot(version, snapshot_id)
    if request.method == "POST":
        done = restore_snapshot(
            snapshot=snapshot, by=person(request), at=timezone.now()
        )
        messages.success(request, _("The passport is as it was kept."))
        tell_left_out(request, done.left_out)
        return redirect("courses:history_list", version.pk)
    found = differences(passport_content(version), snapshot.content)
    return render(
        request,
        "courses/snapshot_restore.html",
        {
            **_frame(request, version, is_inner=True),
            "snapshot": snapshot,
            "differences": found,
            "size": sum(difference.size for difference in found),
        },
    )


def tell_left_out(request: HttpRequest, names: tuple[str, ...]) -> None:
    """Say which files could not be taken because the portal does not hold them."""
    if names:
        text = _("Left out, as the portal does not hold the file: %(names)s.")
        messages.warning(request, text % {"names": ", ".join(names)})


def _frame(
    request: HttpRequest, version: CourseVersion, *, is_inner: bool = False
) -> dict[str, Any]:
    crumbs = crumbs_of(version)
    if is_inner:
        url = reverse("courses:history_list", args=[version.pk])
        crumbs.append({"label": _("History"), "url": url})
    return {
        "version": version,
        "breadcrumbs": crumbs,
        "can_edit": can_edit(request, version),
    }


def _get_snapshot(version: CourseVersion, snapshot_id: int) -> PassportSnapshot:
    rows = version.snapshots.select_related("by", "version__course")
    return get_object_or_404(rows, pk=snapshot_id)


def _state(version: CourseVersion, key: str) -> State:
    """Return the state that an address names.

    Raises:
        Http404: the version has no such state.
    """
    if key == NOW:
        return State(_("Now"), passport_content(version))
    if not key.isdecimal() or len(key) > LONGEST_KEY:
        raise Http404
    snapshot = _get_snapshot(version, int(key))
    title = f"{moment(snapshot.at)}, {snapshot.get_reason_display()}"
    return State(title, snapshot.content)
