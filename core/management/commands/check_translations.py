import shutil
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from core.translations import problems_of, read_catalogue

LANGUAGES = ("ru", "kk", "ky")
SHOWN = 20


class Command(BaseCommand):
    help = "Check that every string on the screen is translated into ru, kk and ky."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Extract the strings anew beside the catalogues and compare.

        Raises:
            CommandError: a string is missing, untranslated or has lost a place.
        """
        problems = [
            f"{language}: {problem}"
            for language in LANGUAGES
            for problem in self._problems(language)
        ]
        if problems:
            shown = "\n".join(problems[:SHOWN])
            message = f"{len(problems)} strings are not right:\n{shown}"
            raise CommandError(message)
        self.stdout.write("Every string is translated into " + ", ".join(LANGUAGES))

    def _problems(self, language: str) -> list[str]:
        catalogue = Path(settings.BASE_DIR) / "locale" / language / "LC_MESSAGES"
        path = catalogue / "django.po"
        if not path.exists():
            return ["no catalogue"]
        with tempfile.TemporaryDirectory() as folder:
            kept = Path(folder) / "django.po"
            shutil.copy(path, kept)
            try:
                call_command("extract_strings", language, verbosity=0)
                extracted = read_catalogue(path)
            finally:
                shutil.copy(kept, path)
        return list(problems_of(extracted))
