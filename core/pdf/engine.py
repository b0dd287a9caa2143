"""The one place where WeasyPrint is called.

What does not change from one document to the next (fonts, parsed style sheet,
fetcher) is made once for each kind of document and kept.
"""

import atexit
import logging
from threading import Lock

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from core.pdf.errors import ForeignResource, TextTooLong, TooManyElements, TooManyPages
from core.pdf.faces import Face, font_file
from core.pdf.fetcher import AssetFetcher
from core.pdf.layers import Finisher

# Layout is dear: 400,000 characters of words took 10 s and 114 MB, a table of 24,500
# elements 26 s and 670 MB.
MARKUP_LIMIT = 400_000
TAG_LIMIT = 25_000  # opening and closing ones

# It reports each of its seven steps as news.
logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)

# Pango's font map may be used by one thread at a time.
_ONE_AT_A_TIME = Lock()


class Typesetter:
    """Sets markup in type by one style sheet: tagged, PDF/UA-1, nothing from outside.

    Args:
        css: The style sheet. It asks for the font family `Portal`.
        faces: The faces it uses.
        page_limit: The most pages that a document may have.
    """

    def __init__(self, *, css: str, faces: tuple[Face, ...], page_limit: int) -> None:
        self._page_limit = page_limit
        self._fetcher = AssetFetcher({face.url: font_file(face) for face in faces})
        self._fonts = FontConfiguration()
        # Freed while Pango is there: left to the interpreter's last moment, it crashes.
        atexit.register(self.__dict__.pop, "_fonts", None)
        rules = "".join(face.rule for face in faces)
        self._style = CSS(
            string=rules + css, url_fetcher=self._fetcher, font_config=self._fonts
        )

    def typeset(self, markup: str, *, finisher: Finisher | None = None) -> bytes:
        """Return the PDF of a whole HTML document.

        Args:
            markup: With `lang` and `title`; texts in it escaped.
            finisher: What is laid under and over the first page (`layers.finisher`).

        Raises:
            TextTooLong: The markup is longer than `MARKUP_LIMIT`.
            TooManyElements: It has more tags than `TAG_LIMIT`.
            ForeignResource: It asks for a file or an address.
            TooManyPages: It was laid out on more pages than it may have.
        """
        if len(markup) > MARKUP_LIMIT:
            raise TextTooLong(name="HTML", length=len(markup), limit=MARKUP_LIMIT)
        if (tags := markup.count("<")) > TAG_LIMIT:
            raise TooManyElements(tags=tags, limit=TAG_LIMIT)
        try:
            with _ONE_AT_A_TIME:
                return self._write(markup, finisher)
        except FatalURLFetchingError as error:
            # It is a BaseException: left alone it would end the worker's process.
            _before, _quote, url = str(error).partition('"')
            raise ForeignResource(url=url.rstrip('"')[:200]) from error

    def _write(self, markup: str, finisher: Finisher | None) -> bytes:
        html = HTML(string=markup, base_url="asset:", url_fetcher=self._fetcher)
        document = html.render(
            font_config=self._fonts, stylesheets=[self._style], pdf_variant="pdf/ua-1"
        )
        if len(document.pages) > self._page_limit:
            raise TooManyPages(pages=len(document.pages), limit=self._page_limit)
        content: bytes = document.write_pdf(pdf_variant="pdf/ua-1", finisher=finisher)
        return content
