"""What may be printed: the length and the characters of a text."""

import re
import unicodedata

from core.pdf.errors import EmptyText, ForbiddenCharacter, MissingGlyph, TextTooLong
from core.pdf.faces import repertoire

# Control and format characters (bidirectional overrides among them), surrogates,
# private and unassigned ones, separators of lines and paragraphs.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\ufeff]")
_LAYOUT = frozenset(map(ord, "\t\n\r"))


def check_line(text: str, *, name: str, limit: int) -> str:
    """Return a line of text as it is printed: composed, without outer spaces.

    Args:
        text: What somebody typed.
        name: What the text is, for the message.
        limit: The most characters that are printed.

    Raises:
        EmptyText: Nothing is there to print.
        TextTooLong: It is longer than its limit.
        ForbiddenCharacter: It has a control character or turns the direction.
        MissingGlyph: The typeface lacks a letter of it.
    """
    # Composing is not linear in length: what is far too long is not even composed.
    if len(text) > 4 * limit:
        raise TextTooLong(name=name, length=len(text), limit=limit)
    line = unicodedata.normalize("NFC", text).strip(" ")
    if not line:
        raise EmptyText(name=name)
    if len(line) > limit:
        raise TextTooLong(name=name, length=len(line), limit=limit)
    for character in line:
        if unicodedata.category(character) in _INVISIBLE:
            raise ForbiddenCharacter(name=name, code=_code(character))
        if ord(character) not in repertoire():
            raise MissingGlyph(name=name, character=character, code=_code(character))
    return line


def printable_markup(markup: str) -> str:
    """Return markup in which each character can be printed.

    Control characters are left out; a character that the typeface lacks (an emoji in
    a remark, say) is printed as its code, so that nothing goes missing unseen.
    """
    markup = _CONTROLS.sub("", unicodedata.normalize("NFC", markup))
    known = repertoire() | _LAYOUT
    if known.issuperset(map(ord, markup)):
        return markup
    return "".join(
        character if ord(character) in known else f"[{_code(character)}]"
        for character in markup
    )


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"
