"""Every door × every hostile file: refused by its name and its reason, nothing stored."""

from html import unescape
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client

from tests.config.world import World, make_world
from tests.hostile.doors import DOORS, bring, enter
from tests.hostile.files import hostile_files

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(at, monkeypatch) -> World:
    monkeypatch.setattr("core.tasks.drain.apply_async", lambda **_how: None)
    return make_world(at)


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch) -> Path:
    """What is written for a moment only goes to a folder of the test's own."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def stored(media: Path, temporary: Path) -> tuple[dict[str, int], list[str]]:
    """Count the rows of every table, and name every file that is kept."""
    rows = {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model is not Session
    }
    places = (media, temporary)
    files = [str(p) for place in places for p in place.rglob("*") if p.is_file()]
    return rows, sorted(files)


def answers_at(door, world, client) -> dict[str, tuple[int, bool]]:
    """Bring every file; return the status, and whether the file is named."""
    answered = {}
    for file in hostile_files(door.ending):
        answer = bring(door, world, client, file.name, file.content)
        is_named = f"“{file.name}”" in unescape(answer.text)
        answered[str(file)] = (answer.status_code, is_named)
    return answered


def test_every_door_refuses_every_hostile_file(world, media, temporary):
    """TARGETS, files 23, 24, 26 to 33."""
    wrong = {}
    # One world for all doors: to make it costs more than to come to them.
    for name, door in DOORS.items():
        client = Client()
        enter(door, world, client)
        before = stored(media, temporary)

        for file, answer in answers_at(door, world, client).items():
            if answer != (400, True):
                wrong[name, file] = answer
        if stored(media, temporary) != before:
            wrong[name] = stored(media, temporary)

    assert wrong == {}
