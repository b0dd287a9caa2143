from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from core.rights import grant_rights


class Command(BaseCommand):
    help = "Give the application's database role its rights; run as the owner."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--role", default=settings.DATABASE_APPLICATION_ROLE)

    @transaction.atomic
    def handle(self, *_args: Any, **options: Any) -> None:
        grant_rights(options["role"])
        self.stdout.write(f"Rights granted to {options['role']}.")
