"""Fitting a text into its place: the largest type in which it has room, even lines."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from math import inf

from core.pdf import Face, TextDoesNotFit, text_width

# Kerning is not counted; it closes letters up more often than it opens them.
_ROOM = 0.98
# A short word (a preposition, «и») is not left alone at the end of a line.
_SHORT_WORD = re.compile(r"(?<![^\s«“(])(\w{1,2}) ")

# Where a word longer than a line is cut rather than where the line happens to end.
_CUTS = "/-\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Fit:
    """A way to set a text: size of type in points, most lines."""

    size: float
    lines: int


@dataclass(frozen=True, slots=True)
class Place:
    """Room for a text.

    Attributes:
        name: The field, for the message.
        width: Points.
        face: What it is set in.
        fits: From the largest to the smallest. The style sheet has a class for each:
            `fit-0`, `fit-1`, …
    """

    name: str
    width: float
    face: Face
    fits: tuple[Fit, ...]


def fit(text: str, place: Place) -> tuple[int, list[str]]:
    """Return the number of the fit and the lines of the text, about equally long.

    Raises:
        TextDoesNotFit: There is no room even in the smallest type.
    """
    words = _SHORT_WORD.sub("\\1\N{NO-BREAK SPACE}", text).split(" ")
    for number, way in enumerate(place.fits):
        room = place.width * _ROOM / way.size
        lines = _broken(_split(words, room, place.face), way.lines, room, place.face)
        if lines is not None:
            return number, lines
    raise TextDoesNotFit(name=place.name)


def _split(words: list[str], room: float, face: Face) -> list[str]:
    """Cut words that are longer than a line: after a slash or hyphen, or where it ends."""
    parts: list[str] = []
    for word in words:
        rest = word
        while text_width(rest, face=face) > room:
            end = _letters_that_fit(rest, room, face)
            cut = max(rest.rfind(mark, 0, end) for mark in _CUTS) + 1 or end
            parts.append(rest[:cut])
            rest = rest[cut:]
        parts.append(rest)
    return parts


def _letters_that_fit(word: str, room: float, face: Face) -> int:
    widths = accumulate(text_width(letter, face=face) for letter in word)
    return max(1, sum(width <= room for width in widths))


def _broken(
    words: list[str], most_lines: int, room: float, face: Face
) -> list[str] | None:
    """Return the fewest lines, the widest of them as narrow as can be; or nothing."""
    widths = [text_width(word, face=face) for word in words]
    space = text_width(" ", face=face)

    @cache
    def best(start: int, lines: int) -> tuple[float, tuple[int, ...]]:
        """Return the widest line of the words from `start`, and where lines end."""
        narrowest: tuple[float, tuple[int, ...]] = (inf, ())
        end, line = start, -space
        while (line := line + space + widths[end]) <= room:
            end += 1
            if end == len(words):
                return min(narrowest, (line, (end,)))
            if lines > 1:
                widest, ends = best(end, lines - 1)
                narrowest = min(narrowest, (max(line, widest), (end, *ends)))
        return narrowest

    for lines in range(1, most_lines + 1):
        widest, ends = best(0, lines)
        if widest < inf:
            return [" ".join(words[a:b]) for a, b in pairwise((0, *ends))]
    return None
