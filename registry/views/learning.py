"""A learner enrols, follows one's learning, withdraws."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import SignedInRequest
from core.workflow import TransitionRefused
from registry.enums import EnrolmentState, RunState
from registry.forms import EnrolForm
from registry.models import Enrolment, Run
from registry.panels import learning_panels
from registry.selectors import (
    certificate_languages,
    enrolments_of,
    public_runs,
    reasons_against_enrolment,
    runs_one_is_in,
)
from registry.services import AlreadyEnrolled, enrol, withdraw
from registry.views.lists import page_of


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def run_enrol(request: SignedInRequest, pk: int) -> HttpResponse:
    run = get_object_or_404(public_runs(), pk=pk)
    if not request.user.has_perm("registry.enrol", run):
        raise PermissionDenied
    form = _enrol_form(request, run)
    refusal: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            enrol(
                run=run,
                learner=request.user,
                language=form.cleaned_data["language"],
                by=request.user,
                at=timezone.now(),
            )
        except (TransitionRefused, AlreadyEnrolled) as error:
            refusal = str(error).splitlines()
        else:
            messages.success(request, _("You are enrolled."))
            return redirect("registry:my_learning")
    return _enrol_page(request, run, form, refusal)


def _enrol_form(request: SignedInRequest, run: Run) -> EnrolForm:
    languages = certificate_languages(run.entry.version)
    own = get_language()
    wanted = own if own in languages else run.entry.version.language
    return EnrolForm(
        request.POST or None, languages=languages, initial={"language": wanted}
    )


def _enrol_page(
    request: SignedInRequest, run: Run, form: EnrolForm, refusal: list[str]
) -> HttpResponse:
    context = {
        "run": run,
        "form": form,
        "refusal": refusal,
        "reasons": reasons_against_enrolment(run, timezone.localdate()),
        "is_mine": run.pk in runs_one_is_in(request.user),
    }
    status = 409 if refusal else 200
    return render(request, "registry/run_enrol.html", context, status=status)


@require_safe
@login_required
def my_learning(request: SignedInRequest) -> HttpResponse:
    page = page_of(request, enrolments_of(request.user))
    enrolments: list[Enrolment] = list(page.object_list)
    panels = learning_panels(request.user, enrolments)
    context = {
        "page": page,
        "enrolments": [
            {
                "enrolment": enrolment,
                "result": getattr(enrolment, "result", None),
                "panels": panels[enrolment.pk],
                "may_withdraw": _may_withdraw(enrolment),
            }
            for enrolment in enrolments
        ],
    }
    return render(request, "registry/my_learning.html", context)


def _may_withdraw(enrolment: Enrolment) -> bool:
    return (
        enrolment.state == EnrolmentState.ENROLLED
        and enrolment.run.state == RunState.OPEN
        and getattr(enrolment, "result", None) is None
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def enrolment_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    enrolment = get_object_or_404(enrolments_of(request.user), pk=pk)
    refusal: list[str] = []
    if request.method == "POST":
        try:
            withdraw(enrolment=enrolment, by=request.user, at=timezone.now())
        except TransitionRefused as error:
            refusal = str(error).splitlines()
        else:
            messages.success(request, _("You have withdrawn from the course."))
            return redirect("registry:my_learning")
    context = {"enrolment": enrolment, "refusal": refusal}
    status = 409 if refusal else 200
    return render(request, "registry/enrolment_withdraw.html", context, status=status)
