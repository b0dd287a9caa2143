"""Mail: written as a row in the business transaction, sent by a job of its own."""

from datetime import datetime

from django.utils.text import Truncator

from core.actors import Actor
from core.enums import Lane
from core.jobs import enqueue
from core.models import OutgoingMail

SEND_MAIL = "core.send_mail"
# A subject that holds the title of a course may be longer than its column.
SUBJECT_LENGTH = 200


def queue_mail(
    *, to: str, subject: str, body: str, by: Actor, at: datetime
) -> OutgoingMail:
    """Write a letter that a worker sends after this transaction."""
    line = Truncator(" ".join(subject.split())).chars(SUBJECT_LENGTH)
    letter = OutgoingMail.objects.create(to=to, subject=line, body=body, created_at=at)
    enqueue(SEND_MAIL, lane=Lane.QUICK, subject_ids=[letter.pk], by=by, at=at)
    return letter
