"""The job that reads the backup of an import."""

from datetime import datetime

from core.jobs import register
from core.models import Job
from courses.services.course_import import (
    READ_BACKUP,
    ReadBackup,
    keep_reading,
    read_import,
)


def keep_result(import_id: int, result: ReadBackup, _job: Job, _at: datetime) -> None:
    """Keep what was read in the transaction that marks the job done."""
    keep_reading(import_id, result)


register(READ_BACKUP, work=read_import, finish=keep_result)
