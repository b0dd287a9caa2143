"""What is mended between the verdict and the opening (MIN 5.4.8, 5.4.10)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.deadlines import working_days_left
from courses.enums import MaterialKind
from courses.findings import opening_group
from courses.forms.opening import IllustrationForm, ShortDescriptionsForm
from courses.marks import write_marks
from courses.material_words import facts_in_words, notes_on
from courses.models import CourseVersion, Material
from courses.panels import debts_told
from courses.selectors import check_version, versions_visible_to
from courses.selectors.drafts import last_save_of
from courses.selectors.materials import illustrations_of
from courses.services import (
    PassportLocked,
    StaleEdit,
    keep_before_edit,
    save_short_descriptions,
)
from courses.services.materials import (
    add_material,
    change_material,
    remove_material,
    store_file,
)
from courses.views.answers import crumbs_of, passport_view, person
from courses.views.conflicts import base_of, conflicts_of, marks_shown, reconciled

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@GET_OR_POST
@passport_view
def opening_edit(request: HttpRequest, pk: int) -> HttpResponse:
    version = _load(request, pk)
    stored = ShortDescriptionsForm(version=version)
    if request.method != "POST":
        return _page(request, version, form=stored, base=base_of(stored))
    typed, base = reconciled(request.POST, stored)
    form = ShortDescriptionsForm(typed, version=version)
    shown = write_marks(base or marks_shown(stored))
    if not form.is_valid():
        return _page(request, version, form=form, base=shown)
    try:
        save_short_descriptions(
            version=version,
            descriptions=form.descriptions(),
            by=person(request),
            base=base,
        )
    except StaleEdit as refusal:
        fresh = ShortDescriptionsForm(version=version)
        conflicts = conflicts_of(form, fresh, refusal.stored)
        return _page(request, version, form=form, base=shown, conflicts=conflicts)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(request.path)


@GET_OR_POST
@passport_view
def illustration_add(request: HttpRequest, pk: int) -> HttpResponse:
    version = _load(request, pk)
    form = IllustrationForm(
        request.POST or None, request.FILES or None, version=version
    )
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data.pop("file", None)
        add_material(
            version=version,
            values={**form.cleaned_data, "kind": MaterialKind.ILLUSTRATION},
            file=store_file(file) if file else None,
            by=person(request),
            at=timezone.now(),
        )
        messages.success(request, _("The illustration is taken in."))
        return HttpResponseRedirect(_address(version))
    return _form_page(request, version, form, title=_("New illustration"))


@GET_OR_POST
@passport_view
def illustration_edit(request: HttpRequest, pk: int, material_id: int) -> HttpResponse:
    version = _load(request, pk)
    # The form fills its own copy: what is stored is written by the service.
    form = IllustrationForm(
        request.POST or None,
        request.FILES or None,
        version=version,
        instance=_get(version, material_id),
    )
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data.pop("file", None)
        change_material(
            material=_get(version, material_id),
            values=form.cleaned_data,
            file=store_file(file) if file else None,
            by=person(request),
            at=timezone.now(),
        )
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(_address(version))
    return _form_page(
        request, version, form, title=_("Illustration"), material_id=material_id
    )


@GET_OR_POST
@passport_view
def illustration_remove(
    request: HttpRequest, pk: int, material_id: int
) -> HttpResponse:
    version = _load(request, pk)
    material = _get(version, material_id)
    if request.method == "POST":
        remove_material(material=material, by=person(request))
        messages.success(request, _("Removed: %(part)s.") % {"part": material})
        return HttpResponseRedirect(_address(version))
    context = {
        "version": version,
        "breadcrumbs": _crumbs(version),
        "facts": [
            {"label": material.get_kind_display(), "value": material},
            {"label": _("Known of it"), "value": facts_in_words(material) or "—"},
        ],
        "consequences": [_("The course cannot open without an illustration.")],
        "cancel_url": _address(version),
    }
    return render(request, "courses/part_remove.html", context)


def _load(request: HttpRequest, pk: int) -> CourseVersion:
    """Return a version that the person may see; whoever posts must be allowed to mend.

    Raises:
        Http404: there is none, or it is not open to the person.
        PermissionDenied: a POST by neither an author nor the centre's staff.
        PassportLocked: a POST before the verdict or after the opening.
    """
    user, now = person(request), timezone.now()
    versions = versions_visible_to(user, timezone.localdate(now))
    version = get_object_or_404(versions, pk=pk)
    if request.method == "POST":
        if not user.has_perm("courses.author_showcase", version):
            raise PermissionDenied
        if not user.has_perm("courses.edit_showcase", version):
            raise PassportLocked(
                _(
                    "Nothing was saved: this page is open between the verdict and the "
                    "entry in the register."
                )
            )
        keep_before_edit(version=version, by=user, at=now)
    return version


def _page(
    request: HttpRequest,
    version: CourseVersion,
    *,
    form: ShortDescriptionsForm,
    base: str,
    conflicts: Any = (),
) -> HttpResponse:
    text = version.texts.first()
    debt = debts_told([version.pk]).get(version.pk)
    context = {
        **_shared(request, version),
        "form": form,
        "base": base,
        "conflicts": conflicts,
        "saved_by": last_save_of(text) if conflicts and text else None,
        "lines": [
            {
                "material": row,
                "facts": facts_in_words(row),
                "notes": notes_on(row),
            }
            for row in illustrations_of(version)
        ],
        "debt": debt,
        "days_left": working_days_left(debt.due_on if debt else None, timezone.now()),
    }
    status = 409 if conflicts else 200
    return render(request, "courses/opening_edit.html", context, status=status)


def _form_page(
    request: HttpRequest,
    version: CourseVersion,
    form: IllustrationForm,
    *,
    title: str,
    material_id: int | None = None,
) -> HttpResponse:
    context = {
        **_shared(request, version),
        "breadcrumbs": _crumbs(version),
        "title": title,
        "form": form,
        "material_id": material_id,
        "cancel_url": _address(version),
    }
    return render(request, "courses/illustration_form.html", context)


def _shared(request: HttpRequest, version: CourseVersion) -> dict[str, Any]:
    return {
        "version": version,
        "breadcrumbs": crumbs_of(version),
        "can_edit": person(request).has_perm("courses.edit_showcase", version),
        "group": opening_group(check_version(version), version.pk),
    }


def _crumbs(version: CourseVersion) -> list[dict[str, str]]:
    own = {"label": _("Before opening"), "url": _address(version)}
    return [*crumbs_of(version), own]


def _address(version: CourseVersion) -> str:
    return reverse("courses:opening_edit", args=[version.pk])


def _get(version: CourseVersion, material_id: int) -> Material:
    return get_object_or_404(illustrations_of(version), pk=material_id)
