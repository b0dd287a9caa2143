"""Snapshots of former days in the shape of today."""

from collections.abc import Mapping
from typing import Any

from courses.passport_json import shape
from courses.passport_json.shape import Fields, Leaf, Rows, Shape
from courses.passport_json.writing import plain


def upgraded(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return a kept passport with all that a passport has now, the new parts empty.

    Rows were told apart by “position”, and topics named by their title.
    """
    whole: dict[str, Any] = _filled(shape.PASSPORT, content)
    places = {
        row["position"]: number
        for number, row in enumerate(content["outcomes"], start=1)
        if "position" in row
    }
    for topic in whole["topics"]:
        aims = [places.get(number, number) for number in topic["outcomes"]]
        topic["outcomes"] = sorted(set(aims))
    titles = {row["title"]: row["number"] for row in reversed(whole["topics"])}
    rows = [(row, "assessed_in") for row in whole["topics"]]
    rows += [
        (row, "topic")
        for key in ("materials", "borrowed", "banks")
        for row in whole[key]
    ]
    for row, name in rows:
        if isinstance(row[name], str):
            row[name] = titles.get(row[name])
    return whole


def _filled(part: Shape, value: Any, number: int = 0) -> Any:
    if isinstance(part, Fields):
        if value is None and part.is_nullable:
            return None
        known: Mapping[str, Any] = value or {}
        return {
            name: _filled(of, known.get(name), number)
            for name, of in part.members.items()
        }
    if isinstance(part, Rows):
        return [
            _filled(part.of, row, place) for place, row in enumerate(value or (), 1)
        ]
    if isinstance(part, shape.Number):
        return number
    return _default(part) if value is None else value


def _default(part: Shape) -> Any:
    if isinstance(part, Leaf):
        return None if part.field.null else plain(part.field.get_default())
    if isinstance(part, shape.Constant):
        return part.value
    return [] if isinstance(part, shape.References) else None
