"""Whether every string of the portal is translated into every language it speaks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')


@dataclass(frozen=True, slots=True)
class Entry:
    """One message of a catalogue: its source, its translations, its flags."""

    source: str
    translations: tuple[str, ...]
    is_fuzzy: bool


def read_catalogue(path: Path) -> list[Entry]:
    """Read a .po file; obsolete entries are passed over."""
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    entries = (_entry(block) for block in blocks)
    return [entry for entry in entries if entry is not None and entry.source]


def problems_of(catalogue: list[Entry]) -> Iterator[str]:
    """Yield what is wrong with a catalogue: untranslated, fuzzy, lost places."""
    for entry in catalogue:
        if entry.is_fuzzy or not all(entry.translations):
            yield f"not translated: {entry.source!r}"
        elif any(
            set(PLACE.findall(text)) - set(PLACE.findall(entry.source))
            for text in entry.translations
        ):
            yield f"places differ: {entry.source!r}"


def _entry(block: str) -> Entry | None:
    parts: dict[str, list[str]] = {}
    key = ""
    is_fuzzy = False
    for line in block.splitlines():
        if line.startswith("#,"):
            is_fuzzy = is_fuzzy or "fuzzy" in line
        if line.startswith("#"):
            continue
        head, _space, rest = line.partition(" ")
        if head.startswith("msg"):
            key = head
            parts.setdefault(key, []).extend(STRING.findall(rest))
        else:
            parts.setdefault(key, []).extend(STRING.findall(line))
    if "msgid" not in parts:
        return None
    texts = {name: "".join(pieces) for name, pieces in parts.items()}
    return Entry(
        source=texts["msgid"],
        translations=tuple(
            text for name, text in texts.items() if name.startswith("msgstr")
        ),
        is_fuzzy=is_fuzzy,
    )
