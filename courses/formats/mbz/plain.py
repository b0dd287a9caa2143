"""HTML of Moodle → plain text, paragraph by paragraph."""

import html
import re

from lxml import etree

from courses.formats.mbz.xml import Element

BLOCKS = frozenset(
    {
        *("p", "div", "section", "article", "header", "footer", "blockquote", "pre"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "tr", "hr", "dl"),
        *("figure", "figcaption", "li", "dt", "dd", "br"),
    }
)
SILENT = frozenset({"script", "style", "head", "template", "noscript", "object"})
CELLS = frozenset({"td", "th"})
_SPACES = re.compile(r"[ \t\r\f\v\u00a0]+")
_BREAKS = re.compile(r" ?\n[ \n]*\n ?")
VIDEO_HOST = re.compile(
    r"https?://(?:www\.|m\.)?"
    r"(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|player\.vimeo\.com|"
    r"rutube\.ru|vk\.com/video|vkvideo\.ru|dzen\.ru/(?:video|embed))"
    r"[^\s\"'<>\\]{0,400}"
)


def plain_text(markup: str) -> str:
    """Return the text of HTML: paragraphs and items of lists on lines of their own."""
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    root = _parsed(markup)
    if root is None:
        return ""
    text = "".join(_pieces(root))
    lines = _SPACES.sub(" ", text).replace(" \n", "\n").replace("\n ", "\n")
    return _BREAKS.sub("\n\n", lines).strip()


def one_line(markup: str, longest: int) -> str:
    """Return the text of HTML on one line, cut to a length."""
    return " ".join(plain_text(markup).split())[:longest]


def video_links(markup: str) -> list[str]:
    """Return the addresses of videos that a text shows or links to, each once."""
    found = (html.unescape(match[0]) for match in VIDEO_HOST.finditer(markup))
    return list(dict.fromkeys(found))


def _parsed(markup: str) -> Element | None:
    parser = etree.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    content = markup.replace("\0", "").encode("utf-8", "replace")
    try:
        return etree.fromstring(content, parser)
    except etree.LxmlError:
        return None


def _pieces(root: Element) -> list[str]:
    """Walk the tree without recursion: pages nest as deep as they like."""
    pieces: list[str] = []
    silent = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        if event == "start":
            silent += tag in SILENT
            pieces += _before(tag)
            text = element.text
        else:
            silent -= tag in SILENT
            pieces += _after(tag)
            text = element.tail
        if text and not silent:
            # A line break of the source is a space, but in what is set as it stands.
            pieces.append(text if tag == "pre" else text.replace("\n", " "))
    return pieces


def _before(tag: str) -> list[str]:
    if tag == "li":
        return ["\n– "]
    return ["\n"] if tag in BLOCKS else []


def _after(tag: str) -> list[str]:
    if tag in CELLS:
        return ["\t"]
    if tag in {"br", "li"}:
        return []
    return ["\n"] if tag in BLOCKS else []
