r"""Escapes and formats of texts in GIFT.

A control character after a backslash is text. While a question is cut to pieces such
characters are hidden behind NUL, which no text file has, so that `find`, `split` and
`in` see control characters only and each step takes linear time.
"""

import re

from courses.formats.question import TextFormat

_HIDDEN = {
    "~": "\0t",
    "=": "\0e",
    "#": "\0h",
    "{": "\0o",
    "}": "\0c",
    ":": "\0d",
    "n": "\0n",
    "\\": "\0b",
}
_WRITTEN = str.maketrans({"\n": "\\n"} | {sign: f"\\{sign}" for sign in "~=#{}:\\"})
_SHOWN = {hidden: char for char, hidden in _HIDDEN.items()} | {"\0n": "\n"}
_ESCAPE = re.compile(r"\\([~=#{}:n\\])")
_HIDDEN_ESCAPE = re.compile(r"\0.")
FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)


def escape(text: str) -> str:
    """Write a text so that none of its signs controls anything, on one line."""
    return text.translate(_WRITTEN)


def hide_escapes(text: str) -> str:
    """Put escaped characters out of the way of the control characters."""
    return _ESCAPE.sub(lambda match: _HIDDEN[match[1]], text) if "\\" in text else text


def show_escapes(text: str) -> str:
    """Give hidden characters back as the text they stand for."""
    if "\0" not in text:
        return text
    return _HIDDEN_ESCAPE.sub(lambda match: _SHOWN[match[0]], text)


def read_formatted(text: str, default: TextFormat) -> tuple[str, TextFormat]:
    """Take `[html]` and its like off a text, and show it as it reads."""
    match = FORMAT.match(text)
    if match is None:
        return show_escapes(text).strip(), default
    return show_escapes(text[match.end() :]).strip(), TextFormat(match[1].lower())
