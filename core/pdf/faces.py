"""Static faces of the portal's typeface, cut from the package's font at set-up.

The package holds one variable font of some 2,600 glyphs. Printed from as it is, it
would be made static again for each document; a face of the letters that we print is
60 kB and needs no more work. Cutting takes some 3 s of CPU: a process that finds the
faces of the set-up reads them, any other cuts its own.
"""

import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

import fontpkg
from django.conf import settings
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FAMILY = "Source Sans 3"

_WANTED = (
    range(0x20, 0x7F),  # Latin
    range(0xA0, 0xAD),  # without the soft hyphen, which is invisible
    range(0xAE, 0x180),  # Latin of names
    range(0x18F, 0x190),
    range(0x218, 0x21C),
    range(0x391, 0x3CA),  # Greek of formulas
    range(0x400, 0x460),  # Cyrillic
    range(0x490, 0x530),  # Kazakh, Kyrgyz and their neighbours
    range(0x2010, 0x2016),  # dashes
    range(0x2018, 0x2023),  # quotation marks, daggers, bullet
    range(0x2070, 0x208F),  # raised and lowered figures
)
_WANTED_SIGNS = (
    "\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}…‰′″‹›€₸₽№™←↑→↓↔−∂∆∏∑√∞∫≈≠≡≤≥☐☑✓■□●○▲▼◆�"
)
_FEATURES = ["ccmp", "kern", "lnum", "mark", "mkmk", "tnum"]


@dataclass(frozen=True, slots=True)
class Face:
    """One face of the typeface: its weight, upright."""

    weight: int

    @property
    def url(self) -> str:
        """Address by which a style sheet asks for the face."""
        return f"asset:face-{self.weight}"

    @property
    def rule(self) -> str:
        """The `@font-face` rule of the face."""
        return (
            f"@font-face {{ font-family: 'Portal'; font-weight: {self.weight};"
            f" src: url('{self.url}') }}\n"
        )


LIGHT, REGULAR, SEMIBOLD = FACES = Face(300), Face(400), Face(600)


def faces_folder() -> Path:
    """Return the folder in which set-up leaves the faces."""
    return Path(settings.BASE_DIR) / "build" / "faces"


def build_faces(folder: Path) -> Iterator[Path]:
    """Write the static font of every face; yield each when it stands."""
    folder.mkdir(parents=True, exist_ok=True)
    for face in FACES:
        path = folder / _file_name(face)
        path.write_bytes(_cut(face))
        yield path


@cache
def _recipe() -> str:
    """Return the mark of all that decides what a face holds."""
    wanted = repr((_WANTED, _WANTED_SIGNS, _FEATURES)).encode()
    return hashlib.sha256(Path(fontpkg.path(FAMILY)).read_bytes() + wanted).hexdigest()


def _file_name(face: Face) -> str:
    return f"{face.weight}-{_recipe()[:16]}.ttf"


@cache
def _variable_font() -> bytes:
    """Return the package's font with the wanted letters only, all weights in it."""
    options = subset.Options(
        layout_features=_FEATURES,
        hinting=False,
        name_IDs=[1, 2, 4, 6],
        drop_tables=["DSIG", "HVAR", "MVAR", "STAT"],
        ignore_missing_unicodes=True,
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=chain(*_WANTED, map(ord, _WANTED_SIGNS)))
    with TTFont(fontpkg.path(FAMILY), lazy=True) as font:
        subsetter.subset(font)
        return _saved(font)


@cache
def font_file(face: Face) -> bytes:
    """Return the static font of a face: as set-up left it, else cut now."""
    built = faces_folder() / _file_name(face)
    return built.read_bytes() if built.exists() else _cut(face)


def _cut(face: Face) -> bytes:
    with TTFont(io.BytesIO(_variable_font())) as font:
        instancer.instantiateVariableFont(font, {"wght": face.weight}, inplace=True)
        return _saved(font)


def make_faces() -> None:
    """Have all faces at hand: in a server's parent, before it forks."""
    for face in FACES:
        _advances(face)
    repertoire()


@cache
def repertoire() -> frozenset[int]:
    """Return the code points that the typeface can print, the same in each face."""
    with TTFont(io.BytesIO(font_file(REGULAR)), lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def _advances(face: Face) -> dict[str, float]:
    """Return the width of each character in parts of the type's size."""
    with TTFont(io.BytesIO(font_file(face)), lazy=True) as font:
        unit = font["head"].unitsPerEm
        metrics = font["hmtx"].metrics
        return {
            chr(code): metrics[glyph][0] / unit
            for code, glyph in font.getBestCmap().items()
        }


def text_width(text: Iterable[str], *, face: Face) -> float:
    """Return the width of a text in parts of the type's size, without kerning.

    Args:
        text: Characters of the repertoire.
        face: The face it is set in.
    """
    advances = _advances(face)
    return sum(advances[character] for character in text)


def _saved(font: TTFont) -> bytes:
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()
