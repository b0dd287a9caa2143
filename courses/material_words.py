"""What is known of a material, in words for its line and its page."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.enums import MeasureState
from courses.formats.measures import UNREADABLE_TEXTS, UnreadableReason
from courses.models import Material

NO_BREAK = "\N{NO-BREAK SPACE}"
_MINUTE, _HOUR = 60, 3600
_MEGABYTE, _KILOBYTE = 1024 * 1024, 1024


def facts_in_words(material: Material) -> str:
    """Return what was measured, or stated, in one line."""
    words = _stated if material.state == MeasureState.DECLARED else _measured
    # A number stays with what it counts.
    return " · ".join(fact.replace(" ", NO_BREAK) for fact in words(material))


def _measured(material: Material) -> Iterator[str]:
    if material.container:
        yield material.container.upper()
    if material.duration_seconds is not None:
        yield clock(material.duration_seconds)
    if material.pages is not None:
        yield _pages(material.pages)
    if material.slides is not None:
        yield _slides(material.slides)
    if material.hidden_slides:
        yield _("%(count)s hidden") % {"count": material.hidden_slides}
    if material.width is not None:
        yield f"{material.width} × {material.height}"
    if material.size_bytes:
        yield size(material.size_bytes)


def _stated(material: Material) -> Iterator[str]:
    if material.declared_minutes is not None:
        minutes = number_format(material.declared_minutes.normalize())
        yield _("%(minutes)s min") % {"minutes": minutes}
    if material.declared_pages is not None:
        yield _pages(material.declared_pages)
    if material.declared_slides is not None:
        yield _slides(material.declared_slides)


def _pages(count: Decimal) -> str:
    return _("%(count)s p.") % {"count": number_format(f"{count.normalize():f}")}


def _slides(count: int) -> str:
    words = ngettext("%(count)s slide", "%(count)s slides", count)
    return words % {"count": count}


def clock(seconds: Decimal) -> str:
    """Write a length as players show it: 12:01, 1:02:03."""
    whole = int(seconds.to_integral_value())
    hours, rest = divmod(whole, _HOUR)
    minutes, left = divmod(rest, _MINUTE)
    if hours:
        return f"{hours}:{minutes:02}:{left:02}"
    return f"{minutes}:{left:02}"


def size(count: int) -> str:
    """Write a size in megabytes, a small one in kilobytes."""
    if count < _MEGABYTE:
        return _("%(count)s KB") % {"count": max(1, round(count / _KILOBYTE))}
    megabytes = number_format(round(count / _MEGABYTE, 1))
    return _("%(count)s MB") % {"count": megabytes}


def short_note_on(material: Material) -> str:
    """Return what its line in the list must say besides its measures."""
    if material.state == MeasureState.UNREADABLE:
        return " ".join(notes_on(material))
    if material.state == MeasureState.MEASURED and material.layout:
        return _own_format(material.layout)
    is_unverified = any(_unverified(material))
    return _("Its own format is not verified.") if is_unverified else ""


def notes_on(material: Material) -> list[str]:
    """Return what an author must know: why a file cannot be read, what is not verified."""
    if material.state == MeasureState.UNREADABLE:
        return [_(UNREADABLE_TEXTS[UnreadableReason(material.unreadable_reason)])]
    if material.state != MeasureState.MEASURED:
        return []
    notes = list(_unverified(material))
    if material.layout:
        laid_out = _("The pages are those of its text laid out as the regulation says.")
        notes.append(f"{laid_out} {_own_format(material.layout)}")
    return notes


def _unverified(material: Material) -> Iterator[str]:
    if material.state != MeasureState.MEASURED:
        return
    if material.container == "pdf" and material.slides is None:
        yield _(
            "Its pages are counted as they are: the size of type, spacing and margins of "
            "a PDF are not verified. A DOCX is laid out and measured whole."
        )
    if material.container == "odt":
        yield _(
            "The words are laid out anew; their own format is not read from an ODT."
        )


def _own_format(layout: Mapping[str, Any]) -> str:
    margins = " / ".join(map(_plain, layout["margins_cm"]))
    return _(
        "Its own format: %(size)s pt, spacing %(spacing)s, margins %(margins)s cm."
    ) % {
        "size": _plain(layout["size_pt"]),
        "spacing": _plain(layout["spacing"]),
        "margins": margins,
    }


def _plain(number: float) -> str:
    return str(number_format(f"{Decimal(str(number)).normalize():f}"))
