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
from courses.views.answers import load_version, passport_view, person
from courses.views.edits import Edit, edit_answer

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@GET_OR_POST
@passport_view
def texts_edit(request: HttpRequest, pk: int) -> HttpResponse:
    version = load_version(request, pk)
    edit = Edit(
        version=version,
        bind=lambda data, _files: TextsForm(data, version=version),
        save=lambda form, base: save_texts(
            version=version, texts=form.texts(), by=person(request), base=base
        ),
        row=version.texts.first(),
        is_here=_on(Section.TEXTS),
        page={
            "title": _("Title and short description"),
            "next_page": next_after("texts", version),
        },
    )
    return edit_answer(request, edit)


@GET_OR_POST
@passport_view
def section_edit(request: HttpRequest, pk: int, section: Section) -> HttpResponse:
    version = load_version(request, pk)
    # The form fills its own copy: what is stored is still to be compared with.
    edit = Edit(
        version=version,
        bind=lambda data, _files: SECTION_FORMS[section](data, instance=copy(version)),
        save=lambda form, base: save_section(
            version=version,
            section=section,
            values=form.cleaned_data,
            by=person(request),
            base=base,
        ),
        row=version,
        is_here=_on(section),
        page={
            "title": PAGE_OF_SECTION[section].title,
            "next_page": next_after(PAGE_OF_SECTION[section].key, version),
        },
    )
    return edit_answer(request, edit)


@GET_OR_POST
@passport_view
def attestation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    version = load_version(request, pk)
    attestations = FinalAttestation.objects.filter(version=version)
    edit = Edit(
        version=version,
        bind=lambda data, _files: AttestationForm(data, instance=attestations.first()),
        save=lambda form, base: save_attestation(
            version=version, values=form.cleaned_data, by=person(request), base=base
        ),
        row=attestations.first(),
        is_here=_on(Section.ATTESTATION),
        page={
            "title": _("Final attestation"),
            "next_page": next_after("attestation", version),
        },
    )
    return edit_answer(request, edit)


def next_after(key: str, version: CourseVersion) -> dict[str, Any] | None:
    """Return title and address of the page of the passport that follows another."""
    keys = [page.key for page in PAGES]
    place = keys.index(key) + 1
    if place == len(PAGES):
        return None
    return {"title": PAGES[place].title, "url": PAGES[place].url(version.pk)}


def _on(section: Section) -> Callable[[Place], bool]:
    return lambda place: place.section is section
