"""The usual way, for comparison: a message per certificate, Celery's own settings."""

from django.utils import timezone

from certificates.services import keep_file
from certificates.tasks import render_certificate
from config.celery import app


@app.task(name="tests.faults.render")
def render(certificate_id: int) -> None:
    keep_file(
        certificate_id=certificate_id,
        pdf=render_certificate(certificate_id),
        at=timezone.now(),
    )
