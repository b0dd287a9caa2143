"""Join the style sheets into `build/static/css/`."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from core.styles import build_styles


class Command(BaseCommand):
    help = "Joins the style sheets of the pages and of the admin site."
    requires_system_checks = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        source = settings.BASE_DIR / "static" / "css"
        for path in build_styles(
            source, settings.BASE_DIR / "build" / "static" / "css"
        ):
            self.stdout.write(f"{path.name}: {path.stat().st_size} bytes")
