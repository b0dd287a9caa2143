"""What becomes what, and what would change; HTML of Moodle as text."""

import pytest

from courses.formats.fingerprint import fingerprint
from courses.formats.mbz.becoming import plan_of
from courses.formats.mbz.diff import Existing, Status, compare
from courses.formats.mbz.materials import kind_of_file, kind_of_link
from courses.formats.mbz.plain import one_line, plain_text, video_links
from courses.formats.mbz.plan import LEFT_TEXTS, Item, Left, Plan, Target
from courses.formats.mbz.reader import read_backup
from tests.courses.mbz import making
from tests.courses.mbz.making import Backup, stream


def planned(backup: Backup) -> Plan:
    return plan_of(read_backup(stream(backup.tar())))


def items(backup: Backup, target: Target) -> list[Item]:
    return [item for item in planned(backup).items if item.target is target]


def left(backup: Backup) -> list[tuple[str, Left]]:
    return [(row.title, row.reason_code) for row in planned(backup).left_out]


def test_every_reason_to_leave_out_has_its_words():
    assert set(LEFT_TEXTS) == set(Left)


def test_only_sections_with_a_number_become_topics():
    """MIN 3.3.2."""
    backup = Backup().section(0, "Общее").section(1, "Введение").section(2, "Ряды")
    topics = items(backup, Target.TOPIC)
    assert [(item.title, item.values["week"]) for item in topics] == [
        ("Введение", 1),
        ("Ряды", 2),
    ]


def test_what_stands_in_a_section_within_a_section_belongs_to_the_outer_one():
    """Moodle 4.5: subsections."""
    backup = Backup().section(1, "Неделя", key=41)
    backup.section(7, "Внутри", key=47, component="mod_subsection", item=5)
    backup.activity("subsection", 5, "Внутри", section=41)
    backup.activity("page", 6, "Текст", section=47)
    (longread,) = items(backup, Target.LONGREAD)
    assert longread.topic_key == "section-41"
    assert [item.key for item in items(backup, Target.TOPIC)] == ["section-41"]


def test_banks_of_moodle_5_come_from_their_own_activity():
    """Moodle 5.0: question banks are activities; what they hold is in questions.xml."""
    backup = Backup(release="5.0").section(0).activity("qbank", 3, "Банк", section=40)
    entry = making.entry(1, (1, "ready", making.question(1)))
    backup.category(1, "top").category(2, "Тема 1", parent=1)
    backup.category(3, "Лёгкие", entry, parent=2, idnumber="T1-easy")
    (bank,) = items(backup, Target.BANK)
    assert (bank.title, bank.id_number, bank.values["questions"]) == (
        *("Тема 1/Лёгкие", "T1-easy"),
        1,
    )
    assert left(backup) == []


def test_categories_of_one_path_become_one_bank():
    one, two = (making.entry(key, (1, "ready", making.question(key))) for key in (1, 2))
    backup = Backup().category(1, "Тема", one).category(2, "Тема", two)
    (bank,) = items(backup, Target.BANK)
    assert bank.values["questions"] == 2


def test_a_bank_that_two_weeks_draw_from_is_of_the_whole_course():
    entry = making.entry(9, (1, "ready", making.question(9)))
    backup = Backup().section(1).section(2).category(1, "Общий", entry)
    for week in (1, 2):
        body = making.quiz(making.entry_slot(9))
        backup.activity("quiz", week, f"Тест {week}", section=40 + week, body=body)
    assert items(backup, Target.BANK)[0].topic_key == ""


def test_one_essay_is_enough_to_need_a_teacher():
    """MIN 4.6."""
    backup = Backup(release="3.9").section(1)
    backup.category(1, "Тема", making.question(1), making.question(2, "essay"))
    slots = making.slot(1), making.slot(2)
    backup.activity("quiz", 3, "Тест", body=making.quiz(*slots))
    assert items(backup, Target.TASK)[0].values["grading"] == "manual"


def test_descriptions_are_no_questions_drawn():
    """MIN 3.3.3.17."""
    backup = Backup(release="3.9").section(1)
    draw = making.question(2, "random", parent=2)
    backup.category(1, "Тема", making.question(1, "description"), draw)
    body = making.quiz(making.slot(1), making.slot(2))
    backup.activity("quiz", 3, "Тест", body=body)
    values = items(backup, Target.TASK)[0].values
    assert (values["questions_drawn"], values["is_random"]) == (1, True)


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(0, 0), (59, 1), (60, 1), (61, 2), (10**12, 32_767)]
)
def test_a_limit_of_time_is_in_whole_minutes_rounded_up(seconds, minutes):
    backup = Backup().section(1)
    backup.activity("quiz", 3, "Тест", body=making.quiz(timelimit=seconds))
    assert items(backup, Target.TASK)[0].values["minutes"] == minutes


@pytest.mark.parametrize(
    ("moment", "told"), [(0, None), (1, "1970-01-01T00:00:01+00:00"), (10**14, None)]
)
def test_moments_are_told_where_they_make_sense(moment, told):
    backup = Backup().section(1)
    backup.activity("quiz", 3, "Тест", body=making.quiz(timeopen=moment))
    assert items(backup, Target.TASK)[0].values["lms_facts"]["opens_at"] == told


@pytest.mark.parametrize("grade", ["0", "101", "-3", "nonsense", "NaN"])
def test_points_beyond_a_hundred_or_none_are_not_told(grade):
    """MIN 4.7: a hundred points in all."""
    backup = Backup().section(1)
    backup.activity("quiz", 3, "Тест", body=making.quiz(grade=grade))
    backup.activity("assign", 4, "Задание", body=making.fields(grade=grade))
    assert [row.values.get("points") for row in items(backup, Target.TASK)] == [
        None
    ] * 2


def test_a_quiz_above_the_weeks_that_is_not_the_final_one_has_no_place():
    backup = (
        Backup()
        .section(0)
        .activity("quiz", 3, "Example quiz", section=40, body=making.quiz())
    )
    backup.activity("assign", 4, "Задание", section=40)
    assert left(backup) == [
        ("Example quiz", Left.NO_WEEK),
        ("Задание", Left.NO_WEEK),
    ]


def test_two_quizzes_that_are_called_final_are_control_tasks():
    """MIN 3.4."""
    backup = Backup().section(1)
    for key in (3, 4):
        backup.activity("quiz", key, f"Итоговый тест {key}", body=making.quiz())
    assert len(items(backup, Target.TASK)) == 2


def test_chats_and_webinars_are_means_at_one_time():
    """MIN 4.4."""
    backup = Backup().section(1).activity("chat", 3, "Чат")
    backup.activity("bigbluebuttonbn", 4, "Вебинар").activity("forum", 5, "Форум")
    told = [
        (item.values["kind"], item.values["mode"])
        for item in items(backup, Target.COMMUNICATION)
    ]
    assert told == [
        ("chat", "synchronous"),
        ("webinar", "synchronous"),
        ("forum", "asynchronous"),
    ]


def test_books_and_lessons_become_theory_chapter_by_chapter():
    """MIN 3.3.3.8."""
    chapters = "".join(
        f"<chapter>{making.fields(pagenum=n, title=f'Глава {n}', content='Текст', hidden=h)}</chapter>"
        for n, h in ((2, 0), (1, 0), (3, 1))
    )
    pages = (
        f"<pages><page>{making.fields(title='Шаг', contents='Текст')}</page></pages>"
    )
    backup = Backup().section(1)
    backup.activity("book", 3, "Книга", body=f"<chapters>{chapters}</chapters>")
    backup.activity("lesson", 4, "Лекция", body=pages)
    assert [row.values["body"] for row in items(backup, Target.LONGREAD)] == [
        "Глава 1\nТекст\nГлава 2\nТекст",
        "Шаг\nТекст",
    ]


def test_a_survey_in_a_week_is_a_control_task():
    """MIN 3.3.3.15."""
    backup = Backup().section(1).activity("feedback", 3, "Опрос")
    assert items(backup, Target.TASK)[0].values["kind"] == "survey"


def test_labels_are_left_out_but_for_their_videos():
    video = making.fields(
        intro="<iframe src='https://rutube.ru/play/embed/1'></iframe>"
    )
    backup = Backup().section(1).activity("label", 3, "Надпись")
    backup.activity("label", 4, "Видео", body=video)
    assert left(backup) == [("Надпись", Left.LABEL)]
    assert [row.values["url"] for row in items(backup, Target.MATERIAL)] == [
        "https://rutube.ru/play/embed/1"
    ]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "", "ftp://x.example/a"])
def test_a_link_that_is_no_address_of_the_web_is_left_out(url):
    backup = Backup().section(1)
    backup.activity("url", 3, "Ссылка", body=making.fields(externalurl=url))
    assert left(backup) == [("Ссылка", Left.NO_LINK)]


def test_files_of_a_folder_are_materials_of_their_own():
    backup = Backup().section(1).activity("folder", 3, "Папка", context=9, idnumber="f")
    for name in ("а.pdf", "б.pptx"):
        backup.file(9, name, name.encode(), component="mod_folder")
    told = [
        (row.title, row.values["kind"], row.id_number)
        for row in items(backup, Target.MATERIAL)
    ]
    assert told == [("а", "text", ""), ("б", "presentation", "")]


@pytest.mark.parametrize(
    ("name", "mime", "kind"),
    [
        ("лекция.MP4", "", "video"),
        ("без-окончания", "audio/mpeg", "audio"),
        ("архив.zip", "application/zip", "other"),
    ],
)
def test_the_kind_of_a_file_is_told_by_its_ending_else_by_its_type(name, mime, kind):
    assert kind_of_file(name, mime) == kind


def test_the_kind_of_a_link_is_told_by_its_address():
    assert kind_of_link("https://youtu.be/abc") == "video"
    assert kind_of_link("https://x.example/глава.pdf?d=1") == "text"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("", ""),
        ("просто текст", "просто текст"),
        ("<p>один</p><p>два</p>", "один\n\nдва"),
        ("<p>раз\nдва</p>", "раз два"),
        ("<pre>раз\nдва</pre>", "раз\nдва"),
        ("<ul><li>раз</li><li>два</li></ul>", "– раз\n– два"),
        ("<table><tr><td>а</td><td>б</td></tr></table>", "а б"),
        ("до<script>alert(1)</script>после", "допосле"),
        ("a &lt; b &amp; c", "a < b & c"),
        ("<!-- -->", ""),
        ("<p>не закрыт", "не закрыт"),
    ],
)
def test_html_becomes_text(markup, text):
    assert plain_text(markup) == text


def test_html_on_one_line_is_cut_to_its_length():
    assert one_line("<p>один</p><p>два</p>", 6) == "один д"


def test_deep_html_does_not_end_the_program():
    assert isinstance(plain_text("<div>" * 50_000 + "дно"), str)


def test_videos_of_a_text_are_named_once():
    text = (
        "<a href='https://youtu.be/a?b=1&amp;c=2'>1</a> https://youtu.be/a?b=1&amp;c=2"
    )
    assert video_links(text) == ["https://youtu.be/a?b=1&c=2"]


def topic(number: int, title: str, *, identifier: str = "") -> Existing:
    return Existing(
        target=Target.TOPIC,
        id=number,
        title=title,
        values={"week": number, "title": title},
        id_number=identifier,
    )


def test_two_topics_that_one_name_would_fit_fit_none():
    plan = planned(Backup().section(5, "Тема"))
    there = [topic(1, "Тема"), topic(2, "Тема")]
    lines = compare([item for item in plan.items if item.target is Target.TOPIC], there)
    assert [line.status for line in lines] == [
        Status.NEW,
        Status.ONLY_HERE,
        Status.ONLY_HERE,
    ]


def test_an_identifier_goes_before_any_likeness():
    plan = planned(Backup().section(1, "Тема"))
    (item,) = [item for item in plan.items if item.target is Target.TOPIC]
    there = [topic(1, "Тема"), topic(2, "Другая", identifier=item.id_number)]
    first = compare([item], there)[0]
    assert first.existing == there[1]


def test_unknown_questions_that_differ_in_their_data_are_two():
    """MIN 3.4.2: distinct questions."""
    texts = ("<x>1</x>", "<x>2</x>", "<x id='5'>1</x>")
    rows = [
        making.question(1 + n, "coderunner", text="Найдите", plugin=text, name="a")
        for n, text in enumerate(texts)
    ]
    backup = Backup(release="3.9").category(1, "Тема", *rows)
    bank = read_backup(stream(backup.tar())).bank
    marks = [fingerprint(row.question) for row in bank.questions]
    assert (marks[0] != marks[1], marks[0] == marks[2]) == (True, True)
