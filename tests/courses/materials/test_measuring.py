"""Files are measured in a process apart, which may take only so much."""

import json
from decimal import Decimal

import pytest

from courses.formats import measuring
from courses.formats.measures import FileUnreadable, Layout, Measures, UnreadableReason
from courses.formats.measuring import main, measure, measure_apart
from courses.formats.pages import PageFormat
from tests.courses.materials import media_files, word
from tests.courses.materials.making import pdf
from tests.courses.materials.media_files import written

PAGE = PageFormat()


def refusal(path, container):
    with pytest.raises(FileUnreadable) as refused:
        measure_apart(path, container=container, page=PAGE)
    return refused.value.reason


@pytest.mark.parametrize(
    ("container", "content"),
    [
        ("pdf", pdf(2)),
        ("docx", word.docx(word.paragraph() * 40)),
        ("png", media_files.picture("png")),
        ("mp4", media_files.video("mp4")),
    ],
)
def test_a_child_says_what_it_would_say_here(tmp_path, container, content):
    path = written(tmp_path, "a", content)
    here = measure(path, container=container, page=PAGE)
    assert measure_apart(path, container=container, page=PAGE) == here


def test_a_child_says_why_a_file_cannot_be_read(tmp_path):
    path = written(tmp_path, "a", pdf(password="secret"))
    assert refusal(path, "pdf") == UnreadableReason.ENCRYPTED


def test_a_child_that_takes_too_much_memory_dies_alone(tmp_path):
    """A tree of empty elements takes far more than its text."""
    content = word.docx("<w:p/>" * 3_900_000)
    path = written(tmp_path, "a", content)
    assert refusal(path, "docx") == UnreadableReason.TOO_DEAR


def test_a_child_that_takes_too_long_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(measuring, "WALL_SECONDS", 0.01)
    path = written(tmp_path, "a", pdf())
    assert refusal(path, "pdf") == UnreadableReason.TOO_DEAR


def test_a_child_that_fails_otherwise_is_told_to_the_log(tmp_path, caplog):
    path = written(tmp_path, "a", b"words")
    assert refusal(path, "exe") == UnreadableReason.DAMAGED
    assert "was not measured" in caplog.text


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (pdf(), {"pages": "1"}),
        (b"words", {"unreadable": "cut"}),
    ],
)
def test_the_child_prints_json(tmp_path, monkeypatch, capsys, content, told):
    monkeypatch.setattr("resource.setrlimit", lambda *_limits: None)
    main(str(written(tmp_path, "a", content)), "pdf", '["12", "1.5", "2"]')
    printed = json.loads(capsys.readouterr().out)
    assert {name: printed[name] for name in told} == told


def test_the_child_says_that_memory_ran_out(monkeypatch, capsys):
    def starve(*_args, **_named):
        raise MemoryError

    monkeypatch.setattr("resource.setrlimit", lambda *_limits: None)
    monkeypatch.setattr(measuring, "measure", starve)
    main("a", "pdf", '["12", "1.5", "2"]')
    assert json.loads(capsys.readouterr().out) == {"unreadable": "too_dear"}


def test_measures_travel_as_json_and_come_back():
    whole = Measures(
        "docx",
        Decimal("2.001"),
        Decimal("7.25"),
        3,
        1,
        640,
        360,
        Layout(Decimal("12.5"), Decimal("1.15"), (Decimal(2), *(Decimal("2.5"),) * 3)),
    )
    assert Measures.from_dict(json.loads(json.dumps(whole.to_dict()))) == whole
