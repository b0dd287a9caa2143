"""Races of those who fill the same banks at once, on real PostgreSQL with threads."""

import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from courses.models import CourseVersion, Question, QuestionBank
from courses.selectors.banks import content_mark, parsed_question
from courses.services import (
    BankExists,
    QuestionChanged,
    add_bank,
    add_question,
    change_question,
)
from courses.services import locks as lock_module
from tests import factories
from tests.core.threads import run_together
from tests.courses.questions import choice

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 5


@pytest.fixture
def version(author) -> CourseVersion:
    return factories.VersionFactory(lead=author)


@pytest.fixture
def no_lock(monkeypatch) -> None:
    plain = "SELECT stage FROM courses_courseversion WHERE id = %s"
    monkeypatch.setattr(lock_module, "_LOCKS", {False: plain, True: plain})


def race(write: Callable[[], None]) -> list[str]:
    """Let all write while the first one's transaction has not ended yet."""
    is_written, may_end = threading.Event(), threading.Event()

    def work(number: int) -> str:
        if number == 0:
            with transaction.atomic():
                write()
                is_written.set()
                may_end.wait(2)
            return "first"
        is_written.wait(5)
        threading.Timer(0.3, may_end.set).start()
        try:
            write()
        except (BankExists, IntegrityError, QuestionChanged) as refusal:
            return type(refusal).__name__
        return "written"

    return run_together(work, WRITERS + 1)


def naming(version: CourseVersion, author) -> Callable[[], None]:
    return lambda: add_bank(version=version, category="Один", topic=None, by=author)


def test_of_those_who_name_a_bank_alike_at_once_one_does(version, author) -> None:
    assert race(naming(version, author)) == ["first", *["BankExists"] * WRITERS]


def test_without_the_lock_the_others_meet_the_constraint(
    version, author, no_lock
) -> None:
    """The negative control."""
    assert race(naming(version, author)) == ["first", *["IntegrityError"] * WRITERS]


def numbers_taken(version: CourseVersion, author) -> list[int]:
    bank = factories.BankFactory(version=version)
    race(lambda: add_question(bank=bank, question=choice(), by=author))
    return sorted(bank.questions.values_list("position", flat=True))


def test_questions_written_at_once_take_their_numbers_in_turn(version, author) -> None:
    assert numbers_taken(version, author) == [*range(1, WRITERS + 2)]


def test_without_the_lock_they_take_the_same_number(version, author, no_lock) -> None:
    """The negative control."""
    assert numbers_taken(version, author)[:2] == [1, 1]


def saving(version: CourseVersion, author) -> Callable[[], None]:
    bank = factories.BankFactory(version=version)
    made = add_question(bank=bank, question=choice(), by=author)
    question = Question.objects.get(pk=made.pk)
    content, seen = parsed_question(question, category=""), content_mark(question)
    return lambda: change_question(
        bank=QuestionBank.objects.get(pk=bank.pk),
        question=question,
        content=choice(text=f"{content.text} Иначе."),
        seen=seen,
        by=author,
    )


def test_of_those_who_save_a_question_at_once_one_does(version, author) -> None:
    answers = race(saving(version, author))

    assert answers == ["first", *["QuestionChanged"] * WRITERS]


def test_without_the_lock_they_write_over_one_another(version, author, no_lock) -> None:
    """The negative control."""
    assert race(saving(version, author)) == ["first", *["written"] * WRITERS]
