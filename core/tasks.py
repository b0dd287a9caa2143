"""Celery's side of the jobs: waking, draining, mail."""

import resource
from datetime import datetime
from email.utils import formatdate

from celery import shared_task
from celery.signals import worker_init, worker_process_init
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from core import jobs
from core.enums import Lane
from core.mail import SEND_MAIL
from core.models import Job, OutgoingMail
from core.pdf import make_faces
from core.sweeping import sweep_files


@shared_task(name="core.drain")
def drain(lane: str) -> int:
    """Do all jobs that are due in a lane."""
    return jobs.run_due(Lane(lane), clock=timezone.now)


@shared_task(name="core.sweep_stored_files")
def sweep_stored_files() -> int:
    """Delete each night what was brought and never confirmed."""
    return len(sweep_files(at=timezone.now()).names)


@worker_init.connect
def make_fonts(**_signal: object) -> None:
    """Make the faces of documents once, before the children are forked."""
    make_faces()


@worker_process_init.connect
def cap_memory(**_signal: object) -> None:
    """Keep one worker's process below its share: a hostile file ends in MemoryError."""
    limit = settings.WORKER_MEMORY_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def send_letter(letter_id: int) -> None:
    """Send a letter; a letter sent twice has the same Message-ID."""
    letter = OutgoingMail.objects.get(pk=letter_id)
    if letter.sent_at is not None:
        return
    EmailMessage(
        letter.subject,
        letter.body,
        settings.DEFAULT_FROM_EMAIL,
        [letter.to],
        headers={
            "Message-ID": f"<{letter.message_id}@{settings.MAIL_DOMAIN}>",
            "Date": formatdate(letter.created_at.timestamp()),
        },
    ).send()


def mark_letter_sent(letter_id: int, _result: None, _job: Job, at: datetime) -> None:
    """Note when a letter left."""
    OutgoingMail.objects.filter(pk=letter_id, sent_at=None).update(sent_at=at)


jobs.register(SEND_MAIL, work=send_letter, finish=mark_letter_sent)
