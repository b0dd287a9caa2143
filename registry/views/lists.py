"""What lists of the register have in common: pages, chips, downloads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from registry.models import RegisterEntry, Run

PAGE_ROWS = 25


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter with its count, as `components/chips.html` draws it."""

    label: str
    count: int
    url: str
    is_current: bool


def page_of(request: HttpRequest, rows: Sequence[Any] | Any) -> Page[Any]:
    """Return the page of a list that is asked for, the nearest where there is none."""
    return Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))


def chips_of(
    request: HttpRequest,
    name: str,
    labels: Iterable[tuple[str, Any]],
    counts: Mapping[str, int],
    *,
    total: int,
) -> list[Chip]:
    """Return chips for the values that lead to something, “All” before them."""
    current = request.GET.get(name, "")
    offered = [("", _("All")), *labels]
    return [
        Chip(
            label=str(label),
            count=counts.get(value, 0) if value else total,
            url=_address(request, name, value),
            is_current=value == current,
        )
        for value, label in offered
        if not value or counts.get(value) or value == current
    ]


def crumbs_of(entry: RegisterEntry, run: Run | None = None) -> list[dict[str, str]]:
    """Return the way to a page below an entry, or below one of its runs."""
    page = reverse("registry:entry_detail", args=[entry.pk])
    crumbs = [{"label": entry.version.title, "url": page}]
    if run is not None:
        page = reverse("registry:run_detail", args=[run.pk])
        crumbs.append({"label": run.title, "url": page})
    return crumbs


def attachment(content: bytes, *, name: str, content_type: str) -> HttpResponse:
    """Answer bytes as a file to be saved under a name in any script."""
    header = content_disposition_header(True, name)  # noqa: FBT003 (Django's own)
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": header or "attachment"},
    )


def _address(request: HttpRequest, name: str, value: str) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    query.pop(name, None)
    if value:
        query[name] = value
    return f"?{query.urlencode()}"
