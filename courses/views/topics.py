"""Topics by week, and one topic with its parts."""

from collections.abc import Callable
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.forms.parts import TopicForm
from courses.models import CourseVersion, Topic
from courses.places import PAGE_BY_KEY
from courses.regulation.place import Place, Section
from courses.selectors import topics_of
from courses.services import add_part
from courses.views.answers import (
    form_page,
    load_version,
    passport_page,
    passport_view,
    person,
)


@require_safe
@passport_view
def topic_list(request: HttpRequest, pk: int) -> HttpResponse:
    version = load_version(request, pk)
    topics = _counted(Topic.objects.filter(version=version))
    return passport_page(
        request,
        version,
        "courses/topic_list.html",
        is_here=lambda place: place.section is Section.TOPIC,
        title=PAGE_BY_KEY["topics"].title,
        weeks=[
            _week(number, list(group))
            for number, group in groupby(topics, key=lambda topic: topic.week)
        ],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@passport_view
def topic_add(request: HttpRequest, pk: int) -> HttpResponse:
    version = load_version(request, pk)
    initial = {"week": _next_week(version)}
    form = TopicForm(request.POST or None, version=version, initial=initial)
    if request.method == "POST" and form.is_valid():
        topic = add_part(
            model=Topic, to=version, values=form.cleaned_data, by=person(request)
        )
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
        title=_("New topic"),
        cancel_url=PAGE_BY_KEY["topics"].url(version.pk),
    )


@require_safe
@passport_view
def topic_detail(request: HttpRequest, pk: int, topic_id: int) -> HttpResponse:
    version = load_version(request, pk)
    topic = get_object_or_404(topics_of(version), pk=topic_id)
    return passport_page(
        request,
        version,
        "courses/topic_detail.html",
        is_here=_of(topic),
        crumbs=("topics",),
        title=str(topic),
        topic=topic,
        banks=topic.banks.order_by("pk").annotate(question_count=Count("questions")),
    )


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


def _week(number: int, topics: list[Topic]) -> dict[str, Any]:
    return {
        "number": number,
        "topics": topics,
        "hours": sum(topic.hours or 0 for topic in topics),
    }


def _of(topic: Topic) -> Callable[[Place], bool]:
    """Tell whether a place is in a topic, its parts and its banks included."""
    own = {
        Section.TOPIC: {topic.pk},
        Section.LONGREAD: {row.pk for row in topic.longreads.all()},
        Section.PRACTICUM: {row.pk for row in topic.practicums.all()},
        Section.CONTROL_TASK: {row.pk for row in topic.control_tasks.all()},
        Section.BANK: {row.pk for row in topic.banks.all()},
    }
    return lambda place: place.object_id in own.get(place.section, ())
