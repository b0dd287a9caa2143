from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

LEFT_OUT = (".venv/*", "build/*", ".data/*", "tests/*", "bench/*", "docs/*")


class Command(BaseCommand):
    help = "Extract the strings of the screen into locale/, in a stable form."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("languages", nargs="*", default=["ru", "kk", "ky"])

    def handle(self, *_args: Any, **options: Any) -> None:
        call_command(
            "makemessages",
            locale=options["languages"],
            extensions=["html", "py", "txt"],
            ignore_patterns=list(LEFT_OUT),
            no_wrap=True,
            no_location=True,
            no_obsolete=True,
            verbosity=options["verbosity"],
        )
