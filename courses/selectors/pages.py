"""The format in which an edition counts pages of text."""

from decimal import Decimal

from courses.formats.pages import PageFormat, pages_of_text
from courses.models import CourseVersion


def page_format_of(version: CourseVersion) -> PageFormat:
    """Return the size of type, the spacing and the margin of the version's edition.

    Source: MIN 3.3.3.8.
    """
    told, usual = version.edition.thresholds, PageFormat()
    return PageFormat(
        font_pt=Decimal(str(told.get("page_font_pt", usual.font_pt))),
        spacing=Decimal(str(told.get("page_spacing", usual.spacing))),
        margin_cm=Decimal(str(told.get("page_margin_cm", usual.margin_cm))),
    )


def pages_of_body(text: str, version: CourseVersion) -> Decimal:
    """Return the pages that a longread fills in the format of the version's edition."""
    page = page_format_of(version)
    return pages_of_text(
        text, font_pt=page.font_pt, spacing=page.spacing, margin_cm=page.margin_cm
    )
