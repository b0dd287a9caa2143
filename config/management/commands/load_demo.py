from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import Unit
from config.demo.loading import load_demo


class Command(BaseCommand):
    help = "Fill an empty portal with the demo: one invented university."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if Unit.objects.exists():
            raise CommandError("The portal has data already: the demo wants it empty.")
        scene = load_demo(at=timezone.now())
        self.stdout.write(
            f"{len(scene.versions)} courses, {len(scene.people)} people, "
            f"{len(scene.learners)} learners."
        )
