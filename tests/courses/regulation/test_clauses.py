"""Nothing of the regulation is missing, and the table of it is up to date."""

import ast
import inspect
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from courses.management.commands.print_regulation import tests_by_code as found_tests
from courses.regulation import clauses
from courses.regulation.catalogue import REQUIREMENTS
from courses.regulation.clauses import ASKED_WITH, CLAUSES, NO_DUTY, clauses_asked
from courses.regulation.requirement import Kind

HERE = Path(__file__).parent
DOCUMENT = Path(settings.BASE_DIR) / "docs" / "regulation.md"


@pytest.mark.parametrize("clause", CLAUSES)
def test_every_clause_is_asked_or_it_is_said_why_not(clause):
    ways = [clause in clauses_asked(), clause in ASKED_WITH, clause in NO_DUTY]

    assert ways.count(True) == 1


def test_no_requirement_stands_under_a_clause_that_is_not_there():
    named = {*clauses_asked(), *ASKED_WITH, *ASKED_WITH.values(), *NO_DUTY}

    assert named == set(CLAUSES)
    assert set(ASKED_WITH.values()) <= clauses_asked()
    assert len(CLAUSES) == len(set(CLAUSES))


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=lambda row: row.code)
def test_every_requirement_has_tests_that_begin_with_its_clause(requirement):
    assert found_tests(HERE)[requirement.code]


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=lambda row: row.code)
def test_every_requirement_says_in_its_docstring_which_clause_it_is(requirement):
    if requirement.kind is not Kind.EXPERT:
        source = inspect.getdoc(requirement.check).split("Source: MIN ", 1)[1]
        assert requirement.clause in source or _is_within(requirement.clause, source)


def _is_within(clause: str, source: str) -> bool:
    """3.3.3.15 stands in `3.3.3.14-3.3.3.16`."""
    first, _sign, last = source.split(",", maxsplit=1)[0].strip(". ").partition("-")
    numbers = [tuple(map(int, each.split("."))) for each in (first, clause, last)]
    return numbers == sorted(numbers)


def test_the_table_of_the_requirements_is_up_to_date():
    call_command("print_regulation", check=True)


def test_an_old_table_is_told_and_printed_anew(settings, tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "tests").symlink_to(HERE.parents[1])
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match="is old"):
        call_command("print_regulation", check=True)

    call_command("print_regulation")

    written = (tmp_path / "docs" / "regulation.md").read_text(encoding="utf-8")
    assert written == DOCUMENT.read_text(encoding="utf-8")


def test_the_clauses_are_those_of_the_text_in_its_order():
    """MIN 3, 4, 5.3-5.4.8.1."""
    numbers = [tuple(map(int, clause.split("."))) for clause in CLAUSES]

    assert numbers == sorted(numbers)
    assert ast.get_docstring(ast.parse(inspect.getsource(clauses)))
