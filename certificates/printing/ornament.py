"""The ornament of a certificate: a guilloche, all of it geometry.

As on a banknote, each figure is a family of thin lines that differ in phase alone and
cross one another.
"""

from collections.abc import Iterator
from math import sqrt, tau

from certificates.printing.curves import (
    Colour,
    Line,
    Matrix,
    crests,
    evenly,
    ring,
    spirograph,
    straight,
    wave,
)

PAGE_WIDTH, PAGE_HEIGHT = 841.89, 595.28  # A4 landscape, points
MILLIMETRE = 72 / 25.4

INK: Colour = (0.106, 0.216, 0.376)
SEA: Colour = (0.153, 0.451, 0.482)
BRONZE: Colour = (0.620, 0.471, 0.275)

_BAND = 18 * MILLIMETRE  # from the page's edge to the middle of the band
_CORNER = 11.6 * MILLIMETRE  # radius of the room that a corner's rosette takes
SEAL_TOP = 164 * MILLIMETRE


def certificate_ornament() -> Iterator[Line]:
    """Yield the lines of the certificate: what is behind first."""
    yield from _field()
    yield from _bands()
    yield from _corners()
    yield from _rails()
    yield from _seal_place()


def _pale(colour: Colour, share: float) -> Colour:
    """Return a colour thinned with the white of the paper to a share of itself."""
    red, green, blue = (1 - share * (1 - channel) for channel in colour)
    return red, green, blue


def _bands() -> Iterator[Line]:
    """The woven bands along the four sides, each with its mirror image."""
    start = _BAND + _CORNER
    far_right, far_down = PAGE_WIDTH - _BAND, PAGE_HEIGHT - _BAND
    across: tuple[Matrix, ...] = (
        (1, 0, 0, 1, start, _BAND),
        (1, 0, 0, -1, start, far_down),
    )
    down: tuple[Matrix, ...] = (
        (0, 1, -1, 0, _BAND, start),
        (0, 1, 1, 0, far_right, start),
    )
    yield from _band(PAGE_WIDTH - 2 * start, swells=14, places=across)
    yield from _band(PAGE_HEIGHT - 2 * start, swells=9, places=down)


def _band(length: float, *, swells: int, places: tuple[Matrix, ...]) -> Iterator[Line]:
    for waves, reach, colour, count in (
        (2 * swells, 4.7 * MILLIMETRE, _pale(SEA, 0.75), 7),
        (3 * swells, 3.5 * MILLIMETRE, _pale(INK, 0.80), 6),
    ):
        for number in range(count):
            phase = tau * number / count
            curve = wave(length, waves=waves, swells=swells, reach=reach, phase=phase)
            yield Line(curve, crests(waves, phase), colour, 0.3, places)


def _corners() -> Iterator[Line]:
    """The rosettes in which the bands meet."""
    places: tuple[Matrix, ...] = tuple(
        (1, 0, 0, 1, left, top)
        for left in (_BAND, PAGE_WIDTH - _BAND)
        for top in (_BAND, PAGE_HEIGHT - _BAND)
    )
    yield from _rosette(
        ((26.0, 16, 0.20, 6, _pale(SEA, 0.75)), (16.5, 16, 0.22, 6, _pale(INK, 0.8))),
        places,
    )
    heart = spirograph(inner=3.0, outer=11.8, loops=19, turns=7)
    yield Line(heart, evenly(19 * 6), _pale(BRONZE, 0.9), 0.3, places)


def _rosette(
    rings: tuple[tuple[float, int, float, int, Colour], ...],
    places: tuple[Matrix, ...],
) -> Iterator[Line]:
    for radius, petals, depth, count, colour in rings:
        for number in range(count):
            phase = tau * number / count
            curve = ring(radius=radius, petals=petals, depth=depth, phase=phase)
            yield Line(curve, crests(petals, phase), colour, 0.3, places)


def _rails() -> Iterator[Line]:
    """The plain lines that hold the bands, from rosette to rosette."""
    for distance, colour, width in (
        (-6.6 * MILLIMETRE, INK, 1.1),
        (-5.7 * MILLIMETRE, INK, 0.3),
        (5.7 * MILLIMETRE, INK, 0.3),
        (6.6 * MILLIMETRE, BRONZE, 0.6),
    ):
        start = _BAND + sqrt(_CORNER**2 - distance**2)
        left = top = _BAND + distance
        right, bottom = PAGE_WIDTH - left, PAGE_HEIGHT - top
        end_right, end_down = PAGE_WIDTH - start, PAGE_HEIGHT - start
        for way in (
            ((start, top), (end_right, top)),
            ((start, bottom), (end_right, bottom)),
            ((left, start), (left, end_down)),
            ((right, start), (right, end_down)),
        ):
            yield Line(straight(*way), evenly(1), colour, width)


def _field() -> Iterator[Line]:
    """The large pale rosette behind the text."""
    place: tuple[Matrix, ...] = ((1, 0, 0, 1, PAGE_WIDTH / 2, PAGE_HEIGHT / 2 - 14),)
    for inner, outer, loops, turns, colour in (
        (66.0, 168.0, 61, 12, SEA),
        (20.0, 78.0, 37, 10, INK),
    ):
        curve = spirograph(inner=inner, outer=outer, loops=loops, turns=turns)
        yield Line(curve, evenly(loops * 8), _pale(colour, 0.12), 0.4, place)


def _seal_place() -> Iterator[Line]:
    """The rosette that waits for the seal."""
    place: tuple[Matrix, ...] = ((1, 0, 0, 1, PAGE_WIDTH / 2, SEAL_TOP),)
    yield from _rosette(
        (
            (45.0, 24, 0.10, 6, _pale(BRONZE, 0.6)),
            (34.5, 24, 0.12, 6, _pale(INK, 0.35)),
        ),
        place,
    )
