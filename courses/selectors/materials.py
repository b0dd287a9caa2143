"""Materials of a version: their list, and the file that is to be measured."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, QuerySet

from courses.enums import MaterialKind, MeasureState
from courses.formats.pages import PageFormat
from courses.models import CourseVersion, Material, RegulationEdition

_FORMAT = {
    "page_font_pt": "font_pt",
    "page_spacing": "spacing",
    "page_margin_cm": "margin_cm",
}


@dataclass(frozen=True, slots=True)
class FileToMeasure:
    """A stored file, what it is, and the format that its pages are counted in."""

    stored_as: str
    container: str
    page: PageFormat


def materials_of(version: CourseVersion) -> QuerySet[Material]:
    """Return the materials of a version: of the whole course first, then by topic."""
    return (
        Material.objects.filter(version=version)
        .select_related("topic")
        .order_by(
            F("topic__week").asc(nulls_first=True),
            "topic__position",
            "topic_id",
            "position",
            "pk",
        )
    )


def counts_of_materials(version: CourseVersion) -> dict[tuple[str, str], int]:
    """Return how many materials there are of each kind in each state."""
    rows = Material.objects.filter(version=version).order_by()
    counted = rows.values_list("kind", "state").annotate(count=Count("pk"))
    return {(kind, state): count for kind, state, count in counted}


def page_format_of(edition: RegulationEdition) -> PageFormat:
    """Return the format in which an edition counts pages (MIN 3.3.3.8)."""
    stated = {
        name: Decimal(str(edition.thresholds[key]))
        for key, name in _FORMAT.items()
        if key in edition.thresholds
    }
    return PageFormat(**stated)


def file_to_measure(material_id: int) -> FileToMeasure | None:
    """Return what is to be measured; None where nothing waits any longer."""
    waiting = Material.objects.filter(pk=material_id, state=MeasureState.WAITING)
    material = waiting.select_related("version__edition").first()
    if material is None:
        return None
    return FileToMeasure(
        stored_as=material.stored_as,
        container=material.container,
        page=page_format_of(material.version.edition),
    )


def illustrations_of(version: CourseVersion) -> QuerySet[Material]:
    """Return the illustrations for the showcase, in their order (MIN 5.4.8.1)."""
    return materials_of(version).filter(kind=MaterialKind.ILLUSTRATION)
