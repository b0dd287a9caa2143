"""Commands for administrators and scripts."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from courses.models import Question
from tests import factories
from tests.courses import life

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(author):
    return factories.VersionFactory(lead=author)


@pytest.fixture
def told(capsys):
    """Run a command; return its exit code and what it said, as JSON or as text."""

    def run(*words: str, is_json: bool = True) -> tuple[int, Any]:
        code = 0
        try:
            call_command(*words, *(["--json"] if is_json else []))
        except SystemExit as stop:
            code = int(stop.code or 0)
        text = capsys.readouterr().out
        return code, json.loads(text) if is_json else text

    return run


@pytest.fixture
def write(tmp_path: Path):
    def make(text: str, name: str = "банк.gift") -> str:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return make


def test_questions_are_inspected(told, write) -> None:
    path = write("$CATEGORY: А\n\nДа? {T}\n\nЭссе {}\n\nТекст\n")

    assert told("inspect_questions", path) == (
        0,
        {
            "questions": 3,
            "real": 2,
            "types": {"description": 1, "essay": 1, "truefalse": 1},
            "categories": 1,
            "errors": [],
        },
    )
    assert told("inspect_questions", path, is_json=False)[1] == (
        "questions 3, real 2, categories 1\ndescription 1, essay 1, truefalse 1\n"
    )


def test_a_question_that_cannot_be_read_ends_with_1(told, write) -> None:
    code, counts = told("inspect_questions", write("Да? {T}\n\nНет {=а\n"))

    assert code == 1
    assert [error["line"] for error in counts["errors"]] == [3]
    assert told("inspect_questions", write("{=а"), is_json=False)[0] == 1


def test_questions_are_imported_by_command(told, write, version) -> None:
    path = write("Да? {T}\n")

    assert told("import_questions", version.course.code, path) == (
        0,
        {"imported": 1, "left_out": 0, "errors": []},
    )
    assert told("import_questions", version.course.code, path, is_json=False) == (
        0,
        "imported 0, left out 1\n",
    )
    assert Question.objects.count() == 1


def test_the_passport_before_an_import_by_command_is_kept(told, write, version) -> None:
    told("import_questions", version.course.code, write("Да? {T}\n"))

    assert [row.reason for row in version.snapshots.all()] == ["edit"]


def test_a_broken_file_is_not_imported_by_command(told, write, version) -> None:
    path = write("Да? {T}\n\nНет {=а\n")
    code, said = told("import_questions", version.course.code, path)

    assert (code, said["imported"], said["errors"][0]["line"]) == (1, 0, 3)
    text = told("import_questions", version.course.code, path, is_json=False)[1]
    assert text.startswith("Line 3: ")
    assert Question.objects.count() == 0


def test_the_good_questions_of_a_broken_file_are_imported_when_asked_for(
    told, write, version
) -> None:
    path = write("Да? {T}\n\nНет {=а\n")
    words = ("import_questions", version.course.code, path, "--good-only")
    code, said = told(*words)

    assert (code, said["imported"], said["left_out"]) == (1, 1, 1)
    assert [error["line"] for error in said["errors"]] == [3]
    assert Question.objects.count() == 1
    text = told(*words, is_json=False)[1]
    assert text.splitlines()[-1] == "imported 0, left out 2"


def test_commands_say_what_they_cannot_do(write, version, author, at) -> None:
    path = write("Да? {T}\n")
    leaderless = factories.VersionFactory().course.code
    code = version.course.code
    for words in (
        ("inspect_questions", "нет.gift"),
        ("import_questions", "ООК-1999-001", path),
        ("import_questions", leaderless, path),
        ("import_questions", code, "нет.gift"),
        ("import_questions", code, write("Да? {T}", "банк.pdf")),
        ("check_course", "ООК-1999-001"),
        ("check_course", code, "--edition", "нет"),
    ):
        with pytest.raises(CommandError):
            call_command(*words)

    life.at_stage(version, "expertise", author, at)
    with pytest.raises(CommandError, match="cannot be edited"):
        call_command("import_questions", code, path)


def test_a_whole_course_passes_its_check(told, author) -> None:
    version = life.whole_version(author)
    code, report = told("check_course", version.course.code)

    assert (code, report["stopping"]) == (0, 0)
    assert report["met"] == report["binding"] > 0
    assert report["edition"] == "minin-2022"
    outcomes = {finding["outcome"] for finding in report["findings"]}
    assert outcomes == {"passed", "not_applicable"}


def test_a_course_that_lacks_something_ends_with_1(told, author) -> None:
    version = life.whole_version(author, literature="")
    code, report = told("check_course", version.course.code, "--edition", "minin-2022")
    assert (code, report["stopping"]) == (1, 1)

    code, text = told("check_course", version.course.code, is_json=False)
    assert code == 1
    assert text.splitlines()[0] == (
        "3.2.9 failed: main and additional literature and links (empty)"
    )


def test_a_course_whose_requirement_cannot_be_told_ends_with_1(told, author) -> None:
    version = life.whole_version(author)
    version.topics.update(hours=None)
    code, report = told("check_course", version.course.code)

    assert code == 1
    assert "cannot_tell" in {finding["outcome"] for finding in report["findings"]}
