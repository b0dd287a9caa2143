"""A worker dies in the middle of a batch and the broker loses all: nothing is lost."""

import hashlib
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from certificates.models import Certificate, CertificateFile
from certificates.services import issue_certificates
from core.enums import JobState, Lane
from core.models import Counter, Job
from core.storage import read_bytes
from registry.models import Run
from tests.certificates.life import add_learners, make_run
from tests.factories import StaffFactory
from tests.faults.workers import Workers, wait_until, workers_of_their_own

BATCH = 200
KILLED_AFTER = 40
SILENCE_SECONDS = 2

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_broker_alone(monkeypatch) -> None:
    """Messages go to the broker of the test and to no other."""
    monkeypatch.setattr("core.tasks.drain.apply_async", lambda **_how: None)


@pytest.fixture
def run() -> Run:
    run = make_run()
    add_learners(run, BATCH)
    return run


def files() -> int:
    return CertificateFile.objects.count()


def kill_in_the_middle(workers: Workers) -> int:
    """Kill the worker when some files are made; return how many are."""
    wait_until(lambda: files() >= KILLED_AFTER, workers=workers)
    workers.kill()
    workers.empty_broker()
    return files()


def test_a_killed_worker_and_an_emptied_broker_lose_no_certificate(run, tmp_path):
    issue_certificates(run=run, by=StaffFactory(), at=timezone.now())
    with workers_of_their_own(tmp_path / "workers") as workers:
        workers.start()
        wake(workers)
        assert KILLED_AFTER <= kill_in_the_middle(workers) < BATCH

        let_leases_run_out()
        workers.start()
        wake(workers)  # what beat says every 15 s
        wait_until(lambda: files() == BATCH, workers=workers)
        wait_until(
            lambda: not Job.objects.exclude(state=JobState.DONE).exists(),
            workers=workers,
        )
    assert_whole()


def test_the_usual_way_loses_certificates(run, tmp_path):
    """The control: a task per certificate, acknowledged when it is taken."""
    issue = issue_certificates(run=run, by=StaffFactory(), at=timezone.now())
    with workers_of_their_own(
        tmp_path / "workers", tasks="tests.faults.naive"
    ) as workers:
        workers.start()
        ids = [(certificate.pk,) for certificate in issue.certificates]
        workers.send("tests.faults.render", *ids)
        made = kill_in_the_middle(workers)

        workers.start()
        wait_until_idle(workers)
    assert KILLED_AFTER <= made < BATCH
    assert files() < BATCH


def wake(workers: Workers) -> None:
    """Tell both children of the worker to look for jobs."""
    workers.send("core.drain", (Lane.QUICK.value,), (Lane.QUICK.value,))


def let_leases_run_out() -> None:
    """What the dead worker held comes back when its minute is over; make it over."""
    Job.objects.filter(state=JobState.RUNNING).update(
        lease_until=timezone.now() - timedelta(seconds=1)
    )


def wait_until_idle(workers: Workers) -> None:
    """Wait until the new worker listens and has done whatever it was given."""
    workers.send("core.drain", (Lane.HEAVY.value,))
    wait_until(lambda: workers.messages() == 0, workers=workers)
    before = -1
    while before != files():
        before = files()
        time.sleep(SILENCE_SECONDS)


def assert_whole() -> None:
    numbers = list(
        Certificate.objects.order_by("number").values_list("number", flat=True)
    )
    assert numbers == list(range(1, BATCH + 1))
    assert Counter.objects.get(key="certificate").value == BATCH
    kept = CertificateFile.objects.values_list("stored_as", "sha256")
    assert len(set(kept)) == BATCH
    for stored_as, sha256 in kept:
        assert hashlib.sha256(read_bytes(stored_as)).hexdigest() == sha256
