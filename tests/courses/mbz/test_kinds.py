"""Questions of a backup, kind by kind; what we do not know is kept whole."""

from decimal import Decimal

import pytest

from courses.formats.mbz.reader import read_backup
from courses.formats.question import Kind, ParsedQuestion, TextFormat
from tests.courses.mbz.making import Backup, answer, fields, question, stream


def parsed(*questions: str) -> list[ParsedQuestion]:
    backup = Backup(release="3.11").category(2, "Тема", *questions)
    rows = read_backup(stream(backup.tar())).bank.questions
    return [row.question for row in rows]


def told(row: ParsedQuestion) -> list[tuple[str, Decimal]]:
    return [(answer.text, answer.fraction) for answer in row.answers]


def test_a_choice_has_its_weights_in_per_cent():
    answers = answer(1, "Да", "0.3333333", "верно") + answer(2, "Нет", "-0.5000000")
    plugin = (
        f"<answers>{answers}</answers><multichoice><single>0</single></multichoice>"
    )
    (row,) = parsed(question(5, "multichoice", plugin=plugin))
    assert (row.kind, row.is_multiple) == (Kind.MULTICHOICE, True)
    assert told(row) == [("Да", Decimal("33.33333")), ("Нет", Decimal(-50))]
    assert row.answers[0].feedback == "верно"


def test_a_choice_of_one_is_no_choice_of_several():
    plugin = f"<answers>{answer(1, 'Да', '1')}</answers><multichoice><single>1</single></multichoice>"
    (row,) = parsed(question(5, "multichoice", plugin=plugin))
    assert row.is_multiple is False


def test_true_and_false_are_told_by_their_ids_whatever_the_language():
    plugin = (
        f"<answers>{answer(8, 'Ложь', '0')}{answer(9, 'Истина', '1')}</answers>"
        f"<truefalse>{fields(trueanswer=9, falseanswer=8)}</truefalse>"
    )
    (row,) = parsed(question(5, plugin=plugin))
    assert told(row) == [("true", Decimal(100)), ("false", Decimal(0))]


def test_a_number_has_its_tolerance():
    plugin = (
        f"<answers>{answer(8, '3.14', '1')}{answer(9, '*', '0')}</answers>"
        "<numerical_records><numerical_record>"
        f"{fields(answer=8, tolerance='0.01')}</numerical_record></numerical_records>"
    )
    (row,) = parsed(question(5, "numerical", plugin=plugin))
    assert [(a.text, a.tolerance) for a in row.answers] == [
        ("3.14", Decimal("0.01")),
        ("*", None),
    ]


def test_pairs_of_a_match_have_both_halves():
    pairs = "".join(
        f"<match>{fields(questiontext=left, questiontextformat=1, answertext=right)}</match>"
        for left, right in (("Астана", "Казахстан"), ("", "Кыргызстан"))
    )
    (row,) = parsed(question(5, "match", plugin=f"<matches>{pairs}</matches>"))
    assert [(a.text, a.match) for a in row.answers] == [
        ("Астана", "Казахстан"),
        ("", "Кыргызстан"),
    ]


def test_items_of_an_ordering_stand_in_their_right_order():
    plugin = f"<answers>{answer(1, 'второй', '2')}{answer(2, 'первый', '1')}</answers>"
    (row,) = parsed(question(5, "ordering", plugin=plugin))
    assert [a.text for a in row.answers] == ["первый", "второй"]


@pytest.mark.parametrize("kind", ["essay", "description"])
def test_a_question_without_answers_needs_none(kind):
    (row,) = parsed(question(5, kind))
    assert (row.kind, row.answers, row.raw) == (Kind(kind), (), "")


def test_a_kind_that_we_do_not_know_is_kept_as_it_stands():
    (row,) = parsed(question(5, "coderunner", plugin="<template>x</template>"))
    assert (row.kind, row.kind_name, row.raw_format) == (
        *(Kind.OTHER, "coderunner"),
        "moodle_backup",
    )
    assert "<template>x</template>" in row.raw


def test_a_question_of_stack_that_lost_its_options_is_kept_as_it_stands():
    (row,) = parsed(question(5, "stack", plugin="<stackinputs></stackinputs>"))
    assert (row.kind_name, row.raw_format) == ("stack", "moodle_backup")


def test_a_choice_without_a_right_answer_is_read_for_what_it_has():
    answers = answer(1, "Да", "0") + answer(2, "Нет", "0")
    plugin = (
        f"<answers>{answers}</answers><multichoice><single>1</single></multichoice>"
    )
    (row,) = parsed(question(5, "multichoice", plugin=plugin))
    assert (row.kind, told(row)) == (
        Kind.MULTICHOICE,
        [("Да", Decimal(0)), ("Нет", Decimal(0))],
    )


@pytest.mark.parametrize("kind", ["numerical", "match", "ordering", "truefalse"])
def test_answers_that_make_no_question_are_read_for_what_they_are(kind):
    plugin = f"<answers>{answer(1, 'abc', '0')}</answers>"
    (row,) = parsed(question(5, kind, plugin=plugin))
    assert (row.kind, row.raw) == (Kind(kind), "")


def test_a_known_kind_without_its_data_is_kept_as_it_stands():
    (row,) = parsed(question(5, "multichoice"))
    assert (row.kind, row.kind_name) == (Kind.OTHER, "multichoice")


def test_the_format_and_the_tags_of_a_question_are_kept():
    tags = "<tags><tag><rawname>статистика</rawname></tag></tags>"
    (row,) = parsed(question(5, "essay", extra=tags))
    assert (row.text_format, row.tags) == (TextFormat.HTML, ("статистика",))
