import ast
import re
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from courses.regulation.catalogue import BY_CODE
from courses.regulation.document import document
from courses.regulation.edition import EDITIONS, load_edition

_CLAUSE = re.compile(r"test_((?:\d+_)+)")


class Command(BaseCommand):
    help = "Print the requirements with their tests into docs/regulation.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="Only tell whether they are up to date.",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        root = Path(settings.BASE_DIR)
        path = root / "docs" / "regulation.md"
        tests = tests_by_code(root / "tests" / "courses" / "regulation")
        text = document(load_edition(EDITIONS / "minin-2022.toml"), tests)
        if not options["check"]:
            path.write_text(text, encoding="utf-8")
            self.stdout.write(f"Written: {path.name}")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            raise CommandError("docs/regulation.md is old: run print_regulation.")


def tests_by_code(folder: Path) -> Mapping[str, list[str]]:
    """Return the tests that name a requirement's code and begin with its clause.

    A test of 3.2 may be one for all that stands under it.
    """
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.glob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            numbers = _CLAUSE.match(getattr(node, "name", ""))
            if isinstance(node, ast.FunctionDef) and numbers:
                for code in _codes_in(node, numbers[1]):
                    found[code].append(node.name)
    return found


def _codes_in(test: ast.FunctionDef, numbers: str) -> list[str]:
    """Return the codes that a test names, its parameters and decorators included."""
    named = {
        node.value: None
        for node in ast.walk(test)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return [
        code
        for code in named
        if code in BY_CODE
        and f"{BY_CODE[code].clause.replace('.', '_')}_".startswith(numbers)
    ]
