"""Cut the font for pages into `build/static/fonts/`, for paper into `build/faces/`."""

from itertools import chain
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from core.fonts import build_fonts
from core.pdf.faces import build_faces, faces_folder


class Command(BaseCommand):
    help = "Cuts the font into small files for browsers and into faces for paper."
    requires_system_checks = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        fonts = build_fonts(settings.BASE_DIR / "build" / "static" / "fonts")
        for path in chain(fonts, build_faces(faces_folder())):
            self.stdout.write(f"{path.name}: {path.stat().st_size} bytes")
