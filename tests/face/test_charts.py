"""Charts: what is drawn, and the table beside it."""

from decimal import Decimal
from itertools import pairwise

import pytest
from django.template import Context, Template
from django.utils import translation

from core.templatetags.charts import LINE_HEIGHT, Series, bar_chart, line_chart


def test_bars_begin_at_nought_and_keep_their_proportion():
    drawn = bar_chart("Shares", [("a", Decimal(100)), ("b", 50), ("c", 0)])
    widths = [bar["width"] for bar in drawn["bars"]]
    assert widths == [350, 175, 1]


def test_bar_chart_of_nothing_is_empty_and_does_not_fall():
    assert bar_chart("Shares", [])["bars"] == []


def test_long_label_is_cut_in_the_picture_only():
    label = "Salaries with accruals and everything else that goes with them, monthly"
    drawn = bar_chart("Shares", [(label, 1)])
    assert drawn["bars"][0]["label"].endswith("…")
    assert drawn["rows"][0][0] == label


@pytest.mark.parametrize(
    ("largest", "top"),
    [(0, "4"), (3, "4"), (7, "8"), (11, "12"), (19, "20"), (95, "100"), (910, "1,000")],
)
def test_scale_ends_at_a_round_number(largest, top):
    with translation.override("en"):
        drawn = line_chart("Income", ["a", "b"], [Series("x", [0, largest])])
    assert drawn["grid"][-1]["label"].replace("\N{NO-BREAK SPACE}", ",") == top


def test_lines_that_end_together_have_their_names_apart():
    series = [Series("x", [1, 5]), Series("y", [2, 5]), Series("z", [3, 5])]
    tops = sorted(
        line["name_top"] for line in line_chart("Income", ["a", "b"], series)["lines"]
    )
    assert [lower - upper for upper, lower in pairwise(tops)] == [16, 16]


def test_line_chart_of_nothing_does_not_fall():
    drawn = line_chart("Income", [], [Series("x", [])])
    assert drawn["lines"][0]["name_top"] == LINE_HEIGHT + 4


def test_picture_is_hidden_from_screen_readers_and_the_table_is_not():
    source = '{% load charts %}{% bar_chart "Shares" rows "₸" %}'
    with translation.override("ru"):
        html = Template(source).render(
            Context({"rows": [(f"item {n}", 1234 + n) for n in range(40)]})
        )
    assert '<svg viewBox="0 0 440 1600" aria-hidden="true">' in html
    assert (
        '<th scope="row">item 0</th><td class="num">1\N{NO-BREAK SPACE}234</td>' in html
    )
