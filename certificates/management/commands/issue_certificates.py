import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.selectors import system_user
from certificates.services import Issue, issue_certificates
from registry.models import Run


class Command(BaseCommand):
    help = "Issue certificates to those who passed a run and have none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("run", type=int, help="the run's number, as in its address")
        parser.add_argument("--json", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        run = Run.objects.filter(pk=options["run"]).first()
        if run is None:
            message = f"There is no run {options['run']}."
            raise CommandError(message)
        issue = issue_certificates(run=run, by=system_user(), at=timezone.now())
        if options["json"]:
            self.stdout.write(json.dumps(_told(issue), ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"Issued: {len(issue.certificates)}.")
        for certificate in issue.certificates:
            self.stdout.write(f"{certificate} {certificate.full_name}")
        for refusal in issue.refusals:
            self.stdout.write(f"{refusal.learner.full_name}: {refusal.reason}")


def _told(issue: Issue) -> dict[str, Any]:
    return {
        "issued": [
            {
                "number": certificate.number,
                "code": certificate.code,
                "learner": certificate.full_name,
                "verification_url": certificate.verification_url,
            }
            for certificate in issue.certificates
        ],
        "refused": [
            {"learner": refusal.learner.full_name, "reason": refusal.reason}
            for refusal in issue.refusals
        ],
    }
