"""ODT: the pages of its words and pictures; of how it is set nothing is read."""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from courses.formats.blocks import Block, Paragraph, Picture, Piece, Setting, Text, Type
from courses.formats.flow import pages_of_blocks
from courses.formats.measures import FileUnreadable, Measures, UnreadableReason
from courses.formats.office import opened, part, part_if_any
from courses.formats.pages import POINTS_PER_CM, PageFormat

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_TEXT = f"{{{_OASIS}:text:1.0}}"
_FRAME = f"{{{_OASIS}:drawing:1.0}}frame"
_SIZE = f"{{{_OASIS}:svg-compatible:1.0}}"
_SECRET = f".//{{{_OASIS}:manifest:1.0}}encryption-data"
_POINTS = {"cm": POINTS_PER_CM, "mm": POINTS_PER_CM / 10, "in": 72.0, "pt": 1.0}
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)(cm|mm|in|pt)")
_SIDES = ("width", "height")
_NO_SETTING = Setting()


def measure_odt(path: Path, page: PageFormat) -> Measures:
    """Return the pages of the text laid out in a format.

    Raises:
        FileUnreadable: cut, damaged, locked by a password, or larger than is read.
    """
    with opened(path) as archive:
        manifest = part_if_any(archive, "META-INF/manifest.xml")
        if manifest is not None and manifest.find(_SECRET) is not None:
            raise FileUnreadable(UnreadableReason.ENCRYPTED)
        blocks = list(_paragraphs(part(archive, "content.xml")))
    return Measures("odt", pages=pages_of_blocks(blocks, page))


def _paragraphs(root: etree._Element) -> Iterator[Block]:
    for element in root.iter(_TEXT + "p", _TEXT + "h"):
        yield Paragraph(list(_pieces(element)), _NO_SETTING)


def _pieces(paragraph: etree._Element) -> Iterator[Piece]:
    yield Text("".join(map(str, paragraph.itertext())), Type())
    for frame in paragraph.iter(_FRAME):
        width, height = (_points(frame.get(_SIZE + side, "")) for side in _SIDES)
        yield Picture(width, height)


def _points(text: str) -> float:
    found = _LENGTH.fullmatch(text)
    return float(found[1]) * _POINTS[found[2]] if found else 0.0
