"""A bad question is an error with its line and reason, and nothing more."""

import pytest

from courses.formats.gift import read_gift
from courses.formats.reasons import REASON_TEXTS, Reason
from courses.formats.summary import summarise
from tests.courses.formats.reading import read_errors


def test_broken_question_leaves_its_neighbours_alone():
    bank = read_gift(
        "$CATEGORY: Апта 1\n\nСу ылғалды. {T}\n\n"
        "// сломан\n::Сломан::Астана? {\n~Алматы\n=Астана\n\n"
        "Сколько планет? {#8}\n".encode()
    )

    assert [question.text for question in bank.questions] == [
        "Су ылғалды.",
        "Сколько планет?",
    ]
    assert summarise(bank) == {
        "questions": 2,
        "real": 2,
        "types": {"numerical": 1, "truefalse": 1},
        "categories": 1,
        "errors": [
            {
                "line": 6,
                "reason": "The answers begin with { but do not end with }. "
                "Is there a blank line inside the question?",
            }
        ],
    }


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Астана? ~Алматы =Астана}", Reason.NO_OPENING_BRACE),
        ("Астана? {~Алматы =Астана", Reason.NO_CLOSING_BRACE),
        ("Су? {T}\nАстана? {~Алматы =Астана}", Reason.STRAY_BRACE),
        ("Дробь {1}{2}? {~a =b}", Reason.STRAY_BRACE),
        ("Астана? {=a {b} ~c}", Reason.STRAY_BRACE),
        ("Астана? } {=a}", Reason.STRAY_BRACE),
        ("Астана — {1:MULTICHOICE:~Алматы~=Астана}", Reason.CLOZE),
        ("{T}", Reason.NO_TEXT),
        ("[html] {T}", Reason.NO_TEXT),
        ("::::", Reason.NO_TEXT),
        ("Астана? {=}", Reason.NO_ANSWER),
        ("Астана? {#}", Reason.NO_ANSWER),
        ("Астана? {# = }", Reason.NO_ANSWER),
        ("Астана? {~Алматы}", Reason.TOO_FEW_ANSWERS),
        ("Астана? {~Алматы = }", Reason.TOO_FEW_ANSWERS),
        ("Жұп? {=a -> b}", Reason.TOO_FEW_ANSWERS),
        ("Рет? {>2 ALL\nбір\n}", Reason.TOO_FEW_ANSWERS),
        ("Астана? {~Алматы ~Шымкент}", Reason.NO_RIGHT_ANSWER),
        ("Астана? {=%0%Алматы}", Reason.NO_RIGHT_ANSWER),
        ("Сколько? {#~8}", Reason.NO_RIGHT_ANSWER),
        ("Реки? {~%100.5%Іле ~%50%Шу}", Reason.WEIGHT_OUT_OF_RANGE),
        ("Реки? {~%-101%Іле ~%50%Шу}", Reason.WEIGHT_OUT_OF_RANGE),
        ("Сколько? {#восемь}", Reason.NOT_A_NUMBER),
        ("Сколько? {#nan}", Reason.NOT_A_NUMBER),
        ("Сколько? {#=#Пусто}", Reason.NOT_A_NUMBER),
        ("Сколько? {#1 000}", Reason.NOT_A_NUMBER),
        ("Сколько? {#1..много}", Reason.NOT_A_NUMBER),
        ("Сколько? {#8:мало}", Reason.BAD_TOLERANCE),
        ("Сколько? {#8:-1}", Reason.BAD_TOLERANCE),
        ("Жұп? {=a -> b =c d}", Reason.PAIR_WITHOUT_ARROW),
        ("Жұп? {=a -> b =c -> }", Reason.PAIR_WITHOUT_MATCH),
    ],
)
def test_refusal(text, reason):
    assert read_errors(f"// пояснение\n{text}\n\nСу ылғалды. {{T}}") == [(2, reason)]


def test_category_without_a_name():
    bank = read_gift("$CATEGORY: Апта\n\n$CATEGORY:\n\nСу ылғалды. {T}".encode())

    assert [(e.line, e.reason_code) for e in bank.errors] == [
        (3, Reason.CATEGORY_WITHOUT_NAME)
    ]
    assert bank.categories == ("Апта",)
    assert [question.category for question in bank.questions] == [""]


def test_file_that_is_no_text_is_one_error():
    bank = read_gift(b"PK\x03\x04\0\0")

    assert (bank.questions, bank.encoding) == ((), "")
    assert [(e.line, e.reason_code) for e in bank.errors] == [(1, Reason.NOT_TEXT)]


def test_every_reason_has_its_words():
    assert set(REASON_TEXTS) == set(Reason)
