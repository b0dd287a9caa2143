from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.http import SignedInRequest
from accounts.services import WrongPassword
from core.storage import read_bytes
from finance.exports import report_csv as csv_of
from finance.exports import report_workbook
from finance.forms import PasswordForm
from finance.models import MonthlyReport
from finance.presentation import MonthPage, closing_page, months_page
from finance.selectors import reports_visible_to
from finance.services import close_month, order_report
from finance.services.reports import report_to_close

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _refuse_strangers(request: SignedInRequest) -> None:
    if not request.user.has_perm("finance.read_report"):
        raise PermissionDenied


def _latest_report(request: SignedInRequest, month: date) -> MonthlyReport:
    _refuse_strangers(request)
    report = reports_visible_to(request.user).filter(month=month).first()
    if report is None:
        raise Http404
    return report


@require_safe
@login_required
def report_list(request: SignedInRequest) -> HttpResponse:
    _refuse_strangers(request)
    number = request.GET.get("page", "")
    context = months_page(request.user, timezone.localdate(), number)
    return render(request, "finance/report_list.html", context)


@require_safe
@login_required
def report_detail(request: SignedInRequest, month: date) -> HttpResponse:
    _refuse_strangers(request)
    page = MonthPage(month, request.user, timezone.localdate())
    template = "finance/report_detail.html"
    if "HX-Request" in request.headers:
        template = "finance/_report_progress.html"
    return render(request, template, page.context())


@require_POST
@login_required
def report_make(request: SignedInRequest, month: date) -> HttpResponse:
    order_report(month=month, by=request.user, at=timezone.now())
    messages.info(request, _("The report is being made."))
    return redirect("finance:report_detail", month=month)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def month_close(request: SignedInRequest, month: date) -> HttpResponse:
    if not request.user.has_perm("finance.close_month"):
        raise PermissionDenied
    now = timezone.now()
    report = report_to_close(month, at=now)
    form = PasswordForm(request.POST or None, initial={"sha256": report.sha256})
    if request.method == "POST" and form.is_valid():
        try:
            close_month(
                month=month,
                seen_sha256=form.cleaned_data["sha256"],
                password=form.cleaned_data["password"],
                by=request.user,
                at=now,
            )
        except WrongPassword as error:
            form.add_error("password", str(error))
        else:
            messages.success(request, _("The month is closed."))
            return redirect("finance:report_detail", month=month)
    context = {**closing_page(month, report), "form": form}
    return render(request, "finance/month_close.html", context)


@require_safe
@login_required
def report_pdf(request: SignedInRequest, month: date) -> HttpResponse:
    report = _latest_report(request, month)
    content = read_bytes(report.pdf_stored_as)
    return _download(content, "application/pdf", month, "pdf")


@require_safe
@login_required
def report_xlsx(request: SignedInRequest, month: date) -> HttpResponse:
    report = _latest_report(request, month)
    return _download(report_workbook(report.content), XLSX, month, "xlsx")


@require_safe
@login_required
def report_csv(request: SignedInRequest, month: date) -> HttpResponse:
    report = _latest_report(request, month)
    return _download(csv_of(report.content), "text/csv; charset=utf-8", month, "csv")


def _download(content: bytes, kind: str, month: date, ending: str) -> HttpResponse:
    name = f"paid-services-{month:%Y-%m}.{ending}"
    return HttpResponse(
        content,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
