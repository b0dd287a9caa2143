"""Findings on the format and the size of one file or link."""

from courses.regulation.finding import Finding, Source
from courses.regulation.known import has_words
from courses.regulation.measured import (
    Told,
    how_to_know,
    is_file,
    place_of,
    rounded,
    title_of,
    why_unknown,
)
from courses.regulation.place import Place
from courses.regulation.requirement import Judge
from courses.regulation.resource_facts import MaterialFacts, MeasureState
from courses.regulation.texts import Message, message
from courses.regulation.texts import gettext_noop as _


def place_of_size(material: MaterialFacts, declared: str) -> Place:
    """Where its size is mended: the file, or what is stated of a link."""
    return place_of(material, "file" if is_file(material) else declared)


def size_finding(
    judge: Judge,
    material: MaterialFacts,
    size: Told,
    *,
    is_met: bool | None,
    required: Message,
    place: Place,
    advice: Message,
) -> Finding:
    """How long a material is, or why that cannot be told."""
    is_known = size.value is not None
    return judge.finding(
        is_met=is_met,
        required=required,
        found=_minutes_found(size) if is_known else why_unknown(material),
        place=place,
        advice=advice if is_known else how_to_know(material),
        source=size.source,
    )


def _minutes_found(size: Told) -> Message:
    return message(_("minutes: %(minutes)s"), minutes=rounded(size.value or 0))


def container_of(
    material: MaterialFacts, allowed: tuple[str, ...]
) -> tuple[bool | None, Message]:
    """Whether its format is allowed, and what it is.

    The format of a link is what its authors answer for: it counts with the reason
    why the file is not here, which the expert reads.
    """
    if material.state is MeasureState.DECLARED:
        is_met = has_words(material.declared_reason) or None
        found = _("“%(title)s”: a link, its format is not measured")
        return is_met, message(found, title=title_of(material))
    if material.state is not MeasureState.MEASURED:
        return None, why_unknown(material)
    found = _("format of “%(title)s”: %(format)s")
    return (
        material.container in allowed,
        message(found, title=title_of(material), format=material.container),
    )


def container_finding(
    judge: Judge, material: MaterialFacts, allowed: tuple[str, ...]
) -> Finding:
    """The format of a file, told by its content."""
    is_met, found = container_of(material, allowed)
    return judge.finding(
        is_met=is_met,
        required=message(
            _("format of “%(title)s”: %(formats)s"),
            title=title_of(material),
            formats=", ".join(allowed),
        ),
        found=found,
        place=place_of_size(material, "declared_reason"),
        advice=Message(_("Upload it in one of these formats."))
        if is_met is False
        else how_to_know(material),
        source=Source.MEASURED if is_file(material) else Source.DECLARED,
    )
