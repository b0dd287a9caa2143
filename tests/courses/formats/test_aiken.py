"""Aiken: a line, its options, and ANSWER:."""

import pytest

from courses.formats.question import TextFormat
from courses.formats.reading import read_questions


def _read(text):
    return read_questions(text.encode(), name="a.txt")


def _options(text):
    (question,) = _read(text).questions
    return [(answer.text, int(answer.fraction)) for answer in question.answers]


def _errors(text):
    return [(error.line, error.reason_code.value) for error in _read(text).errors]


@pytest.mark.parametrize(
    "text",
    [
        "Астана?\nA) Жоқ\nB) Иә\nANSWER: B",
        "Астана?\nA. Жоқ\nB. Иә\nANSWER: B\n",
        "Астана?\r\nA)Жоқ\r\nB.Иә\r\nANSWER:B\r\n",
        "\n\n  Астана?\n\n  A) Жоқ\n\n  B) Иә\n\n  ANSWER: B  \n",
        "Астана?\na) Жоқ\nb) Иә\nANSWER: b",
        "Астана?\na) Жоқ\nb) Иә\nAnswer: B.",
        "Астана?\nА) Жоқ\nВ) Иә\nANSWER: B",  # Russian letters, a Latin answer
        "Астана?\nА) Жоқ\nБ) Иә\nANSWER: Б",
    ],
)
def test_right_option_is_found(text):
    assert _options(text) == [("Жоқ", 0), ("Иә", 100)]
    assert _read(text).errors == ()


def test_questions_follow_one_another_without_blank_lines():
    bank = _read("Бір?\nA) 1\nB) 2\nANSWER: A\nЕкі?\nA) 1\nB) 2\nANSWER: B\n")

    assert [(item.text, item.line) for item in bank.questions] == [
        ("Бір?", 1),
        ("Екі?", 5),
    ]


def test_text_is_plain_and_kept_as_it_stands():
    (question,) = _read("Is x < 1 & <b>?\nA) {a~b}\nB) #c\nANSWER: A").questions

    assert question.text == "Is x < 1 & <b>?"
    assert question.text_format is TextFormat.PLAIN
    assert [answer.text for answer in question.answers] == ["{a~b}", "#c"]
    assert (question.raw_format, question.raw.count("\n")) == ("aiken", 3)


def test_text_of_two_lines_is_one_text():
    (question,) = _read(
        "What does it print?\nprint(1)\nA) 1\nB) 2\nANSWER: A"
    ).questions

    assert question.text == "What does it print?\nprint(1)"


@pytest.mark.parametrize(
    ("text", "errors"),
    [
        ("Q?\nA) 1\nANSWER: A", [(1, "under_two_options")]),
        ("Q?\nA) 1\nB)\nANSWER: A", [(1, "under_two_options")]),
        ("Q?\nANSWER: A", [(1, "under_two_options")]),
        ("A) 1\n\nANSWER: A", [
            (1, "option_outside_question"),
            (3, "answer_outside_question"),
        ]),
        ("\nQ?\nA) 1\nB) 2\nC) 3\nANSWER: D", [(2, "answer_names_no_option")]),
        ("Q?\nA) 1\nB) 2\nANSWER:", [(1, "answer_names_no_option")]),
        ("Title\n\nQ?\nA) 1\nB) 2\nANSWER: A", [(1, "question_not_complete")]),
        ("Q?\nA) 1\nB) 2\n\nR?\nA) 1\nB) 2\nANSWER: A", [(1, "question_not_complete")]),
        ("R?\nA) 1\nB) 2\nANSWER: A\nQ?\nA) 1", [(5, "question_not_complete")]),
    ],
)  # fmt: skip
def test_bad_question_is_an_error_with_its_line(text, errors):
    assert _errors(text) == errors
