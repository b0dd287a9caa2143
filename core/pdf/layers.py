"""What is laid under and over a page of type as ready-made PDF operators.

An ornament or a QR code that comes through markup is parsed and drawn anew for each
document. Compiled once to operators it costs only its bytes.
"""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pydyf

# Makes one point of the page the unit, from its upper left corner downwards.
_FROM_TOP = "1 0 0 -1 0 {height} cm"


@dataclass(frozen=True, slots=True)
class Drawing:
    """An ornament for a whole page: read aloud by nobody, compressed already.

    Attributes:
        width: Points.
        height: Points.
        content: Deflated operators, from the upper left corner downwards.
    """

    width: float
    height: float
    content: bytes

    @classmethod
    def compiled(cls, operators: str, *, width: float, height: float) -> "Drawing":
        """Compress the operators of a drawing, once for all the pages it goes to."""
        return cls(width, height, zlib.compress(operators.encode("ascii"), 9))


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture that says something, and says it in words too.

    Attributes:
        left: Points from the page's left edge.
        top: Points from the page's upper edge.
        side: Width and height in points.
        operators: What draws it into a square of one unit, downwards.
        alt: The same in words.
    """

    left: float
    top: float
    side: float
    operators: str
    alt: str


Finisher = Callable[[Any, pydyf.PDF], None]


def finisher(*, ground: Drawing, figures: Sequence[Figure]) -> Finisher:
    """Return what lays a ground under the first page and figures over it."""

    def finish(_document: object, pdf: pydyf.PDF) -> None:
        page = _object(pdf, pdf.page_references[0])
        before = _stream(pdf, _ground_operators(pdf, page, ground))
        after = _stream(pdf, _figure_operators(pdf, page, ground.height, figures))
        page["Contents"] = pydyf.Array([before, page["Contents"], after])

    return finish


def _ground_operators(pdf: pydyf.PDF, page: pydyf.Dictionary, ground: Drawing) -> str:
    """Add the drawing to the file; return what draws it as an artifact.

    The `q` stays open over the page's own content, which leaves its scale changed.
    """
    form = pydyf.Stream(
        [ground.content],
        {
            "Type": "/XObject",
            "Subtype": "/Form",
            "BBox": pydyf.Array([0, 0, ground.width, ground.height]),
            "Filter": "/FlateDecode",
        },
    )
    pdf.add_object(form)
    _object(pdf, page["Resources"])["XObject"]["Ground"] = form.reference
    matrix = _FROM_TOP.format(height=ground.height)
    return f"/Artifact BMC q {matrix} /Ground Do Q EMC q"


def _figure_operators(
    pdf: pydyf.PDF, page: pydyf.Dictionary, height: float, figures: Sequence[Figure]
) -> str:
    """Add the figures to the structure tree; return what draws them."""
    parts = ["Q q", _FROM_TOP.format(height=height)]
    for figure in figures:
        mark = _tag(pdf, page, height, figure)
        scale = f"{figure.side} 0 0 {figure.side} {figure.left} {figure.top} cm"
        parts.append(f"/Figure <</MCID {mark}>> BDC q {scale} {figure.operators} Q EMC")
    return " ".join([*parts, "Q"])


def _tag(pdf: pydyf.PDF, page: pydyf.Dictionary, height: float, figure: Figure) -> int:
    """Give a figure its place in the structure tree; return its number on the page."""
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    document = _object(pdf, root["K"][0])
    marks_of_page = _object(pdf, root["ParentTree"])["Nums"][1]
    right, bottom = figure.left + figure.side, height - figure.top - figure.side
    box = [figure.left, bottom, right, bottom + figure.side]
    mark = len(marks_of_page)
    element = pydyf.Dictionary(
        {
            "Type": "/StructElem",
            "S": "/Figure",
            "K": pydyf.Array([mark]),
            "Pg": page.reference,
            "P": document.reference,
            "Alt": pydyf.String(figure.alt),
            "A": pydyf.Dictionary({"O": "/Layout", "BBox": pydyf.Array(box)}),
        }
    )
    pdf.add_object(element)
    document["K"].append(element.reference)
    marks_of_page.append(element.reference)
    return mark


def _stream(pdf: pydyf.PDF, operators: str) -> bytes:
    stream = pydyf.Stream([operators.encode("ascii")], compress=True)
    pdf.add_object(stream)
    reference: bytes = stream.reference
    return reference


def _object(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
