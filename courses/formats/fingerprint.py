"""The mark by which the same question is known again.

Source: MIN 3.4.2 (distinct questions: the same one twice counts once).
"""

import hashlib
import html
import json
import re
import unicodedata

from courses.formats.question import ParsedAnswer, ParsedQuestion, TextFormat

_COMMENT_START, _COMMENT_END = "<!--", "-->"
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]{0,20})\b[^<>]*>")
_CLOSING_TAG = re.compile(r"</([a-zA-Z][a-zA-Z0-9]{0,20})\s*>")
_STANDS_ALONE = frozenset({"br", "hr", "wbr"})
# Within a word, where any other tag parts two.
_INLINE = re.compile(
    "a|abbr|b|code|del|em|font|i|ins|mark|q|s|small|span|strong|sub|sup|u|wbr"
)
# Two questions on different pictures are two questions.
_KEPT = frozenset({"audio", "embed", "iframe", "img", "object", "source", "video"})
_EMPHASIS = re.compile(r"(?<!\w)[*_`]{1,3}(?=[^\s*_`])|(?<=[^\s*_`])[*_`]{1,3}(?!\w)")
# Normalising takes the square of a run of combining marks: 100 ms for a run of 13,000.
_CHUNK = re.compile(r"\S{1,256}")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


def fingerprint(question: ParsedQuestion) -> str:
    """Hash what a question asks: its text and its answers in whatever order.

    Case, spaces, markup, weights and feedback make no difference.

    Returns:
        SHA-256 in hexadecimal.
    """
    text = _normalise(question.text or question.name, question.text_format)
    answers = sorted(map(_normalise_answer, question.answers))
    content = json.dumps([text, answers], ensure_ascii=False)
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def _normalise_answer(answer: ParsedAnswer) -> list[str]:
    text = _normalise(answer.text, answer.text_format)
    return (
        [text, _normalise(answer.match, TextFormat.PLAIN)] if answer.match else [text]
    )


def _normalise(text: str, text_format: TextFormat) -> str:
    if text_format != TextFormat.PLAIN:
        text = _strip_markup(text)
    if text_format == TextFormat.MARKDOWN:
        text = _EMPHASIS.sub("", text)
    text = _INVISIBLE.sub("", " ".join(map(_fold, _CHUNK.findall(text))))
    return " ".join(text.split())


def _fold(chunk: str) -> str:
    if chunk.isascii():
        return chunk.lower()
    folded = unicodedata.normalize("NFKC", chunk).casefold()
    return unicodedata.normalize("NFKC", folded)


def _strip_markup(text: str) -> str:
    if "<" in text:
        text = _strip_tags(_strip_comments(text))
    if "&" not in text:
        return text
    try:
        return html.unescape(text)
    except ValueError:  # a character's number of more than 4,300 digits
        return text


def _strip_comments(text: str) -> str:
    first, *rest = text.split(_COMMENT_START)
    kept = (part.partition(_COMMENT_END) for part in rest)
    return first + "".join(after if end else part for part, end, after in kept)


def _strip_tags(text: str) -> str:
    """Take tags off, but not a tag that is itself what is asked about (`<b>?`)."""
    closed = {name.lower() for name in _CLOSING_TAG.findall(text)} | _STANDS_ALONE
    removable = closed - _KEPT

    def replace(match: re.Match[str]) -> str:
        name = match[1].lower()
        if name not in removable:
            return match[0]
        return "" if _INLINE.fullmatch(name) else " "

    return _TAG.sub(replace, text)
