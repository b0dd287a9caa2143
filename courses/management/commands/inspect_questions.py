import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from courses.formats.reading import read_questions
from courses.formats.summary import BankSummary, summarise


class Command(BaseCommand):
    help = "Counts the questions of a file (GIFT, Aiken, Moodle XML, XLSX); ends with 1 when one cannot be read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", dest="is_json")

    def handle(self, *, file: Path, is_json: bool, **_options: Any) -> None:
        try:
            content = file.read_bytes()
        except OSError as error:
            message = f"{file}: {error.strerror}"
            raise CommandError(message) from error
        counts = summarise(read_questions(content, name=file.name))
        text = json.dumps(counts, ensure_ascii=False) if is_json else _lines(counts)
        self.stdout.write(text)
        if counts["errors"]:
            raise SystemExit(1)


def _lines(counts: BankSummary) -> str:
    kinds = ", ".join(f"{kind} {count}" for kind, count in counts["types"].items())
    errors = [f"line {error['line']}: {error['reason']}" for error in counts["errors"]]
    total = (
        f"questions {counts['questions']}, real {counts['real']}, "
        f"categories {counts['categories']}"
    )
    return "\n".join([total, *([kinds] if kinds else []), *errors])
