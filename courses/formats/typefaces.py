"""How wide letters are: advance widths of the five families that documents are set in.

`advances.json` holds, by width in thousandths of the type's size, the letters of that
width: `python -m bench.advances` writes it from the fonts of Debian (Liberation, Caladea,
Carlito), which are as wide as Times New Roman, Arial, Courier New, Cambria and Calibri.
Laid out in the portal's own typeface a page of Times would come out a tenth longer.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# The height of a line in parts of the type's size.
_LINES = {
    "serif": 1.15,
    "sans": 1.15,
    "mono": 1.133,
    "cambria": 1.172,
    "calibri": 1.22,
}
_FAMILIES = {
    "cambria": "cambria",
    "caladea": "cambria",
    "calibri": "calibri",
    "carlito": "calibri",
    "arial": "sans",
    "helvetica": "sans",
    "liberation sans": "sans",
    "verdana": "sans",
    "tahoma": "sans",
    "segoe ui": "sans",
    "courier new": "mono",
    "liberation mono": "mono",
    "consolas": "mono",
}
# Of a letter that no family has: between the two kinds of script.
_UNKNOWN, _WIDE = 0.55, 1.0
_FIRST_WIDE = "\u1100"  # here the scripts begin whose letters fill a square
# Caladea has no Cyrillic: Cambria's is as much wider than that of Times.
_CAMBRIA_OF_TIMES = 1.06
_WORDS_KEPT, _LETTERS_KEPT = 4096, 40


class _Widths(dict[str, float]):
    """Widths of words and letters by the text; a word met once is kept."""

    def __init__(self, letters: Mapping[str, float]) -> None:
        super().__init__(letters)
        self._letters = dict(letters)

    def __missing__(self, text: str) -> float:
        letters = self._letters
        try:
            width = sum([letters[letter] for letter in text])
        except KeyError:
            width = sum(letters.get(letter, _guess(letter)) for letter in text)
        if len(self) < _WORDS_KEPT and len(text) <= _LETTERS_KEPT:
            self[text] = width
        return width


def _guess(letter: str) -> float:
    return _WIDE if letter >= _FIRST_WIDE else _UNKNOWN


@dataclass(frozen=True, slots=True)
class Typeface:
    """A family in one weight: widths and the height of a line, in ems."""

    widths: Mapping[str, float]
    line: float

    @property
    def space(self) -> float:
        """Return the width of the space between two words."""
        return self.widths[" "]


@cache
def _advances() -> dict[str, dict[str, dict[str, str]]]:
    text = files("courses.formats").joinpath("advances.json").read_text("utf-8")
    advances: dict[str, dict[str, dict[str, str]]] = json.loads(text)
    return advances


@cache
def _typeface(name: str, weight: str) -> Typeface:
    letters = {
        letter: int(width) / 1000
        for width, those in _advances()[name][weight].items()
        for letter in those
    }
    if name == "cambria":
        times = _typeface("serif", weight).widths
        letters = {
            letter: letters.get(letter, times[letter] * _CAMBRIA_OF_TIMES)
            for letter in "".join(_advances()["serif"][weight].values())
        }
    return Typeface(_Widths(letters), _LINES[name])


def typeface(family: str = "", *, is_bold: bool = False) -> Typeface:
    """Return the typeface that is as wide as a family; Times for one not known."""
    name = _FAMILIES.get(family.lower(), "serif")
    return _typeface(name, "bold" if is_bold else "regular")
