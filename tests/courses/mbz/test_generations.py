"""The same course as each generation of Moodle backs it up, and what it becomes.

After Moodle's own backup/moodle2 and mod/*/backup/moodle2 from 2.0 to 5.1.
"""

import json

import pytest

from courses.formats.mbz.becoming import plan_of
from courses.formats.mbz.counts import count
from courses.formats.mbz.plan import Item, Left, Plan, Target
from courses.formats.mbz.reader import read_backup
from tests.courses.mbz import making
from tests.courses.mbz.making import Backup, fields, stream

DEEP = "Неделя 1"


def planned(backup: Backup) -> Plan:
    return plan_of(read_backup(stream(backup.tar())))


def items(backup: Backup, target: Target) -> list[Item]:
    return [item for item in planned(backup).items if item.target is target]


def values(backup: Backup, target: Target) -> list[dict]:
    return [dict(item.values) for item in items(backup, target)]


def weeks(release: str) -> Backup:
    backup = Backup(release=release).section(0, "Общее").section(1, "Введение")
    return backup.section(2, "Ряды", visible=False)


def moodle_2() -> Backup:
    """2.0 to 2.6: slots name a `question`; a draw is a question of a kind of its own."""
    backup = weeks("2.6.11 (Build: 20150511)")
    slots = making.slot(90, "question"), making.slot(99, "question")
    backup.activity("quiz", 7, "Тест", body=making.quiz(*slots))
    draw = making.question(99, "random", text="1")
    return (
        backup.category(1, DEEP, making.question(90), draw)
        .category(2, "Лёгкие", making.question(91), parent=1)
        .category(3, "Чужие", making.question(92))
    )


def moodle_3() -> Backup:
    """2.7 to 3.11: slots name a `questionid`, a draw its category beside it."""
    backup = weeks("3.11.18 (Build: 20231211)")
    drawn = fields(questionid=99, questioncategoryid=1, includingsubcategories=1)
    slots = making.slot(90), f"<question_instance>{drawn}</question_instance>"
    backup.activity("quiz", 7, "Тест", body=making.quiz(*slots))
    draw = making.question(99, "random", text="1")
    return (
        backup.category(0, "top")
        .category(1, DEEP, making.question(90), draw, parent=0)
        .category(2, "Лёгкие", making.question(91), parent=1)
        .category(3, "Чужие", making.question(92), parent=0)
    )


def of_entries(backup: Backup, condition: dict, *, module: int | None = None) -> Backup:
    """4.0 on: entries of versions, references to them and to sets of them."""
    slots = making.entry_slot(10), making.drawn_slot(json.dumps(condition))
    backup.activity("quiz", 7, "Тест", body=making.quiz(*slots))
    ready, draft = making.question(90), making.question(95)
    entry = making.entry(10, (1, "ready", ready), (2, "draft", draft))
    deep = making.entry(11, (1, "ready", making.question(91)))
    other = making.entry(12, (3, "ready", making.question(92)))
    return (
        backup.category(8, "top", module=module)
        .category(1, DEEP, entry, parent=8, module=module)
        .category(2, "Лёгкие", deep, parent=1, module=module)
        .category(3, "Чужие", other, parent=8, module=module)
    )


def moodle_4_0() -> Backup:
    condition = {"questioncategoryid": "1", "includingsubcategories": "1"}
    return of_entries(weeks("4.2.3+ (Build: 20231013)"), condition)


def filtered(is_deep: object) -> dict:
    options = {"includesubcategories": is_deep}
    category = {"jointype": 1, "values": ["1"], "filteroptions": options}
    return {"filter": {"category": category}, "cat": "1,5", "qperpage": 100}


def moodle_4_3() -> Backup:
    return of_entries(weeks("4.5 (Build: 20241007)"), filtered(is_deep=True))


def moodle_5() -> Backup:
    """5.0 on: a bank is an activity, and its categories are in its context."""
    backup = weeks("5.1+ (Build: 20251010)")
    backup.activity("qbank", 60, "Банк кафедры", section=40)
    return of_entries(backup, filtered(is_deep=1), module=60)


GENERATIONS = (moodle_2, moodle_3, moodle_4_0, moodle_4_3, moodle_5)


@pytest.mark.parametrize("make", GENERATIONS)
def test_every_generation_has_the_same_quiz(make):
    """Issue, item 6: Moodle 2.x to 5.x."""
    (task,) = values(make(), Target.TASK)
    assert (task["questions_drawn"], task["minutes"], task["attempts"]) == (2, 30, 2)
    assert task["lms_facts"]["random_slots"] == 1


@pytest.mark.parametrize("make", GENERATIONS)
def test_every_generation_has_the_same_banks_of_the_same_weeks(make):
    """MIN 3.3.3.17; a draw from a category draws from those within it, too."""
    assert [(bank.title, bank.topic_key) for bank in items(make(), Target.BANK)] == [
        (DEEP, "section-41"),
        (f"{DEEP}/Лёгкие", "section-41"),
        ("Чужие", ""),
    ]


@pytest.mark.parametrize("make", GENERATIONS)
def test_every_generation_has_the_same_counts(make):
    counts = count(read_backup(stream(make().tar())))
    assert (counts["bank"]["questions"], counts["quiz_slots"]) == (3, 2)
    assert counts["quiz_random_slots"] == 1


@pytest.mark.parametrize("make", GENERATIONS)
def test_every_generation_tells_its_hidden_weeks(make):
    topics = items(make(), Target.TOPIC)
    assert [(item.values["week"], item.is_hidden) for item in topics] == [
        (1, False),
        (2, True),
    ]


def test_a_draw_that_stays_in_its_category_leaves_those_within_alone():
    backup = of_entries(weeks("4.5"), filtered(is_deep=False))
    assert [bank.topic_key for bank in items(backup, Target.BANK)] == [
        *("section-41", "", ""),
    ]


def test_categories_of_one_name_in_two_banks_of_moodle_5_stay_apart():
    backup = weeks("5.0 (Build: 20250414)")
    for key, title in ((60, "Банк А"), (61, "Банк Б")):
        backup.activity("qbank", key, title, section=40)
        entry = making.entry(key, (1, "ready", making.question(key)))
        backup.category(key, "Неделя 1", entry, module=key)
    assert [bank.title for bank in items(backup, Target.BANK)] == [
        "Банк А/Неделя 1",
        "Банк Б/Неделя 1",
    ]


def test_a_backup_of_one_activity_has_one_week():
    backup = Backup().activity("page", 4, "Текст", section=7)
    members = backup.finished()
    members["moodle_backup.xml"] = members["moodle_backup.xml"].replace(
        b"<type>course</type>", b"<type>activity</type>"
    )
    plan = plan_of(read_backup(stream(making.tar_of(members))))
    assert [(item.target, item.title) for item in plan.items[1:]] == [
        (Target.TOPIC, "Текст"),
        (Target.LONGREAD, "Текст"),
    ]


def test_a_course_of_one_activity_has_one_week():
    backup = Backup().section(0).activity("quiz", 4, "Тест", section=40)
    backup.activities.clear()
    backup.activity("quiz", 4, "Тест", section=40, body=making.quiz())
    members = backup.finished()
    members["moodle_backup.xml"] = members["moodle_backup.xml"].replace(
        b"<original_course_format>topics", b"<original_course_format>singleactivity"
    )
    plan = plan_of(read_backup(stream(making.tar_of(members))))
    assert [item.target for item in plan.items[1:]] == [Target.TOPIC, Target.TASK]


def test_a_backup_of_nothing_in_particular_has_no_week():
    members = Backup().finished()
    members["moodle_backup.xml"] = members["moodle_backup.xml"].replace(
        b"<type>course</type>", b"<type>activity</type>"
    )
    plan = plan_of(read_backup(stream(making.tar_of(members))))
    assert [item.title for item in plan.items] == ["Основы статистики", ""]


RUBRIC = (
    "<plugin_gradingform_rubric_definition><criteria>"
    "<criterion id='2'><sortorder>2</sortorder><description>Выводы</description>"
    "<levels></levels></criterion>"
    "<criterion id='1'><sortorder>1</sortorder><description>Данные</description><levels>"
    "<level><score>0.00000</score><definition>нет</definition></level>"
    "<level><score>2.50000</score><definition>есть</definition></level>"
    "</levels></criterion></criteria></plugin_gradingform_rubric_definition>"
)
GUIDE = (
    "<plugin_gradingform_guide_definition><guidecriteria><guidecriterion>"
    + fields(sortorder=1, shortname="Данные", description="<p>Полнота</p>", maxscore=5)
    + "</guidecriterion></guidecriteria></plugin_gradingform_guide_definition>"
)


@pytest.mark.parametrize(
    ("method", "definition", "criteria"),
    [
        ("rubric", RUBRIC, "Данные: нет (0); есть (2.5)\nВыводы"),
        ("guide", GUIDE, "Данные (5): Полнота"),
    ],
)
def test_the_criteria_of_an_assignment_are_those_of_the_task(
    method, definition, criteria
):
    """MIN 4.6: how work is assessed."""
    body = fields(grade=10, intro="<p>Отчёт</p>", activity="<p>Опишите ряд</p>")
    dates = fields(allowsubmissionsfromdate=86400, duedate=172800)
    backup = weeks("4.4").activity("assign", 5, "Работа", body=body + dates)
    backup.grading("assign", 5, method, definition)
    (task,) = values(backup, Target.TASK)
    assert (task["criteria"], task["content"]) == (criteria, "Отчёт\n\nОпишите ряд")
    assert task["lms_facts"] == {
        "module": "assign",
        "opens_at": "1970-01-02T00:00:00+00:00",
        "closes_at": "1970-01-03T00:00:00+00:00",
    }


def test_a_method_that_is_not_known_tells_no_criteria():
    backup = weeks("4.4").activity("assign", 5, "Работа", body=fields(grade=10))
    backup.grading("assign", 5, "checklist", "<x/>")
    assert "criteria" not in values(backup, Target.TASK)[0]


def test_the_form_of_a_workshop_is_what_peers_assess_by():
    """MIN 4.6: peer review."""
    forms = (
        "<workshopform_accumulative_dimension>"
        + fields(sort=2, description="<p>Ясность</p>", grade=5)
        + "</workshopform_accumulative_dimension><workshopform_rubric_dimension>"
        + fields(sort=1, description="Данные")
        + f"<workshopform_rubric_level>{fields(grade=0, definition='нет')}"
        + "</workshopform_rubric_level></workshopform_rubric_dimension>"
        + "<workshopform_comments_dimension>"
        + fields(sort=3, description="")
        + "</workshopform_comments_dimension>"
    )
    body = fields(grade=5, instructauthors="<p>Сдайте отчёт</p>", submissionend=86400)
    backup = weeks("4.4").activity("workshop", 5, "Проверка", body=body + forms)
    (task,) = values(backup, Target.TASK)
    assert (task["criteria"], task["content"], task["grading"]) == (
        "Данные: нет (0)\nЯсность (5)",
        "Сдайте отчёт",
        "peer",
    )


def test_pictures_of_a_text_become_materials_where_the_text_shows_them():
    """Issue, item 6: `@@PLUGINFILE@@` and files.xml."""
    text = '<img src="@@PLUGINFILE@@/%D1%80%D1%8F%D0%B4%201.png"><a href="@@PLUGINFILE@@/b.pdf">'
    backup = weeks("4.4").activity(
        "page", 5, "Лонгрид", body=fields(content=text), context=77
    )
    backup.file(77, "ряд 1.png", b"1", component="mod_page")
    backup.file(77, "b.pdf", b"2", component="mod_page")
    backup.file(77, "лишнее.png", b"3", component="mod_page")
    shown = items(backup, Target.MATERIAL)
    assert [(item.title, item.values["kind"], item.topic_key) for item in shown] == [
        ("ряд 1", "image", "section-41"),
        ("b", "text", "section-41"),
    ]


def test_the_same_bytes_in_a_folder_are_one_material():
    backup = weeks("4.4").activity("folder", 5, "Папка", context=77)
    for name in ("а.pdf", "б.pdf"):
        backup.file(77, name, b"1", component="mod_folder")
    assert len(items(backup, Target.MATERIAL)) == 1


@pytest.mark.parametrize(
    ("module", "reason"),
    [
        ("attendance", Left.UNKNOWN),
        ("h5pactivity", Left.PACKAGE),
        ("hvp", Left.PACKAGE),
        ("imscp", Left.PACKAGE),
        ("lti", Left.TOOL),
        ("scorm", Left.PACKAGE),
    ],
)
def test_what_plays_in_moodle_alone_is_left_out_with_what_to_do(module, reason):
    backup = weeks("4.4").activity(module, 5, "Занятие")
    assert [(row.title, row.reason_code) for row in planned(backup).left_out] == [
        ("Занятие", reason)
    ]


def test_files_of_questions_that_are_lost_are_told():
    backup = weeks("4.4").category(1, "Тема", making.question(5))
    backup.question_file("question", "questiontext", 5, "а.png", b"x", is_there=False)
    assert [(row.title, row.reason_code) for row in planned(backup).left_out] == [
        ("1", Left.PICTURES)
    ]


def test_a_choice_and_a_questionnaire_are_surveys_with_what_they_ask():
    options = "".join(
        f"<option id='1'>{fields(text=text)}</option>" for text in ("Да", "Нет")
    )
    asked = "".join(
        f"<question>{fields(content=text)}</question>"
        for text in ("<p>Ваш курс?</p>", "break")
    )
    backup = weeks("4.4")
    backup.activity("choice", 5, "Готовы?", body=f"<options>{options}</options>")
    backup.activity("questionnaire", 6, "Анкета", body=f"<surveys>{asked}</surveys>")
    assert [
        (task["kind"], task["content"]) for task in values(backup, Target.TASK)
    ] == [
        ("survey", "Да\nНет"),
        ("survey", "Ваш курс?"),
    ]


@pytest.mark.parametrize("module", ["bigbluebuttonbn", "googlemeet", "zoom"])
def test_meetings_are_communication_at_one_time(module):
    """MIN 4.4."""
    backup = weeks("4.4").activity(module, 5, "Встреча")
    (means,) = values(backup, Target.COMMUNICATION)
    assert (means["kind"], means["mode"]) == ("webinar", "synchronous")
