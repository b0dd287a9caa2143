"""A recommended course enters the register."""

import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from core import workflow
from core.models import Counter, OutgoingMail
from core.workflow import GuardsUnmet, NotAllowed, WrongState, apply
from courses.enums import SnapshotReason, Stage
from courses.models import PassportSnapshot
from registry import services
from registry.enums import REQUIRED_DOCUMENTS, DocumentKind, EntryState
from registry.models import RegisterEntry
from registry.selectors import entries_visible_to, missing_documents
from tests import factories
from tests.core.threads import run_together
from tests.registry import life


def test_documents_are_due_three_calendar_days_after_the_verdict(entry, at):
    """MIN 5.4.8."""
    assert entry.state == EntryState.DOCUMENTS
    assert entry.documents_due_at == datetime(2026, 9, 17, 20, 59, 59, tzinfo=UTC)


def test_authors_are_told_what_to_hand_in(entry, author):
    letter = OutgoingMail.objects.get()
    assert letter.to == author.email
    assert f"/entries/{entry.pk}/" in letter.body
    assert "17.09.2026" in letter.body


def test_other_transitions_make_no_entry(author, at):
    version = life.version(author, at)
    log = type("Log", (), {"name": "reject", "by": author, "at": at})
    services.enter_recommended(obj=version, log=log)
    assert not RegisterEntry.objects.exists()


def test_recommended_course_gets_its_entry_in_the_same_transaction(
    author, at, monkeypatch
):
    version = factories.VersionFactory(
        lead=author, stage=Stage.EXPERTISE, submitted_at=at, submitted_by=author
    )
    monkeypatch.setattr(type(author), "has_perm", lambda *_args: True)
    apply(version, "recommend", by=author, at=at)
    entry = RegisterEntry.objects.get(version=version)
    assert (entry.state, entry.recommended_at) == (EntryState.DOCUMENTS, at)


def test_course_does_not_open_while_a_document_is_missing(entry, staff, at):
    """MIN 5.4.9, 5.4.10."""
    life.hand_in(entry, staff=staff, at=at, kinds=REQUIRED_DOCUMENTS[1:])
    with pytest.raises(GuardsUnmet) as refusal:
        services.open_entry(entry=entry, by=staff, at=at)
    assert len(refusal.value.reasons) == 1
    assert str(REQUIRED_DOCUMENTS[0].label) in refusal.value.reasons[0]
    assert not Counter.objects.filter(key="register").exists()


def test_course_opens_the_day_its_documents_are_in(entry, staff, author, at):
    opened = life.opened(entry, staff=staff, at=at)
    assert (opened.number, opened.state) == (1, EntryState.OPEN)
    assert (opened.opened_at, opened.opened_by) == (at, staff)
    snapshot = PassportSnapshot.objects.get(version=opened.version)
    assert snapshot.reason == SnapshotReason.ADMISSION
    assert OutgoingMail.objects.filter(to=author.email).count() == 2


def test_author_does_not_open_the_own_course(entry, author, staff, at):
    life.hand_in(entry, staff=staff, at=at)
    with pytest.raises(NotAllowed):
        services.open_entry(entry=entry, by=author, at=at)


def test_refused_opening_leaves_no_gap_in_the_register(author, staff, at):
    first, refused, second = (life.entry(author, at=at) for _ in range(3))
    life.opened(first, staff=staff, at=at)
    with pytest.raises(GuardsUnmet):
        services.open_entry(entry=refused, by=staff, at=at)
    assert life.opened(second, staff=staff, at=at).number == 2


@pytest.mark.django_db(transaction=True)
def test_courses_opened_at_once_get_numbers_without_gap_or_double(at):
    staff, author = factories.StaffFactory(), factories.UserFactory()
    entries = [life.entry(author, at=at) for _ in range(6)]
    for entry in entries:
        life.hand_in(entry, staff=staff, at=at)
    barrier = threading.Barrier(len(entries))

    def open_one(entry):
        barrier.wait()
        services.open_entry(entry=entry, by=staff, at=at)
        connection.close()

    threads = [threading.Thread(target=open_one, args=(entry,)) for entry in entries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = RegisterEntry.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4, 5, 6]


@pytest.mark.django_db(transaction=True)
def test_the_same_course_opened_twice_at_once_opens_once(at):
    staff, author = factories.StaffFactory(), factories.UserFactory()
    entry = life.entry(author, at=at)
    life.hand_in(entry, staff=staff, at=at)
    barrier = threading.Barrier(2)
    outcomes = []

    def open_it():
        mine = RegisterEntry.objects.get(pk=entry.pk)
        barrier.wait()
        try:
            services.open_entry(entry=mine, by=staff, at=at)
            outcomes.append("opened")
        except WrongState:
            outcomes.append("refused")
        connection.close()

    threads = [threading.Thread(target=open_it) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["opened", "refused"]
    assert Counter.objects.get(key="register").value == 1


def test_entry_rests_and_comes_back_and_is_archived(opened, staff, at):
    services.suspend_entry(entry=opened, by=staff, at=at, comment="Обновляется.")
    assert opened.state == EntryState.SUSPENDED
    services.resume_entry(entry=opened, by=staff, at=at)
    assert opened.state == EntryState.OPEN
    services.archive_entry(entry=opened, by=staff, at=at)
    assert (opened.state, opened.closed_at) == (EntryState.ARCHIVED, at)


def test_entry_is_removed_on_application(opened, staff, at):
    """MIN 5.6.2."""
    services.remove_entry(entry=opened, by=staff, at=at, comment="Заявление кафедры.")
    assert (opened.state, opened.closed_at) == (EntryState.REMOVED, at)


def test_document_is_kept_with_its_hash(entry, staff, at):
    document = services.receive_document(
        entry=entry, kind=DocumentKind.ESTIMATE, file=life.document(), by=staff, at=at
    )
    assert len(document.sha256) == 64
    assert str(document).endswith("estimate.pdf")
    assert DocumentKind.ESTIMATE not in missing_documents(entry)


def test_author_takes_no_document_in(entry, author, at):
    with pytest.raises(PermissionDenied):
        services.receive_document(
            entry=entry, kind="estimate", file=life.document(), by=author, at=at
        )


def test_archived_course_takes_no_document_in(opened, staff, at):
    services.archive_entry(entry=opened, by=staff, at=at)
    with pytest.raises(WrongState):
        services.receive_document(
            entry=opened, kind="estimate", file=life.document(), by=staff, at=at
        )


def test_documents_are_seen_by_authors_head_and_centre_alone(
    entry, author, other_author, stranger, staff, at
):
    head = factories.UserFactory()
    factories.GrantFactory(user=head, role="unit_head", unit=entry.version.course.unit)
    on = at.date()
    for person in (author, head, staff):
        assert list(entries_visible_to(person, on)) == [entry]
    for person in (other_author, stranger):
        assert list(entries_visible_to(person, on)) == []


def test_entry_calls_itself_by_its_number(entry, opened, at):
    assert str(opened) == "№ 1"
    assert str(RegisterEntry(version=entry.version)) == str(entry.version)
    assert opened.documents_due_at - at < timedelta(days=4)


def _archive_and_open_a_run_at_once(monkeypatch, at, open_run) -> tuple[str, str]:
    """Let both look at what stands against them before either goes on."""
    staff, author = factories.StaffFactory(), factories.UserFactory()
    entry = life.opened(life.entry(author, at=at), staff=staff, at=at)
    run = life.planned(entry, staff=staff, at=at)
    looked, look = threading.Barrier(2, timeout=1), workflow._refuse_unless_ready

    def look_and_wait(*about, **how):
        look(*about, **how)
        with suppress(threading.BrokenBarrierError):
            looked.wait()

    monkeypatch.setattr(workflow, "_refuse_unless_ready", look_and_wait)

    def go(number: int) -> None:
        with suppress(GuardsUnmet):
            if number:
                services.archive_entry(entry=entry, by=staff, at=at)
            else:
                open_run(run, by=staff, at=at)

    run_together(go, 2)
    entry.refresh_from_db()
    run.refresh_from_db()
    return entry.state, run.state


@pytest.mark.django_db(transaction=True)
def test_no_run_opens_while_its_course_is_archived(monkeypatch, at):
    states = _archive_and_open_a_run_at_once(
        monkeypatch,
        at,
        lambda run, **how: services.open_run_enrolment(run=run, **how),
    )
    assert states in {("archived", "planned"), ("open", "open")}


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_of_the_entry_a_run_opens_in_an_archived_course(
    monkeypatch, at
):
    states = _archive_and_open_a_run_at_once(
        monkeypatch, at, lambda run, **how: apply(run, "open_enrolment", **how)
    )
    assert states == ("archived", "open")
