"""The font of the pages, cut by weight and script into small files for browsers."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

PACKAGE_FILES = files("fontpkg_source_sans_3") / "files"
FAMILY = "source-sans-3"


@dataclass(frozen=True, slots=True)
class Face:
    """One weight of the font, and the file of the package it is cut from."""

    name: str
    source: str
    weight: int


FACES = (
    Face("regular", "SourceSans3[wght].ttf", 400),
    Face("semibold", "SourceSans3[wght].ttf", 600),
    Face("italic", "SourceSans3-Italic[wght].ttf", 400),
)
# Cyrillic holds the Kazakh and Kyrgyz letters (Ә Ғ Қ Ң Ө Ұ Ү Һ І), № and ₽.
SCRIPTS = {
    "latin": (
        *range(0x20, 0x7F),
        *range(0xA0, 0x100),
        *(0x131, 0x152, 0x153, 0x2C6, 0x2DA, 0x2DC),
        *range(0x2010, 0x201F),
        *(0x2020, 0x2021, 0x2022, 0x2026),
        *(0x202F, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x20AC, 0x20B8, 0x2122),
        *(*range(0x2190, 0x2194), 0x2212, 0x2248, 0x2260, 0x2264, 0x2265),
        *(0x25B4, 0x25B8, 0x25BE, 0x2610, 0x2611, 0x2713),
    ),
    "cyrillic": (0x301, *range(0x400, 0x530), 0x20BD, 0x2116),
}
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "pnum", "case"]


def build_fonts(folder: Path) -> Iterator[Path]:
    """Write the WOFF2 files of every face and script; yield each when it stands."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)  # it tells of every table
    folder.mkdir(parents=True, exist_ok=True)
    for face in FACES:
        for script, characters in SCRIPTS.items():
            path = folder / f"{FAMILY}-{face.name}-{script}.woff2"
            _cut(face, characters).save(path)
            yield path


def _cut(face: Face, characters: tuple[int, ...]) -> TTFont:
    with as_file(PACKAGE_FILES / face.source) as source:
        font = TTFont(source, lazy=False)
    options = Options(layout_features=FEATURES, hinting=False, notdef_outline=True)
    cutter = Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    font = instantiateVariableFont(font, {"wght": face.weight})
    font.flavor = "woff2"
    return font
