"""The portal's own table: a row a question, errors by row."""

from datetime import datetime
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from courses.formats.question import Kind, ParsedQuestion, TextFormat
from courses.formats.reading import read_questions
from courses.formats.table_columns import COLUMNS, KIND_NOTES
from courses.formats.table_reading import MOST_ROWS
from courses.formats.table_template import EXAMPLES, write_template


def _table(*rows, heading=None):
    book = Workbook()
    sheet = book.active
    heading = heading or list(dict.fromkeys(key for row in rows for key in row))
    if rows and isinstance(rows[0], dict):
        heading = list(dict.fromkeys([*heading, "text", "right"]))
        rows = [[row.get(key) for key in heading] for row in rows]
    sheet.append(heading)
    for row in rows:
        sheet.append(row)
    stream = BytesIO()
    book.save(stream)
    return read_questions(stream.getvalue(), name="a.xlsx")


def _one(**cells) -> ParsedQuestion:
    bank = _table({"text": "Сұрақ?", **cells})
    assert bank.errors == ()
    (question,) = bank.questions
    return question


def _answers(**cells):
    answers = _one(**cells).answers
    return [(answer.text, answer.fraction, answer.feedback) for answer in answers]


def test_choice_of_one():
    question = _one(right="Астана", wrong="Алматы\n\nОрал", remarks="Иә\nЖоқ")

    assert (question.kind, question.is_multiple) == (Kind.MULTICHOICE, False)
    assert question.text_format is TextFormat.PLAIN
    assert [(a.text, a.fraction, a.feedback) for a in question.answers] == [
        ("Астана", 100, "Иә"),
        ("Алматы", 0, "Жоқ"),
        ("Орал", 0, ""),
    ]


@pytest.mark.parametrize("kind", ["", "multiresponse", "Несколько  ответов"])
def test_choice_of_several_shares_the_points(kind):
    question = _one(kind=kind, right="2\n3\n5", wrong="4")

    assert question.is_multiple
    assert [answer.fraction for answer in question.answers] == [
        *[Decimal("33.33333")] * 3,
        0,
    ]


def test_weights_are_told():
    cells = {"right": "2\n3", "wrong": "4", "weights": "60%\n40\n-50"}

    assert _answers(**cells) == [("2", 60, ""), ("3", 40, ""), ("4", -50, "")]


@pytest.mark.parametrize("word", ["true", "Верно", "да", True, 1])
def test_true(word):
    assert _answers(kind="truefalse", right=word, remarks="Иә\nЖоқ") == [
        ("true", 100, "Иә"),
        ("false", 0, "Жоқ"),
    ]


@pytest.mark.parametrize("word", ["false", "Неверно", "нет", False, 0])
def test_false(word):
    assert _answers(kind="верно/неверно", right=word, remarks="Иә\nЖоқ") == [
        ("true", 0, "Жоқ"),
        ("false", 100, "Иә"),
    ]


def test_kind_is_told_by_the_answers():
    assert _one(right="true").kind is Kind.TRUEFALSE
    assert _one(right="Абай").kind is Kind.SHORTANSWER
    assert _one(right="a", wrong="b").kind is Kind.MULTICHOICE


@pytest.mark.parametrize(
    ("cell", "number", "tolerance"),
    [
        (5, "5", Decimal(0)),
        (3.14, "3.14", Decimal(0)),
        ("3,14 ± 0,01", "3.14", Decimal("0.01")),
        ("4..6", "5", Decimal(1)),
        ("*", "*", None),
    ],
)
def test_number(cell, number, tolerance):
    (answer,) = _one(kind="numerical", right=cell).answers

    assert (answer.text, answer.tolerance) == (number, tolerance)


def test_pairs():
    answers = _one(kind="match", right="бақа -> су\nмысық → үй", wrong="орман").answers

    assert [(answer.text, answer.match) for answer in answers] == [
        ("бақа", "су"),
        ("мысық", "үй"),
        ("", "орман"),
    ]


def test_order():
    answers = _one(kind="порядок", right="1\n2\n3").answers

    assert [answer.text for answer in answers] == ["1", "2", "3"]


def test_what_every_kind_has():
    question = _one(
        kind="essay",
        category="Апта 1",
        name=" Аты  жөні ",
        format="HTML",
        general_feedback="Неге",
        grade=2.5,
        id=7,
        tags="бір\nекі\nбір",
    )

    assert (question.category, question.name) == ("Апта 1", "Аты жөні")
    assert (question.text_format, question.general_feedback) == (
        TextFormat.HTML,
        "Неге",
    )
    assert (question.default_grade, question.id_number) == (Decimal("2.5"), "7")
    assert (question.tags, question.line) == (("бір", "екі"), 2)


def test_category_is_the_one_of_the_row_above():
    bank = _table(
        {"category": "A", "text": "1", "right": "a"},
        {"text": "2", "right": "a"},
        {},
        {"category": "B", "text": "3", "right": "a"},
    )

    assert [(item.category, item.line) for item in bank.questions] == [
        ("A", 2),
        ("A", 3),
        ("B", 5),
    ]
    assert bank.categories == ("A", "B")


def test_headings_are_known_in_russian_and_in_any_order():
    bank = _table(
        ["а", "Абай", "Кто?", "и сноска"],
        heading=["Неверные ответы", "Верные", "Вопрос", "Заметки"],
    )

    (question,) = bank.questions
    assert question.text == "Кто?"
    assert [answer.text for answer in question.answers] == ["Абай", "а"]


def test_a_date_reads_as_a_date():
    assert _answers(right=datetime(1997, 12, 10)) == [  # noqa: DTZ001 (as Excel has it)
        ("1997-12-10T00:00:00", 100, "")
    ]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"text": "", "right": "a"}, "no_text"),
        ({"right": ""}, "no_text"),
        ({"text": "?"}, "no_kind"),
        ({"text": "?", "kind": "poem"}, "unknown_kind"),
        ({"text": "?", "format": "rtf", "right": "a"}, "unknown_text_format"),
        ({"text": "?", "kind": "essay", "right": "a"}, "answers_not_wanted"),
        ({"text": "?", "kind": "multichoice", "right": "a"}, "too_few_answers"),
        ({"text": "?", "kind": "multichoice", "wrong": "a\nb"}, "no_right_answer"),
        ({"text": "?", "kind": "shortanswer"}, "no_answer"),
        ({"text": "?", "kind": "truefalse", "right": "мүмкін"}, "not_true_or_false"),
        ({"text": "?", "kind": "numerical", "right": "пять"}, "not_a_number"),
        ({"text": "?", "kind": "numerical", "right": "5 ± -1"}, "bad_tolerance"),
        (
            {"text": "?", "kind": "numerical", "right": "5", "wrong": "6"},
            "wrong_answers_not_wanted",
        ),
        (
            {"text": "?", "kind": "ordering", "right": "5\n6", "wrong": "6"},
            "wrong_answers_not_wanted",
        ),
        ({"text": "?", "kind": "match", "right": "a b"}, "pair_without_arrow"),
        ({"text": "?", "kind": "match", "right": "a ->"}, "pair_without_match"),
        ({"text": "?", "kind": "match", "right": "a -> b"}, "too_few_answers"),
        ({"text": "?", "right": "a", "weights": "x"}, "weight_not_a_number"),
        ({"text": "?", "right": "a", "weights": "500"}, "weight_out_of_range"),
        ({"text": "?", "right": "a", "weights": "1\n1"}, "more_weights_than_answers"),
        ({"text": "?", "right": "a", "remarks": "1\n1"}, "more_weights_than_answers"),
        ({"text": "?", "right": "a", "grade": "много"}, "not_a_number"),
    ],
)
def test_bad_row_is_an_error_with_its_number(cells, reason):
    good = {"text": "Сұрақ?", "right": "иә"}
    bank = _table(good, {"name": "", "tags": "x", **cells}, good)

    assert [(error.line, error.reason_code) for error in bank.errors] == [(3, reason)]
    assert [question.line for question in bank.questions] == [2, 4]


def test_table_without_its_headings_is_refused():
    bank = _table(["a", "b"], heading=["text", "note"])

    assert [(error.line, error.reason_code) for error in bank.errors] == [
        (1, "no_header")
    ]


def test_table_without_end_is_refused():
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["text", "right"])
    for _ in range(MOST_ROWS):
        sheet.append(["?", "a"])
    stream = BytesIO()
    book.save(stream)

    bank = read_questions(stream.getvalue(), name="a.xlsx")

    assert [(error.line, error.reason_code) for error in bank.errors] == [
        (MOST_ROWS + 1, "too_many_rows")
    ]


def test_template_has_examples_of_every_kind_that_can_be_read():
    book = load_workbook(BytesIO(write_template()))
    assert book.sheetnames == ["questions", "notes"]
    assert [cell.value for cell in book["questions"][1]] == [c.key for c in COLUMNS]
    assert [row[0].value for row in book["notes"].iter_rows()] == [
        "questions",
        *(column.key for column in COLUMNS),
        *KIND_NOTES,
    ]

    bank = read_questions(write_template(), name="a.xlsx")

    assert bank.errors == ()
    assert len(bank.questions) == len(EXAMPLES)
    assert {question.kind for question in bank.questions} == (
        set(Kind) - {Kind.OTHER, Kind.DESCRIPTION}
    )


def test_template_speaks_the_language_it_is_asked_for():
    book = load_workbook(BytesIO(write_template(str.upper)))

    assert book["notes"]["B5"].value == "WHAT IS ASKED."
    assert book["questions"]["B2"].value == "multichoice"
