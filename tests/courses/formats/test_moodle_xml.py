"""Moodle XML, kind by kind."""

from decimal import Decimal

import pytest

from courses.formats.question import Kind, ParsedCategory, TextFormat
from courses.formats.reading import read_questions


def _read(body):
    content = f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{body}\n</quiz>'
    return read_questions(content.encode(), name="a.xml")


def _one(kind, body):
    bank = _read(
        f'<question type="{kind}"><name><text>Аты</text></name>'
        f'<questiontext format="html"><text>Сұрақ?</text></questiontext>{body}</question>'
    )
    assert bank.errors == ()
    (question,) = bank.questions
    return question


def _error(kind, body=""):
    bank = _read(
        f'\n<question type="{kind}"><name><text>Аты</text></name>{body}</question>'
    )
    assert bank.questions == ()
    (error,) = bank.errors
    assert (error.line, bool(error.reason)) == (4, True)
    return error.reason_code.value


def _answers(*rows):
    return "".join(
        f'<answer fraction="{weight}"><text>{text}</text></answer>'
        for text, weight in rows
    )


def test_choice():
    question = _one(
        "multichoice",
        "<single>false</single><shuffleanswers>true</shuffleanswers>"
        '<answer fraction="33.33333" format="plain_text"><text>Бір</text>'
        '<feedback format="markdown"><text>Иә</text></feedback></answer>'
        '<answer fraction="-50"><text><![CDATA[<b>Екі</b>]]></text></answer>'
        '<answer fraction="0"><text></text></answer>',
    )

    assert (question.kind, question.name, question.text) == (
        Kind.MULTICHOICE,
        "Аты",
        "Сұрақ?",
    )
    assert question.is_multiple
    assert question.elements == ("<shuffleanswers>true</shuffleanswers>",)
    one, other = question.answers
    assert (
        one.text,
        one.fraction,
        one.text_format,
        one.feedback,
        one.feedback_format,
    ) == (
        "Бір",
        Decimal("33.33333"),
        TextFormat.PLAIN,
        "Иә",
        TextFormat.MARKDOWN,
    )
    assert (other.text, other.fraction, other.text_format) == (
        "<b>Екі</b>",
        -50,
        TextFormat.HTML,
    )


@pytest.mark.parametrize(
    ("single", "is_multiple"),
    [("true", False), ("1", False), ("", True), ("false", True), ("0", True)],
)
def test_choice_of_one_or_of_several(single, is_multiple):
    body = f"<single>{single}</single>{_answers(('a', 100), ('b', 0))}"

    assert _one("multichoice", body).is_multiple is is_multiple


@pytest.mark.parametrize(
    ("rows", "right"),
    [
        ((("true", 100), ("false", 0)), "true"),
        ((("false", 100), ("true", 0)), "false"),
        ((("False", 0), ("True", 100)), "true"),
        ((("true", 100),), "true"),
    ],
)
def test_true_or_false(rows, right):
    question = _one("truefalse", _answers(*rows))

    assert [(answer.text, answer.fraction == 100) for answer in question.answers] == [
        ("true", right == "true"),
        ("false", right == "false"),
    ]


def test_short_answer_keeps_whether_case_counts():
    question = _one("shortanswer", f"<usecase>1</usecase>{_answers(('Абай', 100))}")

    assert [answer.text for answer in question.answers] == ["Абай"]
    assert question.elements == ("<usecase>1</usecase>",)


def test_number_with_tolerance_units_and_hints():
    units = (
        "<units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit></units>"
    )
    hint = '<hint format="html"><text>Ойлан</text></hint>'
    question = _one(
        "numerical",
        '<answer fraction="100"><text>6,25</text><tolerance>0.05</tolerance></answer>'
        '<answer fraction="50"><text>1e3</text></answer>'
        f'<answer fraction="0"><text>*</text></answer>{units}{hint}',
    )

    assert [(answer.text, answer.tolerance) for answer in question.answers] == [
        ("6.25", Decimal("0.05")),
        ("1000", Decimal(0)),
        ("*", None),
    ]
    assert question.elements == (units, hint)


@pytest.mark.parametrize("kind", ["matching", "match"])
def test_pairs(kind):
    pairs = "".join(
        f"<subquestion><text>{left}</text><answer><text>{right}</text></answer>"
        "</subquestion>"
        for left, right in (("бақа", "қосмекенді"), ("", "жәндік"), ("", ""))
    )

    question = _one(kind, pairs)

    assert question.kind is Kind.MATCH
    assert [(answer.text, answer.match) for answer in question.answers] == [
        ("бақа", "қосмекенді"),
        ("", "жәндік"),
    ]


def test_ordering():
    question = _one("ordering", _answers(("Бір", 1), ("Екі", 2), ("Үш", 3)))

    assert [answer.text for answer in question.answers] == ["Бір", "Екі", "Үш"]


@pytest.mark.parametrize("kind", ["essay", "description", "cloze", "multianswer"])
def test_kinds_without_answers(kind):
    question = _one(kind, "<responseformat>editor</responseformat>")

    assert (question.answers, question.raw) == ((), "")
    assert question.elements == ("<responseformat>editor</responseformat>",)


def test_what_every_kind_has():
    question = _one(
        "essay",
        '<generalfeedback format="markdown"><text>Неге</text>'
        '<file name="a.png" path="/" encoding="base64">AAAA</file></generalfeedback>'
        "<defaultgrade>2.0000000</defaultgrade><penalty>0.3333333</penalty>"
        "<idnumber> T &amp; F </idnumber>"
        "<tags><tag><text>тег</text></tag><tag><text/></tag></tags>",
    )

    assert (question.general_feedback, question.general_feedback_format) == (
        "Неге",
        TextFormat.MARKDOWN,
    )
    (file,) = question.general_feedback_files
    assert (file.name, file.path, file.content) == ("a.png", "/", "AAAA")
    assert (question.default_grade, question.penalty) == (2, Decimal("0.3333333"))
    assert (question.id_number, question.tags) == ("T & F", ("тег",))


def test_a_kind_we_do_not_know_is_kept_raw():
    question = _one("stack", "<stackversion><text>2020</text></stackversion>")

    assert (question.kind, question.kind_name) == (Kind.OTHER, "stack")
    assert question.raw_format == "moodle_xml"
    assert question.raw == (
        '<question type="stack"><name><text>Аты</text></name>'
        '<questiontext format="html"><text>Сұрақ?</text></questiontext>'
        "<stackversion><text>2020</text></stackversion></question>"
    )


def test_categories_have_descriptions_and_identifiers():
    bank = _read(
        '<question type="category"><category><text>$course$/Апта 1</text></category>'
        '<info format="html"><text>Не туралы</text></info><idnumber>w1</idnumber>'
        "</question>"
        '<question type="essay"><name><text>Аты</text></name></question>'
        '<question type="category"><category><text>Апта 2</text></category></question>'
    )

    assert bank.categories == ("$course$/Апта 1", "Апта 2")
    assert bank.described == (
        ParsedCategory(
            path="$course$/Апта 1",
            info="Не туралы",
            info_format=TextFormat.HTML,
            id_number="w1",
        ),
    )
    assert [question.category for question in bank.questions] == ["$course$/Апта 1"]


def test_markup_that_lacks_cdata_is_kept():
    bank = _read(
        '<question type="essay"><questiontext><text>H<sub>2</sub>O &lt; 1</text>'
        "</questiontext></question>"
        '<question type="essay"><questiontext>Bare</questiontext></question>'
    )

    assert [question.text for question in bank.questions] == [
        "H<sub>2</sub>O &lt; 1",
        "Bare",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1251", "koi8-r"])
def test_encoding_is_the_one_declared(encoding):
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><quiz><question type="essay">'
        "<questiontext><text>Почему?</text></questiontext></question></quiz>"
    )

    bank = read_questions(text.encode(encoding), name="a.xml")

    assert (bank.encoding, [item.text for item in bank.questions]) == (
        encoding,
        ["Почему?"],
    )


@pytest.mark.parametrize(
    ("kind", "body", "reason"),
    [
        ("", "", "no_kind"),
        ("category", "", "category_without_name"),
        ("multichoice", _answers(("a", 100)), "too_few_answers"),
        ("multichoice", _answers(("a", 0), ("b", -10)), "no_right_answer"),
        ("multichoice", _answers(("a", 101), ("b", 0)), "weight_out_of_range"),
        ("multichoice", _answers(("a", "x"), ("b", 0)), "weight_not_a_number"),
        ("truefalse", "", "no_answer"),
        ("truefalse", _answers(("true", 0), ("false", 0)), "no_right_answer"),
        ("shortanswer", "", "no_answer"),
        ("numerical", _answers(("пять", 100)), "not_a_number"),
        (
            "numerical",
            '<answer fraction="100"><text>5</text><tolerance>-1</tolerance></answer>',
            "bad_tolerance",
        ),
        ("matching", "", "too_few_answers"),
        (
            "matching",
            "<subquestion><text>a</text><answer><text/></answer></subquestion>",
            "pair_without_match",
        ),
        ("ordering", _answers(("a", 1)), "too_few_answers"),
    ],
)
def test_bad_question_is_an_error_with_its_line(kind, body, reason):
    assert _error(kind, body) == reason


def test_question_without_words_is_an_error():
    bank = _read('<question type="essay"></question>')

    assert [error.reason_code for error in bank.errors] == ["no_text"]


def test_bad_question_leaves_its_neighbours_alone():
    good = '<question type="essay"><name><text>a</text></name></question>'
    bank = _read(f'{good}\n<question type="shortanswer"/>\n{good}')

    assert [question.line for question in bank.questions] == [3, 5]
    assert [error.line for error in bank.errors] == [4]


def test_lines_are_told_far_down_the_file():
    rows = [
        '<question type="essay"/>',
        '<question type="">\n  <name>\n    <text>a</text>\n  </name>\n</question>',
        '<question type=""><name><text>a\nb</text></name></question>',
    ]
    bank = _read("\n" * 70_000 + "\n".join(rows))

    assert [error.line for error in bank.errors] == [70_003, 70_004, 70_009]


def test_weights_may_stand_in_elements_of_their_own():
    body = "<answer><fraction>100</fraction><text>a</text></answer>"

    assert [answer.fraction for answer in _one("shortanswer", body).answers] == [100]


def test_what_is_no_question_is_passed_over():
    inner = '<question type="essay"><name><text>b</text></name></question>'
    bank = _read(
        f"<x>{inner}</x>\n<y/>"
        f'<question type="stack"><name><text>a</text></name>{inner}</question>'
    )

    assert [question.name for question in bank.questions] == ["a"]
