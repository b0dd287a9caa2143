import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from courses.formats.mbz.counts import BackupCounts, count
from courses.formats.mbz.errors import BackupUnreadable
from courses.formats.mbz.reader import read_backup


class Command(BaseCommand):
    help = "Counts what is in a Moodle backup; ends with 1 when it cannot be read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", dest="is_json")

    def handle(self, *, file: Path, is_json: bool, **_options: Any) -> None:
        try:
            with file.open("rb") as stream:
                counts = count(read_backup(stream))
        except OSError as error:
            message = f"{file}: {error.strerror}"
            raise CommandError(message) from error
        except BackupUnreadable as refusal:
            self._tell_refusal(refusal, is_json=is_json)
            raise SystemExit(1) from refusal
        text = json.dumps(counts, ensure_ascii=False) if is_json else _lines(counts)
        self.stdout.write(text)

    def _tell_refusal(self, refusal: BackupUnreadable, *, is_json: bool) -> None:
        told = {"error": refusal.reason, "member": refusal.member}
        self.stdout.write(
            json.dumps(told, ensure_ascii=False) if is_json else _line_of(refusal)
        )


def _line_of(refusal: BackupUnreadable) -> str:
    return " ".join(filter(None, (refusal.reason, refusal.member)))


def _lines(counts: BackupCounts) -> str:
    kinds = ", ".join(
        f"{kind} {number}" for kind, number in counts["activities"].items()
    )
    bank = counts["bank"]
    terms = (
        "cannot tell: export the glossary itself"
        if counts["is_glossary_unknown"]
        else counts["glossary_entries"]
    )
    return "\n".join(
        [
            f"sections {counts['sections']}",
            f"activities {counts['activities_total']}: {kinds}",
            f"questions {bank['questions']}, real {bank['real']}",
            f"quizzes {counts['quizzes']}, slots {counts['quiz_slots']}",
            f"random slots {counts['quiz_random_slots']}",
            f"glossary entries {terms}",
        ]
    )
