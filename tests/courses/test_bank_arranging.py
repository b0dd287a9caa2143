"""Banks and their questions: named, merged, moved, deleted, found twice (MIN 3.4.2)."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses.models import CourseVersion, Question, QuestionBank
from courses.selectors.banks import (
    bank_rows,
    bank_totals,
    repeated_among,
    repeated_marks,
    same_questions,
)
from courses.services import (
    BankExists,
    PassportLocked,
    add_bank,
    change_bank,
    delete_bank,
    delete_questions,
    merge_banks,
    move_questions,
)
from tests import factories
from tests.courses import life

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(author) -> CourseVersion:
    return factories.VersionFactory(lead=author)


@pytest.fixture
def bank(version) -> QuestionBank:
    made = factories.BankFactory(version=version, category="Ряды")
    life.fill(made, 5)
    return made


@pytest.fixture
def other(version) -> QuestionBank:
    made = factories.BankFactory(version=version, category="Пределы")
    life.fill(made, 3)
    return made


def order(bank: QuestionBank) -> list[tuple[int, str]]:
    rows = bank.questions.order_by("position").values_list("position", "text")
    return [(position, text.rpartition(" ")[2]) for position, text in rows]


def test_a_bank_is_made_by_hand_and_its_name_is_taken_once(version, author) -> None:
    topic = factories.TopicFactory(version=version)
    made = add_bank(version=version, category="Новый", topic=topic, by=author)

    assert (made.category, made.topic, made.version) == ("Новый", topic, version)
    with pytest.raises(BankExists, match="merge the two"):
        add_bank(version=version, category="Новый", topic=None, by=author)


def test_a_bank_is_renamed_but_not_as_another_one(version, author, bank, other) -> None:
    change_bank(bank=bank, category="Иначе", topic=None, by=author)
    assert QuestionBank.objects.get(pk=bank.pk).category == "Иначе"

    with pytest.raises(BankExists):
        change_bank(bank=bank, category="Пределы", topic=None, by=author)
    change_bank(bank=bank, category="Иначе", topic=None, by=author)
    assert QuestionBank.objects.get(pk=bank.pk).category == "Иначе"


def test_merged_questions_stand_after_those_that_were_there(
    author, bank, other
) -> None:
    assert merge_banks(bank=bank, into=other, by=author) == 5

    assert [position for position, _text in order(other)] == [*range(1, 9)]
    assert [text for _position, text in order(other)][3:] == [
        *("1?", "2?", "3?", "4?", "5?")
    ]
    assert list(QuestionBank.objects.all()) == [other]


def test_questions_move_in_their_order_and_those_that_are_there_stay(
    version, author, bank, other
) -> None:
    chosen = Question.objects.filter(bank__version=version, position__in=(2, 5))
    assert move_questions(questions=chosen, to=other, by=author) == 2

    assert order(other) == [(1, "1?"), (2, "2?"), (3, "3?"), (4, "2?"), (5, "5?")]
    assert order(bank) == [(1, "1?"), (3, "3?"), (4, "4?")]


def test_a_question_of_another_course_neither_moves_nor_goes(
    version, author, bank
) -> None:
    foreign = factories.QuestionFactory()
    every = Question.objects.filter(pk=foreign.pk)

    assert move_questions(questions=every, to=bank, by=author) == 0
    assert delete_questions(version=version, questions=every, by=author) == 0
    assert Question.objects.get(pk=foreign.pk).bank == foreign.bank


def test_a_bank_that_is_gone_takes_no_question(author, bank, other) -> None:
    other_id = other.pk
    other.delete()
    gone = QuestionBank(pk=other_id, version=bank.version)

    with pytest.raises(QuestionBank.DoesNotExist):
        move_questions(questions=bank.questions.all(), to=gone, by=author)
    assert bank.questions.count() == 5


def test_questions_are_deleted(version, author, bank) -> None:
    few = bank.questions.filter(position__lte=2)

    assert delete_questions(version=version, questions=few, by=author) == 2
    assert order(bank) == [(3, "3?"), (4, "4?"), (5, "5?")]


WRITES = {
    "add": lambda v, b, o, by: add_bank(version=v, category="Н", topic=None, by=by),
    "rename": lambda v, b, o, by: change_bank(bank=b, category="Н", topic=None, by=by),
    "merge": lambda v, b, o, by: merge_banks(bank=b, into=o, by=by),
    "delete": lambda v, b, o, by: delete_bank(bank=b, by=by),
    "move": lambda v, b, o, by: move_questions(
        questions=b.questions.all(), to=o, by=by
    ),
    "remove": lambda v, b, o, by: delete_questions(
        version=v, questions=b.questions.all(), by=by
    ),
}


@pytest.mark.parametrize("what", WRITES)
def test_only_authors_write_and_only_while_the_passport_is_open(
    what, version, author, stranger, bank, other, at
) -> None:
    with pytest.raises(PermissionDenied):
        WRITES[what](version, bank, other, stranger)
    life.at_stage(version, "expertise", author, at)
    with pytest.raises(PassportLocked):
        WRITES[what](version, bank, other, author)
    assert (bank.questions.count(), other.questions.count()) == (5, 3)


def test_counts_of_banks_leave_descriptions_out(version, bank) -> None:
    factories.QuestionFactory(bank=bank, kind="description")
    factories.QuestionFactory(bank=bank, fingerprint=bank.questions.first().fingerprint)
    empty = factories.BankFactory(version=version)
    rows = bank_rows(version)

    assert [(row.bank, row.total, row.distinct, row.kinds) for row in rows] == [
        (bank, 6, 5, {"True or false": 6, "Description": 1}),
        (empty, 0, 0, {}),
    ]
    totals = bank_totals(version)
    assert (totals.total, totals.distinct, totals.shared) == (6, 5, 1)


def test_the_same_question_twice_is_told_with_every_bank_it_stands_in(
    version, bank, other
) -> None:
    first = bank.questions.get(position=1)
    again = factories.QuestionFactory(bank=other, fingerprint=first.fingerprint)
    factories.QuestionFactory(fingerprint=first.fingerprint)
    for _number in range(2):
        factories.QuestionFactory(bank=bank, kind="description", fingerprint="0" * 64)

    assert list(repeated_marks(version)) == [first.fingerprint]
    assert same_questions(version, repeated_marks(version)) == [[first, again]]
    assert repeated_among(version, bank.questions.all()) == {first.fingerprint}


def test_the_pages_of_banks_ask_the_same_of_the_database_for_any_number(
    version, author, client: Client
) -> None:
    client.force_login(author)
    asked = []
    for count in (3, 30):
        for _number in range(count):
            made = factories.BankFactory(version=version)
            life.fill(made, 2)
            factories.QuestionFactory(
                bank=made, fingerprint=made.questions.first().fingerprint
            )
        urls = ("", "same/", "export/", "export/file/", f"{made.pk}/")
        asked.append([queries_of(client, version, url) for url in urls])

    assert asked[0] == asked[1]


def queries_of(client: Client, version: CourseVersion, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/courses/{version.pk}/banks/{url}").status_code == 200
    return len(queries)


def tick(client: Client, version: CourseVersion, what: str, **values: Any) -> Any:
    url = f"/courses/{version.pk}/banks/questions/{what}/"
    return client.post(url, values, follow=True)


def test_ticked_questions_are_moved_by_the_page(
    version, author, bank, other, client: Client
) -> None:
    client.force_login(author)
    ticked = [question.pk for question in bank.questions.all()[:2]]
    done = tick(
        client, version, "move", bank=bank.pk, questions=ticked, to=other.pk, q="?"
    )

    assert "Questions moved: 2." in done.text
    assert done.redirect_chain == [
        (f"/courses/{version.pk}/banks/{bank.pk}/?q=%3F&kind=", 302)
    ]
    assert (bank.questions.count(), other.questions.count()) == (3, 5)


def test_all_that_a_search_found_goes_once_it_is_confirmed(
    version, author, bank, client: Client
) -> None:
    factories.QuestionFactory(bank=bank, text="Другой")
    client.force_login(author)
    asked = tick(client, version, "remove", bank=bank.pk, is_all="on", q="верно")

    assert "Remove 5 questions?" in asked.text
    assert bank.questions.count() == 6
    sent = dict(asked.context["sent"])
    assert sent == {"q": "верно", "is_all": "on", "bank": str(bank.pk)}
    done = tick(client, version, "remove", is_confirmed="yes", **sent)
    assert "Questions removed: 5." in done.text
    assert [question.text for question in bank.questions.all()] == ["Другой"]


@pytest.mark.parametrize(
    ("what", "values", "reason"),
    [
        ("move", {}, "Choose the bank to move them to."),
        ("remove", {}, "Choose at least one question."),
        ("remove", {"questions": ["x"]}, "is not a valid value"),
        ("remove", {"questions": ["9" * 30]}, "Select a valid choice"),
        ("remove", {"questions": ["9" * 5000]}, "is not a valid value"),
        ("remove", {"bank": "9" * 30, "is_all": "on"}, "Select a valid choice"),
        ("remove", {"questions": ["1"], "q": "a\x00"}, "Null characters"),
    ],
)
def test_a_selection_that_makes_no_sense_is_refused_with_its_reason(
    what, values, reason, version, author, bank, client: Client
) -> None:
    client.force_login(author)

    assert reason in tick(client, version, what, **values).text
    assert bank.questions.count() == 5


def test_a_question_of_another_course_cannot_be_ticked(
    version, author, client: Client
) -> None:
    foreign = factories.QuestionFactory()
    client.force_login(author)
    answer = tick(client, version, "remove", questions=[foreign.pk], is_confirmed="yes")

    assert "Select a valid choice" in answer.text
    assert Question.objects.get() == foreign


def test_the_same_questions_are_shown_by_groups_and_removed_there(
    version, author, bank, other, client: Client
) -> None:
    mark = bank.questions.first().fingerprint
    again = factories.QuestionFactory(bank=other, fingerprint=mark)
    client.force_login(author)
    url = f"/courses/{version.pk}/banks/same/"

    assert client.get(url).context["groups"] == [[bank.questions.first(), again]]
    values = {"questions": [again.pk], "is_confirmed": "yes"}
    done = tick(client, version, "remove", **values)
    assert "No question stands twice" in done.text


def test_a_bank_is_made_renamed_merged_on_its_pages(
    version, author, bank, other, client: Client
) -> None:
    client.force_login(author)
    banks = f"/courses/{version.pk}/banks/"
    taken = client.post(f"{banks}add/", {"category": "Ряды"})
    assert "There is a bank of this name." in taken.text
    made = client.post(f"{banks}add/", {"category": "Новый"}, follow=True)
    assert "The bank is empty." in made.text

    page = f"{banks}{bank.pk}/"
    assert "There is a bank" in client.post(page, {"category": "Пределы"}).text
    assert "Saved." in client.post(page, {"category": "А/Б"}, follow=True).text
    hidden = client.post(page, {"category": "А\u202eБ"})
    assert "invisible sign" in hidden.text

    merge = f"{page}merge/"
    assert "Questions that move: 5." in client.get(merge).text
    assert "Select a valid choice" in client.post(merge, {"into": bank.pk}).text
    merged = client.post(merge, {"into": other.pk}, follow=True)
    assert "Questions moved: 5." in merged.text
    assert merged.context["bank"] == other
