"""What anybody sees: the showcase and the page of a course."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Unit
from core.downloads import stored_answer
from courses.enums import ContentLanguage, CourseType
from registry.forms import CourseSearchForm, asked
from registry.models import Run
from registry.selectors import (
    Search,
    count_facet,
    find_courses,
    page_entry,
    public_illustration,
    reasons_against_enrolment,
    runs_one_is_in,
    runs_shown,
)
from registry.views.lists import chips_of, page_of

A_DAY = "public, max-age=86400"


@require_safe
def showcase(request: HttpRequest) -> HttpResponse:
    facets = asked(CourseSearchForm(request.GET))
    search = Search(facets.pop("q"), facets)
    page = page_of(request, find_courses(search))
    context = {
        "search": search,
        "page": page,
        "filters": _filters(request, search),
        "units": _units(search),
        "is_narrowed": bool(search.words or any(facets.values())),
    }
    return render(request, "registry/showcase.html", context)


def _filters(request: HttpRequest, search: Search) -> list[dict[str, Any]]:
    shown = (
        ("type", _("Type of course"), CourseType.choices),
        ("language", _("Language of the course"), ContentLanguage.choices),
    )
    filters = []
    for facet, label, choices in shown:
        counts = count_facet(search, facet)
        chips = chips_of(request, facet, choices, counts, total=sum(counts.values()))
        filters.append({"label": label, "chips": chips})
    return filters


def _units(search: Search) -> list[dict[str, Any]]:
    counts = count_facet(search, "unit")
    return [
        {
            "id": unit.pk,
            "name": unit.name,
            "count": counts.get(str(unit.pk), 0),
            "is_current": str(unit.pk) == search.facets["unit"],
        }
        for unit in Unit.objects.filter(pk__in=[*counts, search.facets["unit"] or 0])
    ]


@require_safe
def course_detail(request: HttpRequest, number: int) -> HttpResponse:
    entry = page_entry(number)
    if entry is None:
        raise Http404
    topics: dict[int, list[Any]] = {}
    for topic in entry.version.topics.all():
        topics.setdefault(topic.week, []).append(topic)
    runs = list(runs_shown(entry))
    context = {
        "entry": entry,
        "shown_runs": runs,
        "weeks": list(topics.items()),
        "runs": _runs(request, runs),
        "may_see_documents": request.user.has_perm("registry.read_document", entry),
    }
    return render(request, "registry/course_detail.html", context)


@require_safe
def course_illustration(request: HttpRequest, number: int) -> HttpResponseBase:
    """Give the picture of a course that was entered: it is locked since it opened."""
    picture = public_illustration(number)
    if picture is None:
        raise Http404
    return stored_answer(
        request,
        stored_as=picture.stored_as,
        sha256=picture.sha256,
        file_name=picture.file_name,
        container=picture.container,
        cache_control=A_DAY,
    )


def _runs(request: HttpRequest, runs: list[Run]) -> list[dict[str, Any]]:
    today = timezone.localdate()
    user = request.user
    mine = runs_one_is_in(user)
    return [
        {
            "run": run,
            "reasons": reasons_against_enrolment(run, today),
            "is_mine": run.pk in mine,
            "is_author": user.is_authenticated
            and not user.has_perm("registry.enrol", run),
        }
        for run in runs
    ]
