"""How a DOCX sets its text: what is inherited, resolved.

Defaults of the document → style of the table → chain of the paragraph's style →
numbering → the paragraph itself; for letters also the style of characters and the run.
"""

import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from courses.formats.blocks import Setting, Type
from courses.formats.office import W, part_if_any

TWIPS_PER_POINT = 20
_LINE_OF_ONE = 240  # in 240ths of a line
_AUTO_GAP_PT = 14.0
_MOST_PARENTS = 20
_OFF = {"0", "false", "off", "none"}
_FLAGS = ("keepNext", "keepLines", "pageBreakBefore", "contextualSpacing")
_INDENTS = {"left": "left", "start": "left", "right": "right", "end": "right"}
_THEME = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

Known = Mapping[str, Any]


def value_of(element: etree._Element | None, name: str = "val") -> str:
    """Return an attribute, empty where there is no element or no such attribute."""
    return "" if element is None else element.get(W + name, "")


def number_of(text: str) -> float:
    """Read a number; what is none counts as nothing."""
    try:
        return float(text)
    except ValueError:
        return 0.0


def is_on(element: etree._Element | None) -> bool:
    """Tell whether a switch is there and not turned off."""
    return element is not None and value_of(element) not in _OFF


def points(text: str) -> float:
    """Turn twentieths of a point into points."""
    return number_of(text) / TWIPS_PER_POINT


class Styles:
    """The styles, defaults, numbering and theme of a document."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        root = part_if_any(archive, "word/styles.xml")
        found = [] if root is None else root.findall(W + "style")
        self._styles = {value_of(style, "styleId"): style for style in found}
        self._default = next(
            (
                value_of(style, "styleId")
                for style in found
                if value_of(style, "type") == "paragraph"
                and value_of(style, "default") in {"1", "true"}
            ),
            "",
        )
        self._theme = dict(_theme_families(archive))
        self._indents = dict(_numbering_indents(archive))
        of_all = None if root is None else root.find(W + "docDefaults")
        base = (
            {} if of_all is None else _properties(of_all.find(f"{W}pPrDefault/{W}pPr"))
        )
        letters = None if of_all is None else of_all.find(f"{W}rPrDefault/{W}rPr")
        self._base = {**base, **self._letters(letters)}
        self._chains: dict[tuple[str, str], Known] = {}

    def of_paragraph(
        self, own: etree._Element | None, *, table_style: str = ""
    ) -> dict[str, Any]:
        """Return all that is known of how a paragraph and its letters are set."""
        style = value_of(None if own is None else own.find(W + "pStyle"))
        style = style if style in self._styles else self._default
        known = {**self._chain(style, table_style), "style": style}
        direct = _properties(own)
        number = direct.get("number", known.get("number"))
        if number is not None:
            known |= self._indents.get(number, {})
        return {**known, **direct}

    def of_letters(self, known: Known, own: etree._Element | None) -> dict[str, Any]:
        """Return how letters of a run are set in a paragraph."""
        if own is None:
            return dict(known)
        style = value_of(own.find(W + "rStyle"))
        for parent in self._parents(style):
            known = {**known, **self._letters(parent.find(W + "rPr"))}
        return {**known, **self._letters(own)}

    def _chain(self, style: str, table_style: str) -> Known:
        key = style, table_style
        if key not in self._chains:
            known = dict(self._base)
            for name in (table_style, style):
                for parent in self._parents(name):
                    known |= _properties(parent.find(W + "pPr"))
                    known |= self._letters(parent.find(W + "rPr"))
            self._chains[key] = known
        return self._chains[key]

    def _parents(self, style: str) -> list[etree._Element]:
        """Return a style after those that it is based on."""
        chain: list[etree._Element] = []
        while style in self._styles and len(chain) < _MOST_PARENTS:
            chain.append(self._styles[style])
            style = value_of(chain[-1].find(W + "basedOn"))
        return chain[::-1]

    def _letters(self, own: etree._Element | None) -> dict[str, Any]:
        if own is None:
            return {}
        told: dict[str, Any] = {}
        if size := value_of(own.find(W + "sz")):
            told["size"] = number_of(size) / 2
        for switch in ("b", "vanish"):
            if (found := own.find(W + switch)) is not None:
                told[switch] = is_on(found)
        fonts = own.find(W + "rFonts")
        family = value_of(fonts, "ascii") or value_of(fonts, "hAnsi")
        theme = value_of(fonts, "asciiTheme") or value_of(fonts, "hAnsiTheme")
        if family := self._theme.get(theme[:5], family):
            told["family"] = family
        return told


def _properties(own: etree._Element | None) -> dict[str, Any]:
    """Read what a paragraph or a style says itself of how paragraphs are set."""
    if own is None:
        return {}
    told: dict[str, Any] = dict(_spacing(own.find(W + "spacing")))
    told |= _indents(own.find(W + "ind"))
    for flag in (*_FLAGS, "widowControl"):
        if (found := own.find(W + flag)) is not None:
            told[flag] = is_on(found)
    if (number := own.find(W + "numPr")) is not None:
        mark = value_of(number.find(W + "numId"))
        level = value_of(number.find(W + "ilvl")) or "0"
        told["number"] = None if mark in {"", "0"} else (mark, level)
    return told


def _spacing(element: etree._Element | None) -> Iterator[tuple[str, Any]]:
    if element is None:
        return
    for side in ("before", "after"):
        if text := value_of(element, side):
            yield side, points(text)
        if value_of(element, f"{side}Autospacing") in {"1", "true"}:
            yield side, _AUTO_GAP_PT
    if line := value_of(element, "line"):
        is_exact = value_of(element, "lineRule") in {"exact", "atLeast"}
        yield "exact", points(line) if is_exact else None
        yield "line", 1.0 if is_exact else number_of(line) / _LINE_OF_ONE


def _indents(element: etree._Element | None) -> Iterator[tuple[str, float]]:
    for name, side in _INDENTS.items():
        if text := value_of(element, name):
            yield side, points(text)
    if text := value_of(element, "firstLine"):
        yield "first", points(text)
    if text := value_of(element, "hanging"):
        yield "first", -points(text)


def _theme_families(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    root = part_if_any(archive, "word/theme/theme1.xml")
    for name in ("minor", "major"):
        path = f".//{_THEME}{name}Font/{_THEME}latin"
        latin = None if root is None else root.find(path)
        if latin is not None:
            yield name, latin.get("typeface", "")


def _numbering_indents(
    archive: zipfile.ZipFile,
) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    """Yield the indents of each level of each numbering."""
    root = part_if_any(archive, "word/numbering.xml")
    if root is None:
        return
    levels = {
        value_of(kind, "abstractNumId"): {
            value_of(level, "ilvl"): dict(_indents(level.find(f"{W}pPr/{W}ind")))
            for level in kind.findall(W + "lvl")
        }
        for kind in root.findall(W + "abstractNum")
    }
    for number in root.findall(W + "num"):
        kind = value_of(number.find(W + "abstractNumId"))
        for level, indents in levels.get(kind, {}).items():
            yield (value_of(number, "numId"), level), indents


def setting_of(known: Known) -> Setting:
    """Return how a paragraph is set, from all that is known of it."""
    return Setting(
        before_pt=known.get("before", 0.0),
        after_pt=known.get("after", 0.0),
        spacing=known.get("line", 1.0),
        exact_pt=known.get("exact"),
        left_pt=known.get("left", 0.0),
        right_pt=known.get("right", 0.0),
        first_pt=known.get("first", 0.0),
        style=known.get("style", ""),
        is_numbered=known.get("number") is not None,
        keeps_with_next=known.get("keepNext", False),
        keeps_together=known.get("keepLines", False),
        begins_page=known.get("pageBreakBefore", False),
        is_contextual=known.get("contextualSpacing", False),
    )


def type_of(known: Known) -> Type:
    """Return what letters are set in, from all that is known of them."""
    return Type(known.get("size", 10.0), known.get("family", ""), known.get("b", False))
