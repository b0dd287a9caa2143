"""PDF: the only door to WeasyPrint.

A document is markup and a style sheet of our own, set in the packaged typeface, with
nothing fetched from anywhere. See `render_document` for a plain A4 document and
`Typesetter` for one with its own style sheet.
"""

from core.pdf.documents import document_typesetter, render_document
from core.pdf.engine import Typesetter
from core.pdf.errors import (
    EmptyText,
    ForbiddenCharacter,
    ForeignResource,
    MissingGlyph,
    PdfRefused,
    TextDoesNotFit,
    TextTooLong,
    TooManyElements,
    TooManyPages,
)
from core.pdf.faces import LIGHT, REGULAR, SEMIBOLD, Face, make_faces, text_width
from core.pdf.layers import Drawing, Figure, finisher
from core.pdf.text import check_line

__all__ = [
    "LIGHT",
    "REGULAR",
    "SEMIBOLD",
    "Drawing",
    "EmptyText",
    "Face",
    "Figure",
    "ForbiddenCharacter",
    "ForeignResource",
    "MissingGlyph",
    "PdfRefused",
    "TextDoesNotFit",
    "TextTooLong",
    "TooManyElements",
    "TooManyPages",
    "Typesetter",
    "check_line",
    "document_typesetter",
    "finisher",
    "make_faces",
    "render_document",
    "text_width",
]
