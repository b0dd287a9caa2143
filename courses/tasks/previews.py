"""The jobs that check courses by an edition that is asked about."""

from datetime import datetime

from core.jobs import register
from core.models import Job
from courses.selectors.editions import PREVIEW_EDITION, Verdicts, verdicts_of_batch
from courses.services.editions import keep_verdicts


def check_batch(first_line_id: int) -> Verdicts:
    """Check the versions of a batch by the edition asked about and by their own."""
    return verdicts_of_batch(first_line_id)


def keep_batch(_first_line_id: int, made: Verdicts, _job: Job, at: datetime) -> None:
    """Keep what was found in the transaction that marks the job done."""
    keep_verdicts(verdicts=made, at=at)


register(PREVIEW_EDITION, work=check_batch, finish=keep_batch)
