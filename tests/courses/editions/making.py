"""Editions that nothing uses, what their form sends, and previews that are over."""

from typing import Any

from django.test import Client

from core.enums import Lane
from core.jobs import run_due
from courses.models import EditionPreview, EditionPreviewLine, RegulationEdition
from courses.services.editions import ask_who_would_fail
from tests import factories

EDITIONS = "/admin/courses/regulationedition/"
PREVIEWS = "/admin/courses/editionpreview/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def new_edition(**values: Any) -> RegulationEdition:
    """An edition like the one that ships, which nothing uses."""
    shipped = factories.edition()
    thresholds = {**shipped.thresholds, **values.pop("thresholds", {})}
    return RegulationEdition.objects.create(
        **{
            "code": "next",
            "title": "Новая редакция",
            "in_force_from": "2027-01-01",
            "country": "RU",
            "thresholds": thresholds,
            **values,
        }
    )


def typed(
    in_admin: Client, query: str = "?like=minin-2022", **values: Any
) -> dict[str, Any]:
    """What the form of a new edition sends when it is sent as it is shown."""
    form = in_admin.get(f"{EDITIONS}add/{query}").context["adminform"].form
    shown = {bound.name: bound.value() for bound in form}
    sent = {
        name: ", ".join(value) if isinstance(value, list) else value
        for name, value in shown.items()
        if value not in (None, False)
    }
    return {
        **sent,
        "texts-TOTAL_FORMS": 0,
        "texts-INITIAL_FORMS": 0,
        "code": "next",
        "title": "Новая редакция",
        "in_force_from": "2027-01-01",
        **values,
    }


def preview_of(edition, staff, at) -> EditionPreview:
    preview = ask_who_would_fail(edition=edition, by=staff, at=at)
    run_due(Lane.HEAVY, clock=lambda: at)
    preview.refresh_from_db()
    return preview


def changes(line: EditionPreviewLine) -> tuple[set[str], set[str]]:
    failed, now = set(line.failed), set(line.failed_now)
    return failed - now, now - failed
