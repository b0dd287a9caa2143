"""Documents on A4: registration line, numbered clauses, signatures, page x of y."""

from functools import cache
from html import escape
from importlib.resources import files

from core.pdf.engine import Typesetter
from core.pdf.faces import REGULAR, SEMIBOLD
from core.pdf.text import check_line, printable_markup

PAGE_LIMIT = 200
TITLE_LIMIT = 300

# “page x of y”: what stands before, between and after the two numbers.
_PAGE_WORDS = {
    "ru": ("стр. ", " из ", ""),
    "kk": ("", "-бет, барлығы ", ""),
    "ky": ("", "-бет, бардыгы ", ""),
    "en": ("page ", " of ", ""),
}

_SHELL = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head>
<body class="{orientation}" data-header="{header}" data-footer="{footer}"
 data-page="{page}" data-of="{of}" data-end="{end}">{body}</body></html>"""


def render_document(
    body: str,
    *,
    title: str,
    language: str,
    header: str = "",
    footer: str = "",
    is_landscape: bool = False,
) -> bytes:
    """Return the PDF of a document.

    Args:
        body: HTML that goes into `body`, made by an escaping template. Its classes
            are those of `document.css`.
        title: What the document is called, in its properties too.
        language: `ru`, `kk`, `ky` or `en`.
        header: Running line above, on the right; the title when empty.
        footer: Running line below, on the left; page x of y stands on the right.
        is_landscape: A wide page, for tables.

    Raises:
        PdfRefused: It is too long, has too many pages, or asks for something outside.
    """
    title = check_line(printable_markup(title), name="title", limit=TITLE_LIMIT)
    page, of, end = _PAGE_WORDS[language]
    markup = _SHELL.format(
        language=language,
        title=escape(title),
        orientation="landscape" if is_landscape else "portrait",
        header=escape(printable_markup(header) or title),
        footer=escape(printable_markup(footer)),
        page=page,
        of=of,
        end=end,
        body=printable_markup(body),
    )
    return document_typesetter().typeset(markup)


@cache
def document_typesetter() -> Typesetter:
    """Return the typesetter of documents, made once a process."""
    css = files("core.pdf").joinpath("document.css").read_text("utf-8")
    return Typesetter(css=css, faces=(REGULAR, SEMIBOLD), page_limit=PAGE_LIMIT)
