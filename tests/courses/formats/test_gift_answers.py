"""The answers of each kind."""

from decimal import Decimal

import pytest

from courses.formats.question import TextFormat
from tests.courses.formats.reading import read_one


def _texts(text):
    return [(answer.text, answer.fraction) for answer in read_one(text).answers]


def test_choice_of_one():
    question = read_one("Астана? {~Алматы#Бұрын ~Шымкент =Астана # Дұрыс! ~}")

    assert not question.is_multiple
    assert [(a.text, a.fraction, a.feedback) for a in question.answers] == [
        ("Алматы", 0, "Бұрын"),
        ("Шымкент", 0, ""),
        ("Астана", 100, "Дұрыс!"),
    ]


def test_choice_of_several():
    question = read_one(
        "Реки? {~%50%Сырдария ~%33.33333%Іле ~%16,66667%Шу ~%-100%Арал}"
    )

    assert question.is_multiple
    assert [answer.fraction for answer in question.answers] == [
        Decimal(50),
        Decimal("33.33333"),
        Decimal("16.66667"),
        Decimal(-100),
    ]


def test_general_feedback_does_not_make_a_choice_of_one():
    assert read_one("Реки? {~%50%Іле ~%50%Шу ####a=b}").is_multiple


def test_what_stands_before_the_first_mark_of_a_choice_is_a_wrong_answer():
    assert _texts("Астана? {Алматы =Астана ~Шымкент}") == [
        ("Алматы", 0),
        ("Астана", 100),
        ("Шымкент", 0),
    ]


def test_per_cent_without_a_weight_is_text():
    assert _texts("Сколько? {~%много% ~% 5 % =%%}") == [
        ("%много%", 0),
        ("% 5 %", 0),
        ("%%", 100),
    ]


def test_formats_of_answers_follow_the_question():
    first, second = read_one("[html]Тег? {=<b>#[plain]Да ~[markdown]*b*#Нет}").answers

    assert (first.text_format, first.feedback_format) == (
        TextFormat.HTML,
        TextFormat.PLAIN,
    )
    assert (second.text, second.text_format, second.feedback_format) == (
        "*b*",
        TextFormat.MARKDOWN,
        TextFormat.HTML,
    )


def test_escapes_in_answers_are_text():
    assert _texts(r"Пять? {~ \= 2 + 2 = \= 2 + 3 ~ \~\#\}}") == [
        ("= 2 + 2", 0),
        ("= 2 + 3", 100),
        ("~#}", 0),
    ]


def test_short_answers():
    assert _texts("Столица? {=Астана =%50%Ақмола =%0%*#Жоқ}") == [
        ("Астана", 100),
        ("Ақмола", 50),
        ("*", 0),
    ]
    assert _texts("Столица? {Астана}") == [("Астана", 100)]


def test_remarks_of_true_and_false_go_first_to_the_wrong_choice():
    answers = read_one("Су құрғақ. {FALSE#Ылғалды ғой#Дұрыс#лишнее}").answers

    assert [(a.text, a.fraction, a.feedback) for a in answers] == [
        ("true", 0, "Ылғалды ғой"),
        ("false", 100, "Дұрыс"),
    ]
    assert [(a.text, a.feedback) for a in read_one("Су. {T#Жоқ}").answers] == [
        ("true", ""),
        ("false", "Жоқ"),
    ]


def test_pairs():
    answers = read_one(
        "[html]Жұп? {=[plain]%50% -> жарты =<i>a</i>->b = -> артық}"
    ).answers

    assert [(a.text, a.match, a.text_format) for a in answers] == [
        ("%50%", "жарты", TextFormat.PLAIN),
        ("<i>a</i>", "b", TextFormat.HTML),
        ("", "артық", TextFormat.HTML),
    ]


def test_order():
    answers = read_one("Рет? {>2 ALL VERTICAL\nбір\n\\=екі\n  үш  \n####Міне}").answers

    assert [answer.text for answer in answers] == ["бір", "=екі", "үш"]


@pytest.mark.parametrize(
    ("body", "number", "tolerance"),
    [
        ("8", "8", "0"),
        (" -3.142 : 0.001 ", "-3.142", "0.001"),
        ("3,14:0,01", "3.14", "0.01"),
        ("\N{MINUS SIGN}5", "-5", "0"),
        ("3.141..3.143", "3.142", "0.001"),
        ("-5..5", "0", "5"),
        ("5..1", "3", "2"),
        (".5", "0.5", "0"),
        ("+1e3", "1000", "0"),
        ("1e-3:1E-4", "0.001", "0.0001"),
        (r"8\:1", "8", "1"),
        ("=%100%9:0", "9", "0"),
    ],
)
def test_number(body, number, tolerance):
    (answer,) = read_one(f"Сколько? {{#{body}}}").answers

    assert (answer.text, answer.tolerance) == (number, Decimal(tolerance))
    assert answer.fraction == 100


def test_several_numbers_and_the_rest():
    answers = read_one(
        "Год? {#\n=1822:0 # Ия\n=%50%1822:2\n~#Жоқ\n=%0%*#Мүлдем}"
    ).answers

    assert [(a.text, a.fraction, a.tolerance, a.feedback) for a in answers] == [
        ("1822", 100, 0, "Ия"),
        ("1822", 50, 2, ""),
        ("*", 0, None, "Жоқ"),
        ("*", 0, None, "Мүлдем"),
    ]
