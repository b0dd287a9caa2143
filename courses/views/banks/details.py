"""One bank: its name and topic, its questions, its end."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.forms.banks import BankForm, MergeForm, MoveForm, QuestionSearchForm
from courses.models import QuestionBank
from courses.places import PAGE_BY_KEY
from courses.selectors.banks import repeated_among
from courses.services import BankExists, change_bank, delete_bank, merge_banks
from courses.views.answers import (
    crumbs_of,
    load_version,
    passport_page,
    passport_view,
    person,
)
from courses.views.banks.loading import GET_OR_POST, get_bank, is_of

PAGE_ROWS = 50


@GET_OR_POST
@passport_view
def bank_detail(request: HttpRequest, pk: int, bank_id: int) -> HttpResponse:
    """Show the questions of a bank, searched and paged; take its name and topic."""
    version = load_version(request, pk)
    bank = get_bank(version, bank_id)
    form = BankForm(
        request.POST or None,
        version=version,
        initial={"category": bank.category, "topic": bank.topic},
    )
    if request.method == "POST" and form.is_valid() and _change(request, bank, form):
        return HttpResponseRedirect(request.path)
    search = QuestionSearchForm(request.GET)
    pages = Paginator(search.found(bank.questions.all()), PAGE_ROWS)
    page = pages.get_page(request.GET.get("page"))
    return passport_page(
        request,
        version,
        "courses/bank_detail.html",
        is_here=is_of(bank),
        crumbs=("banks",),
        title=str(bank),
        bank=bank,
        form=form,
        search=search,
        page=page,
        repeated=repeated_among(version, page.object_list),
        move=MoveForm(version=version),
    )


@GET_OR_POST
@passport_view
def bank_merge(request: HttpRequest, pk: int, bank_id: int) -> HttpResponse:
    """Put a bank's questions into another bank, and the bank away."""
    version = load_version(request, pk)
    bank = get_bank(version, bank_id)
    form = MergeForm(request.POST or None, bank=bank)
    if request.method == "POST" and form.is_valid():
        into = form.cleaned_data["into"]
        count = merge_banks(bank=bank, into=into, by=person(request))
        messages.success(request, _("Questions moved: %(count)s.") % {"count": count})
        url = reverse("courses:bank_detail", args=[version.pk, into.pk])
        return HttpResponseRedirect(url)
    return passport_page(
        request,
        version,
        "courses/bank_merge.html",
        is_here=is_of(bank),
        crumbs=("banks",),
        title=_("Merge “%(bank)s” into another bank") % {"bank": bank},
        bank=bank,
        form=form,
    )


@GET_OR_POST
@passport_view
def bank_remove(request: HttpRequest, pk: int, bank_id: int) -> HttpResponse:
    version = load_version(request, pk)
    bank = get_bank(version, bank_id)
    back_url = PAGE_BY_KEY["banks"].url(version.pk)
    if request.method == "POST":
        delete_bank(bank=bank, by=person(request))
        messages.success(request, _("Removed: %(part)s.") % {"part": bank})
        return HttpResponseRedirect(back_url)
    return render(
        request,
        "courses/part_remove.html",
        {
            "version": version,
            "breadcrumbs": crumbs_of(version, "banks"),
            "facts": [
                {"label": _("Question bank"), "value": bank},
                {"label": _("Questions"), "value": bank.questions.count()},
            ],
            "consequences": [
                _("All its questions go; the files they came from are kept.")
            ],
            "cancel_url": back_url,
        },
    )


def _change(request: HttpRequest, bank: QuestionBank, form: BankForm) -> bool:
    try:
        change_bank(bank=bank, **form.cleaned_data, by=person(request))
    except BankExists as refusal:
        form.add_error("category", str(refusal))
        return False
    messages.success(request, _("Saved."))
    return True
