"""Cut the font of the pages into `build/static/fonts/`."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from core.fonts import build_fonts


class Command(BaseCommand):
    help = "Cuts the font of the pages into small files for browsers."
    requires_system_checks = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        for path in build_fonts(settings.BASE_DIR / "build" / "static" / "fonts"):
            self.stdout.write(f"{path.name}: {path.stat().st_size} bytes")
