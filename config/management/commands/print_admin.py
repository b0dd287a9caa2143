from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from core.admin import PortalAdmin
from core.workflow import workflow_of

INTRODUCTION = """# The admin site

Printed by `manage.py print_admin` from the registered admin classes. A state is read
there and never typed: transitions are buttons that go through the same services as
every other path. Rights come from each app's `rules.py`.
"""


class Command(BaseCommand):
    help = "Print models, columns, filters and buttons of the admin into docs/admin.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Only tell whether it is up to date."
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / "docs" / "admin.md"
        with override("en"):
            text = document()
        if not options["check"]:
            path.write_text(text, encoding="utf-8")
            self.stdout.write(f"Written: {path.name}")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            raise CommandError("docs/admin.md is old: run print_admin.")


def document() -> str:
    """Return the whole document."""
    pages = sorted(
        admin.site._registry.values(),  # noqa: SLF001 (the site offers no public list)
        key=lambda page: page.model._meta.label,
    )
    return "\n".join([INTRODUCTION, *(_section(page) for page in pages)])


def _section(page: "admin.ModelAdmin[Any]") -> str:
    lines = [
        f"## {page.model._meta.label}: {page.model._meta.verbose_name_plural}",
        "",
        f"- columns: {_names(page.list_display)}",
        f"- filters: {_names(page.list_filter)}",
        f"- search: {_names(page.search_fields)}",
    ]
    if isinstance(page, PortalAdmin):
        buttons = [
            str(row.label)
            for row in workflow_of(page.model)
            if row.name not in page.made_elsewhere
        ]
        lines.append(f"- buttons: {', '.join(buttons) or 'none'}")
    return "\n".join([*lines, ""])


def _names(values: Any) -> str:
    names = [_name(value) for value in values or ()]
    return ", ".join(f"`{name}`" for name in names) or "none"


def _name(value: Any) -> str:
    if isinstance(value, tuple | list):
        value = value[0]
    return value if isinstance(value, str) else str(getattr(value, "__name__", value))
