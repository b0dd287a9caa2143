"""A run of an open course, its learners, and certificates in every standing."""

from collections.abc import Callable

import pytest
from django.test import Client

from certificates.models import Certificate
from certificates.services import issue_certificates, keep_file
from registry.models import Run
from tests.certificates.life import add_learner, make_run


@pytest.fixture(autouse=True)
def no_broker(monkeypatch) -> None:
    """Jobs are written; nobody is woken."""
    monkeypatch.setattr("core.tasks.drain.apply_async", lambda **_how: None)


@pytest.fixture
def run(db) -> Run:
    return make_run()


@pytest.fixture
def passed(run) -> Callable[..., object]:
    """Make learners of the run who passed it."""

    def make(count: int = 1, **how):
        return [add_learner(run, **how) for _ in range(count)]

    return make


@pytest.fixture
def certificate(run, learner, staff, at) -> Certificate:
    """Issued to `learner`; its file is there, made of other bytes than in life."""
    add_learner(run, learner=learner)
    made = issue_certificates(run=run, by=staff, at=at).certificates[0]
    keep_file(certificate_id=made.pk, pdf=pdf_of(made), at=at)
    return Certificate.objects.get(pk=made.pk)


@pytest.fixture
def unready(run, staff, at) -> Certificate:
    """Issued; the file is not made yet."""
    add_learner(run)
    return issue_certificates(run=run, by=staff, at=at).certificates[0]


@pytest.fixture
def signed_in() -> Callable[..., Client]:
    def sign_in(person) -> Client:
        client = Client()
        client.force_login(person, backend="accounts.backends.GuardedBackend")
        return client

    return sign_in


def pdf_of(certificate: Certificate) -> bytes:
    """Bytes that pass for a PDF and refer to the certificate as a real one does."""
    return f"%PDF-1.7\n/URI ({certificate.verification_url})\n%%EOF".encode()
