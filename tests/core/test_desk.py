"""How duties are gathered and ordered."""

from datetime import timedelta

import pytest

from core import desk
from core.desk import Duty, contributes, duties_of


@pytest.fixture
def contributors(monkeypatch):
    """No app has told anything yet."""
    monkeypatch.setattr(desk, "_CONTRIBUTORS", [])


def test_own_duties_come_first_then_the_deadline_then_the_undated(contributors, at):
    undated = Duty("Прочесть", "/a/")
    soon = Duty("Сдать", "/b/", due_at=at + timedelta(days=1))
    late = Duty("Ответить", "/c/", due_at=at - timedelta(days=1))
    others = Duty("Ждать", "/d/", due_at=at - timedelta(days=9), is_mine=False)

    contributes(lambda _user, _at: [others, undated])
    contributes(lambda _user, _at: [soon, late])

    assert duties_of(None, at) == [late, soon, undated, others]


def test_duties_without_a_deadline_stand_by_their_title(contributors, at):
    contributes(lambda _user, _at: [Duty("Б", "/"), Duty("А", "/")])
    assert [duty.title for duty in duties_of(None, at)] == ["А", "Б"]


def test_a_contributor_is_given_the_person_and_the_moment(contributors, at):
    asked = []
    contributes(lambda user, moment: asked.append((user, moment)) or ())
    assert duties_of("Ахметова", at) == []
    assert asked == [("Ахметова", at)]
