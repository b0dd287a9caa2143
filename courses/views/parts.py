"""Parts of a passport: the lists of those of a version, and the forms of every part."""

from collections.abc import Callable
from copy import copy
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from core.storage import read_bytes
from courses.models import BorrowedItem, CourseVersion, GlossaryTerm, Topic
from courses.places import PAGE_OF_SECTION
from courses.regulation.place import Place, Section
from courses.services import add_part, change_part, move_part, remove_part
from courses.services.parts import OfTopic, Part
from courses.views.answers import (
    crumbs_of,
    form_page,
    is_autosave,
    load_version,
    passport_page,
    passport_view,
    person,
)
from courses.views.drafts import forget_typed, form_to_add
from courses.views.edits import Edit, added_later, edit_answer
from courses.views.kinds import KINDS, LISTED, PartKind

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
PLACES = {"up": -1, "down": 1}


@GET_OR_POST
@passport_view
def part_list(request: HttpRequest, pk: int, section: Section) -> HttpResponse:
    """Show the parts of a kind that a version has, with a form that adds one."""
    version = load_version(request, pk)
    kind = LISTED[section]
    page = PAGE_OF_SECTION[section]
    form, draft = form_to_add(
        request, version, lambda *data: kind.form(*data, version=version)
    )
    if is_autosave(request):
        return added_later(request, version, form)
    if request.method == "POST" and form.is_valid():
        add_part(
            model=kind.model, to=version, values=form.cleaned_data, by=person(request)
        )
        forget_typed(request, version)
        first = next(iter(form.fields))
        return HttpResponseRedirect(f"{page.url(version.pk)}#id_{first}")
    return passport_page(
        request,
        version,
        "courses/part_list.html",
        is_here=lambda place: place.section is section,
        form=form,
        draft=draft,
        title=page.title,
        kind=kind,
        parts=rows_of(kind, version),
    )


def rows_of(kind: PartKind, version: CourseVersion) -> Any:
    """Return the parts of a kind that a version has, in their order."""
    rows = kind.model.objects.filter(version=version)
    return rows.select_related("topic") if kind.model is BorrowedItem else rows


@require_safe
@passport_view
def borrowed_consent(request: HttpRequest, pk: int, part_id: int) -> HttpResponse:
    """Give back the written consent of an author (MIN 5.3.4)."""
    version = load_version(request, pk)
    with_consent = version.borrowed.exclude(consent_stored_as="")
    item = get_object_or_404(with_consent, pk=part_id)
    disposition = content_disposition_header(
        as_attachment=True, filename=item.consent_name
    )
    return HttpResponse(
        read_bytes(item.consent_stored_as),
        content_type="application/octet-stream",
        headers={"Content-Disposition": disposition},
    )


@GET_OR_POST
@passport_view
def part_add(request: HttpRequest, pk: int, topic_id: int, kind: str) -> HttpResponse:
    version = load_version(request, pk)
    topic = get_object_or_404(Topic, version=version, pk=topic_id)
    chosen = KINDS[kind]
    if not chosen.is_of_topic:
        raise Http404
    form, draft = form_to_add(
        request, version, lambda *data: chosen.form(*data, version=version)
    )
    if is_autosave(request):
        return added_later(request, version, form)
    if request.method == "POST" and form.is_valid():
        part = add_part(
            model=chosen.model, to=topic, values=form.cleaned_data, by=person(request)
        )
        forget_typed(request, version)
        messages.success(request, _("Added: %(part)s.") % {"part": part})
        return HttpResponseRedirect(owner_url(version, part))
    return form_page(
        request,
        version,
        is_here=_of_topic(topic),
        crumbs=("topics",),
        form=form,
        draft=draft,
        is_new=True,
        title=chosen.title_new,
        note=str(topic),
        cancel_url=reverse("courses:topic_detail", args=[version.pk, topic.pk]),
    )


@GET_OR_POST
@passport_view
def part_edit(request: HttpRequest, pk: int, kind: str, part_id: int) -> HttpResponse:
    version = load_version(request, pk)
    chosen = KINDS[kind]
    part = get_part(version, chosen, part_id)
    # The form fills its own copy: what is stored is still to be compared with.
    edit = Edit(
        version=version,
        bind=lambda *data: chosen.form(*data, version=version, instance=copy(part)),
        save=lambda form, base: change_part(
            part=part, values=form.cleaned_data, by=person(request), base=base
        ),
        row=part,
        is_here=_is_place_of(part, chosen.section),
        page={
            "crumbs": (PAGE_OF_SECTION[chosen.section].key,),
            "title": capfirst(str(part._meta.verbose_name)),
            "note": "" if isinstance(part, Topic) else str(getattr(part, "topic", "")),
            "cancel_url": owner_url(version, part),
            "remove_url": reverse("courses:part_remove", args=[pk, kind, part_id]),
        },
    )
    return edit_answer(request, edit)


@require_POST
@passport_view
def part_move(request: HttpRequest, pk: int, kind: str, part_id: int) -> HttpResponse:
    version = load_version(request, pk)
    part = get_part(version, KINDS[kind], part_id)
    places = PLACES.get(request.POST.get("to", ""))
    if places is None or isinstance(part, GlossaryTerm):
        raise Http404
    move_part(part=part, by_places=places, by=person(request))
    return HttpResponseRedirect(owner_url(version, part))


@GET_OR_POST
@passport_view
def part_remove(request: HttpRequest, pk: int, kind: str, part_id: int) -> HttpResponse:
    version = load_version(request, pk)
    part = get_part(version, KINDS[kind], part_id)
    back_url = owner_url(version, part)
    if request.method == "POST":
        remove_part(part=part, by=person(request))
        messages.success(request, _("Removed: %(part)s.") % {"part": part})
        return HttpResponseRedirect(back_url)
    return render(
        request,
        "courses/part_remove.html",
        {
            "version": version,
            "breadcrumbs": crumbs_of(version, PAGE_OF_SECTION[KINDS[kind].section].key),
            "facts": [{"label": capfirst(str(part._meta.verbose_name)), "value": part}],
            "consequences": _consequences(part),
            "cancel_url": back_url,
        },
    )


def get_part(version: CourseVersion, kind: PartKind, part_id: int) -> Part:
    """Return a part of this version and no other.

    Raises:
        Http404: the version has no such part.
    """
    owner = "topic__version" if kind.is_of_topic else "version"
    part: Part = get_object_or_404(kind.model, pk=part_id, **{owner: version})
    return part


def owner_url(version: CourseVersion, part: Part) -> str:
    """Return the page that lists a part among its like."""
    if isinstance(part, OfTopic):
        return reverse("courses:topic_detail", args=[version.pk, part.topic_id])
    section = next(kind.section for kind in KINDS.values() if kind.model is type(part))
    return PAGE_OF_SECTION[section].url(version.pk)


def _is_place_of(part: Part, section: Section) -> Callable[[Place], bool]:
    return lambda place: place.section is section and place.object_id == part.pk


def _of_topic(topic: Topic) -> Callable[[Place], bool]:
    return lambda place: place.section is Section.TOPIC and place.object_id == topic.pk


def _consequences(part: Part) -> list[str]:
    """Say what goes with a part, and what stays."""
    if not isinstance(part, Topic):
        return [_("It cannot be brought back.")]
    return [
        _(
            "With it go: theory %(longreads)s, practicum %(practicums)s, control %(tasks)s."
        )
        % {
            "longreads": part.longreads.count(),
            "practicums": part.practicums.count(),
            "tasks": part.control_tasks.count(),
        },
        _("Its question banks stay, assigned to the whole course."),
    ]
