"""Centre staff issue the certificates of a run and see their files being made."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from django_htmx.middleware import HtmxDetails

from accounts.http import SignedInRequest
from certificates.drafts import draft_certificates
from certificates.models import Certificate
from certificates.presentation import register_sheet, rows_of
from certificates.selectors import (
    certificates_in,
    progress_of,
    runs_with_certificates,
)
from certificates.services import issue_certificates
from registry.models import Run
from registry.selectors import runs_visible_to

PAGE_SIZE = 25
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ORDERS = {
    "number": ("number",),
    "learner": ("surname", "given_name", "pk"),
    "issued": ("issued_at", "number"),
}


@require_safe
@login_required
def run_list(request: SignedInRequest) -> HttpResponse:
    _refuse_others(request)
    runs = runs_with_certificates(request.user)
    if request.GET.get("show") != "all":
        runs = runs.filter(owed__gt=0)
    page = Paginator(runs, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "is_all": request.GET.get("show") == "all"}
    return render(request, "certificates/run_list.html", context)


@require_safe
@login_required
def run_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    run = _run(request, pk)
    context: dict[str, Any] = {"run": run, "progress": progress_of(run)}
    if HtmxDetails(request):
        return render(request, "certificates/_progress.html", context)
    certificates = _found(request, run)
    page = Paginator(certificates, PAGE_SIZE).get_page(request.GET.get("page"))
    context |= {
        "drafts": draft_certificates(run, by=request.user, at=timezone.now()),
        "query": request.GET.get("q", ""),
        "page": page,
        "rows": rows_of(page.object_list),
    }
    return render(request, "certificates/run_detail.html", context)


@require_POST
@login_required
def run_issue(request: SignedInRequest, pk: int) -> HttpResponse:
    run = _run(request, pk)
    issue = issue_certificates(run=run, by=request.user, at=timezone.now())
    count = len(issue.certificates)
    if count:
        told = ngettext(
            "%(count)d certificate is issued.",
            "%(count)d certificates are issued.",
            count,
        )
        messages.success(request, told % {"count": count})
    else:
        messages.info(request, _("Nothing new to issue."))
    return redirect("certificates:run_detail", pk=run.pk)


@require_safe
@login_required
def run_export(request: SignedInRequest, pk: int) -> HttpResponse:
    run = _run(request, pk)
    return HttpResponse(
        register_sheet(run, _found(request, run)),
        content_type=XLSX,
        headers={
            "Content-Disposition": f'attachment; filename="certificates-{run.pk}.xlsx"'
        },
    )


def _refuse_others(request: SignedInRequest) -> None:
    if not request.user.has_perm("certificates.issue"):
        raise PermissionDenied


def _run(request: SignedInRequest, pk: int) -> Run:
    return get_object_or_404(runs_visible_to(request.user), pk=pk)


def _found(request: SignedInRequest, run: Run) -> QuerySet[Certificate]:
    """Return what the page shows: found by the query, in the order asked for."""
    sort = request.GET.get("sort", "")
    order = ORDERS.get(sort.removeprefix("-"), ORDERS["number"])
    found = certificates_in(run, query=request.GET.get("q", "")).order_by(*order)
    return found.reverse() if sort.startswith("-") else found
