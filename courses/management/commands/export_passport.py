import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from courses.passport_json import canonical, passport_file
from courses.registry_passport import registry_document
from courses.selectors import passport_content, version_by_code
from courses.selectors.registry_meter import registry_meter

OWN, REGISTRY = "own", "registry"


class Command(BaseCommand):
    help = (
        "Writes the passport of a course as JSON: the portal's own, which can be taken "
        "in again, or that of the national registry."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("course", help="code of the course, such as ООК-2026-001")
        parser.add_argument(
            "--format", choices=(OWN, REGISTRY), default=OWN, dest="kind"
        )
        parser.add_argument(
            "--json", action="store_true", dest="is_json", help="on one line"
        )

    def handle(self, *, course: str, kind: str, is_json: bool, **_options: Any) -> None:
        version = version_by_code(course)
        if version is None:
            message = f"There is no course {course}."
            raise CommandError(message)
        if kind == REGISTRY:
            lines = registry_meter(version)
            missing = [
                line.field.name
                for line in lines
                if line.field.is_required and not line.is_filled
            ]
            document = registry_document(lines)
            self.stderr.write(json.dumps({"missing": missing}))
        else:
            document = passport_content(version)
        text = canonical(document) if is_json else passport_file(document).decode()
        self.stdout.write(text.rstrip("\n"))
