from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import SignedInRequest
from core.workflow import WrongState
from expertise.enums import RemarkState
from expertise.forms import AnswerForm, RemarkForm
from expertise.presentation import (
    expertise_url,
    frame_of,
    is_expert_at_work,
    remark_lines,
)
from expertise.selectors import remarks_up_to
from expertise.services import (
    accept_remark,
    answer_remark,
    refuse_unless_under_review,
    withdraw_remark,
    write_remark,
)
from expertise.views.loading import load_expertise, load_remark


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def remark_list(request: SignedInRequest, pk: int) -> HttpResponse:
    expertise = load_expertise(request, pk)
    form = None
    if request.method == "POST":
        refuse_unless_under_review(expertise, by=request.user)
    if is_expert_at_work(expertise, request.user):
        initial = {"place": request.GET.get("place", "")}
        form = RemarkForm(
            request.POST or None, version=expertise.version, initial=initial
        )
        if request.method == "POST" and form.is_valid():
            _write(request, pk, form)
            return redirect("expertise:remark_list", pk=pk)
    remarks = remarks_up_to(expertise, request.user)
    context = {
        **frame_of(expertise, request.user, "remark_list"),
        "form": form,
        "lines": remark_lines(remarks, request.user),
    }
    return render(request, "expertise/remark_list.html", context)


def _write(request: SignedInRequest, pk: int, form: RemarkForm) -> None:
    section, object_id = form.place_named()
    write_remark(
        expertise=load_expertise(request, pk),
        text=form.cleaned_data["text"],
        section=section,
        object_id=object_id,
        by=request.user,
        at=timezone.now(),
    )
    messages.success(request, _("The remark is written down."))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def remark_answer(request: SignedInRequest, pk: int, remark_pk: int) -> HttpResponse:
    expertise, remark = load_remark(request, pk, remark_pk)
    if not request.user.has_perm("expertise.answer_remark", remark):
        raise PermissionDenied
    if remark.state == RemarkState.ACCEPTED:
        raise WrongState(_("The remark is accepted already."))
    form = AnswerForm(request.POST or None, initial={"answer": remark.answer})
    if request.method == "POST" and form.is_valid():
        answer_remark(
            remark=remark,
            answer=form.cleaned_data["answer"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("The answer is saved."))
        return redirect("expertise:remark_list", pk=pk)
    context = {
        **frame_of(expertise, request.user, ""),
        "line": remark_lines([remark], request.user)[0],
        "form": form,
        "back_url": expertise_url("remark_list", expertise),
    }
    return render(request, "expertise/remark_answer.html", context)


@require_POST
@login_required
def remark_accept(request: SignedInRequest, pk: int, remark_pk: int) -> HttpResponse:
    _expertise, remark = load_remark(request, pk, remark_pk)
    accept_remark(remark=remark, by=request.user, at=timezone.now())
    messages.success(request, _("The answer is accepted."))
    return redirect("expertise:remark_list", pk=pk)


@require_POST
@login_required
def remark_withdraw(request: SignedInRequest, pk: int, remark_pk: int) -> HttpResponse:
    _expertise, remark = load_remark(request, pk, remark_pk)
    withdraw_remark(remark=remark, by=request.user)
    messages.success(request, _("The remark is withdrawn."))
    return redirect("expertise:remark_list", pk=pk)
