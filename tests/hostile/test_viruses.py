"""EICAR before a scanner that speaks as clamd does: kept apart, told, nothing stored."""

import hashlib
import socketserver
import threading
from datetime import timedelta
from html import unescape
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from config.middleware import InfectedFiles
from core import antivirus
from core.antivirus import ScannerUnreachable, virus_in
from core.models import QuarantinedFile
from core.quarantine import note_as_seen, put_into_quarantine
from courses.models import Material
from tests import factories
from tests.config.world import make_world
from tests.courses.materials.making import PDF
from tests.hostile.clamd import running_clamd
from tests.hostile.doors import DOORS, bring, enter
from tests.hostile.files import EICAR
from tests.hostile.test_doors import stored

VIRUS = "Win.Test.EICAR_HDB-1"
# Nobody listens there: ports below 1024 are not given out by themselves.
NOBODY = "127.0.0.1:9"


@pytest.fixture
def clamd(settings, tmp_path):
    settings.QUARANTINE_ROOT = tmp_path / "quarantine"
    with running_clamd() as server:
        settings.CLAMAV_ADDRESS = server.address
        yield server


def materials_url(version):
    return f"{reverse('courses:material_add', args=[version.pk])}?kind=text"


def upload(client, version, *contents):
    files = [
        SimpleUploadedFile(f"{number}.pdf", content)
        for number, content in enumerate(contents, start=1)
    ]
    return client.post(materials_url(version), {"rights": "own", "files": files})


# --- What the scanner says --------------------------------------------------------


def test_a_clean_file_has_no_virus_and_is_rewound(clamd):
    file = BytesIO(b"words " * 100_000)
    assert virus_in(file, address=clamd.address) == ""
    assert (clamd.seen, file.tell()) == ([600_000], 0)


def test_a_virus_is_told_by_its_name(clamd):
    assert virus_in(BytesIO(b"%PDF-" + EICAR), address=clamd.address) == VIRUS


def test_a_file_that_the_scanner_does_not_read_to_its_end_is_not_clean(clamd):
    clamd.most_bytes = 1000
    for size in (1001, 20 * antivirus.PIECE_BYTES):
        with pytest.raises(ScannerUnreachable):
            virus_in(BytesIO(bytes(size)), address=clamd.address)


@pytest.mark.parametrize("address", [NOBODY, "/nowhere/clamd.ctl", "scanner", ":x"])
def test_a_scanner_that_is_not_there_is_told(address):
    with pytest.raises(ScannerUnreachable):
        virus_in(BytesIO(b"words"), address=address)


def test_a_scanner_that_does_not_answer_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(antivirus, "ANSWER_SECONDS", 0.2)
    with (
        socketserver.TCPServer(("127.0.0.1", 0), None) as silent,
        pytest.raises(ScannerUnreachable),
    ):
        virus_in(BytesIO(b"words"), address="{}:{}".format(*silent.server_address))


def test_a_socket_of_this_machine_is_spoken_to(tmp_path):
    class Answer(socketserver.StreamRequestHandler):
        def handle(self):
            self.rfile.read(len(b"zINSTREAM\0") + 4 + len(b"words") + 4)
            self.wfile.write(b"stream: OK\0")

    path = str(tmp_path / "clamd.ctl")
    with socketserver.UnixStreamServer(path, Answer) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        assert virus_in(BytesIO(b"words"), address=path) == ""
        thread.join()


# --- At the doors -----------------------------------------------------------------


@pytest.mark.django_db
def test_every_door_keeps_a_virus_out(at, clamd, media, tmp_path, monkeypatch):
    """TARGETS, file 34: whoever is not signed in leaves nothing that is kept."""
    monkeypatch.setattr("core.tasks.drain.apply_async", lambda **_how: None)
    world = make_world(at)
    told = {}
    for name, door in DOORS.items():
        if door.who == "nobody":
            continue
        client = Client()
        enter(door, world, client)
        rows, files = stored(media, tmp_path / "temporary")
        answer = bring(door, world, client, f"virus.{door.ending}", EICAR)

        now, kept = stored(media, tmp_path / "temporary")
        new = {label: count - rows[label] for label, count in now.items()}
        told[name] = (
            answer.status_code,
            f"“virus.{door.ending}”: {VIRUS}" in unescape(answer.text),
            {label: count for label, count in new.items() if count},
            kept == files,
        )

    # The row of the quarantine, and that row in the trail.
    rows_of_it = {"core.QuarantinedFile": 1, "core.QuarantinedFileEvent": 1}
    assert told == dict.fromkeys(told, (400, True, rows_of_it, True))


@pytest.mark.django_db
def test_an_infected_file_lies_apart_and_the_row_says_whose_it_is(
    author, client, clamd, settings
):
    version = factories.VersionFactory(lead=author)
    client.force_login(author)
    upload(client, version, EICAR)
    row = QuarantinedFile.objects.get()
    sha256 = hashlib.sha256(EICAR).hexdigest()
    assert (row.file_name, row.virus, row.by, row.sha256, row.size_bytes) == (
        *("1.pdf", VIRUS, author),
        *(sha256, len(EICAR)),
    )
    assert row.path == f"/courses/{version.pk}/materials/add/"
    kept = [path for path in settings.QUARANTINE_ROOT.rglob("*") if path.is_file()]
    assert [(path.name, path.read_bytes()) for path in kept] == [(sha256, EICAR)]
    assert not settings.QUARANTINE_ROOT.is_relative_to(settings.MEDIA_ROOT)
    assert kept[0].stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_one_infected_file_of_several_refuses_all(author, client, clamd):
    version = factories.VersionFactory(lead=author)
    client.force_login(author)
    answer = upload(client, version, PDF, EICAR)
    assert answer.status_code == 400
    assert (Material.objects.count(), len(clamd.seen)) == (0, 2)


@pytest.mark.django_db
def test_a_clean_file_goes_on(author, client, clamd):
    version = factories.VersionFactory(lead=author)
    client.force_login(author)
    assert upload(client, version, PDF).status_code == 302
    assert (Material.objects.count(), clamd.seen) == (1, [len(PDF)])


@pytest.mark.django_db
def test_no_file_passes_while_the_scanner_is_out_of_reach(
    author, client, settings, media
):
    settings.CLAMAV_ADDRESS = NOBODY
    version = factories.VersionFactory(lead=author)
    client.force_login(author)
    answer = upload(client, version, PDF)
    assert answer.status_code == 503
    assert "Try again in some minutes" in answer.text
    assert (Material.objects.count(), QuarantinedFile.objects.count()) == (0, 0)
    assert [path for path in media.rglob("*") if path.is_file()] == []


@pytest.mark.django_db
def test_without_a_scanner_files_are_taken_unscanned(author, client, settings):
    settings.CLAMAV_ADDRESS = ""
    version = factories.VersionFactory(lead=author)
    client.force_login(author)
    assert upload(client, version, PDF).status_code == 302


@pytest.mark.django_db
def test_a_page_without_a_file_asks_no_scanner(author, client, settings):
    settings.CLAMAV_ADDRESS = NOBODY
    version = factories.VersionFactory(lead=author)
    client.force_login(author)
    assert client.get(materials_url(version)).status_code == 200


def test_who_brings_no_file_is_not_asked_for(rf, settings):
    """Else each picture of the showcase would differ by cookie, and none be shared."""
    settings.CLAMAV_ADDRESS = NOBODY
    scanner = InfectedFiles(lambda _request: HttpResponse())
    assert scanner.process_view(rf.get("/"), None, (), {}) is None


@pytest.mark.django_db
def test_who_is_not_signed_in_makes_the_scanner_no_work(client, settings):
    settings.CLAMAV_ADDRESS = NOBODY
    file = SimpleUploadedFile("a.pdf", PDF)
    answer = client.post(reverse("certificates:verify"), {"file": file})
    assert answer.status_code == 200


# --- The officer ------------------------------------------------------------------


@pytest.fixture
def found(author, at, settings, tmp_path):
    settings.QUARANTINE_ROOT = tmp_path / "quarantine"
    return put_into_quarantine(
        file=BytesIO(EICAR),
        name="вирус.pdf",
        virus=VIRUS,
        path="/courses/1/",
        by=author,
        at=at,
    )


@pytest.mark.django_db
def test_the_officer_has_it_on_the_desk_until_it_is_seen(found, client):
    officer = factories.OfficerFactory()
    client.force_login(officer)
    assert "1 file with a virus was brought" in client.get("/desk/").text
    url = reverse("admin:core_quarantinedfile_changelist")
    listed = client.get(f"{url}?seen_at__isempty=1")
    assert "вирус.pdf" in listed.text
    action = {"action": "note_as_seen", "_selected_action": [found.pk]}
    client.post(url, action)
    found.refresh_from_db()
    assert found.seen_by == officer
    assert "with a virus" not in client.get("/desk/").text


@pytest.mark.django_db
def test_staff_see_the_quarantine_and_note_nothing(found, client, staff, author):
    url = reverse("admin:core_quarantinedfile_changelist")
    client.force_login(staff)
    assert client.get(url).status_code == 200
    client.post(url, {"action": "note_as_seen", "_selected_action": [found.pk]})
    found.refresh_from_db()
    assert found.seen_at is None
    client.force_login(author)
    assert client.get(url).status_code == 302


@pytest.mark.django_db
def test_who_saw_it_first_stays(found, at):
    first, second = factories.OfficerFactory(), factories.OfficerFactory()
    assert note_as_seen(pks=[found.pk], by=first, at=at) == 1
    later = at + timedelta(hours=1)
    assert note_as_seen(pks=[found.pk], by=second, at=later) == 0
    found.refresh_from_db()
    assert (found.seen_by, found.seen_at) == (first, at)


@pytest.mark.django_db
def test_the_same_file_brought_twice_is_kept_once(found, author, at, settings):
    put_into_quarantine(
        file=BytesIO(EICAR), name="2.pdf", virus=VIRUS, path="/", by=author, at=at
    )
    assert QuarantinedFile.objects.count() == 2
    assert len(list(settings.QUARANTINE_ROOT.iterdir())) == 1


@pytest.mark.django_db
def test_nothing_is_seen_by_nobody(found, at):
    with (
        pytest.raises(IntegrityError, match="quarantine_seen_by_somebody"),
        transaction.atomic(),
    ):
        QuarantinedFile.objects.filter(pk=found.pk).update(seen_at=at)
