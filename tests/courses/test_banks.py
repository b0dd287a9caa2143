"""Import of questions: previewed, all or nothing, distinct (MIN 3.3.3.17, 3.4.2)."""

from pathlib import Path

import pghistory
import pytest
from pghistory.models import Events

from core.storage import read_bytes
from courses.models import Question, QuestionBank, QuestionImport
from courses.selectors import facts_of
from courses.selectors.question_files import (
    category_name,
    guess_topic,
    read_question_file,
)
from courses.services import (
    QuestionsUnreadable,
    change_bank,
    delete_bank,
    import_questions,
)
from courses.services.banks.importing import COLUMNS
from tests import factories
from tests.courses import life

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
GOOD = """$CATEGORY: Тема недели 1

::Первый:: Да? {T}

// второй
Выберите. {=да#верно ~%-50%нет ~может}

Опишите. {}

$CATEGORY: Прочее

Число? {#3.5:0.25}

Пары {=а -> 1 =б -> 2}

Просто текст
"""
BROKEN = """Хороший {T}

Плохой {=да ~нет

Хороший {F}
"""


@pytest.fixture
def version(author):
    return factories.VersionFactory(lead=author)


def imported(version, by, at, text=GOOD, **values) -> QuestionImport:
    return import_questions(
        version=version,
        name="банк.gift",
        content=text.encode(),
        by=by,
        at=at,
        **values,
    )


def test_each_category_becomes_a_bank_of_the_topic_whose_title_it_bears(
    version, author, at
) -> None:
    topic = factories.TopicFactory(version=version, title="«Тема недели» 1.")
    source = imported(version, author, at)

    assert list(version.banks.values_list("category", "topic")) == [
        ("Тема недели 1", topic.pk),
        ("Прочее", None),
    ]
    assert (source.imported_count, source.left_out_count) == (6, 0)
    assert (source.file_name, source.by, source.at) == ("банк.gift", author, at)


def test_questions_are_kept_with_all_that_their_author_wrote(
    version, author, at
) -> None:
    source = imported(version, author, at)
    rows = Question.objects.order_by("bank", "position")

    assert [(row.kind, row.position, row.source) for row in rows] == [
        ("truefalse", 1, source),
        ("multichoice", 2, source),
        ("essay", 3, source),
        ("numerical", 1, source),
        ("match", 2, source),
        ("description", 3, source),
    ]
    choice, number, pairs = rows[1], rows[3], rows[4]
    assert choice.raw == "// второй\nВыберите. {=да#верно ~%-50%нет ~может}"
    assert choice.answers[0] == {
        "text": "да",
        "fraction": "100",
        "feedback": "верно",
    }
    assert [row["fraction"] for row in choice.answers] == ["100", "-50", "0"]
    assert (number.answers[0]["text"], number.answers[0]["tolerance"]) == (
        "3.5",
        "0.25",
    )
    assert [row["match"] for row in pairs.answers] == ["1", "2"]


def test_the_file_itself_is_kept(version, author, at) -> None:
    source = imported(version, author, at)

    assert read_bytes(source.stored_as) == GOOD.encode()


def test_one_broken_question_refuses_the_whole_file_with_its_line(
    version, author, at
) -> None:
    with pytest.raises(QuestionsUnreadable) as refusal:
        imported(version, author, at, BROKEN)

    [error] = refusal.value.errors
    assert error.line == 3
    assert str(refusal.value) == f"Line 3: {error.reason}"
    assert "do not end with }" in error.reason
    assert Question.objects.count() == QuestionBank.objects.count() == 0
    assert QuestionImport.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "There is no question in the file."),
        (b"// nothing here", "There is no question in the file."),
        (b"\x00\x01", "This is not a text file"),
    ],
)
def test_a_file_without_questions_is_refused(content, reason, version, author, at):
    with pytest.raises(QuestionsUnreadable, match=reason):
        import_questions(version=version, name="x", content=content, by=author, at=at)


def test_a_file_imported_again_leaves_out_what_its_banks_have(
    version, author, at
) -> None:
    imported(version, author, at)
    more = imported(version, author, at, GOOD + "\nНовый {T}\n")

    assert (more.imported_count, more.left_out_count) == (1, 6)
    bank = version.banks.get(category="Прочее")
    assert list(bank.questions.values_list("position", flat=True)) == [1, 2, 3, 4]


def test_a_question_twice_in_a_file_is_kept_and_counts_once(
    version, author, at
) -> None:
    imported(version, author, at, "Да? {T}\n\nДА?  {T}\n")

    [bank] = facts_of(version).banks
    assert (bank.total, len(bank.fingerprints), len(bank.drawable)) == (2, 1, 1)


def test_descriptions_are_no_questions_and_essays_are_not_drawn(
    version, author, at
) -> None:
    imported(version, author, at)

    counts = [
        (bank.total, len(bank.fingerprints), len(bank.drawable))
        for bank in facts_of(version).banks
    ]
    assert counts == [(3, 3, 2), (2, 2, 2)]


def test_a_category_goes_to_the_topic_that_was_chosen(version, author, at) -> None:
    chosen = factories.TopicFactory(version=version, title="Другая")
    imported(version, author, at, topics={"Прочее": chosen, "Тема недели 1": None})

    assert dict(version.banks.values_list("category", "topic")) == {
        "Тема недели 1": None,
        "Прочее": chosen.pk,
    }


def test_a_bank_keeps_its_topic_when_more_is_imported(version, author, at) -> None:
    imported(version, author, at)
    topic = factories.TopicFactory(version=version, title="Иная")
    change_bank(bank=version.banks.get(category="Прочее"), topic=topic, by=author)
    imported(version, author, at, GOOD + "\nНовый {T}\n")

    assert version.banks.get(category="Прочее").topic == topic


def test_a_deleted_bank_takes_its_questions_and_leaves_the_file(
    version, author, at
) -> None:
    source = imported(version, author, at)
    delete_bank(bank=version.banks.get(category="Прочее"), by=author)

    assert Question.objects.count() == 3
    assert QuestionImport.objects.get() == source


def test_banks_of_another_course_are_another_s(version, author, at) -> None:
    imported(version, author, at)
    other = factories.VersionFactory(lead=author)

    assert imported(other, author, at).imported_count == 6


@pytest.mark.parametrize(
    ("category", "name"),
    [
        ("", "банк"),
        ("Тема", "Тема"),
        ("$course$/top/Тема 1/Тест", "Тема 1/Тест"),
        ("$course$/Тема", "Тема"),
        ("$module$", "банк"),
        ("x" * 600, "x" * 500),
    ],
)
def test_the_name_of_a_bank(category, name) -> None:
    assert category_name(category, file_name="банк.gift") == name


@pytest.mark.parametrize(
    ("category", "title"),
    [
        ("Курс/Шкалы", "Шкалы"),
        ("ШКАЛЫ.", "Шкалы"),
        ("Тест: Ряды и пределы", "Ряды и пределы"),
        ("Ряды", "Ряды и пределы"),
        ("Прочее", None),
        ("е", None),
    ],
)
def test_the_topic_guessed_for_a_category(category, title, version) -> None:
    topics = [
        factories.TopicFactory(version=version, title=name)
        for name in ("Шкалы", "Ряды и пределы", "Ещё одна тема")
    ]
    guessed = guess_topic(category, topics)

    assert (guessed and guessed.title) == title


def test_the_preview_counts_kinds_known_and_repeated(version, author, at) -> None:
    imported(version, author, at, "$CATEGORY: А\n\nДа? {T}\n")
    text = "$CATEGORY: А\n\nДа? {T}\n\nНет? {F}\n\nНет? {F}\n\nЭссе {}\n"
    file = read_question_file(version=version, name="x", content=text.encode())
    [category] = file.categories

    assert file.errors == []
    assert (category.name, category.questions, category.known, category.repeated) == (
        "А",
        4,
        1,
        1,
    )
    assert category.kinds == {"True or false": 3, "Essay": 1}


@pytest.mark.skipif(
    not SAMPLES.exists(), reason="the samples are not beside the project"
)
def test_moodle_s_own_examples_give_43_questions(version, author, at) -> None:
    content = (SAMPLES / "gift" / "mdlcore_examples.txt").read_bytes()
    source = import_questions(
        version=version,
        name="mdlcore_examples.txt",
        content=content,
        by=author,
        at=at,
    )

    assert source.imported_count == 43


@pytest.mark.parametrize(("few", "many"), [(10, 1_000)])
def test_an_import_asks_the_same_of_the_database_for_any_number(
    few, many, author, at, django_assert_num_queries
) -> None:
    def text(count: int) -> str:
        return "".join(f"Вопрос {number} {{T}}\n\n" for number in range(count))

    for count in (few, many):
        version = factories.VersionFactory(lead=author)
        with django_assert_num_queries(15):
            imported(version, author, at, text(count))


def test_a_long_name_of_a_question_is_cut(version, author, at) -> None:
    imported(version, author, at, f"::{'н' * 300}:: Да? {{T}}")

    assert len(Question.objects.get().name) == 255


def test_facts_tell_an_empty_bank_from_none(version) -> None:
    assert facts_of(version).banks == ()

    bank = factories.BankFactory(version=version)
    [told] = facts_of(version).banks
    assert (told.id, told.total, told.fingerprints) == (bank.pk, 0, frozenset())
    life.fill(bank, 1)
    assert facts_of(version).banks[0].total == 1


def test_every_column_of_a_question_is_written() -> None:
    columns = {field.column for field in Question._meta.concrete_fields}

    assert columns == {"id", *COLUMNS}


def test_the_trail_keeps_imported_questions_with_who_imported_them(
    version, author, at
) -> None:
    with pghistory.context(login="a@university.example"):
        imported(version, author, at, "Да? {T}\n")

    [event] = Events.objects.tracks(Question.objects.get())
    assert (event.pgh_label, event.pgh_context["login"]) == (
        "insert",
        "a@university.example",
    )


def test_the_good_ones_alone_are_imported_when_they_are_asked_for(
    version, author, at
) -> None:
    source = imported(version, author, at, BROKEN, is_good_only=True)

    assert (source.imported_count, source.left_out_count) == (2, 1)
    with pytest.raises(QuestionsUnreadable):
        imported(version, author, at, "Плохой {=да", is_good_only=True)


def test_a_bank_keeps_the_identifier_that_the_lms_gave_its_category(
    version, author, at
) -> None:
    text = (
        '<?xml version="1.0"?><quiz><question type="category"><category>'
        "<text>$course$/top/Ряды</text></category><idnumber>R-1</idnumber></question>"
        '<question type="description"><name><text>О рядах</text></name><questiontext>'
        "<text>Прочтите</text></questiontext></question></quiz>"
    )
    source = imported(version, author, at, text)

    assert source.format == "moodle_xml"
    assert list(version.banks.values_list("category", "id_number")) == [("Ряды", "R-1")]


def test_a_question_that_another_bank_has_is_told_and_kept(version, author, at) -> None:
    imported(version, author, at, "$CATEGORY: А\n\nДа? {T}\n")
    text = "$CATEGORY: Б\n\nДа? {T}\n\n$CATEGORY: В\n\nНет? {F}\n\nДа? {T}\n"
    file = read_question_file(version=version, name="x", content=text.encode())

    assert [(row.name, row.elsewhere) for row in file.categories] == [
        ("Б", 1),
        ("В", 1),
    ]
    assert (file.elsewhere_count, file.known_count, file.gain) == (2, 0, 1)
    assert imported(version, author, at, text).imported_count == 3
