import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.uploads import FileKind, FileRefused, check_content
from courses.models import CourseVersion, QuestionImport
from courses.selectors import version_by_code
from courses.selectors.question_files import UnreadQuestion, read_question_file
from courses.services import (
    PassportLocked,
    QuestionsUnreadable,
    import_file,
    keep_before_edit,
)


class Command(BaseCommand):
    help = (
        "Imports a file of questions (GIFT, Aiken, Moodle XML, XLSX) into a course's "
        "banks, in the name of its lead author; ends with 1 when a question cannot be "
        "read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("course", help="code of the course, such as ООК-2026-001")
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--good-only",
            action="store_true",
            dest="is_good_only",
            help="import the good questions of a file that has bad ones",
        )
        parser.add_argument("--json", action="store_true", dest="is_json")

    def handle(
        self, *, course: str, file: Path, is_good_only: bool, is_json: bool, **_: Any
    ) -> None:
        version, lead = _course(course)
        done: QuestionImport | None = None
        try:
            checked = check_content(
                file.read_bytes(),
                name=file.name,
                allowed={FileKind.TEXT, FileKind.XLSX},
            )
            read = read_question_file(
                version=version, name=checked.name, content=checked.content
            )
            errors = read.errors
            at = timezone.now()
            with transaction.atomic():
                keep_before_edit(version=version, by=lead, at=at)
                done = import_file(
                    version=version,
                    file=read,
                    content=checked.content,
                    topics={},
                    is_good_only=is_good_only,
                    by=lead,
                    at=at,
                )
        except QuestionsUnreadable as refusal:
            errors = refusal.errors
        except (OSError, FileRefused, PassportLocked, PermissionDenied) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_told(done, errors, is_json=is_json))
        if errors:
            raise SystemExit(1)


def _course(code: str) -> tuple[CourseVersion, User]:
    """Return a course's last version with its lead author."""
    version = version_by_code(code)
    if version is None:
        message = f"There is no course {code}."
        raise CommandError(message)
    lead = version.authorships.filter(is_lead=True).select_related("user").first()
    if lead is None:
        message = f"{code} has no lead author."
        raise CommandError(message)
    return version, lead.user


def _told(
    done: QuestionImport | None, errors: list[UnreadQuestion], *, is_json: bool
) -> str:
    imported = done.imported_count if done else 0
    left_out = done.left_out_count if done else 0
    if is_json:
        told = {
            "imported": imported,
            "left_out": left_out,
            "errors": [
                {"line": error.line, "reason": error.reason} for error in errors
            ],
        }
        return json.dumps(told, ensure_ascii=False)
    lines = [f"Line {error.line}: {error.reason}" for error in errors]
    return "\n".join([*lines, f"imported {imported}, left out {left_out}"])
