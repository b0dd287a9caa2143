from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import SignedInRequest
from core.deadlines import deadlines_left, working_days_left
from core.workflow import GuardsUnmet, WrongState
from courses.models import CourseVersion
from courses.passport_words import passport_banks, passport_parts
from courses.selectors import versions_visible_to
from expertise.enums import ExpertiseState
from expertise.files import files_of
from expertise.forms import AppointForm, RatingForm
from expertise.models import Expertise
from expertise.presentation import (
    facts_by_block,
    frame_of,
    main_action,
    marked_rows,
)
from expertise.selectors import (
    count_rated,
    counts_by_state,
    expertises_found,
    expertises_visible_to,
    rating_sheet,
    reasons_against_request,
    verdict_of,
)
from expertise.services import (
    appoint_expert,
    default_due_on,
    rate_criteria,
    refuse_unless_under_review,
    request_expertise,
)
from expertise.views.loading import load_expertise

PAGE_SIZE = 25
READ_OR_SEND = ["GET", "HEAD", "POST"]


@require_safe
@login_required
def expertise_list(request: SignedInRequest) -> HttpResponse:
    now = timezone.now()
    visible = expertises_visible_to(request.user, timezone.localdate(now))
    state, words = request.GET.get("state", ""), request.GET.get("q", "")
    found = expertises_found(
        visible, state=state, words=words, sort=request.GET.get("sort", "")
    )
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    left = deadlines_left((row.due_on for row in page), now)
    context = {
        "page_obj": page,
        "rows": [(row, left.get(row.due_on) if row.due_on else None) for row in page],
        "chips": _state_chips(request, visible, state),
        "words": words,
        "state": state,
    }
    return render(request, "expertise/expertise_list.html", context)


def _state_chips(
    request: HttpRequest, visible: QuerySet[Expertise], state: str
) -> list[dict[str, Any]]:
    counts = counts_by_state(visible)
    named = [("", _("All"), sum(counts.values()))]
    named += [
        (value, str(label), counts.get(value, 0))
        for value, label in ExpertiseState.choices
    ]
    chips = []
    for value, label, count in named:
        query = request.GET.copy()
        query.pop("page", None)
        query["state"] = value
        url = f"?{query.urlencode()}"
        is_current = value == state
        chips.append(
            {"label": label, "count": count, "url": url, "is_current": is_current}
        )
    return chips


@require_safe
@login_required
def expertise_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    expertise = load_expertise(request, pk)
    content = expertise.snapshot.content
    rated, total = count_rated(rating_sheet(expertise))
    context = {
        **frame_of(expertise, request.user, "expertise_detail"),
        "action": main_action(expertise, request.user),
        "parts": passport_parts(content),
        "banks": passport_banks(content),
        "groups": facts_by_block(expertise.check_made),
        "files": files_of(expertise),
        "rated": rated,
        "criteria_count": total,
        "days_left": working_days_left(expertise.due_on, timezone.now()),
    }
    return render(request, "expertise/expertise_detail.html", context)


@require_http_methods(READ_OR_SEND)
@login_required
def expertise_request(request: SignedInRequest, version_pk: int) -> HttpResponse:
    version = _version_to_send(request, version_pk)
    reasons = reasons_against_request(version)
    if request.method == "POST":
        try:
            expertise = request_expertise(
                version=version, by=request.user, at=timezone.now()
            )
        except GuardsUnmet as error:
            reasons = error.reasons
        else:
            messages.success(request, _("The course is sent to expertise."))
            return redirect("expertise:expertise_detail", pk=expertise.pk)
    context = {"version": version, "reasons": reasons}
    status = 409 if request.method == "POST" else 200
    template = "expertise/expertise_request.html"
    return render(request, template, context, status=status)


def _version_to_send(request: SignedInRequest, version_pk: int) -> CourseVersion:
    visible = versions_visible_to(request.user, timezone.localdate())
    version = get_object_or_404(visible, pk=version_pk)
    if not request.user.has_perm("expertise.request", version):
        raise PermissionDenied
    if not version.is_editable:
        raise WrongState(
            _("The course is at expertise already, or the decision is taken.")
        )
    return version


@require_http_methods(READ_OR_SEND)
@login_required
def expertise_appoint(request: SignedInRequest, pk: int) -> HttpResponse:
    expertise = load_expertise(request, pk)
    if not request.user.has_perm("expertise.appoint_expert", expertise):
        raise PermissionDenied
    if expertise.state != ExpertiseState.REQUESTED:
        raise WrongState(_("The round has its expert."))
    now = timezone.now()
    initial = {"due_on": default_due_on(now)}
    form = AppointForm(request.POST or None, expertise=expertise, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            appoint_expert(
                expertise=expertise, by=request.user, at=now, **form.cleaned_data
            )
        except GuardsUnmet as error:
            form.add_error(None, list(error.reasons))
        else:
            messages.success(request, _("The expert is appointed and told by mail."))
            return redirect("expertise:expertise_detail", pk=pk)
    context = {**frame_of(expertise, request.user, ""), "form": form}
    return render(request, "expertise/expertise_appoint.html", context)


@require_http_methods(READ_OR_SEND)
@login_required
def rating_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    expertise = load_expertise(request, pk)
    if not request.user.has_perm("expertise.read_review", expertise):
        raise PermissionDenied
    context = frame_of(expertise, request.user, "rating_edit")
    verdict = verdict_of(expertise)
    if verdict is not None and request.method != "POST":
        context["groups"] = marked_rows(verdict.document)
        return render(request, "expertise/rating_detail.html", context)
    refuse_unless_under_review(expertise, by=request.user)
    sheet = rating_sheet(expertise)
    form = RatingForm(request.POST or None, sheet=sheet)
    if request.method == "POST" and form.is_valid():
        rate_criteria(expertise=expertise, marks=form.marks(), by=request.user)
        messages.success(request, _("Saved."))
        return redirect("expertise:rating_edit", pk=pk)
    rated, total = count_rated(sheet)
    context |= {"form": form, "rated": rated, "criteria_count": total}
    return render(request, "expertise/rating_edit.html", context)
