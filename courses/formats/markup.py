"""Texts without the tags of HTML in them."""

import html
import re

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


def strip_markup(text: str) -> str:
    """Return what a reader sees of HTML; pictures and sounds stay as their tags."""
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
