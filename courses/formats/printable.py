"""Texts as a file may carry them."""

import html
import re

from courses.formats.markup import strip_markup
from courses.formats.question import ParsedQuestion, TextFormat

# Neither XML nor a text file that is read again carries these.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufeff\ufffe\uffff\ud800-\udfff]")
_HTML_WORKS = frozenset({TextFormat.HTML, TextFormat.MOODLE, TextFormat.MARKDOWN})


def printable(text: str) -> str:
    """Return a text without signs that no file carries, its lines ended by LF."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNPRINTABLE.sub("", text)


def one_line(text: str) -> str:
    """Return a text as one line."""
    return " ".join(printable(text).split())


def plain(text: str, text_format: TextFormat) -> str:
    """Return what a reader sees of a text."""
    return text if text_format is TextFormat.PLAIN else strip_markup(text)


def in_format(text: str, text_format: TextFormat, wanted: TextFormat) -> str:
    """Return a text for a place of another format, so that it reads the same."""
    if text_format is TextFormat.PLAIN and wanted in _HTML_WORKS:
        return html.escape(text, quote=False)
    if wanted is TextFormat.PLAIN:
        return plain(text, text_format)
    return text


def has_files(question: ParsedQuestion) -> bool:
    """Tell whether any text of a question shows a file that stands inside it."""
    return bool(
        question.files
        or question.general_feedback_files
        or any(answer.files or answer.feedback_files for answer in question.answers)
    )
