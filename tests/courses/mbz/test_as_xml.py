"""Questions of a backup as Moodle's own XML would tell them, and back again."""

from base64 import b64encode

import pytest
from lxml import etree

from courses.formats.mbz.limits import Limits
from courses.formats.mbz.reader import read_backup
from courses.formats.question import EmbeddedFile, Kind, ParsedQuestion
from courses.formats.reading import read_questions
from courses.formats.unfit import UNFIT_TEXTS, Unfit
from courses.formats.writing import write_questions
from tests.courses.mbz.making import Backup, answer, fields, question, stream
from tests.courses.mbz.stack import OPTIONS_2018, OPTIONS_2024, stack

FEEDBACKS = {
    name: value
    for kind, text in (("", "Верно"), ("partially", "Отчасти"), ("in", "Нет"))
    for name, value in (
        (f"{kind}correctfeedback", text),
        (f"{kind}correctfeedbackformat", 1),
    )
}
PICTURE = b"\x89PNG\r\n\x1a\n picture"
PICTURE_TEXT = b64encode(PICTURE).decode()


def read(backup: Backup, limits: Limits | None = None) -> ParsedQuestion:
    (row,) = read_backup(stream(backup.tar()), limits=limits or Limits()).bank.questions
    return row.question


def told(kind: str, plugin: str, **more: str) -> etree._Element:
    """Return the question that Moodle XML has for one of a backup."""
    text = question(5, kind, plugin=plugin, **more)
    row = read(Backup(release="3.11").category(2, "Тема", text))
    content = write_questions([row], format="moodle_xml").content
    return etree.fromstring(content).findall("question")[-1]


def shown(element: etree._Element) -> list[object]:
    """Return tags, values and what is within, as lists."""
    return [
        [child.tag, shown(child)] if len(child) else [child.tag, child.text]
        for child in element
    ]


def beyond(element: etree._Element) -> list[object]:
    """Return what a kind says beyond what all kinds say."""
    common = {"name", "questiontext", "generalfeedback", "defaultgrade", "penalty"}
    return shown([child for child in element if child.tag not in {*common, "idnumber"}])


def test_a_question_of_stack_becomes_moodle_xml_whole():
    """Issue, item 6: kinds not known are kept and exported to Moodle XML."""
    assert beyond(told("stack", stack()))[:6] == [
        ["stackversion", [["text", "2018080600"]]],
        ["questionvariables", [["text", "n:rand(7)-1;\n theta:pi*n;"]]],
        ["specificfeedback", [["text", "[[feedback:prt1]]"]]],
        ["questionnote", [["text", r"\(\theta={@theta@}<1\)"]]],
        ["questionsimplify", "1"],
        ["assumepositive", "0"],
    ]
    tree = told("stack", stack()).find("prt")
    assert shown(tree)[:5] == [
        ["name", "prt1"],
        ["value", "1.0"],
        ["autosimplify", "1"],
        ["feedbackvariables", [["text", "v:1;"]]],
        ["node", shown(tree.find("node"))],
    ]
    node = dict(map(tuple, shown(tree.find("node"))))
    assert (node["name"], node["truepenalty"], node["falseanswernote"]) == (
        *("0", None),
        "WRONG",
    )


def test_inputs_seeds_and_tests_of_stack_come_along():
    element = told("stack", stack())
    names = [child.tag for child in element.find("input")]
    assert (names[:3], len(names)) == (["name", "type", "tans"], 16)
    assert element.findtext("deployedseed") == "7"
    assert shown(element.find("qtest")) == [
        ["testcase", "1"],
        ["testinput", [["name", "ans1"], ["value", "theta"]]],
        [
            "expected",
            [
                ["name", "prt1"],
                ["expectedscore", "1.0"],
                ["expectedpenalty", None],
                ["expectedanswernote", "RIGHT"],
            ],
        ],
    ]


def test_settings_of_a_newer_stack_come_along_by_their_names():
    element = told("stack", stack(OPTIONS_2024))
    assert element.find("questionnote").get("format") == "html"
    assert element.findtext("questiondescription/text") == "О чём вопрос"
    assert (element.findtext("decimals"), element.findtext("qtest/description")) == (
        *(".", "Верный ответ"),
    )


@pytest.mark.parametrize("options", [OPTIONS_2018, OPTIONS_2024], ids=["2018", "2024"])
def test_a_question_of_stack_is_the_same_after_moodle_xml(options):
    text = question(5, "stack", plugin=stack(options))
    row = read(Backup(release="3.11").category(2, "Тема", text))
    content = write_questions([row], format="moodle_xml").content
    (again,) = read_questions(content, name="к.xml").questions
    assert (again.kind_name, again.name, again.text, again.raw) == (
        *(row.kind_name, row.name, row.text, row.raw),
    )


def test_the_files_of_a_question_come_along_wherever_they_stand():
    """Issue, item 6: `@@PLUGINFILE@@` and files.xml."""
    backup = Backup(release="3.11")
    backup.category(2, "Тема", question(5, "stack", plugin=stack(node=61)))
    backup.question_file("question", "questiontext", 5, "ряд.png", PICTURE)
    backup.question_file(
        "qtype_stack", "prtnodefalsefeedback", 61, "граф.png", PICTURE + b"2"
    )
    row = read(backup)
    assert row.files == (EmbeddedFile("ряд.png", "/", PICTURE_TEXT),)
    element = etree.fromstring(row.raw)
    inner = element.find("prt/node/falsefeedback/file")
    assert (inner.get("name"), inner.text) == (
        "граф.png",
        b64encode(PICTURE + b"2").decode(),
    )


def test_the_files_of_answers_and_remarks_come_along():
    answers = answer(8, "Да", "1", "верно") + answer(9, "Нет", "0")
    plugin = (
        f"<answers>{answers}</answers><multichoice><single>1</single></multichoice>"
    )
    backup = Backup(release="3.11")
    backup.category(2, "Тема", question(5, "multichoice", plugin=plugin))
    backup.question_file("question", "answer", 8, "а.png", PICTURE)
    backup.question_file("question", "answerfeedback", 8, "б.png", PICTURE)
    backup.question_file("question", "response_answer", 8, "чужое.png", PICTURE)
    first = read(backup).answers[0]
    assert (
        [file.name for file in first.files],
        [file.name for file in first.feedback_files],
    ) == (
        ["а.png"],
        ["б.png"],
    )


def test_files_that_are_too_many_or_lie_or_are_not_there_are_counted():
    backup = Backup(release="3.11").category(2, "Тема", question(5))
    backup.question_file("question", "questiontext", 5, "а.png", b"x" * 50)
    backup.question_file("question", "questiontext", 5, "б.png", b"y" * 80)
    backup.question_file("question", "questiontext", 5, "в.png", b"z" * 40, size=4)
    backup.question_file("question", "questiontext", 5, "г.png", b"w", is_there=False)
    bank = read_backup(stream(backup.tar()), limits=Limits(shown_bytes=100)).bank
    (row,) = bank.questions
    assert ([file.name for file in row.question.files], bank.files_left) == (
        ["а.png"],
        3,
    )


def test_a_file_shown_in_more_places_than_there_is_room_for_is_counted():
    """A hundred thousand places of one file of 24 MB would fill any memory."""
    backup = Backup(release="3.11")
    backup.category(2, "Тема", *(question(key) for key in (5, 6, 7)))
    for key in (5, 6, 7):
        backup.question_file("question", "questiontext", key, "а.png", b"x" * 30)
    # 30 bytes are 40 in base64.
    bank = read_backup(stream(backup.tar()), limits=Limits(copied_bytes=100)).bank
    shown_in = [len(row.question.files) for row in bank.questions]
    assert (shown_in, bank.files_left) == ([1, 1, 0], 1)


def test_hints_and_points_of_a_question_come_along():
    hint = fields(
        hint="<p>Подумайте</p>", hintformat=1, shownumcorrect=1, clearwrong=0, options=1
    )
    extra = (
        f"<question_hints><question_hint id='3'>{hint}</question_hint></question_hints>"
    )
    extra += fields(defaultmark="2.0000000", penalty="0.3333333")
    answers = answer(1, "Да", "1") + answer(2, "Нет", "0")
    settings = fields(single=0, shuffleanswers=0, answernumbering="abc", **FEEDBACKS)
    plugin = f"<answers>{answers}</answers><multichoice>{settings}</multichoice>"
    element = told("multichoice", plugin, extra=extra)
    assert (element.findtext("defaultgrade"), element.findtext("penalty")) == (
        *("2", "0.3333333"),
    )
    assert beyond(element)[:7] == [
        ["single", "false"],
        ["shuffleanswers", "false"],
        ["answernumbering", "abc"],
        ["correctfeedback", [["text", "Верно"]]],
        ["partiallycorrectfeedback", [["text", "Отчасти"]]],
        ["incorrectfeedback", [["text", "Нет"]]],
        [
            "hint",
            [
                ["text", "<p>Подумайте</p>"],
                ["shownumcorrect", None],
                ["options", "1"],
            ],
        ],
    ]


def test_units_of_a_number_come_along():
    plugin = (
        f"<answers>{answer(8, '3,14', '1')}</answers><numerical_units>"
        f"<numerical_unit>{fields(multiplier='1.0', unit='м')}</numerical_unit>"
        "</numerical_units><numerical_options><numerical_option>"
        f"{fields(showunits=1, unitsleft=0, unitgradingtype=1, unitpenalty='0.1')}"
        "</numerical_option></numerical_options><numerical_records><numerical_record>"
        f"{fields(answer=8, tolerance='0.01')}</numerical_record></numerical_records>"
    )
    element = told("numerical", plugin)
    assert (element.findtext("answer/text"), element.findtext("answer/tolerance")) == (
        *("3.14", "0.01"),
    )
    assert beyond(element)[:5] == [
        ["unitgradingtype", "1"],
        ["unitpenalty", "0.1"],
        ["showunits", "1"],
        ["unitsleft", "0"],
        ["units", [["unit", [["multiplier", "1.0"], ["unit_name", "м"]]]]],
    ]


def test_settings_of_an_essay_come_along():
    settings = fields(
        responseformat="editor",
        minwordlimit=50,
        graderinfo="<p>Смотреть</p>",
        graderinfoformat=1,
        maxbytes=None,
    )
    element = told("essay", f'<essay id="1">{settings}</essay>')
    assert beyond(element) == [
        ["responseformat", "editor"],
        ["minwordlimit", "50"],
        ["graderinfo", [["text", "<p>Смотреть</p>"]]],
        ["maxbytes", None],
    ]


def test_pairs_an_order_and_a_short_answer_keep_their_settings():
    pairs = "".join(
        f"<match>{fields(questiontext=left, questiontextformat=1, answertext=right)}</match>"
        for left, right in (("Астана", "Казахстан"), ("Бишкек", "Кыргызстан"))
    )
    options = fields(shuffleanswers=0, shownumcorrect=1, **FEEDBACKS)
    element = told(
        "match",
        f"<matchoptions>{options}</matchoptions><matches>{pairs}</matches>",
    )
    assert (element.get("type"), element.findtext("shuffleanswers")) == (
        *("matching", "false"),
    )
    assert element.find("shownumcorrect") is not None
    items = answer(1, "второй", "2") + answer(2, "первый", "1")
    settings = fields(layouttype=0, selecttype=1, gradingtype=-1, showgrading=1)
    element = told(
        "ordering", f"<answers>{items}</answers><ordering>{settings}</ordering>"
    )
    assert beyond(element)[:4] == [
        ["layouttype", "VERTICAL"],
        ["selecttype", "RANDOM"],
        ["gradingtype", "ALL_OR_NOTHING"],
        ["showgrading", "SHOW"],
    ]
    plugin = f"<answers>{answer(1, 'да', '1')}</answers><shortanswer>{fields(usecase=1)}</shortanswer>"
    assert beyond(told("shortanswer", plugin))[0] == ["usecase", "1"]


def test_a_calculated_question_keeps_its_formula_and_its_values():
    values = "".join(
        f"<dataset_item>{fields(number=number, value=value)}</dataset_item>"
        for number, value in ((1, "2.5"), (2, "7.1"))
    )
    told_of = fields(
        category=0, name="x", type=1, options="uniform:1.0:10.0:1", itemcount=2
    )
    plugin = (
        f"<answers>{answer(8, '{x}*2', '1')}</answers><dataset_definitions>"
        f"<dataset_definition>{told_of}<dataset_items>{values}</dataset_items>"
        "</dataset_definition></dataset_definitions><calculated_records>"
        "<calculated_record>"
        + fields(answer=8, tolerance="0.01", tolerancetype=1)
        + fields(correctanswerlength=2, correctanswerformat=1)
        + "</calculated_record></calculated_records><calculated_options>"
        f"<calculated_option>{fields(synchronize=0, single=0, **FEEDBACKS)}"
        "</calculated_option></calculated_options>"
    )
    element = told("calculated", plugin)
    assert shown(element.find("answer")) == [
        ["text", "{x}*2"],
        ["feedback", [["text", None]]],
        ["tolerance", "0.01"],
        ["tolerancetype", "1"],
        ["correctanswerformat", "1"],
        ["correctanswerlength", "2"],
    ]
    assert shown(element.find("dataset_definitions/dataset_definition")) == [
        ["status", [["text", "private"]]],
        ["name", [["text", "x"]]],
        ["type", "calculated"],
        ["distribution", [["text", "uniform"]]],
        ["minimum", [["text", "1.0"]]],
        ["maximum", [["text", "10.0"]]],
        ["decimals", [["text", "1"]]],
        ["itemcount", "2"],
        [
            "dataset_items",
            [
                ["dataset_item", [["number", "1"], ["value", "2.5"]]],
                ["dataset_item", [["number", "2"], ["value", "7.1"]]],
            ],
        ],
        ["number_of_items", "2"],
    ]


def test_a_calculated_question_without_values_and_records_is_written():
    plugin = f"<answers>{answer(8, '{x}', '1')}</answers>"
    element = told("calculatedmulti", plugin)
    assert (element.find("dataset_definitions"), len(element.findall("answer"))) == (
        None,
        1,
    )


def test_words_into_a_text_keep_their_groups():
    php = 'O:8:"stdClass":2:{s:9:"draggroup";s:1:"2";s:8:"infinite";b:1;}'
    rows = answer(1, "кот", "0", php) + answer(2, "пёс", "0", "")
    settings = fields(shuffleanswers=1, **FEEDBACKS)
    element = told("ddwtos", f"<answers>{rows}</answers><ddwtos>{settings}</ddwtos>")
    assert [shown(box) for box in element.findall("dragbox")] == [
        [["text", "кот"], ["group", "2"], ["infinite", None]],
        [["text", "пёс"], ["group", "1"]],
    ]


def test_words_of_a_list_keep_their_groups():
    rows = answer(1, "кот", "0", "1") + answer(2, "пёс", "0", "2")
    element = told(
        "gapselect",
        f"<answers>{rows}</answers><gapselect>{fields(shuffleanswers=0)}</gapselect>",
    )
    assert [shown(box) for box in element.findall("selectoption")] == [
        [["text", "кот"], ["group", "1"]],
        [["text", "пёс"], ["group", "2"]],
    ]


def test_marks_on_a_picture_keep_the_picture_and_their_places():
    options = fields(shuffleanswers=1, showmisplaced=0, **FEEDBACKS)
    drag = fields(no=1, infinite=0, label="A", noofdrags=2)
    drop = fields(no=1, shape="circle", coords="10,20;5", choice=1)
    plugin = (
        f'<ddmarker id="1">{options}</ddmarker><drags><drag id="7">{drag}</drag></drags>'
        f'<drops><drop id="8">{drop}</drop></drops>'
    )
    backup = Backup(release="4.1")
    backup.category(2, "Тема", question(5, "ddmarker", plugin=plugin))
    backup.question_file("qtype_ddmarker", "bgimage", 5, "карта.png", PICTURE)
    element = etree.fromstring(read(backup).raw)
    assert element.find("file").get("name") == "карта.png"
    assert (
        element.find("shuffleanswers") is not None,
        element.find("showmisplaced"),
    ) == (
        True,
        None,
    )
    assert shown(element.find("drag")) == [
        ["no", "1"],
        ["text", "A"],
        ["noofdrags", "2"],
    ]
    assert shown(element.find("drop")) == [
        ["no", "1"],
        ["shape", "circle"],
        ["coords", "10,20;5"],
        ["choice", "1"],
    ]


def test_pictures_onto_a_picture_keep_their_own_files():
    drag = fields(no=1, draggroup=1, infinite=1, label="кот")
    drop = fields(no=1, xleft=10, ytop=20, choice=1, label="")
    plugin = (
        "<ddimageortext><shuffleanswers>0</shuffleanswers></ddimageortext>"
        f'<drags><drag id="7">{drag}</drag></drags><drops><drop>{drop}</drop></drops>'
    )
    backup = Backup(release="4.1")
    backup.category(2, "Тема", question(5, "ddimageortext", plugin=plugin))
    backup.question_file("qtype_ddimageortext", "dragimage", 7, "кот.png", PICTURE)
    element = etree.fromstring(read(backup).raw)
    assert shown(element.find("drag")) == [
        ["no", "1"],
        ["text", "кот"],
        ["draggroup", "1"],
        ["infinite", None],
        ["file", PICTURE_TEXT],
    ]
    assert shown(element.find("drop"))[0] == ["text", None]


def test_a_match_of_random_short_answers_keeps_its_number():
    settings = fields(choose=4, subcats=1)
    element = told("randomsamatch", f"<randomsamatch>{settings}</randomsamatch>")
    assert beyond(element) == [["choose", "4"], ["subcats", "1"]]


def test_embedded_answers_come_back_as_one_text():
    """Moodle XML calls them cloze."""
    part = question(
        8,
        "shortanswer",
        parent=5,
        text="{1:SHORTANSWER:=да}",
        plugin="<answers></answers>",
    )
    sequence = "<multianswer><sequence>8</sequence></multianswer>"
    whole = question(
        5, "multianswer", text="Это {#1}", plugin=f"<answers></answers>{sequence}"
    )
    row = read(Backup(release="3.11").category(2, "Тема", whole, part))
    assert (row.kind, row.text) == (Kind.CLOZE, "Это {1:SHORTANSWER:=да}")


def test_a_kind_of_a_plug_in_is_left_out_with_its_reason():
    row = read(
        Backup(release="3.11").category(
            2, "Тема", question(5, "coderunner", plugin="<x>1</x>")
        )
    )
    written = write_questions([row], format="moodle_xml")
    assert (
        written.count,
        [(one.kind_name, one.reason) for one in written.left_out],
    ) == (
        0,
        [("coderunner", UNFIT_TEXTS[Unfit.RAW])],
    )


def test_the_files_stand_before_the_bank_or_after_it():
    for order in (1, -1):
        backup = Backup(release="3.11").category(2, "Тема", question(5))
        backup.question_file("question", "questiontext", 5, "ряд.png", PICTURE)
        members = dict(list(backup.finished().items())[::order])
        backup.finished = lambda members=members: members
        assert [file.name for file in read(backup).files] == ["ряд.png"]
