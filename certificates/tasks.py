"""The job that renders a certificate from its frozen row."""

from datetime import datetime

from celery.signals import worker_init

from certificates.enums import RENDER
from certificates.models import Certificate
from certificates.printing import preload, render
from certificates.selectors import fields_of
from certificates.services import keep_file
from core.jobs import register
from core.models import Job


def render_certificate(certificate_id: int) -> bytes:
    """Return the PDF of a certificate."""
    return render(fields_of(Certificate.objects.get(pk=certificate_id)))


def keep_rendered(certificate_id: int, pdf: bytes, _job: Job, at: datetime) -> None:
    """Keep the PDF in the transaction that marks the job done."""
    keep_file(certificate_id=certificate_id, pdf=pdf, at=at)


@worker_init.connect
def warm_up(**_signal: object) -> None:
    """Make fonts and ornament before the worker forks: 3 s, once for its children."""
    preload()


register(RENDER, work=render_certificate, finish=keep_rendered)
