"""What is written, and what is left out by its name and with its reason."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from courses.formats.question import (
    EmbeddedFile,
    Kind,
    ParsedAnswer,
    ParsedCategory,
    ParsedQuestion,
    TextFormat,
)
from courses.formats.reading import read_questions
from courses.formats.unfit import UNFIT_TEXTS, Unfit
from courses.formats.writing import LeftOut, write_questions
from tests.courses.formats.reading import read_one

CHOICE = read_one("::Аты::Астана? {=Иә ~Жоқ}")


def _question(kind, *answers, **more):
    base = ParsedQuestion(
        kind=kind,
        name="Аты",
        text="Сұрақ?",
        text_format=TextFormat.PLAIN,
        answers=tuple(answers),
        category="",
        line=1,
        raw="",
    )
    return replace(base, **more)


def _answer(text, weight=100, **more):
    return ParsedAnswer(
        text=text, fraction=Decimal(weight), text_format=TextFormat.PLAIN, **more
    )


def _written(question, form):
    written = write_questions([question], format=form)
    assert (written.left_out, written.count) == ((), 1)
    return written.content.decode()


def _reason(question, form):
    written = write_questions([question], format=form)
    assert written.count == 0
    (left_out,) = written.left_out
    return next(code for code, text in UNFIT_TEXTS.items() if text == left_out.reason)


def test_gift_is_written_as_its_documentation_has_it():
    bank = read_questions(
        "// [id:q\\]1] [tag:су]\n"
        "::Су::[markdown]Су *ылғалды*\\n иә\\: \\{\\} {TRUE#Жоқ#Иә####Себебі}\n\n"
        "$CATEGORY: Апта 1\n\n"
        "Нешеу? {#=5:0.5#Иә =%50%4..6 ~#Жоқ}\n\n"
        "Қайсы? {=а -> б = -> в =г -> д}\n\n"
        "Екі? {~%50%а ~%50%б ~%-100%в#Жоқ}\n\n"
        "Ол _____ емес.\n\n"
        "Су {=ылғал =%50%дым} екен.\n\n"
        "Рет {>1 ALL\nбір\nекі\n}\n\n"
        "Эссе {}\n".encode(),
        name="a",
    )

    written = write_questions(bank.questions, format="gift")

    assert (written.file_ending, written.mime, written.count) == (
        "gift",
        "text/plain; charset=utf-8",
        8,
    )
    assert written.content.decode() == (
        "// [id:q\\]1] [tag:су]\n"
        "::Су::[markdown]Су *ылғалды*\\n иә\\: \\{\\}{TRUE#Жоқ#Иә####Себебі}\n"
        "\n$CATEGORY: Апта 1\n"
        "\nНешеу?{#\n\t=5:0.5#Иә\n\t=%50%5:1\n\t~#Жоқ\n}\n"
        "\nҚайсы?{\n\t=а -> б\n\t= -> в\n\t=г -> д\n}\n"
        "\nЕкі?{\n\t~%50%а\n\t~%50%б\n\t~%-100%в#Жоқ\n}\n"
        "\nОл _____ емес.\n"
        "\nСу {\n\t=ылғал\n\t=%50%дым\n} екен.\n"
        "\nРет{>2 ALL VERTICAL\n\tбір\n\tекі\n}\n"
        "\nЭссе{}\n"
    )


def test_aiken_is_written_as_its_documentation_has_it():
    written = write_questions([CHOICE, CHOICE], format="aiken")

    assert written.content.decode() == (
        "Астана?\nA) Иә\nB) Жоқ\nANSWER: A\n\nАстана?\nA) Иә\nB) Жоқ\nANSWER: A\n"
    )


def test_aiken_shows_html_as_plain_text():
    question = read_one("[html]<p>A &amp; <b>B</b></p><p>C?</p> {=<i>x</i> ~y}")

    assert _written(question, "aiken") == "A & B C?\nA) x\nB) y\nANSWER: A\n"


def test_xml_is_written_as_its_documentation_has_it():
    question = replace(
        CHOICE,
        category="Апта & 1",
        default_grade=Decimal("2.50"),
        tags=("су",),
        id_number="q1",
        elements=("<shuffleanswers>1</shuffleanswers>",),
        files=(EmbeddedFile("a.png", "/", "AAAA"),),
    )
    category = ParsedCategory(path="Апта & 1", info="Не", id_number="w1")

    written = write_questions(
        [question, CHOICE], format="moodle_xml", categories=[category]
    )

    assert (written.file_ending, written.mime) == ("xml", "application/xml")
    plain = (
        '<question type="multichoice"><name><text>Аты</text></name>'
        '<questiontext format="moodle_auto_format"><text>Астана?</text>{file}'
        '</questiontext><generalfeedback format="moodle_auto_format"><text></text>'
        "</generalfeedback>{grade}<idnumber>{id}</idnumber><single>true</single>{more}"
        '<answer format="moodle_auto_format" fraction="100"><text>Иә</text>'
        '<feedback format="moodle_auto_format"><text></text></feedback></answer>'
        '<answer format="moodle_auto_format" fraction="0"><text>Жоқ</text>'
        '<feedback format="moodle_auto_format"><text></text></feedback></answer>'
        "{tags}</question>\n"
    )
    assert written.content.decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n'
        + plain.format(file="", grade="", id="", more="", tags="")
        + '<question type="category"><category><text>Апта &amp; 1</text></category>'
        '<info format="moodle_auto_format"><text>Не</text></info>'
        "<idnumber>w1</idnumber></question>\n"
        + plain.format(
            file='<file name="a.png" path="/" encoding="base64">AAAA</file>',
            grade="<defaultgrade>2.5</defaultgrade>",
            id="q1",
            more="<shuffleanswers>1</shuffleanswers>",
            tags="<tags><tag><text>су</text></tag></tags>",
        )
        + "</quiz>\n"
    )


def test_kinds_we_do_not_know_are_left_out_by_name_but_of_xml():
    raw = '<question type="stack"><name><text>S</text></name><x>1</x></question>'
    bank = read_questions(f"<quiz>{raw}</quiz>".encode(), name="a").questions

    for form in ("gift", "aiken", "xlsx"):
        written = write_questions(bank, format=form)
        reason = "The format has no such kind of question."
        assert (written.count, written.left_out) == (
            0,
            (LeftOut(name="S", kind_name="stack", reason=reason),),
        )
    assert raw in write_questions(bank, format="moodle_xml").content.decode()


@pytest.mark.parametrize(
    ("raw", "raw_format"),
    [
        ("<question/>", "moodle_backup"),
        ("<question>", "moodle_xml"),
        ("<quiz/>", "moodle_xml"),
        ("", "moodle_xml"),
        ("<?xml version='1.0' encoding='x'?><question/>", "moodle_xml"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><question>&b;</question>", "moodle_xml"),
    ],
)
def test_raw_that_is_no_moodle_xml_is_left_out(raw, raw_format):
    question = _question(Kind.OTHER, kind_name="stack", raw=raw, raw_format=raw_format)

    assert _reason(question, "moodle_xml") is Unfit.RAW


def test_elements_that_are_none_are_not_written():
    elements = ("<hint>", "<name>x</name>", "<hidden>0</hidden>")
    text = _written(_question(Kind.ESSAY, elements=elements), "moodle_xml")

    assert (text.count("<name>"), text.count("<hint"), text.count("<hidden>")) == (
        1,
        0,
        1,
    )


WRONG, RIGHT = _answer("b", 0), _answer("a")
FILES = (EmbeddedFile("a.png", "/", "AAAA"),)


@pytest.mark.parametrize(
    ("question", "form", "reason"),
    [
        (_question(Kind.CLOZE), "gift", Unfit.KIND),
        (_question(Kind.ESSAY, files=FILES), "gift", Unfit.FILES),
        (_question(Kind.ESSAY, text=" ", name="\0"), "gift", Unfit.NO_TEXT),
        (_question(Kind.MULTICHOICE, RIGHT), "gift", Unfit.FEW_ANSWERS),
        (_question(Kind.MULTICHOICE, WRONG, WRONG), "gift", Unfit.NO_RIGHT_ANSWER),
        (_question(Kind.SHORTANSWER, _answer("a->b")), "gift", Unfit.ARROW),
        (_question(Kind.TRUEFALSE, RIGHT, WRONG), "gift", Unfit.FEW_ANSWERS),
        (_question(Kind.NUMERICAL, _answer("пять")), "gift", Unfit.NUMBER),
        (_question(Kind.NUMERICAL, _answer("1" * 131)), "gift", Unfit.NUMBER),
        (_question(Kind.MATCH, _answer("a")), "gift", Unfit.FEW_ANSWERS),
        (
            _question(Kind.MATCH, _answer("a->b", match="c"), _answer("d", match="e")),
            "gift",
            Unfit.ARROW,
        ),
        (_question(Kind.ESSAY), "aiken", Unfit.KIND),
        (_question(Kind.MULTICHOICE, RIGHT), "aiken", Unfit.FEW_ANSWERS),
        (
            _question(Kind.MULTICHOICE, RIGHT, _answer("", 0)),
            "aiken",
            Unfit.FEW_ANSWERS,
        ),
        (_question(Kind.MULTICHOICE, WRONG, WRONG), "aiken", Unfit.NO_RIGHT_ANSWER),
        (_question(Kind.MULTICHOICE, RIGHT, RIGHT), "aiken", Unfit.SEVERAL_RIGHT),
        (_question(Kind.MULTICHOICE, RIGHT, _answer("b", -5)), "aiken", Unfit.WEIGHTS),
        (
            _question(Kind.MULTICHOICE, RIGHT, *[WRONG] * 26),
            "aiken",
            Unfit.MANY_OPTIONS,
        ),
        (_question(Kind.MULTICHOICE, RIGHT, WRONG, files=FILES), "aiken", Unfit.FILES),
        (_question(Kind.MULTICHOICE, RIGHT, WRONG, text="<img>"), "aiken", Unfit.FILES),
        (
            _question(Kind.MULTICHOICE, RIGHT, WRONG, text="", name=""),
            "aiken",
            Unfit.NO_TEXT,
        ),
        (
            _question(Kind.MULTICHOICE, RIGHT, WRONG, text="A. Pushkin?"),
            "aiken",
            Unfit.LOOKS_LIKE_OPTION,
        ),
        (_question(Kind.ESSAY, files=FILES), "xlsx", Unfit.FILES),
        (_question(Kind.ESSAY, text="", name=""), "xlsx", Unfit.NO_TEXT),
        (_question(Kind.ESSAY, text="ә" * 32_768), "xlsx", Unfit.TOO_LONG),
        (_question(Kind.ORDERING), "xlsx", Unfit.FEW_ANSWERS),
        (_question(Kind.MULTICHOICE, WRONG, WRONG), "xlsx", Unfit.NO_RIGHT_ANSWER),
        (_question(Kind.SHORTANSWER, _answer("a\nb")), "xlsx", Unfit.LINES),
        (_question(Kind.TRUEFALSE, RIGHT, WRONG), "xlsx", Unfit.FEW_ANSWERS),
        (_question(Kind.NUMERICAL), "xlsx", Unfit.FEW_ANSWERS),
        (_question(Kind.MATCH, _answer("a")), "xlsx", Unfit.FEW_ANSWERS),
        (_question(Kind.MATCH, _answer("a→b", match="c")), "xlsx", Unfit.ARROW),
    ],
)
def test_what_a_format_cannot_carry_is_left_out(question, form, reason):
    assert _reason(question, form) is reason


def test_any_other_number_is_written():
    question = _question(
        Kind.NUMERICAL,
        _answer("*", 0),
        _answer("*", 10, feedback="Жақын", feedback_format=TextFormat.PLAIN),
    )

    assert _written(question, "gift") == (
        "::Аты::[plain]Сұрақ?{#\n\t=%0%*\n\t=%10%*#Жақын\n}\n"
    )


def test_signs_that_no_file_carries_are_taken_out():
    question = _question(Kind.ESSAY, text="a\0b\x0b\ud800\ufeffc\r\nd")

    for form in ("gift", "moodle_xml", "xlsx"):
        content = write_questions([question], format=form).content
        (back,) = read_questions(content, name="a").questions
        assert back.text == "abc\nd"


def test_table_has_texts_and_never_formulas():
    question = _question(Kind.SHORTANSWER, _answer("=1+1"), text="=HYPERLINK(1)")
    written = write_questions([question], format="xlsx")

    sheet = load_workbook(BytesIO(written.content)).active
    assert [(cell.value, cell.data_type) for cell in sheet[2] if cell.value][2:] == [
        ("=HYPERLINK(1)", "s"),
        ("plain", "s"),
        ("=1+1", "s"),
    ]


def test_html_of_several_lines_becomes_one_in_a_table():
    answer = replace(_answer("<p>a</p>\n<p>b</p>"), text_format=TextFormat.HTML)
    preformatted = replace(answer, text="<pre>a\nb</pre>")
    question = _question(Kind.SHORTANSWER, answer, text_format=TextFormat.HTML)

    content = write_questions([question], format="xlsx").content
    (back,) = read_questions(content, name="a").questions
    assert back.answers[0].text == "<p>a</p> <p>b</p>"
    assert _reason(replace(question, answers=(preformatted,)), "xlsx") is Unfit.LINES


def test_unknown_format_is_refused():
    with pytest.raises(ValueError, match="docx"):
        write_questions([], format="docx")
