"""A learner's own certificates; the file, for whoever may have it."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from certificates.presentation import file_disposition, rows_of
from certificates.selectors import certificates_of, certificates_visible_to
from core.storage import read_bytes
from core.workflow import WrongState

PAGE_SIZE = 25


@require_safe
@login_required
def certificate_list(request: SignedInRequest) -> HttpResponse:
    pages = Paginator(certificates_of(request.user), PAGE_SIZE)
    page = pages.get_page(request.GET.get("page"))
    context = {"page": page, "rows": rows_of(page.object_list)}
    return render(request, "certificates/certificate_list.html", context)


@require_safe
@login_required
def certificate_download(request: SignedInRequest, number: int) -> HttpResponse:
    certificate = get_object_or_404(
        certificates_visible_to(request.user), number=number
    )
    if not hasattr(certificate, "file"):
        raise WrongState(_("The file of this certificate is being made."))
    return HttpResponse(
        read_bytes(certificate.file.stored_as),
        content_type="application/pdf",
        headers={"Content-Disposition": file_disposition(certificate)},
    )
