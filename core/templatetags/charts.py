"""Small charts in SVG, labelled directly, with their table one click away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, count, pairwise
from typing import Any

from django import template

from core.templatetags.figures import number

register = template.Library()

Value = int | float | Decimal

# Units of the picture: on a phone one is a little less than a pixel.
WIDTH = 440
BAR_PITCH = 40
BAR_HEIGHT = 12
VALUE_WIDTH = 90
LINE_HEIGHT = 220
PLOT_LEFT = 66
PLOT_RIGHT = 92
PLOT_TOP = 14
PLOT_BOTTOM = 30
GRID_LINES = 4
LABEL_PITCH = 16
# Where a scale may end: four steps of the grid are round numbers each.
SMALL_TOPS = (4, 8, 12, 20, 40, 60, 80)
TOPS = (10, 12, 20, 40, 60, 80)
# A label longer than this is cut in the picture; the table has it whole.
LABEL_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Series:
    """A line of a chart: its name and one value per label."""

    name: str
    values: Sequence[Value]


@register.inclusion_tag("components/bar_chart.html")
def bar_chart(
    title: str, rows: Sequence[tuple[str, Value]], unit: str = ""
) -> dict[str, Any]:
    """Draw horizontal bars of (label, value), all from nought."""
    largest = max((value for _label, value in rows), default=0) or 1
    room = WIDTH - VALUE_WIDTH
    bars: list[dict[str, Any]] = [
        {
            "label": _cut(label),
            "value": number(value),
            "label_top": index * BAR_PITCH + 13,
            "top": index * BAR_PITCH + 19,
            "value_top": index * BAR_PITCH + 29,
            "width": max(1, round(room * float(value) / float(largest))),
        }
        for index, (label, value) in enumerate(rows)
    ]
    for drawn in bars:
        drawn["value_left"] = drawn["width"] + 8
    return {
        "title": title,
        "unit": unit,
        "rows": rows,
        "bars": bars,
        "width": WIDTH,
        "height": len(rows) * BAR_PITCH,
        "bar_height": BAR_HEIGHT,
    }


@register.inclusion_tag("components/line_chart.html")
def line_chart(
    title: str, labels: Sequence[str], series: Sequence[Series], unit: str = ""
) -> dict[str, Any]:
    """Draw up to three lines over the same labels, each named at its end."""
    top = _round_up(max((value for line in series for value in line.values), default=0))
    columns = [_left(index, len(labels)) for index in range(len(labels))]
    lines = [
        _line(position, line, columns, top) for position, line in enumerate(series, 1)
    ]
    _part_names(lines)
    table = [
        (label, [line.values[index] for line in series])
        for index, label in enumerate(labels)
    ]
    return {
        "title": title,
        "unit": unit,
        "lines": lines,
        "series": series,
        "table": table,
        "ticks": [
            {"left": left, "label": label}
            for left, label in zip(columns, labels, strict=True)
        ],
        "grid": [
            {"top": _height(top * step / GRID_LINES, top), "label": _short(top, step)}
            for step in range(GRID_LINES + 1)
        ],
        "width": WIDTH,
        "height": LINE_HEIGHT,
        "plot_left": PLOT_LEFT,
        "plot_right": WIDTH - PLOT_RIGHT,
        "label_left": PLOT_LEFT - 8,
        "tick_top": LINE_HEIGHT - 8,
    }


def _line(
    position: int, line: Series, columns: list[int], top: Value
) -> dict[str, Any]:
    points = [
        (left, _height(value, top))
        for left, value in zip(columns, line.values, strict=True)
    ]
    return {
        "css_class": f"series-{position}",
        "name": line.name,
        "points": " ".join(f"{left},{height}" for left, height in points),
        "ends": points[-1:],
        "name_left": WIDTH - PLOT_RIGHT + 10,
        "name_top": (points[-1][1] if points else LINE_HEIGHT) + 4,
    }


def _part_names(lines: list[dict[str, Any]]) -> None:
    """Move names of lines that end close to each other apart."""
    for upper, lower in pairwise(sorted(lines, key=lambda line: line["name_top"])):
        lower["name_top"] = max(lower["name_top"], upper["name_top"] + LABEL_PITCH)


def _left(index: int, count: int) -> int:
    return PLOT_LEFT + round(
        (WIDTH - PLOT_LEFT - PLOT_RIGHT) * index / max(1, count - 1)
    )


def _height(value: Value, top: Value) -> int:
    room = LINE_HEIGHT - PLOT_TOP - PLOT_BOTTOM
    return LINE_HEIGHT - PLOT_BOTTOM - round(room * float(value) / float(top))


def _round_up(value: Value) -> int:
    """Return a round number not below `value` that the grid parts evenly."""
    larger: Iterator[int] = (step * 10**power for power in count(1) for step in TOPS)
    return next(top for top in chain(SMALL_TOPS, larger) if top >= value)


def _short(top: int, step: int) -> str:
    return number(top * step // GRID_LINES)


def _cut(label: str) -> str:
    if len(label) <= LABEL_LENGTH:
        return label
    return f"{label[: LABEL_LENGTH - 1].rstrip()}…"
