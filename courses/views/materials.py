"""Materials of a passport: their list, files and links in, each file by rights."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from core.uploads import FileRefused
from courses.enums import MaterialKind, MeasureState
from courses.forms.materials import (
    MAX_TITLE,
    MaterialFilesForm,
    MaterialFilterForm,
    MaterialForm,
    MaterialLinkForm,
    check_file,
)
from courses.material_kinds import KINDS
from courses.material_words import facts_in_words, notes_on, short_note_on
from courses.models import CourseVersion, Material
from courses.places import PAGE_BY_KEY
from courses.regulation.place import Place, Section
from courses.selectors.materials import counts_of_materials, materials_of
from courses.services.materials import (
    add_material,
    change_material,
    measure_again,
    remove_material,
    store_file,
)
from courses.views.answers import (
    crumbs_of,
    is_fragment,
    load_version,
    passport_page,
    passport_view,
    person,
)

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
# Shown in the page itself; anything else is only given to be saved.
SHOWN = {"jpeg", "png", "gif", "webp"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one file of several: the material, or why it was refused."""

    name: str
    material: Material | None = None
    refusal: str = ""


def _is_here(place: Place) -> bool:
    return place.section is Section.MATERIAL


def _of(material: Material) -> Callable[[Place], bool]:
    return lambda place: _is_here(place) and place.object_id == material.pk


@require_safe
@passport_view
def material_list(request: HttpRequest, pk: int) -> HttpResponse:
    version = load_version(request, pk)
    chosen = MaterialFilterForm(request.GET).chosen()
    counts = counts_of_materials(version)
    lines = [_line(row) for row in materials_of(version).filter(**chosen)]
    context: dict[str, Any] = {
        "lines": lines,
        "count": sum(counts.values()),
        "waiting": _total(counts, state=MeasureState.WAITING),
        "kinds": _chips(request, counts, "kind", MaterialKind.choices, chosen),
        "states": _chips(request, counts, "state", MeasureState.choices, chosen),
    }
    if is_fragment(request):
        whole = {**context, "version": version}
        return render(request, "courses/_material_table.html", whole)
    return passport_page(
        request,
        version,
        "courses/material_list.html",
        is_here=_is_here,
        title=PAGE_BY_KEY["materials"].title,
        **context,
    )


@GET_OR_POST
@passport_view
def material_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Take files of a kind in; each is answered for by itself."""
    version = load_version(request, pk)
    kind = _kind_in(request)
    form = MaterialFilesForm(
        request.POST or None,
        request.FILES or None,
        version=version,
        kind=kind,
        initial={"topic": request.GET.get("topic")},
    )
    answers: list[Answer] = []
    if request.method == "POST" and form.is_valid():
        answers = [
            _take(request, version, form, file) for file in form.cleaned_data["files"]
        ]
        if is_fragment(request):
            context = {"answers": answers, "version": version}
            return render(request, "courses/_material_answers.html", context)
        if all(answer.material for answer in answers):
            return _told_and_back(request, version, answers)
    return _add_page(request, version, kind, form=form, answers=answers)


@GET_OR_POST
@passport_view
def material_link(request: HttpRequest, pk: int) -> HttpResponse:
    version = load_version(request, pk)
    kind = _kind_in(request)
    form = MaterialLinkForm(
        request.POST or None,
        version=version,
        kind=kind,
        initial={"topic": request.GET.get("topic")},
    )
    if request.method == "POST" and form.is_valid():
        material = add_material(
            version=version,
            values={**form.cleaned_data, "kind": kind},
            file=None,
            by=person(request),
            at=timezone.now(),
        )
        messages.success(request, _("Added: %(part)s.") % {"part": material})
        return HttpResponseRedirect(PAGE_BY_KEY["materials"].url(version.pk))
    return _add_page(request, version, kind, form=form, is_link=True)


@GET_OR_POST
@passport_view
def material_edit(request: HttpRequest, pk: int, material_id: int) -> HttpResponse:
    version = load_version(request, pk)
    material = _get(version, material_id)
    form = MaterialForm(
        request.POST or None,
        request.FILES or None,
        version=version,
        instance=_get(version, material_id),
    )
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data.pop("file", None)
        change_material(
            material=material,
            values=form.cleaned_data,
            file=store_file(file) if file else None,
            by=person(request),
            at=timezone.now(),
        )
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(request.path)
    return passport_page(
        request,
        version,
        "courses/material_edit.html",
        is_here=_of(material),
        crumbs=("materials",),
        title=str(material),
        form=form,
        line=_line(material),
    )


@GET_OR_POST
@passport_view
def material_remove(request: HttpRequest, pk: int, material_id: int) -> HttpResponse:
    version = load_version(request, pk)
    material = _get(version, material_id)
    back_url = PAGE_BY_KEY["materials"].url(version.pk)
    if request.method == "POST":
        remove_material(material=material, by=person(request))
        messages.success(request, _("Removed: %(part)s.") % {"part": material})
        return HttpResponseRedirect(back_url)
    return render(
        request,
        "courses/part_remove.html",
        {
            "version": version,
            "breadcrumbs": crumbs_of(version, "materials"),
            "facts": [
                {"label": material.get_kind_display(), "value": material},
                {"label": _("Known of it"), "value": facts_in_words(material) or "—"},
            ],
            "consequences": [_("It is no longer counted as theory of its topic.")],
            "cancel_url": back_url,
        },
    )


@require_POST
@passport_view
def material_measure(request: HttpRequest, pk: int, material_id: int) -> HttpResponse:
    version = load_version(request, pk)
    material = _get(version, material_id)
    measure_again(material=material, by=person(request), at=timezone.now())
    return HttpResponseRedirect(
        reverse("courses:material_edit", args=[version.pk, material.pk])
    )


@require_safe
@passport_view
def material_file(request: HttpRequest, pk: int, material_id: int) -> HttpResponse:
    """Give the file back: a picture to be seen, anything else to be saved."""
    version = load_version(request, pk)
    files = Material.objects.filter(version=version).exclude(stored_as="")
    material = get_object_or_404(files, pk=material_id)
    is_shown = material.container in SHOWN and "save" not in request.GET
    answer = FileResponse(
        default_storage.open(material.stored_as),
        as_attachment=not is_shown,
        filename=material.file_name,
        content_type=f"image/{material.container}"
        if is_shown
        else "application/octet-stream",
    )
    answer["Cache-Control"] = "private"
    return answer  # type: ignore[return-value]  # it streams


def _take(
    request: HttpRequest, version: CourseVersion, form: MaterialFilesForm, upload: Any
) -> Answer:
    try:
        file = check_file(upload, KINDS[form.kind])
    except FileRefused as refusal:
        return Answer(upload.name, refusal=str(refusal))
    material = add_material(
        version=version,
        values={**form.values(), "title": file.name.rpartition(".")[0][:MAX_TITLE]},
        file=store_file(file),
        by=person(request),
        at=timezone.now(),
    )
    return Answer(file.name, material)


def _told_and_back(
    request: HttpRequest, version: CourseVersion, answers: list[Answer]
) -> HttpResponse:
    words = ngettext(
        "%(count)s file is taken in and will be measured.",
        "%(count)s files are taken in and will be measured.",
        len(answers),
    )
    messages.success(request, words % {"count": len(answers)})
    return HttpResponseRedirect(PAGE_BY_KEY["materials"].url(version.pk))


def _add_page(
    request: HttpRequest,
    version: CourseVersion,
    kind: MaterialKind,
    *,
    form: Any,
    answers: list[Answer] | None = None,
    is_link: bool = False,
) -> HttpResponse:
    page = passport_page(
        request,
        version,
        "courses/material_add.html",
        is_here=_is_here,
        crumbs=("materials",),
        title=_("New material"),
        form=form,
        answers=answers or [],
        kinds=[
            {
                "label": chosen.label,
                "url": f"?{urlencode({**request.GET.dict(), 'kind': chosen})}",
                "is_current": chosen == kind,
            }
            for chosen in MaterialKind
        ],
        is_link=is_link,
        query=request.GET.urlencode(),
    )
    if any(answer.refusal for answer in answers or ()):
        page.status_code = 400
    return page


def _kind_in(request: HttpRequest) -> MaterialKind:
    """Return the kind that the address names; a video where it names none."""
    name = request.GET.get("kind")
    return MaterialKind(name) if name in MaterialKind.values else MaterialKind.VIDEO


def _get(version: CourseVersion, material_id: int) -> Material:
    rows = Material.objects.filter(version=version).select_related("topic", "version")
    return get_object_or_404(rows, pk=material_id)


def _line(material: Material) -> dict[str, Any]:
    return {
        "material": material,
        "facts": facts_in_words(material),
        "note": short_note_on(material),
        "notes": notes_on(material),
        "is_picture": material.container in SHOWN,
    }


def _chips(
    request: HttpRequest,
    counts: dict[tuple[str, str], int],
    name: str,
    choices: Any,
    chosen: dict[str, str],
) -> list[dict[str, Any]]:
    """Return the filters of a list by one of its two sides, with their counts."""
    others = {key: value for key, value in chosen.items() if key != name}
    rows = [("", _("all")), *choices]
    chips = [
        {
            "label": label,
            "count": _total(counts, **{**others, **({name: value} if value else {})}),
            "url": f"?{urlencode({**others, **({name: value} if value else {})})}",
            "is_current": chosen.get(name, "") == value,
        }
        for value, label in rows
    ]
    return [chip for chip in chips if chip["count"] or chip["is_current"]]


def _total(
    counts: dict[tuple[str, str], int], *, kind: str = "", state: str = ""
) -> int:
    return sum(
        count
        for (own_kind, own_state), count in counts.items()
        if kind in ("", own_kind) and state in ("", own_state)
    )
