from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.http import SignedInRequest
from accounts.services import WrongPassword
from expertise.dossier import document_sha256
from expertise.enums import VerdictKind
from expertise.forms import VerdictForm, VerdictSignForm
from expertise.models import Expertise
from expertise.presentation import frame_of, marked_rows
from expertise.selectors import verdict_of
from expertise.services import (
    DocumentChanged,
    VerdictRefused,
    document_to_sign,
    reasons_against_verdict,
    refuse_unless_under_review,
    sign_verdict,
)
from expertise.views.loading import load_expertise

LAST = _("The verdict cannot be changed or taken back.")
# What a verdict brings about (MIN 5.4.6–5.4.8).
CONSEQUENCES = {
    VerdictKind.RECOMMENDED: [
        _("The course enters the register; its documents are due within three days."),
        LAST,
    ],
    VerdictKind.REWORK: [
        _("The authors may edit the passport again and answer each remark."),
        _("When every remark has its answer, they ask for the next round."),
        LAST,
    ],
    VerdictKind.REJECTED: [_("This version of the course ends here."), LAST],
}


@require_safe
@login_required
def verdict_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    expertise = load_expertise(request, pk)
    verdict = verdict_of(expertise)
    if verdict is None:
        raise Http404
    context = {
        **frame_of(expertise, request.user, "verdict_detail"),
        "verdict": verdict,
        "document": verdict.document,
        "groups": marked_rows(verdict.document),
    }
    return render(request, "expertise/verdict_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def verdict_write(request: SignedInRequest, pk: int) -> HttpResponse:
    expertise = load_expertise(request, pk)
    refuse_unless_under_review(expertise, by=request.user)
    form = VerdictForm(request.POST or None)
    reasons: list[str] = []
    if request.method == "POST" and form.is_valid():
        asked = _asked(form)
        reasons = reasons_against_verdict(expertise, **asked)
        if not reasons and "change" not in request.POST:
            return _confirm_page(request, expertise, asked)
    return _write_page(request, expertise, form, reasons)


@require_POST
@login_required
def verdict_sign(request: SignedInRequest, pk: int) -> HttpResponse:
    expertise = load_expertise(request, pk)
    refuse_unless_under_review(expertise, by=request.user)
    form = VerdictSignForm(request.POST)
    if not form.is_valid():
        return _shown_again(request, expertise, form)
    asked = _asked(form)
    try:
        sign_verdict(
            expertise=expertise,
            password=form.cleaned_data["password"],
            seen_sha256=form.cleaned_data["seen_sha256"],
            by=request.user,
            at=timezone.now(),
            **asked,
        )
    except WrongPassword as error:
        form.add_error("password", str(error))
        return _confirm_page(request, expertise, asked, form)
    except (VerdictRefused, DocumentChanged) as error:
        reasons = str(error).splitlines()
        written = VerdictForm(asked)
        return _write_page(request, expertise, written, reasons, status=409)
    messages.success(request, _now("The verdict is signed."))
    return redirect("expertise:verdict_detail", pk=pk)


def _asked(form: VerdictForm) -> dict[str, Any]:
    return {
        "kind": VerdictKind(form.cleaned_data["kind"]),
        "conclusion": form.cleaned_data["conclusion"],
    }


def _shown_again(
    request: SignedInRequest, expertise: Expertise, form: VerdictSignForm
) -> HttpResponse:
    """Show the confirm page anew, or what stands before it where that was altered."""
    written = VerdictForm(request.POST)
    if written.is_valid():
        return _confirm_page(request, expertise, _asked(written), form)
    return _write_page(request, expertise, written, [])


def _confirm_page(
    request: SignedInRequest,
    expertise: Expertise,
    asked: dict[str, Any],
    form: VerdictSignForm | None = None,
) -> HttpResponse:
    document = document_to_sign(expertise, **asked)
    sha256 = document_sha256(document)
    context = {
        **frame_of(expertise, request.user, "verdict_write"),
        "document": document,
        "groups": marked_rows(document),
        "sha256": sha256,
        "consequences": CONSEQUENCES[asked["kind"]],
        "form": form or VerdictSignForm(initial={**asked, "seen_sha256": sha256}),
        "kind": asked["kind"].value,
    }
    return render(request, "expertise/verdict_sign.html", context)


def _write_page(
    request: SignedInRequest,
    expertise: Expertise,
    form: VerdictForm,
    reasons: list[str],
    status: int = 200,
) -> HttpResponse:
    context = {
        **frame_of(expertise, request.user, "verdict_write"),
        "form": form,
        "reasons": reasons,
    }
    template = "expertise/verdict_write.html"
    return render(request, template, context, status=status)
