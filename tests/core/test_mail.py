"""Letters: rows of the business transaction, sent by a job."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from core import jobs, tasks
from core.enums import JobState, Lane
from core.jobs import Handler, run_due
from core.mail import SEND_MAIL, queue_mail
from core.models import Job, OutgoingMail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def silent(monkeypatch):
    """No broker is asked in these tests."""
    monkeypatch.setattr(tasks.drain, "apply_async", lambda **_how: None)


@pytest.fixture
def letter(staff, at):
    return queue_mail(
        to="learner@university.example",
        subject="Сертификат готов",
        body="Скачайте его на портале.",
        by=staff,
        at=at,
    )


def test_a_letter_is_written_with_its_job(letter, staff, at):
    job = Job.objects.get()
    assert (job.kind, job.subject_id, job.lane, job.by) == (
        SEND_MAIL,
        letter.pk,
        Lane.QUICK,
        staff,
    )
    assert mail.outbox == []


def test_a_letter_is_sent_once(letter, at, settings):
    assert tasks.drain(Lane.QUICK) == 1
    assert tasks.drain(Lane.QUICK) == 0

    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([letter.to], "Сертификат готов")
    assert sent.from_email == settings.DEFAULT_FROM_EMAIL
    assert sent.extra_headers["Message-ID"] == (
        f"<{letter.message_id}@{settings.MAIL_DOMAIN}>"
    )
    letter.refresh_from_db()
    assert letter.sent_at is not None


def test_a_letter_sent_twice_is_the_same_letter(letter, at, monkeypatch):
    """Killed between sending and writing it down: the recipient's server sees one."""

    def die(*_arguments):
        raise RuntimeError

    with monkeypatch.context() as dying:
        handler = Handler(work=tasks.send_letter, finish=die)
        dying.setitem(jobs._HANDLERS, SEND_MAIL, handler)
        run_due(Lane.QUICK, clock=lambda: at)
    run_due(Lane.QUICK, clock=lambda: at + timedelta(minutes=1))

    assert len(mail.outbox) == 2
    assert len({sent.extra_headers["Message-ID"] for sent in mail.outbox}) == 1
    assert Job.objects.get().state == JobState.DONE


def test_a_letter_that_left_is_not_sent_again(letter, at):
    OutgoingMail.objects.update(sent_at=at)
    tasks.send_letter(letter.pk)
    assert mail.outbox == []


def test_a_mail_server_that_is_down_only_delays(letter, at, monkeypatch):
    def refuse(_message):
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr(EmailMessage, "send", refuse)
        run_due(Lane.QUICK, clock=lambda: at)
    assert Job.objects.get().state == JobState.QUEUED

    run_due(Lane.QUICK, clock=lambda: at + timedelta(minutes=1))
    assert len(mail.outbox) == 1


def test_a_subject_is_one_line_that_fits(staff, at):
    letter = queue_mail(
        to="a@b.example",
        subject="Курс\r\nBcc: x " + "ы" * 300,
        body="",
        by=staff,
        at=at,
    )
    assert letter.subject.startswith("Курс Bcc: x ыыы")
    assert len(letter.subject) == 200


def test_a_worker_keeps_to_its_memory(monkeypatch, settings):
    limits = []
    monkeypatch.setattr(
        tasks.resource, "setrlimit", lambda kind, pair: limits.append(pair)
    )
    tasks.cap_memory()
    assert limits == [(settings.WORKER_MEMORY_BYTES,) * 2]
