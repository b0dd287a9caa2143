"""Races of two saves of one form, on real PostgreSQL with threads."""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from courses.marks import marks_of
from courses.models import CourseVersion, LearningOutcome
from courses.regulation.place import Section
from courses.services import StaleEdit, change_part, save_section
from courses.services import locks as lock_module
from courses.services import parts as parts_module
from courses.services import passport as passport_module
from courses.services.edits import settle
from tests import factories
from tests.core.threads import run_together

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 4


@pytest.fixture
def version(author) -> CourseVersion:
    return factories.VersionFactory(lead=author)


@pytest.fixture
def waits_between_look_and_save(monkeypatch) -> None:
    """Every writer that has looked waits for the others, if they may look at all."""
    together = threading.Barrier(WRITERS)

    def settle_and_wait(**asked: Any) -> dict[str, Any]:
        settled = settle(**asked)
        with suppress(threading.BrokenBarrierError):
            together.wait(0.5)
        return settled

    monkeypatch.setattr(passport_module, "settle", settle_and_wait)
    monkeypatch.setattr(parts_module, "settle", settle_and_wait)


def race(save: Callable[[int], None]) -> list[str]:
    def work(number: int) -> str:
        try:
            save(number)
        except StaleEdit:
            return "stale"
        return "written"

    return sorted(run_together(work, WRITERS))


def save_grading(version, author) -> Callable[[int], None]:
    base = marks_of({"documents_issued": ""})

    def save(number: int) -> None:
        save_section(
            version=CourseVersion.objects.get(pk=version.pk),
            section=Section.GRADING,
            values={"documents_issued": f"{number}"},
            by=author,
            base=base,
        )

    return save


def change_outcome(version, author) -> Callable[[int], None]:
    outcome = LearningOutcome.objects.create(version=version, position=1, text="а")
    base = marks_of({"text": "а"})

    def save(number: int) -> None:
        change_part(
            part=LearningOutcome.objects.get(pk=outcome.pk),
            values={"text": f"{number}"},
            by=author,
            base=base,
        )

    return save


ONE_WINS = ["stale"] * (WRITERS - 1) + ["written"]
ALL_WRITE = ["written"] * WRITERS


@pytest.mark.parametrize("made", [save_grading, change_outcome])
def test_of_writers_at_once_one_saves_and_the_others_are_told(
    made, version, author, waits_between_look_and_save
) -> None:
    assert race(made(version, author)) == ONE_WINS


def test_without_the_lock_of_the_version_texts_are_lost(
    version, author, monkeypatch, waits_between_look_and_save
) -> None:
    plain = "SELECT stage FROM courses_courseversion WHERE id = %s"
    monkeypatch.setattr(lock_module, "_LOCKS", {False: plain, True: plain})

    assert race(save_grading(version, author)) == ALL_WRITE


def test_without_the_lock_of_the_part_texts_are_lost(
    version, author, monkeypatch, waits_between_look_and_save
) -> None:
    monkeypatch.setattr(parts_module, "lock_part", lambda part: part.refresh_from_db())

    assert race(change_outcome(version, author)) == ALL_WRITE
