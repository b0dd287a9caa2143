import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import Unit, User
from core.uploads import FileRefused
from courses.enums import CourseType, ImportState
from courses.models import CourseImport, CourseVersion
from courses.selectors import version_by_code
from courses.selectors.course_imports import is_ticked_first, preview_of, reason_of
from courses.services import PassportLocked
from courses.services.course_import import (
    NewCourse,
    apply_course_import,
    keep_backup,
    keep_reading,
    read_import,
    read_ticked,
)


class Command(BaseCommand):
    help = (
        "Imports a Moodle backup into a course, in the name of its lead author, or into "
        "a course opened for it; deletes nothing. Ends with 1 when it cannot be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--course", help="code of the course, such as ООК-2026-001")
        parser.add_argument("--unit", help="code of the unit of a new course")
        parser.add_argument("--type", choices=CourseType.values)
        parser.add_argument("--lead", help="e-mail of the lead author of a new course")
        parser.add_argument("--by", help="e-mail of the person of the centre's staff")
        parser.add_argument("--json", action="store_true", dest="is_json")

    def handle(self, *, file: Path, is_json: bool, **options: Any) -> None:
        try:
            version = _version(options["course"])
            by = _lead(version) if version else _person(options["by"], "--by")
            with file.open("rb") as stream, transaction.atomic():
                row = keep_backup(
                    version=version,
                    file=stream,
                    name=file.name,
                    by=by,
                    at=timezone.now(),
                )
                row = keep_reading(row.pk, read_import(row.pk))
                self._refuse_unreadable(row, is_json=is_json)
                done = _apply(row, options, by=by)
        except (OSError, FileRefused, PassportLocked, PermissionDenied) as error:
            raise CommandError(str(error) or "Not allowed.") from error
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        row.refresh_from_db()
        told = {"course": done.course.code, **row.contents["made"]}
        self.stdout.write(
            json.dumps(told, ensure_ascii=False) if is_json else _lines(told)
        )

    def _refuse_unreadable(self, row: CourseImport, *, is_json: bool) -> None:
        """End with 1, and with nothing kept, where the backup cannot be read."""
        if row.state != ImportState.UNREADABLE:
            return
        reason = reason_of(row)
        told = {"error": reason}
        self.stdout.write(json.dumps(told, ensure_ascii=False) if is_json else reason)
        raise SystemExit(1)


def _version(code: str | None) -> CourseVersion | None:
    if code is None:
        return None
    version = version_by_code(code)
    if version is None:
        message = f"There is no course {code}."
        raise CommandError(message)
    return version


def _lead(version: CourseVersion) -> User:
    lead = version.authorships.filter(is_lead=True).select_related("user").first()
    if lead is None:
        message = f"{version.course.code} has no lead author."
        raise CommandError(message)
    return lead.user


def _person(email: str | None, option: str) -> User:
    person = User.objects.filter(email__iexact=email or "", is_active=True).first()
    if person is None:
        message = f"{option}: there is no such person. Without --course, name {option}."
        raise CommandError(message)
    return person


def _apply(row: CourseImport, options: dict[str, Any], *, by: User) -> CourseVersion:
    """Take all that the preview would tick by itself."""
    lines = preview_of(row).lines
    keys = {line.key for line in lines if is_ticked_first(line)}
    return apply_course_import(
        course_import=row,
        keys=keys,
        course=None if row.version else _new_course(row, options),
        backup=read_ticked(row, keys),
        by=by,
        at=timezone.now(),
    )


def _new_course(row: CourseImport, options: dict[str, Any]) -> NewCourse:
    unit = Unit.objects.filter(code=options["unit"] or "").first()
    if unit is None:
        message = (
            "--unit: there is no such unit. A new course needs --unit, --lead, --by."
        )
        raise CommandError(message)
    return NewCourse(
        unit=unit,
        course_type=options["type"] or CourseType.OPEN_LEARNING,
        title=row.contents["about"]["title"],
        lead=_person(options["lead"], "--lead"),
    )


def _lines(told: dict[str, Any]) -> str:
    parts = (
        f"{kind}: made {counts['made']}, changed {counts['changed']}"
        for kind, counts in told["parts"].items()
    )
    return "\n".join([told["course"], *parts, f"questions {told['questions']}"])
