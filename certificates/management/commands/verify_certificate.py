import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from certificates.enums import Standing
from certificates.forms import MAX_BYTES
from certificates.selectors import Verification, certificate_numbered, verify_content


class Command(BaseCommand):
    help = "Tell how a certificate stands. Exits with 1 unless it is genuine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("certificate", help="a PDF, or the number of a certificate")
        parser.add_argument("--json", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        answer = _answer(options["certificate"])
        if options["json"]:
            self.stdout.write(json.dumps(_told(answer), ensure_ascii=False, indent=2))
        else:
            for key, value in _told(answer).items():
                self.stdout.write(f"{key}: {'' if value is None else value}")
        if answer.standing != Standing.GENUINE:
            raise SystemExit(1)


def _answer(text: str) -> Verification:
    if text.isdecimal():
        return certificate_numbered(int(text))
    file = Path(text)
    if not file.is_file():
        message = f"“{text}” is neither a file nor a number."
        raise CommandError(message)
    if file.stat().st_size > MAX_BYTES:
        message = f"“{text}” is too large."
        raise CommandError(message)
    return verify_content(file.read_bytes())


def _told(answer: Verification) -> dict[str, Any]:
    certificate = answer.certificate
    if certificate is None:
        return {"standing": answer.standing.value, "number": None}
    has_file = hasattr(certificate, "file")
    return {
        "standing": answer.standing.value,
        "number": certificate.number,
        "learner": certificate.full_name,
        "course": certificate.course_title,
        "completed_on": certificate.completed_on.isoformat(),
        "issued_on": certificate.issued_on.isoformat(),
        "sha256": certificate.file.sha256 if has_file else None,
    }
