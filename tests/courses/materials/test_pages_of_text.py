"""Pages of a plain text, in the format of the regulation (MIN 3.3.3.8)."""

from decimal import Decimal

import pytest

from courses.formats.pages import pages_of_text
from courses.formats.typefaces import typeface

REGULATED = {"font_pt": Decimal(12), "spacing": Decimal("1.5"), "margin_cm": Decimal(2)}
LINES_A_PAGE = 35  # 25.7 cm of lines of 12 pt × 1.15 × 1.5
LETTERS_A_LINE = 80  # «о» is half as wide as the type is high: 40.16 ems hold 80


def pages(text: str, **changed: Decimal) -> Decimal:
    return pages_of_text(text, **{**REGULATED, **changed})


def test_a_page_of_lines_is_one_page_and_a_line_more_is_a_part_of_the_next():
    assert pages("слово\n" * LINES_A_PAGE) == Decimal("1.00")
    assert pages("слово\n" * (LINES_A_PAGE + 1)) == Decimal("1.03")


def test_empty_lines_gain_nothing():
    assert pages("слово\n\n\n   \nслово") == pages("слово\nслово")
    assert pages("") == Decimal("0.00")
    assert pages(" \n\t\n") == Decimal("0.00")


@pytest.mark.parametrize(
    ("letters", "lines"),
    [
        (LETTERS_A_LINE, 1),
        (LETTERS_A_LINE + 1, 2),
        (2 * LETTERS_A_LINE, 2),
        (2 * LETTERS_A_LINE + 1, 3),
    ],
)
def test_a_word_wider_than_a_line_goes_on_in_the_next(letters, lines):
    assert pages("о" * letters) == pages("слово\n" * lines)


def test_a_line_is_broken_before_the_word_that_does_not_fit():
    half = "о" * 40
    assert pages(f"{half} {'о' * 39}") == pages("слово")
    assert pages(f"{half} {'о' * 40}") == pages("слово\nслово")


def test_larger_type_wider_spacing_and_wider_margins_make_more_pages():
    text = "Открытый курс осваивают самостоятельно. " * 300
    usual = pages(text)
    assert pages(text, font_pt=Decimal(14)) > usual
    assert pages(text, spacing=Decimal(2)) > usual
    assert pages(text, margin_cm=Decimal(3)) > usual


def test_letters_of_other_scripts_have_a_width_too():
    face = typeface()
    assert face.widths["漢"] == 1.0
    assert face.widths["ɸ"] == 0.55
    assert face.widths["漢ɸ"] == 1.55


def test_a_family_is_as_wide_as_its_own_and_one_not_known_as_times():
    text = "Слово"
    times = typeface("Times New Roman").widths[text]
    assert typeface("Papyrus").widths[text] == times
    assert typeface("ARIAL").widths[text] > times
    assert typeface("Cambria").widths[text] == pytest.approx(times * 1.06)
    assert typeface("Arial", is_bold=True).widths[text] > typeface("Arial").widths[text]


def test_words_met_before_are_kept_but_not_without_end():
    face = typeface("Calibri")
    before = len(face.widths)
    for number in range(10_000):
        assert face.widths[f"с{number}"] > 0
    assert before < len(face.widths) <= 4096
    long = "о" * 100_000
    assert face.widths[long] == pytest.approx(100_000 * face.widths["о"])
    assert long not in face.widths
