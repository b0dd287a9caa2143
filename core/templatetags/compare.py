"""Two texts side by side, with the changed words marked."""

import re
from difflib import SequenceMatcher

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

# A word with the space after it, so that neighbouring changes make one mark.
WORD = re.compile(r"\S+\s*|\s+")
# Beyond so many words lines are compared: the time grows with the square.
WORDS_COMPARED = 4_000


@register.simple_tag
def words_before(before: str, after: str) -> SafeString:
    """Show the older text, what is gone in <del>."""
    return _marked(before, after, is_after=False)


@register.simple_tag
def words_after(before: str, after: str) -> SafeString:
    """Show the newer text, what is new in <ins>."""
    return _marked(before, after, is_after=True)


def _marked(before: str, after: str, *, is_after: bool) -> SafeString:
    old, new = WORD.findall(before), WORD.findall(after)
    if max(len(old), len(new)) > WORDS_COMPARED:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    matcher = SequenceMatcher(
        None,
        [piece.rstrip() for piece in old],
        [piece.rstrip() for piece in new],
        autojunk=False,
    )
    change = "<ins>{}</ins>{}" if is_after else "<del>{}</del>{}"
    parts = []
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        text = "".join(new[new_from:new_to] if is_after else old[old_from:old_to])
        words = text.rstrip()
        if text:
            shape = "{}{}" if tag == "equal" else change
            parts.append((format_html(shape, words, text[len(words) :]),))
    return format_html_join("", "{}", parts)
