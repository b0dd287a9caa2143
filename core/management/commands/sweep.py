import json
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from kombu.exceptions import OperationalError

from core.enums import JobState, Lane
from core.jobs import wake
from core.models import Job

LATE = timedelta(minutes=5)


class Command(BaseCommand):
    help = "Wake the workers, and tell which jobs are late or gave up."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        now = timezone.now()
        late = Job.objects.filter(state=JobState.QUEUED, due_at__lt=now - LATE)
        told = {
            "queued": Job.objects.filter(state=JobState.QUEUED).count(),
            "running": Job.objects.filter(state=JobState.RUNNING).count(),
            "late": late.count(),
            "gave_up": Job.objects.filter(state=JobState.FAILED).count(),
        }
        told["lanes_woken"] = lanes_woken()
        if options["json"]:
            self.stdout.write(json.dumps(told))
        else:
            for name, count in told.items():
                self.stdout.write(f"{name}: {count}")


def lanes_woken() -> int:
    """Wake the workers of each lane; a broker that is down is no error, beat will."""
    try:
        for lane in Lane:
            wake(lane)
    except OperationalError:
        return 0
    return len(Lane)
