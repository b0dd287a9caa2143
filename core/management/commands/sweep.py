import json
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from kombu.exceptions import OperationalError

from core.enums import JobState, Lane
from core.jobs import wake
from core.models import Job
from core.sweeping import DAYS, sweep_files

LATE = timedelta(minutes=5)
FEWEST_DAYS = 2


class Command(BaseCommand):
    help = (
        "Wake the workers, tell which jobs are late or gave up, and delete files that "
        "were brought and never confirmed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")
        parser.add_argument(
            "--dry-run", action="store_true", help="Name the files and delete none."
        )
        parser.add_argument(
            "--days", type=int, default=DAYS, help="Only files older than this."
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["days"] < FEWEST_DAYS:
            raise CommandError(
                f"--days is at least {FEWEST_DAYS}: a preview lives for a day, and what "
                "is confirmed in its last minute is still being written."
            )
        now = timezone.now()
        late = Job.objects.filter(state=JobState.QUEUED, due_at__lt=now - LATE)
        told: dict[str, Any] = {
            "queued": Job.objects.filter(state=JobState.QUEUED).count(),
            "running": Job.objects.filter(state=JobState.RUNNING).count(),
            "late": late.count(),
            "gave_up": Job.objects.filter(state=JobState.FAILED).count(),
        }
        told["lanes_woken"] = lanes_woken()
        swept = sweep_files(at=now, days=options["days"], is_dry=options["dry_run"])
        told["files_looked_at"] = swept.looked_at
        told["files_swept"] = swept.names
        told["bytes_swept"] = swept.size_bytes
        if options["json"]:
            self.stdout.write(json.dumps(told))
        else:
            for name, value in told.items():
                shown = " ".join(value) if isinstance(value, list) else value
                self.stdout.write(f"{name}: {shown}")


def lanes_woken() -> int:
    """Wake the workers of each lane; a broker that is down is no error, beat will."""
    try:
        for lane in Lane:
            wake(lane)
    except OperationalError:
        return 0
    return len(Lane)
