from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.workflow import Workflow, all_workflows

INTRODUCTION = """# The ways: states and transitions

Printed by `manage.py print_workflows` from the tables in each app's `workflow.py`.
"""


class Command(BaseCommand):
    help = "Print the transition tables as diagrams into docs/workflows.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="Only tell whether they are up to date.",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / "docs" / "workflows.md"
        text = document()
        if not options["check"]:
            path.write_text(text, encoding="utf-8")
            self.stdout.write(f"Written: {path.name}")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            raise CommandError("docs/workflows.md is old: run print_workflows.")


def document() -> str:
    """Return the whole document."""
    tables = sorted(all_workflows(), key=lambda table: table.model._meta.label)
    return "\n".join([INTRODUCTION, *(_section(table) for table in tables)])


def _section(table: Workflow) -> str:
    rows = "\n".join(
        f"| `{row.name}` | {', '.join(row.sources)} | {row.target} "
        f"| `{row.permission}` | {row.clause} |"
        for row in table
    )
    return (
        f"## {table.model._meta.label}\n\n```mermaid\n{table.diagram()}\n```\n\n"
        f"| transition | from | to | right | clause |\n|---|---|---|---|---|\n{rows}\n"
    )
