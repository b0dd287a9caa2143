"""Parts of a passport: lists of outcomes and terms, and the forms of every part."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from courses.forms.parts import (
    ControlTaskForm,
    LongreadForm,
    OutcomeForm,
    PartForm,
    PracticumForm,
    TermForm,
    TopicForm,
)
from courses.models import (
    ControlTask,
    CourseVersion,
    GlossaryTerm,
    LearningOutcome,
    Longread,
    Practicum,
    Topic,
)
from courses.places import PAGE_OF_SECTION, PART_KINDS
from courses.regulation.place import Place, Section
from courses.services import add_part, change_part, move_part, remove_part
from courses.services.parts import Part
from courses.views.answers import (
    crumbs_of,
    form_page,
    load_version,
    passport_page,
    passport_view,
    person,
    saved,
)

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
PLACES = {"up": -1, "down": 1}


@dataclass(frozen=True, slots=True)
class PartKind:
    """What a kind of part is made of: its model, its form, its words."""

    section: Section
    model: type[Any]
    form: type[PartForm]
    title_new: Promise
    is_of_topic: bool = False


KINDS = {
    PART_KINDS[kind.section]: kind
    for kind in (
        PartKind(
            Section.OUTCOMES,
            LearningOutcome,
            OutcomeForm,
            gettext_lazy("New learning outcome"),
        ),
        PartKind(Section.GLOSSARY, GlossaryTerm, TermForm, gettext_lazy("New term")),
        PartKind(Section.TOPIC, Topic, TopicForm, gettext_lazy("New topic")),
        PartKind(
            Section.LONGREAD,
            Longread,
            LongreadForm,
            gettext_lazy("New longread"),
            is_of_topic=True,
        ),
        PartKind(
            Section.PRACTICUM,
            Practicum,
            PracticumForm,
            gettext_lazy("New practicum"),
            is_of_topic=True,
        ),
        PartKind(
            Section.CONTROL_TASK,
            ControlTask,
            ControlTaskForm,
            gettext_lazy("New control task"),
            is_of_topic=True,
        ),
    )
}


@GET_OR_POST
@passport_view
def outcome_list(request: HttpRequest, pk: int) -> HttpResponse:
    return _list_page(request, pk, Section.OUTCOMES, "courses/outcome_list.html")


@GET_OR_POST
@passport_view
def term_list(request: HttpRequest, pk: int) -> HttpResponse:
    return _list_page(request, pk, Section.GLOSSARY, "courses/term_list.html")


def _list_page(
    request: HttpRequest, pk: int, section: Section, template: str
) -> HttpResponse:
    """Show the parts of a version with a form that adds one."""
    version = load_version(request, pk)
    kind = KINDS[PART_KINDS[section]]
    form = kind.form(request.POST or None, version=version)
    page = PAGE_OF_SECTION[section]
    if request.method == "POST" and form.is_valid():
        add_part(
            model=kind.model, to=version, values=form.cleaned_data, by=person(request)
        )
        first = next(iter(form.fields))
        return HttpResponseRedirect(f"{page.url(version.pk)}#id_{first}")
    return passport_page(
        request,
        version,
        template,
        is_here=lambda place: place.section is section,
        form=form,
        title=page.title,
        kind=PART_KINDS[section],
        parts=kind.model.objects.filter(version=version),
    )


@GET_OR_POST
@passport_view
def part_add(request: HttpRequest, pk: int, topic_id: int, kind: str) -> HttpResponse:
    version = load_version(request, pk)
    topic = get_object_or_404(Topic, version=version, pk=topic_id)
    chosen = KINDS[kind]
    if not chosen.is_of_topic:
        raise Http404
    form = chosen.form(request.POST or None, version=version)
    if request.method == "POST" and form.is_valid():
        part = add_part(
            model=chosen.model, to=topic, values=form.cleaned_data, by=person(request)
        )
        messages.success(request, _("Added: %(part)s.") % {"part": part})
        return HttpResponseRedirect(owner_url(version, part))
    return form_page(
        request,
        version,
        is_here=_of_topic(topic),
        crumbs=("topics",),
        form=form,
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
    form = chosen.form(request.POST or None, version=version, instance=copy(part))
    page: dict[str, Any] = {
        "is_here": _is_place_of(part, chosen.section),
        "crumbs": (PAGE_OF_SECTION[chosen.section].key,),
        "title": capfirst(str(part._meta.verbose_name)),
        "note": "" if isinstance(part, Topic) else str(getattr(part, "topic", "")),
        "cancel_url": owner_url(version, part),
        "remove_url": reverse("courses:part_remove", args=[pk, kind, part_id]),
    }
    if request.method == "POST" and form.is_valid():
        change_part(part=part, values=form.cleaned_data, by=person(request))
        page["form"] = chosen.form(version=version, instance=part)
        return saved(request, version, **page)
    return form_page(request, version, form=form, **page)


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
    if isinstance(part, LearningOutcome):
        return PAGE_OF_SECTION[Section.OUTCOMES].url(version.pk)
    if isinstance(part, GlossaryTerm):
        return PAGE_OF_SECTION[Section.GLOSSARY].url(version.pk)
    if isinstance(part, Topic):
        return PAGE_OF_SECTION[Section.TOPIC].url(version.pk)
    return reverse("courses:topic_detail", args=[version.pk, part.topic_id])


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
