"""A preview of an edition in words: its rows, its figures, its sheet."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from core.sheets import write_table
from courses.models import EditionPreview, EditionPreviewLine
from courses.regulation.catalogue import BY_CODE
from courses.selectors.editions import (
    failing_by_requirement,
    preview_counts,
)

# The chart names the most frequent ones; the table and the file have them all.
BARS = 12


@dataclass(frozen=True, slots=True)
class Row:
    """A course of a preview: what it fails anew and no longer, in words."""

    line: EditionPreviewLine
    new: list[str]
    gone: list[str]
    failed_count: int


def trail_of(preview: EditionPreview) -> list[dict[str, str]]:
    """Return the way to a preview: the editions, its edition."""
    return [
        {
            "label": _("Editions of the regulation"),
            "url": reverse("admin:courses_regulationedition_changelist"),
        },
        {
            "label": preview.edition.shown_title,
            "url": reverse(
                "admin:courses_regulationedition_change", args=[preview.edition_id]
            ),
        },
    ]


def rows_of(lines: Iterable[EditionPreviewLine]) -> list[Row]:
    """Return lines with the codes of requirements said in words."""
    return [
        Row(
            line=line,
            new=_in_words(line.failed, beyond=line.failed_now),
            gone=_in_words(line.failed_now, beyond=line.failed),
            failed_count=len(line.failed),
        )
        for line in lines
    ]


def requirement_words(code: str) -> str:
    """Return a requirement with its clause; one that is no more, by its code."""
    requirement = BY_CODE.get(code)
    if requirement is None:
        return code
    return f"{requirement.clause} {_(requirement.title)}"


def preview_page(preview: EditionPreview, query: QueryDict) -> dict[str, Any]:
    """Return what stands around the table: figures, filters, bars."""
    is_new_only = query.get("show") != "all"
    counts = preview_counts(preview)
    bars = failing_by_requirement(preview, is_new_only=is_new_only)
    return {
        "figures": _figures(counts),
        "chips": _chips(counts, is_new_only=is_new_only, sort=query.get("sort", "")),
        "is_new_only": is_new_only,
        "bars": [(requirement_words(code), count) for code, count in bars[:BARS]],
        "bars_left": max(0, len(bars) - BARS),
        "export_url": _with_query(
            reverse("admin:courses_editionpreview_export", args=[preview.pk]), query
        ),
    }


def preview_sheet(
    preview: EditionPreview, lines: Iterable[EditionPreviewLine]
) -> bytes:
    """Return the table as a workbook, its codes in words."""
    return write_table(
        title=_("Who would fail: %(edition)s") % {"edition": preview.edition.code},
        header=[
            _("Code"),
            _("Title"),
            _("Unit"),
            _("Stage"),
            _("Newly failing"),
            _("Newly failing: requirements"),
            _("No longer failing: requirements"),
            _("Failing in all"),
        ],
        rows=(_cells(row) for row in rows_of(lines)),
    )


def _cells(row: Row) -> list[Any]:
    version = row.line.version
    return [
        version.course.code,
        version.title,
        version.course.unit.name,
        version.get_stage_display(),
        len(row.new),
        "\n".join(row.new),
        "\n".join(row.gone),
        row.failed_count,
    ]


def _in_words(codes: list[str], *, beyond: list[str]) -> list[str]:
    return [requirement_words(code) for code in codes if code not in beyond]


def _figures(counts: dict[str, int]) -> list[dict[str, Any]]:
    shown = (
        (_("Courses checked"), counts["all"], None),
        (_("Newly failing"), counts["new"], "stop" if counts["new"] else "ok"),
        (_("No longer failing"), counts["gone"], None),
        (_("Failing in all"), counts["failed"], None),
    )
    return [
        {"label": label, "value": value, "url": None, "tone": tone}
        for label, value, tone in shown
    ]


def _chips(
    counts: dict[str, int], *, is_new_only: bool, sort: str
) -> list[dict[str, Any]]:
    chips = (
        ("new", _("Newly failing"), counts["new"], is_new_only),
        ("all", _("All courses"), counts["all"], not is_new_only),
    )
    return [
        {
            "label": label,
            "count": count,
            "is_current": is_current,
            "url": "?" + _query(show=show, sort=sort),
        }
        for show, label, count, is_current in chips
    ]


def _with_query(url: str, query: QueryDict) -> str:
    asked = _query(show=query.get("show", ""), sort=query.get("sort", ""))
    return f"{url}?{asked}" if asked else url


def _query(**values: str) -> str:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in values.items() if value})
    return query.urlencode()
