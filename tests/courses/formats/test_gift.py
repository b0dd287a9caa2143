"""The frame of GIFT: blocks, names, categories, comments, text, kinds."""

import pytest

from courses.formats.gift import read_gift
from courses.formats.question import Kind, TextFormat
from tests.courses.formats.reading import read_one


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Прочтите отрывок и ответьте на вопросы.", Kind.DESCRIPTION),
        ("Опишите ход опыта. {}", Kind.ESSAY),
        ("Опишите ход опыта. { \n }", Kind.ESSAY),
        ("Опишите ход опыта. {####Не меньше страницы.}", Kind.ESSAY),
        ("Сколько планет? {#8}", Kind.NUMERICAL),
        ("Сколько? {#=8 ~9}", Kind.NUMERICAL),
        ("Расставьте по порядку. {>2 ALL VERTICAL\nраз\nдва\nтри\n}", Kind.ORDERING),
        ("Сколько? {>5}", Kind.SHORTANSWER),
        ("Столица? {~Алматы =Астана}", Kind.MULTICHOICE),
        ("Путь? {~файл -> вид =вид -> файл}", Kind.MULTICHOICE),
        ("Соедините. {=Казахстан -> Астана =Россия -> Москва}", Kind.MATCH),
        ("Вода мокрая. {T}", Kind.TRUEFALSE),
        ("Вода мокрая. { TRUE }", Kind.TRUEFALSE),
        ("Что печатает print(1 < 2)? {true}", Kind.SHORTANSWER),
        ("Вода сухая. {FALSE#Неверно#Верно}", Kind.TRUEFALSE),
        ("Столица? {=Астана}", Kind.SHORTANSWER),
        ("Столица? {Астана}", Kind.SHORTANSWER),
        ("Правда? {=TRUE =T}", Kind.SHORTANSWER),
        ("Стрелка? {a -> b}", Kind.SHORTANSWER),
    ],
)
def test_kind_is_told_by_the_answers(text, kind):
    assert read_one(text).kind == kind


def test_blank_lines_part_questions_and_lines_are_counted():
    bank = read_gift("Бір? {T}\n\n  \t\n\nЕкі? {F}\n\u00a0\nҮш? {}\n".encode())

    assert [(q.text, q.line) for q in bank.questions] == [
        ("Бір?", 1),
        ("Екі?", 5),
        ("Үш?", 7),
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_any_newline_ends_a_line(newline):
    bank = read_gift(newline.join(["Бір? {T}", "", "Екі?", "{F}"]).encode())

    assert [(q.text, q.line) for q in bank.questions] == [("Бір?", 1), ("Екі?", 3)]


def test_question_knows_where_it_stood():
    question = read_one("\n// первый\n::Имя:: Текст\n// внутри\nдалее {T}\n\n")

    assert question.line == 3
    assert question.text == "Текст\nдалее"
    assert question.raw == "// первый\n::Имя:: Текст\n// внутри\nдалее {T}"


def test_comments_part_nothing_and_ask_nothing():
    bank = read_gift("// один\n\n  // два\nВода мокрая. {T}\n// три\n".encode())

    assert [question.text for question in bank.questions] == ["Вода мокрая."]


def test_marks_in_comments_are_kept():
    question = read_one(
        "// [id:q-17] [tag:физика] [tag:тест \\] два]\n// [id:later]\n"
        "Вода мокрая. [id:текст] {T}"
    )

    assert question.id_number == "q-17"
    assert question.tags == ("физика", "тест ] два")
    assert question.text == "Вода мокрая. [id:текст]"


def test_category_holds_until_the_next():
    bank = read_gift(
        "Ничей? {T}\n\n"
        "$CATEGORY: Курс/1-апта\n\nБір? {T}\n\nЕкі? {T}\n\n"
        "  $CATEGORY: Курс/Неделя 2  \n\nТри? {T}\n\n"
        "$CATEGORY: Курс/1-апта\n\nТөрт? {T}\n".encode()
    )

    assert [question.category for question in bank.questions] == [
        "",
        "Курс/1-апта",
        "Курс/1-апта",
        "Курс/Неделя 2",
        "Курс/1-апта",
    ]
    assert bank.categories == ("Курс/1-апта", "Курс/Неделя 2")


def test_category_needs_no_blank_line_around_it():
    bank = read_gift("Бір? {T}\n$CATEGORY: Апта\nЕкі? {T}\n".encode())

    assert [(q.text, q.category, q.line) for q in bank.questions] == [
        ("Бір?", "", 1),
        ("Екі?", "Апта", 3),
    ]


@pytest.mark.parametrize(
    ("text", "name", "stem"),
    [
        ("::Имя::Текст {T}", "Имя", "Текст"),
        (":: Имя \\: часть ::\nТекст {T}", "Имя : часть", "Текст"),
        ("::Имя\\:::Текст {T}", "Имя:", "Текст"),
        ("::Имя без конца {T}", "", "Имя без конца"),
        ("::Имя::{T}", "Имя", ""),
        ("Текст::не имя:: {T}", "", "Текст::не имя::"),
    ],
)
def test_name_stands_between_double_colons(text, name, stem):
    question = read_one(text)

    assert (question.name, question.text) == (name, stem)


@pytest.mark.parametrize(
    ("text", "stem", "text_format"),
    [
        ("Текст {T}", "Текст", TextFormat.MOODLE),
        ("[html]<b>Текст</b> {T}", "<b>Текст</b>", TextFormat.HTML),
        ("::Имя:: [Markdown] *Текст* {T}", "*Текст*", TextFormat.MARKDOWN),
        ("[plain]Текст {T}", "Текст", TextFormat.PLAIN),
        ("[moodle]Текст {T}", "Текст", TextFormat.MOODLE),
        ("[latex]Текст {T}", "[latex]Текст", TextFormat.MOODLE),
    ],
)
def test_format_stands_before_the_text(text, stem, text_format):
    question = read_one(text)

    assert (question.text, question.text_format) == (stem, text_format)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"\~ \= \# \{ \} \:", "~ = # { } :"),
        (r"раз\nдва", "раз\nдва"),
        (r"раз\\nдва", r"раз\nдва"),
        (r"\\\\ и \\{}", r"\\ и " + "\\"),
        (r"$\\neq$ и \alpha и \-", r"$\neq$ и \alpha и \-"),
        ("конец \\", "конец \\"),
    ],
)
def test_escapes_stand_for_text(written, read):
    assert read_one(written).text == read


def test_missing_word_is_a_line_in_the_text():
    question = read_one("Столица Казахстана — {=Астана =Нұр-Сұлтан}, а не Алматы.")

    assert question.text == "Столица Казахстана — _____, а не Алматы."
    assert question.is_missing_word
    assert question.kind == Kind.SHORTANSWER


def test_general_feedback_ends_the_answers():
    question = read_one(
        "[html]Столица? {=Астана#Дұрыс ####[markdown]См. *лекцию* \\#2}"
    )

    assert question.answers[0].feedback == "Дұрыс"
    assert question.general_feedback == "См. *лекцию* #2"
    assert question.general_feedback_format == TextFormat.MARKDOWN


def test_text_keeps_its_inner_line_ends_and_spaces():
    assert read_one("[markdown]раз  \n  - два  \n{T}").text == "раз  \n  - два"


@pytest.mark.parametrize("data", [b"", b"\n\r\n \t", "\ufeff".encode(), b"// -"])
def test_empty_file_has_neither_questions_nor_errors(data):
    bank = read_gift(data)

    assert (bank.questions, bank.errors, bank.categories) == ((), (), ())
