"""The list of banks, a new bank, and the questions that stand more than once."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.forms.banks import BankForm, MoveForm
from courses.places import PAGE_BY_KEY
from courses.selectors.banks import (
    bank_rows,
    bank_totals,
    repeated_marks,
    same_questions,
)
from courses.services import BankExists, add_bank
from courses.views.answers import load_version, passport_page, passport_view, person
from courses.views.banks.loading import GET_OR_POST, is_of_banks

PAGE_GROUPS = 25


@require_safe
@passport_view
def bank_list(request: HttpRequest, pk: int) -> HttpResponse:
    version = load_version(request, pk)
    return passport_page(
        request,
        version,
        "courses/bank_list.html",
        is_here=is_of_banks,
        title=PAGE_BY_KEY["banks"].title,
        rows=bank_rows(version),
        totals=bank_totals(version),
        imports=version.question_imports.select_related("by"),
    )


@GET_OR_POST
@passport_view
def bank_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Make an empty bank: questions are written by hand, or moved there."""
    version = load_version(request, pk)
    form = BankForm(request.POST or None, version=version)
    if request.method == "POST" and form.is_valid():
        try:
            bank = add_bank(version=version, **form.cleaned_data, by=person(request))
        except BankExists as refusal:
            form.add_error("category", str(refusal))
        else:
            url = reverse("courses:bank_detail", args=[version.pk, bank.pk])
            return HttpResponseRedirect(url)
    return passport_page(
        request,
        version,
        "courses/bank_form.html",
        is_here=is_of_banks,
        crumbs=("banks",),
        title=_("A new bank"),
        form=form,
    )


@require_safe
@passport_view
def question_same(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the questions that stand more than once, those of all banks together."""
    version = load_version(request, pk)
    pages = Paginator(repeated_marks(version), PAGE_GROUPS)
    page = pages.get_page(request.GET.get("page"))
    return passport_page(
        request,
        version,
        "courses/question_same.html",
        is_here=is_of_banks,
        crumbs=("banks",),
        title=_("The same question twice"),
        page=page,
        groups=same_questions(version, page.object_list),
        move=MoveForm(version=version),
    )
