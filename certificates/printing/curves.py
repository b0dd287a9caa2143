"""Thin lines given by functions, cut into cubic Bézier pieces.

The tangents of the pieces are those of the function, so that few of them are enough:
a wave is cut at its crests and troughs only.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import cos, floor, pi, sin, tau

Point = tuple[float, float]
Curve = Callable[[float], Point]
Colour = tuple[float, float, float]
Matrix = tuple[float, float, float, float, float, float]

HERE: Matrix = (1, 0, 0, 1, 0, 0)
_LITTLE = 1e-6  # a share of the way too short to be seen


@dataclass(frozen=True, slots=True)
class Line:
    """A line, in each of its places.

    Attributes:
        curve: A point for each share (0 to 1) of the way.
        knots: Shares of the way at which it is cut, the first and the last included.
        colour: Red, green, blue (0 to 1).
        width: Points.
        places: Where it is drawn. The same text of operators, once after the other,
            is compressed to almost nothing.
    """

    curve: Curve
    knots: tuple[float, ...]
    colour: Colour
    width: float
    places: tuple[Matrix, ...] = (HERE,)


def evenly(pieces: int) -> tuple[float, ...]:
    """Return the knots of a line cut into even pieces."""
    return tuple(number / pieces for number in range(pieces + 1))


def crests(waves: int, phase: float) -> tuple[float, ...]:
    """Return the knots of `sin(waves * turn + phase)`: its crests, troughs and ends."""
    first = floor(phase / pi - 0.5) + 1
    turns = (((first + n + 0.5) * pi - phase) / waves for n in range(2 * waves + 1))
    inner = [turn / tau for turn in turns if _LITTLE < turn / tau < 1 - _LITTLE]
    return (0.0, *inner, 1.0)


def wave(
    length: float, *, waves: int, swells: int, reach: float, phase: float
) -> Curve:
    """Return a wave along a straight way; its height swells and falls.

    Args:
        length: Points from left to right; the way is the line of zero height.
        waves: How many there are.
        swells: How often the height grows.
        reach: The greatest height in points.
        phase: Where the first wave begins.
    """

    def curve(share: float) -> Point:
        height = reach * (0.66 - 0.34 * cos(swells * tau * share))
        return share * length, height * sin(waves * tau * share + phase)

    return curve


def ring(*, radius: float, petals: int, depth: float, phase: float) -> Curve:
    """Return a ring of petals round the origin.

    Args:
        radius: Its middle radius in points.
        petals: How many there are.
        depth: How far they reach, a share of the radius.
        phase: Where the first petal begins.
    """

    def curve(share: float) -> Point:
        turn = tau * share
        reach = radius * (1 + depth * sin(petals * turn + phase))
        return reach * sin(turn), -reach * cos(turn)

    return curve


def spirograph(*, inner: float, outer: float, loops: int, turns: int) -> Curve:
    """Return a closed line of loops between two radii (a hypotrochoid).

    Args:
        inner: The least radius in points.
        outer: The greatest.
        loops: How often it touches the outer circle.
        turns: How often it goes round; no divisor in common with `loops`.
    """
    wheel, pen = (outer + inner) / 2, (outer - inner) / 2

    def curve(share: float) -> Point:
        slow, fast = tau * turns * share, tau * (loops - turns) * share
        return (
            wheel * sin(slow) - pen * sin(fast),
            -wheel * cos(slow) - pen * cos(fast),
        )

    return curve


def straight(start: Point, end: Point) -> Curve:
    """Return a straight line from point to point."""
    (left, top), (right, bottom) = start, end

    def curve(share: float) -> Point:
        return left + share * (right - left), top + share * (bottom - top)

    return curve


def pieces(line: Line) -> Iterator[tuple[Point, Point, Point]]:
    """Yield the pieces of a line: two control points and the end of each.

    The first starts at the point of the first knot.
    """
    for start, end in pairwise(line.knots):
        third = (end - start) / 3
        (left, top), (right, bottom) = line.curve(start), line.curve(end)
        (from_x, from_y), (to_x, to_y) = _slope(line, start), _slope(line, end)
        yield (
            (left + third * from_x, top + third * from_y),
            (right - third * to_x, bottom - third * to_y),
            (right, bottom),
        )


def _slope(line: Line, share: float) -> Point:
    """Return the slope of a line at a share of its way, by central difference."""
    before, after = line.curve(share - _LITTLE), line.curve(share + _LITTLE)
    span = 2 * _LITTLE
    return (after[0] - before[0]) / span, (after[1] - before[1]) / span


def operators(lines: Iterable[Line]) -> str:
    """Return PDF operators that draw the lines, downwards from the upper left."""
    parts = ["1 J 1 j"]
    for line in lines:
        red, green, blue = line.colour
        parts.append(f"{red:.3f} {green:.3f} {blue:.3f} RG {line.width} w")
        path = _path(line)
        for place in line.places:
            matrix = " ".join(f"{number:.2f}" for number in place)
            parts.append(f"q {matrix} cm\n{path}\nS Q")
    return "\n".join(parts)


def _path(line: Line) -> str:
    left, top = line.curve(line.knots[0])
    return "\n".join(
        [
            f"{left:.2f} {top:.2f} m",
            *(
                f"{a:.2f} {b:.2f} {c:.2f} {d:.2f} {e:.2f} {f:.2f} c"
                for (a, b), (c, d), (e, f) in pieces(line)
            ),
        ]
    )
