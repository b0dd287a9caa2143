import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.uploads import FileKind, FileRefused, check_content
from courses.selectors import version_by_code
from courses.services import PassportLocked, QuestionsUnreadable, import_questions


class Command(BaseCommand):
    help = "Imports a GIFT file into a course's banks, in the name of its lead author."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("course", help="code of the course, such as ООК-2026-001")
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", dest="is_json")

    def handle(self, *, course: str, file: Path, is_json: bool, **_opts: Any) -> None:
        version = version_by_code(course)
        if version is None:
            message = f"There is no course {course}."
            raise CommandError(message)
        lead = version.authorships.filter(is_lead=True).select_related("user").first()
        if lead is None:
            message = f"{course} has no lead author."
            raise CommandError(message)
        try:
            checked = check_content(
                file.read_bytes(), name=file.name, allowed={FileKind.TEXT}
            )
            done = import_questions(
                version=version,
                name=checked.name,
                content=checked.content,
                by=lead.user,
                at=timezone.now(),
            )
        except QuestionsUnreadable as refusal:
            self._tell_errors(refusal, is_json=is_json)
            raise SystemExit(1) from refusal
        except (OSError, FileRefused, PassportLocked, PermissionDenied) as error:
            raise CommandError(str(error)) from error
        counts = {"imported": done.imported_count, "left_out": done.left_out_count}
        self.stdout.write(
            json.dumps({**counts, "errors": []})
            if is_json
            else f"imported {done.imported_count}, left out {done.left_out_count}"
        )

    def _tell_errors(self, refusal: QuestionsUnreadable, *, is_json: bool) -> None:
        errors = [
            {"line": error.line, "reason": error.reason} for error in refusal.errors
        ]
        told = {"imported": 0, "left_out": 0, "errors": errors}
        self.stdout.write(
            json.dumps(told, ensure_ascii=False) if is_json else str(refusal)
        )
