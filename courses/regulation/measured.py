"""What is known of a material's size, and from where: its file or its author."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

from courses.regulation.finding import Source
from courses.regulation.known import Amount, has_words, total_of
from courses.regulation.place import Place, Section
from courses.regulation.record import record
from courses.regulation.resource_facts import MaterialFacts, MaterialKind, MeasureState
from courses.regulation.texts import Message, Number, message
from courses.regulation.texts import gettext_noop as _

N = TypeVar("N", bound=Number)
SECONDS = Decimal(60)  # in a minute
_WHOLE = Decimal(1)
_HUNDREDTH = Decimal("0.01")


@record()
class Told:
    """A number of a material, `None` while nobody knows it, and who tells it."""

    value: Number | None
    source: Source


def seconds_of(material: MaterialFacts) -> Told:
    """Its length to the second: parts of one come from how files are cut.

    No length at all is not a short one: nobody knows it.
    """
    if material.state is MeasureState.DECLARED:
        minutes = _stated(material, material.declared_minutes)
        return Told(minutes * SECONDS if minutes else None, Source.DECLARED)
    seconds = _seen(material, material.seconds)
    whole = seconds.quantize(_WHOLE, ROUND_HALF_UP) if seconds else None
    return Told(whole, Source.MEASURED)


def minutes_of(material: MaterialFacts) -> Told:
    """Its length in minutes, to the second."""
    told = seconds_of(material)
    return Told(told.value and told.value / SECONDS, told.source)


def pages_of(material: MaterialFacts) -> Told:
    """Its A4 pages."""
    return _told(material, material.pages, material.declared_pages)


def slides_of(material: MaterialFacts) -> Told:
    """Its slides that are shown."""
    return _told(material, material.slides, material.declared_slides)


def _told(
    material: MaterialFacts, measured: Number | None, declared: Number | None
) -> Told:
    if material.state is MeasureState.DECLARED:
        return Told(_stated(material, declared), Source.DECLARED)
    return Told(_seen(material, measured), Source.MEASURED)


def _stated(material: MaterialFacts, number: N | None) -> N | None:
    """What is stated of a link counts if it is said why it is not measured."""
    return number if has_words(material.declared_reason) else None


def _seen(material: MaterialFacts, number: N | None) -> N | None:
    """A file tells for itself, once it was measured."""
    return number if material.state is MeasureState.MEASURED else None


def total_told(told: Iterable[Told]) -> Amount:
    """The sum of what is known; whole when all of it is."""
    return total_of(one.value for one in told)


def source_of(told: Iterable[Told]) -> Source:
    """Measured when every known number is."""
    is_declared = any(
        one.value is not None and one.source is Source.DECLARED for one in told
    )
    return Source.DECLARED if is_declared else Source.MEASURED


def is_file(material: MaterialFacts) -> bool:
    """Whether it is a file and not a link."""
    return material.state is not MeasureState.DECLARED


_WHY_UNKNOWN = {
    MeasureState.WAITING: _("“%(title)s”: not measured yet"),
    MeasureState.UNREADABLE: _("“%(title)s”: the file cannot be read"),
    MeasureState.MEASURED: _("“%(title)s”: the file does not tell its size"),
    MeasureState.DECLARED: _(
        "“%(title)s”: a link, not measured; its size is not stated with a reason"
    ),
}
_WHAT_TO_DO = {
    MeasureState.WAITING: Message(_("Wait until the file is measured.")),
    MeasureState.UNREADABLE: Message(_("Upload the file anew.")),
    MeasureState.MEASURED: Message(_("Upload a file of the right kind.")),
    MeasureState.DECLARED: Message(
        _("State the size and why it is not measured, or upload the file.")
    ),
}


def why_unknown(material: MaterialFacts) -> Message:
    """Why nobody knows the size of a material."""
    return message(_WHY_UNKNOWN[material.state], title=title_of(material))


def how_to_know(material: MaterialFacts) -> Message:
    """What to do for the size of a material to become known."""
    return _WHAT_TO_DO[material.state]


def title_of(material: MaterialFacts) -> str:
    """Its title as a message names it."""
    return material.title or "—"


def place_of(material: MaterialFacts, field: str = "kind") -> Place:
    """A field of a material's form."""
    return Place(Section.MATERIAL, material.id, field)


def place_to_add(kind: MaterialKind) -> Place:
    """The form that adds a material of a kind."""
    return Place(Section.MATERIAL, None, kind.value)


def rounded(number: Number) -> Number:
    """A number to a hundredth, for people to read."""
    return number if isinstance(number, int) else number.quantize(_HUNDREDTH)
