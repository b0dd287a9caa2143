"""Texts of Moodle XML: in a `<text>`, with a format and the files they show."""

from typing import NamedTuple

from lxml import etree

from courses.formats.question import EmbeddedFile, TextFormat

TEXT_FORMATS = {
    "html": TextFormat.HTML,
    "markdown": TextFormat.MARKDOWN,
    "moodle_auto_format": TextFormat.MOODLE,
    "plain_text": TextFormat.PLAIN,
}


class Words(NamedTuple):
    """A text with its format and the files it shows."""

    text: str
    format: TextFormat
    files: tuple[EmbeddedFile, ...]


def as_text(element: etree._Element) -> str:
    """Return an element as it would stand in a file."""
    return str(etree.tostring(element, encoding="unicode", with_tail=False))


def line_of(text: str | None) -> str:
    """Return a text as one line."""
    return " ".join((text or "").split())


def text_of(element: etree._Element | None) -> str:
    """Return the text of an element, which stands in its `<text>`."""
    if element is None:
        return ""
    for child in element:
        if child.tag == "text":
            return _inner(child)
    return (element.text or "").strip()


def _inner(element: etree._Element) -> str:
    """Return what is in a `<text>`; HTML that lacks CDATA stands there as elements."""
    if not len(element):
        return (element.text or "").strip()
    children = (etree.tostring(child, encoding="unicode") for child in element)
    return "".join([element.text or "", *map(str, children)]).strip()


def read_words(element: etree._Element | None, default: TextFormat) -> Words:
    """Read a text; a format that is not told is the default."""
    if element is None:
        return Words("", default, ())
    text_format = TEXT_FORMATS.get(element.get("format") or "", default)
    text, files = None, []
    for child in element:
        if child.tag == "text":
            text = _inner(child) if text is None else text
        elif child.tag == "file":
            files.append(_file_of(child))
    if text is None:
        text = (element.text or "").strip()
    return Words(text, text_format, tuple(files))


def _file_of(element: etree._Element) -> EmbeddedFile:
    return EmbeddedFile(
        name=element.get("name") or "",
        path=element.get("path") or "/",
        content=(element.text or "").strip(),
        encoding=element.get("encoding") or "base64",
    )
