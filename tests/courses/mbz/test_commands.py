"""inspect_moodle_backup and import_course, as scripts use them."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from courses.models import CourseImport, CourseVersion
from tests import factories
from tests.courses import life
from tests.courses.mbz import making
from tests.courses.mbz.imports import course

pytestmark = pytest.mark.django_db


def said(*words: object) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


@pytest.fixture
def backup(tmp_path):
    path = tmp_path / "курс.mbz"
    path.write_bytes(course().tar())
    return path


@pytest.fixture
def broken(tmp_path):
    path = tmp_path / "курс.mbz"
    path.write_bytes(making.tar_of({"moodle_backup.xml": b"<broken"}))
    return path


def test_inspect_counts_in_words_and_in_json(backup):
    assert json.loads(said("inspect_moodle_backup", backup, "--json")) == {
        "sections": 3,
        "activities": {
            "feedback": 1,
            "forum": 2,
            "glossary": 1,
            "hvp": 1,
            "page": 1,
            "quiz": 1,
            "resource": 1,
            "url": 1,
            "workshop": 1,
        },
        "activities_total": 10,
        "bank": {
            "questions": 2,
            "real": 2,
            "types": {"stack": 1, "truefalse": 1},
            "subquestions": 0,
        },
        "quizzes": 1,
        "quiz_slots": 2,
        "quiz_random_slots": 1,
        "glossary_entries": 3,
        "is_glossary_unknown": False,
    }
    assert "glossary entries 3" in said("inspect_moodle_backup", backup)


def test_inspect_says_that_it_cannot_tell_a_glossary(tmp_path):
    path = tmp_path / "курс.mbz"
    path.write_bytes(
        making.Backup().section(1).activity("glossary", 3, "Глоссарий").tar()
    )
    assert "cannot tell" in said("inspect_moodle_backup", path)


@pytest.mark.parametrize("as_json", [(), ("--json",)])
def test_inspect_ends_with_one_where_the_backup_cannot_be_read(broken, as_json):
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("inspect_moodle_backup", broken, *as_json, stdout=out)
    assert ended.value.code == 1
    assert "moodle_backup.xml" in out.getvalue()


def test_inspect_of_no_file_is_an_error(tmp_path):
    with pytest.raises(CommandError):
        said("inspect_moodle_backup", tmp_path / "none.mbz")


def test_a_course_is_imported_in_the_name_of_its_lead(backup, author):
    version = factories.VersionFactory(lead=author)
    code = version.course.code
    told = json.loads(said("import_course", backup, "--course", code, "--json"))
    assert (told["course"], told["questions"], told["gone"]) == (code, 2, 0)
    assert [row.reason for row in version.snapshots.all()] == ["import"]
    assert CourseImport.objects.get().by == author
    assert "questions 0" in said("import_course", backup, "--course", code)


def test_a_course_is_opened_for_a_backup(backup, staff, author):
    unit = factories.UnitFactory()
    people = ("--by", staff.email, "--lead", author.email)
    said("import_course", backup, "--unit", unit.code, *people)
    assert CourseVersion.objects.get().title == "Основы статистики"


@pytest.mark.parametrize(
    "words",
    [
        ("--course", "none"),
        (),
        ("--by", "staff"),
        ("--by", "staff", "--unit", "unit"),
        ("--by", "author", "--unit", "unit", "--lead", "author"),
    ],
)
def test_an_import_that_lacks_something_says_what(backup, staff, author, words):
    names = {
        "staff": staff.email,
        "author": author.email,
        "unit": factories.UnitFactory().code,
    }
    with pytest.raises(CommandError):
        said("import_course", backup, *(names.get(word, word) for word in words))
    assert CourseImport.objects.count() == 0


def test_a_course_without_a_lead_or_locked_is_an_error(backup, author, at):
    alone = factories.VersionFactory()
    locked = factories.VersionFactory(lead=author)
    life.at_stage(locked, "expertise", author, at)
    for version in (alone, locked):
        with pytest.raises(CommandError):
            said("import_course", backup, "--course", version.course.code)


def test_no_course_is_opened_where_no_edition_is_in_force(backup, staff, author):
    unit = factories.UnitFactory()
    factories.edition().__class__.objects.update(in_force_from="2999-01-01")
    people = ("--by", staff.email, "--lead", author.email)
    with pytest.raises(CommandError, match="No edition"):
        said("import_course", backup, "--unit", unit.code, *people)


@pytest.mark.parametrize("as_json", [(), ("--json",)])
def test_an_import_of_what_cannot_be_read_ends_with_one_and_keeps_nothing(
    broken, author, as_json
):
    version = factories.VersionFactory(lead=author)
    with pytest.raises(SystemExit) as ended:
        said("import_course", broken, "--course", version.course.code, *as_json)
    assert ended.value.code == 1
    assert CourseImport.objects.count() == 0
