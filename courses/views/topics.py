"""Topics by week, and one topic with its parts."""

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from courses.forms.parts import LAST_WEEK, TopicForm, TopicPlaceForm
from courses.models import CourseVersion, QuestionBank, Topic
from courses.places import PAGE_BY_KEY
from courses.regulation.place import Place, Section
from courses.selectors import topics_of
from courses.services import add_part, copy_topic, place_topic
from courses.views.answers import (
    form_page,
    is_autosave,
    is_fragment,
    load_version,
    passport_page,
    passport_view,
    person,
)
from courses.views.drafts import forget_typed, form_to_add
from courses.views.edits import added_later

# Digits of a number that is no week: it is not read at all.
LONG_WEEK = 4


@require_safe
@passport_view
def topic_list(request: HttpRequest, pk: int) -> HttpResponse:
    return _topics_page(request, load_version(request, pk))


@require_POST
@passport_view
def topic_place(request: HttpRequest, pk: int, topic_id: int) -> HttpResponse:
    """Put a topic into another week or place; a script is answered with the weeks."""
    version = load_version(request, pk)
    topic = get_object_or_404(version.topics, pk=topic_id)
    form = TopicPlaceForm(request.POST)
    if form.is_valid():
        place_topic(topic=topic, **form.cleaned_data, by=person(request))
        said = _("“%(topic)s” is now in week %(week)s, place %(place)s.") % {
            "topic": topic,
            "week": topic.week,
            "place": topic.position,
        }
    else:
        said = _("Not moved: give the number of a week and of a place in it.")
    if is_fragment(request):
        return _topics_page(request, version, said=said)
    (messages.success if form.is_valid() else messages.error)(request, said)
    return HttpResponseRedirect(PAGE_BY_KEY["topics"].url(version.pk))


@require_POST
@passport_view
def topic_copy(request: HttpRequest, pk: int, topic_id: int) -> HttpResponse:
    version = load_version(request, pk)
    topic = get_object_or_404(version.topics, pk=topic_id)
    copied = copy_topic(topic=topic, by=person(request))
    messages.success(request, _("Added: %(topic)s.") % {"topic": copied})
    return redirect("courses:topic_detail", version.pk, copied.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@passport_view
def topic_add(request: HttpRequest, pk: int) -> HttpResponse:
    version = load_version(request, pk)
    initial = {"week": _asked_week(request) or _next_week(version)}
    form, draft = form_to_add(
        request,
        version,
        lambda data, _files: TopicForm(data, version=version, initial=initial),
    )
    if is_autosave(request):
        return added_later(request, version, form)
    if request.method == "POST" and form.is_valid():
        topic = add_part(
            model=Topic, to=version, values=form.cleaned_data, by=person(request)
        )
        forget_typed(request, version)
        messages.success(
            request, _("Added: %(topic)s. Now its parts.") % {"topic": topic}
        )
        return redirect("courses:topic_detail", version.pk, topic.pk)
    return form_page(
        request,
        version,
        is_here=lambda place: place.section is Section.TOPIC and not place.object_id,
        crumbs=("topics",),
        form=form,
        draft=draft,
        is_new=True,
        title=_("New topic"),
        cancel_url=PAGE_BY_KEY["topics"].url(version.pk),
    )


@require_safe
@passport_view
def topic_detail(request: HttpRequest, pk: int, topic_id: int) -> HttpResponse:
    version = load_version(request, pk)
    topic = get_object_or_404(topics_of(version), pk=topic_id)
    counted = topic.banks.order_by("pk").annotate(question_count=Count("questions"))
    banks = list(counted)
    return passport_page(
        request,
        version,
        "courses/topic_detail.html",
        is_here=_of(topic, banks),
        crumbs=("topics",),
        title=str(topic),
        topic=topic,
        banks=banks,
    )


def _asked_week(request: HttpRequest) -> int | None:
    """Return the week that the address asks for; none where it is no number of one."""
    week = request.GET.get("week", "")
    return int(week) if week.isdecimal() and len(week) < LONG_WEEK else None


def _next_week(version: CourseVersion) -> int:
    last = Topic.objects.filter(version=version).last()
    return last.week + 1 if last else 1


def _counted(topics: QuerySet[Topic]) -> QuerySet[Topic]:
    # Aggregation drops the model's own order.
    return topics.order_by("week", "position", "pk").annotate(
        longread_count=Count("longreads", distinct=True),
        practicum_count=Count("practicums", distinct=True),
        task_count=Count("control_tasks", distinct=True),
    )


def _topics_page(
    request: HttpRequest, version: CourseVersion, *, said: str = ""
) -> HttpResponse:
    return passport_page(
        request,
        version,
        "courses/_weeks_moved.html" if said else "courses/topic_list.html",
        is_here=lambda place: place.section is Section.TOPIC,
        title=PAGE_BY_KEY["topics"].title,
        weeks=_weeks(version),
        said=said,
    )


def _weeks(version: CourseVersion) -> list[dict[str, Any]]:
    """Return every week of the course, those without topics too, with its topics."""
    topics = list(_counted(Topic.objects.filter(version=version)))
    by_week = {
        number: list(group)
        for number, group in groupby(topics, key=lambda topic: topic.week)
    }
    declared = range(1, min(version.weeks or 0, LAST_WEEK) + 1) if topics else ()
    return [
        {
            "number": number,
            "topics": by_week.get(number, []),
            "hours": sum(topic.hours or 0 for topic in by_week.get(number, [])),
        }
        for number in sorted({*by_week, *declared})
    ]


def _of(topic: Topic, banks: Iterable[QuestionBank]) -> Callable[[Place], bool]:
    """Tell whether a place is in a topic, its parts and its banks included."""
    own = {
        Section.TOPIC: {topic.pk},
        Section.LONGREAD: {row.pk for row in topic.longreads.all()},
        Section.PRACTICUM: {row.pk for row in topic.practicums.all()},
        Section.CONTROL_TASK: {row.pk for row in topic.control_tasks.all()},
        Section.BANK: {row.pk for row in banks},
    }
    return lambda place: place.object_id in own.get(place.section, ())
