"""Words, numbers, dates and lines of a certificate."""

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
import zxingcpp

from certificates.printing.curves import Line, crests, operators, pieces, wave
from certificates.printing.fitting import Fit, Place, fit
from certificates.printing.labels import LABELS, MONTHS, date_in_words
from certificates.printing.ornament import (
    PAGE_HEIGHT,
    PAGE_WIDTH,
    certificate_ornament,
)
from certificates.printing.qr import qr_operators
from core.pdf import REGULAR, TextDoesNotFit, text_width
from courses.enums import ContentLanguage, CourseType

PLACE = Place("проба", 200, REGULAR, (Fit(20, 1), Fit(10, 2)))


def test_every_language_has_words_for_every_type_of_course():
    assert set(LABELS) == set(ContentLanguage)
    for words in LABELS.values():
        assert set(words.course_types) == set(CourseType)


@pytest.mark.parametrize("language", ContentLanguage)
def test_every_language_has_twelve_months(language):
    assert len(set(MONTHS[language].split())) == 12


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", "1 марта 2027 г."),
        ("kk", "2027 жылғы 1 наурыз"),
        ("ky", "2027-жылдын 1-марты"),
        ("en", "1 March 2027"),
    ],
)
def test_a_date_is_written_as_the_language_writes_it(language, words):
    written = date_in_words(date(2027, 3, 1), language)

    assert written == words.replace(" ", "\N{NO-BREAK SPACE}")


@pytest.mark.parametrize(
    ("language", "hours", "units", "words"),
    [
        ("ru", "144.0", "4.0", "144 часов (4 зачётных единиц)"),
        ("ru", "36", "1", "36 часов (1 зачётной единицы)"),
        ("ru", "21", None, "21 часа"),
        ("ru", "111", None, "111 часов"),
        ("ru", "22", None, "22 часов"),
        ("ru", "54", "1.5", "54 часов (1,5 зачётной единицы)"),
        ("ru", "100", None, "100 часов"),
        ("kk", "54", "1.5", "54 сағат (1,5 академиялық кредит)"),
        ("kk", "54", None, "54 сағат"),
        ("ky", "54", "1.5", "54 саат (1,5 кредит)"),
        ("ky", "54", None, "54 саат"),
        ("en", "54", "1.5", "54 hours (1.5 credits)"),
        ("en", "1", "1", "1 hour (1 credit)"),
        ("en", "54", None, "54 hours"),
    ],
)
def test_the_workload_agrees_with_its_number(language, hours, units, words):
    count = None if units is None else Decimal(units)

    assert LABELS[language].workload(Decimal(hours), count) == words


def test_a_short_text_takes_the_largest_type():
    assert fit("Анна", PLACE) == (0, ["Анна"])


def test_a_long_text_takes_smaller_type_and_even_lines():
    number, lines = fit(
        "Основы математической статистики для всех и для каждого", PLACE
    )

    assert number == 1
    first, second = (text_width(line, face=REGULAR) for line in lines)
    assert abs(first - second) < 8


def test_a_short_word_is_not_left_at_the_end_of_a_line():
    _number, lines = fit("Основы математической статистики в науке", PLACE)

    assert not any(line.endswith((" в", "\N{NO-BREAK SPACE}в")) for line in lines)


@pytest.mark.parametrize(
    ("word", "lines"),
    [
        ("portal.university.example/verify/K7QF-3M9X-2RTA", 2),
        ("Константинопольская-Преображенская", 1),
        ("щ" * 40, 2),
    ],
)
def test_a_word_longer_than_a_line_is_cut_and_whole(word, lines):
    number, cut = fit(word, PLACE)

    assert (number, len(cut)) == (1, lines)
    assert "".join(cut) == word


def test_no_line_is_wider_than_its_place():
    number, lines = fit("щука и щит " * 5 + "щ", PLACE)

    size = PLACE.fits[number].size
    assert all(text_width(line, face=REGULAR) * size <= 200 for line in lines)


def test_a_text_without_room_is_refused():
    with pytest.raises(TextDoesNotFit):
        fit("щ" * 80, PLACE)


@pytest.mark.parametrize(
    "text", ["https://a.example/v/1", "https://portal.example/verify/" + "K7QF" * 40]
)
def test_a_qr_code_reads_back(text):
    side, picture = drawn(qr_operators(text))

    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text == text
    assert side >= 21


def drawn(drawing: str) -> tuple[int, memoryview]:
    """Draw the rectangles of a QR code, four dots a module, with its white margin."""
    side = round(1 / float(drawing.split(maxsplit=1)[0]))
    dots, margin = 4, 16
    width = side * dots + 2 * margin
    picture = bytearray(b"\xff" * width * width)
    for left, top, run in re.findall(r"(\d+) (\d+) (\d+) 1 re", drawing):
        for row in range(dots):
            start = (int(top) * dots + row + margin) * width
            start += int(left) * dots + margin
            picture[start : start + int(run) * dots] = bytes(int(run) * dots)
    return side, memoryview(picture).cast("B", (width, width))


@pytest.mark.parametrize("phase", [0.0, 1.0, 4.5])
def test_a_wave_is_cut_at_its_crests_in_order(phase):
    knots = crests(6, phase)

    assert (knots[0], knots[-1]) == (0.0, 1.0)
    assert all(before < after for before, after in pairwise(knots))
    assert len(knots) >= 13


def test_the_pieces_of_a_line_join_and_follow_its_curve():
    curve = wave(100, waves=3, swells=1, reach=10, phase=0.5)
    line = Line(curve, crests(3, 0.5), (0, 0, 0), 0.3)

    start = curve(0)
    for (knot, end), (first, second, point) in zip(
        pairwise(line.knots), pieces(line), strict=True
    ):
        middle = [
            (a + 3 * b + 3 * c + d) / 8
            for a, b, c, d in zip(start, first, second, point, strict=True)
        ]
        assert middle[1] == pytest.approx(curve((knot + end) / 2)[1], abs=1)
        start = point
    assert start == pytest.approx(curve(1))


def test_the_ornament_stays_on_the_page():
    for line in certificate_ornament():
        for a, b, c, d, left, top in line.places:
            for share in line.knots:
                x, y = line.curve(share)
                assert 14 < a * x + c * y + left < PAGE_WIDTH - 14
                assert 14 < b * x + d * y + top < PAGE_HEIGHT - 14


def test_the_ornament_is_the_same_every_time():
    assert operators(certificate_ornament()) == operators(certificate_ornament())
