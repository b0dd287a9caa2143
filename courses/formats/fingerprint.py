"""The mark by which the same question is known again.

Source: MIN 3.4.2 (distinct questions: the same one twice counts once).
"""

import hashlib
import json
import re
import unicodedata

from courses.formats.markup import strip_markup
from courses.formats.question import (
    Format,
    Kind,
    ParsedAnswer,
    ParsedQuestion,
    TextFormat,
)

_EMPHASIS = re.compile(r"(?<!\w)[*_`]{1,3}(?=[^\s*_`])|(?<=[^\s*_`])[*_`]{1,3}(?!\w)")
# Normalising takes the square of a run of combining marks: 100 ms for a run of 13,000.
_CHUNK = re.compile(r"\S{1,256}")
_SHORT = 256
# Elements of Moodle XML that only name a question.
_NAMING = ("name", "idnumber", "tags")
# What a backup of Moodle writes of a question differs from site to site in these.
_OF_THE_SITE = re.compile(
    r' id="[^"]{0,40}"|<(stamp|version|timecreated|timemodified|createdby|modifiedby)>'
    r"[^<]{0,200}</\1>"
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_ENCODER = json.JSONEncoder(ensure_ascii=False)


def fingerprint(question: ParsedQuestion) -> str:
    """Hash what a question asks: its text and its answers in whatever order.

    Case, spaces, markup, weights and feedback make no difference. The files a question
    shows do; and of a kind that we do not know, all that its file tells but its name.

    Returns:
        SHA-256 in hexadecimal.
    """
    text = _normalise(question.text or question.name, question.text_format)
    answers = sorted(map(_normalise_answer, question.answers))
    beyond = [*_shown_files(question), *_unknown_content(question)]
    parts = [text, answers, beyond] if beyond else [text, answers]
    content = _ENCODER.encode(parts)
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def _shown_files(question: ParsedQuestion) -> list[str]:
    """Return the files that a learner sees before the answer."""
    shown = [*question.files, *(file for one in question.answers for file in one.files)]
    return sorted(file.content for file in shown)


def _unknown_content(question: ParsedQuestion) -> list[str]:
    if question.kind is not Kind.OTHER:
        return []
    raw = question.raw
    if question.raw_format != Format.MOODLE_XML:
        raw = _OF_THE_SITE.sub("", raw)
    for tag in _NAMING:
        before, _opening, rest = raw.partition(f"<{tag}>")
        raw = before + rest.partition(f"</{tag}>")[2]
    return [" ".join(raw.split())]


def _normalise_answer(answer: ParsedAnswer) -> list[str]:
    text = _normalise(answer.text, answer.text_format)
    return (
        [text, _normalise(answer.match, TextFormat.PLAIN)] if answer.match else [text]
    )


def _normalise(text: str, text_format: TextFormat) -> str:
    if text_format != TextFormat.PLAIN:
        text = strip_markup(text)
    if text_format == TextFormat.MARKDOWN:
        text = _EMPHASIS.sub("", text)
    if len(text) > _SHORT:
        text = " ".join(map(_fold, _CHUNK.findall(text)))
    else:
        text = _fold(text)
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())


def _fold(chunk: str) -> str:
    if chunk.isascii():
        return chunk.lower()
    folded = unicodedata.normalize("NFKC", chunk).casefold()
    return unicodedata.normalize("NFKC", folded)
