"""The jobs of an import: the one that reads the backup, the one that writes it."""

from datetime import datetime

from core.jobs import register
from core.models import Job
from courses.formats.mbz.model import MoodleBackup
from courses.services.course_import import (
    APPLY_BACKUP,
    READ_BACKUP,
    ReadBackup,
    apply_ordered,
    keep_reading,
    read_import,
    read_ordered,
)


def keep_result(import_id: int, result: ReadBackup, _job: Job, _at: datetime) -> None:
    """Keep what was read in the transaction that marks the job done."""
    keep_reading(import_id, result)


def write_result(
    import_id: int, backup: MoodleBackup | None, job: Job, at: datetime
) -> None:
    """Write what was ticked in the transaction that marks the job done."""
    apply_ordered(import_id, backup, by=job.by, at=at)


register(READ_BACKUP, work=read_import, finish=keep_result)
register(APPLY_BACKUP, work=read_ordered, finish=write_result)
