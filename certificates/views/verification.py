"""Anybody verifies a certificate: by its number and code, or by its file."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from certificates.enums import Standing
from certificates.forms import FileForm, ReferenceForm
from certificates.presentation import answer_page
from certificates.selectors import WRONG_CODES_WINDOW, Verification
from certificates.services import TooManyWrongCodes, verify_code, verify_pdf
from core.addresses import client_address


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for a number and a code, or for a file; a file is answered at once."""
    if request.method == "POST":
        return _verify_file(request)
    if "certificate" not in request.GET:
        return _ask(request, ReferenceForm(), FileForm())
    form = ReferenceForm(request.GET)
    if not form.is_valid():
        return _ask(request, form, FileForm(), status=400)
    number, code = form.cleaned_data["certificate"]
    return redirect("certificates:verified", number=number, code=code)


@require_safe
def verified(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """Answer for a number with its code: where the QR code leads.

    A wrong code is counted, the one row that a GET writes here.
    """
    try:
        answer = verify_code(
            number=number,
            code=code,
            address=client_address(request),
            at=timezone.now(),
        )
    except TooManyWrongCodes:
        return _too_many(request)
    status = 404 if answer.standing == Standing.UNKNOWN else 200
    return _answer(request, answer, is_file=False, status=status)


def _verify_file(request: HttpRequest) -> HttpResponse:
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _ask(request, ReferenceForm(), form, status=400)
    try:
        answer = verify_pdf(
            pdf=form.cleaned_data["file"].content,
            address=client_address(request),
            at=timezone.now(),
        )
    except TooManyWrongCodes:
        return _too_many(request)
    return _answer(request, answer, is_file=True)


def _ask(
    request: HttpRequest,
    code_form: ReferenceForm,
    file_form: FileForm,
    status: int = 200,
) -> HttpResponse:
    context = {
        "code_form": code_form,
        "file_form": file_form,
    }
    return render(request, "certificates/verify.html", context, status=status)


def _answer(
    request: HttpRequest, answer: Verification, *, is_file: bool, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = answer_page(answer, is_file=is_file)
    return render(request, "certificates/verified.html", context, status=status)


def _too_many(request: HttpRequest) -> HttpResponse:
    minutes = int(WRONG_CODES_WINDOW.total_seconds() // 60)
    response = render(
        request, "certificates/verify_later.html", {"minutes": minutes}, status=429
    )
    response["Retry-After"] = str(minutes * 60)
    return response
