"""What Moodle reads in files of its older versions and of other programs, we read, too."""

from decimal import Decimal

import pytest

from courses.formats.graded import graded_by
from courses.formats.question import Kind
from courses.formats.reading import read_questions
from courses.formats.writing import write_questions
from tests.courses.formats.reading import read_one

PICTURE = "iVBORw0KGgo="


def _xml(kind, body, *, declared="UTF-8", encoding="utf-8"):
    text = (
        f'<?xml version="1.0" encoding="{declared}"?>\n<quiz><question type="{kind}">'
        "<name><text>Аты</text></name><questiontext><text>Жер дөңгелек</text>"
        f"</questiontext>{body}</question></quiz>"
    )
    return text.encode(encoding)


def _only(kind, body, **more):
    bank = read_questions(_xml(kind, body, **more), name="a.xml")
    assert bank.errors == ()
    (question,) = bank.questions
    return question


def _answer(text, fraction):
    return f'<answer fraction="{fraction}"><text>{text}</text></answer>'


@pytest.mark.parametrize(
    ("first", "second", "right"), [(100, 0, "true"), (0, 100, "false")]
)
def test_true_in_words_of_moodle_1_is_the_first_answer(first, second, right):
    question = _only("truefalse", _answer("Да", first) + _answer("Нет", second))

    assert [answer.text for answer in question.answers if answer.fraction] == [right]


def test_remarks_on_true_in_words_of_moodle_1_stay_with_their_answers():
    body = "".join(
        f'<answer fraction="{fraction}"><text>{text}</text>'
        f"<feedback><text>{remark}</text></feedback></answer>"
        for text, fraction, remark in [("Да", 0, "Неверно"), ("Нет", 100, "Верно")]
    )

    answers = _only("truefalse", body).answers

    assert [(answer.text, answer.feedback) for answer in answers] == [
        ("true", "Неверно"),
        ("false", "Верно"),
    ]


@pytest.mark.parametrize(
    ("told", "fraction"), [("1", 100), ("0.5", 50), ("100", 100), ("", 0)]
)
def test_weight_of_moodle_1_is_a_part_of_one(told, fraction):
    first = f"<answer>5<fraction>{told}</fraction></answer>"
    body = first + _answer("6", 100)

    assert _only("numerical", body).answers[0].fraction == Decimal(fraction)


def test_empty_row_of_numbers_is_passed_over():
    body = _answer("5", 100) + _answer("", 0)

    assert [answer.text for answer in _only("numerical", body).answers] == ["5"]


def test_choice_says_nothing_of_one_answer_and_has_one():
    body = _answer("а", 100) + _answer("ә", 0)

    assert not _only("multichoice", body).is_multiple
    assert _only("multichoice", f"<single></single>{body}").is_multiple
    assert not _only("multichoice", f"<single>yes</single>{body}").is_multiple


def test_picture_of_moodle_1_is_shown_in_the_text():
    question = _only(
        "essay",
        "<image>course/cat 1.png</image>"
        f"<image_base64>\n{PICTURE[:6]}\n{PICTURE[6:]}\n</image_base64>",
    )

    assert question.text == (
        'Жер дөңгелек <img src="@@PLUGINFILE@@/course_cat%201.png" alt="">'
    )
    (file,) = question.files
    assert (file.name, file.path, file.content) == ("course_cat 1.png", "/", PICTURE)
    assert question.elements == ()


def test_picture_of_moodle_1_without_a_file_shows_nothing():
    question = _only("essay", "<image></image><image_base64></image_base64>")

    assert (question.text, question.files) == ("Жер дөңгелек", ())


def test_remarks_on_items_of_an_ordering_come_back():
    body = "".join(
        f'<answer fraction="{place}.0000000"><text>{text}</text>'
        f"<feedback><text>{text} на месте</text></feedback></answer>"
        for place, text in enumerate(["раз", "два"], start=1)
    )
    bank = read_questions(_xml("ordering", body), name="a.xml")
    written = write_questions(bank.questions, format="moodle_xml")

    back = read_questions(written.content, name="a.xml")

    remarks = ["раз на месте", "два на месте"]
    for (question,) in (bank.questions, back.questions):
        assert question.kind is Kind.ORDERING
        assert [answer.feedback for answer in question.answers] == remarks


@pytest.mark.parametrize(
    ("declared", "encoding", "told"),
    [
        ("utf-16", "utf-8", "utf-8"),
        ("UTF-16", "utf-8-sig", "utf-8"),
        ("windows-1251", "utf-8", "utf-8"),
        ("ISO-8859-1", "utf-8", "utf-8"),
        ("utf8", "utf-8", "utf8"),
        ("utf-16", "utf-16", "utf-16"),
    ],
)
def test_label_that_is_not_true_does_not_spoil_letters(declared, encoding, told):
    content = _xml("essay", "", declared=declared, encoding=encoding)

    bank = read_questions(content, name="a.xml")

    assert [question.text for question in bank.questions] == ["Жер дөңгелек"]
    assert (bank.encoding, bank.errors) == (told, ())


@pytest.mark.parametrize("declared", ["windows-1251", "utf-16"])
def test_letters_that_every_encoding_has_are_read_under_any_label(declared):
    text = f'<?xml version="1.0" encoding="{declared}"?><quiz><question type="essay">'
    content = f"{text}<name><text>a</text></name></question></quiz>".encode()

    assert [item.name for item in read_questions(content, name="a").questions] == ["a"]


@pytest.mark.parametrize(
    ("answer", "right"), [("B", "ә"), ("b", "ә"), ("B)", "ә"), ("B. ә", "ә")]
)
def test_aiken_answer_may_repeat_its_option(answer, right):
    text = f"Қай әріп?\nA) а\nB) ә\nANSWER: {answer}\n"

    (question,) = read_questions(text.encode(), name="a.txt").questions

    assert [one.text for one in question.answers if one.fraction] == [right]


@pytest.mark.parametrize("answer", ["A, B", "AB", "", "Z"])
def test_aiken_answer_that_names_no_one_option_is_told(answer):
    text = f"Қай әріп?\nA) а\nB) ә\nANSWER: {answer}\n"

    (error,) = read_questions(text.encode(), name="a.txt").errors

    assert (error.line, error.reason_code) == (1, "answer_names_no_option")


def test_gift_remark_on_the_whole_follows_an_answer_with_no_remark():
    question = read_one("Столица? {=Астана#####Город на Есиле}")

    assert [(one.text, one.feedback) for one in question.answers] == [("Астана", "")]
    assert question.general_feedback == "Город на Есиле"


def test_gift_name_that_does_not_end_is_text():
    question = read_one("::Столица? {=Астана}")

    assert (question.name, question.text) == ("", "Столица?")


@pytest.mark.parametrize(
    ("name", "grader"),
    [
        ("stack", "machine"),
        ("coderunner", "machine"),
        ("calculated", "machine"),
        ("recordrtc", "person"),
        ("essayautograde", "nobody_knows"),
        ("", "nobody_knows"),
    ],
)
def test_who_grades_a_kind_that_the_portal_does_not_know_min_4_6(name, grader):
    assert graded_by(name) == grader
