"""The passport's own forms: titles, introduction, description, grading, attestation."""

from collections.abc import Callable
from copy import copy
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.forms.sections import SECTION_FORMS, AttestationForm, TextsForm
from courses.models import CourseVersion, FinalAttestation
from courses.places import PAGE_OF_SECTION, PAGES
from courses.regulation.place import Place, Section
from courses.services import save_attestation, save_section, save_texts
from courses.views.answers import form_page, load_version, passport_view, person, saved

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@GET_OR_POST
@passport_view
def texts_edit(request: HttpRequest, pk: int) -> HttpResponse:
    version = load_version(request, pk)
    form = TextsForm(request.POST or None, version=version)
    page: dict[str, Any] = {
        "title": _("Title and short description"),
        "next_page": next_after("texts", version),
        "is_here": _nowhere,
    }
    if request.method == "POST" and form.is_valid():
        save_texts(version=version, texts=form.texts(), by=person(request))
        fresh = load_version(request, pk)
        form = TextsForm(version=fresh)
        return saved(request, fresh, form=form, **page)
    return form_page(request, version, form=form, **page)


@GET_OR_POST
@passport_view
def section_edit(request: HttpRequest, pk: int, section: Section) -> HttpResponse:
    version = load_version(request, pk)
    form_class = SECTION_FORMS[section]
    form = form_class(request.POST or None, instance=copy(version))
    page: dict[str, Any] = {
        "title": PAGE_OF_SECTION[section].title,
        "next_page": next_after(PAGE_OF_SECTION[section].key, version),
        "is_here": _on(section),
    }
    if request.method == "POST" and form.is_valid():
        save_section(
            version=version,
            section=section,
            values=form.cleaned_data,
            by=person(request),
        )
        return saved(request, version, form=form_class(instance=version), **page)
    return form_page(request, version, form=form, **page)


@GET_OR_POST
@passport_view
def attestation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    version = load_version(request, pk)
    attestation = FinalAttestation.objects.filter(version=version).first()
    form = AttestationForm(request.POST or None, instance=copy(attestation))
    page: dict[str, Any] = {
        "title": _("Final attestation"),
        "next_page": next_after("attestation", version),
        "is_here": _on(Section.ATTESTATION),
    }
    if request.method == "POST" and form.is_valid():
        attestation = save_attestation(
            version=version, values=form.cleaned_data, by=person(request)
        )
        form = AttestationForm(instance=attestation)
        return saved(request, version, form=form, **page)
    return form_page(request, version, form=form, **page)


def next_after(key: str, version: CourseVersion) -> dict[str, Any] | None:
    """Return title and address of the page of the passport that follows another."""
    keys = [page.key for page in PAGES]
    place = keys.index(key) + 1
    if place == len(PAGES):
        return None
    return {"title": PAGES[place].title, "url": PAGES[place].url(version.pk)}


def _on(section: Section) -> Callable[[Place], bool]:
    return lambda place: place.section is section


def _nowhere(_place: Place) -> bool:
    """No requirement is mended on the page of titles."""
    return False
