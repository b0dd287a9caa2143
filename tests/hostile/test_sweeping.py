"""Files that were brought and never confirmed go; whatever something names stays."""

import json
import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from core import sweeping, tasks
from core.storage import delete_older, read_bytes, store_bytes
from core.sweeping import DAYS, files_under, sweep_files
from courses.enums import SnapshotReason
from courses.models import CourseImport, PassportSnapshot
from courses.services import (
    import_questions,
    keep_question_file,
    keep_snapshot,
    restore_snapshot,
)
from courses.services.course_import.reading import keep_reading, read_import
from courses.services.materials import remove_material
from courses.views import exports, glossary_imports
from tests import factories
from tests.config.world import make_world
from tests.courses.materials.making import with_file

GIFT = "Да? {T}\n"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _silent(monkeypatch):
    monkeypatch.setattr("core.tasks.drain.apply_async", lambda **_how: None)


@pytest.fixture
def version(author):
    return factories.VersionFactory(lead=author)


def aged(at: datetime, days: float = DAYS + 1) -> None:
    """Let every file of the storage be so old."""
    for path in Path(settings.MEDIA_ROOT).rglob("*"):
        moment = (at - timedelta(days=days)).timestamp()
        os.utime(path, (moment, moment))


def kept() -> list[str]:
    return sorted(name for top in settings.SWEPT_FOLDERS for name in files_under(top))


def test_a_file_previewed_and_never_confirmed_goes_and_a_confirmed_one_stays(
    version, author, at
):
    previewed, _sha256 = keep_question_file(b"Previewed? {T}")
    source = import_questions(
        version=version, name="a.gift", content=GIFT.encode(), by=author, at=at
    )
    aged(at)
    swept = sweep_files(at=at)
    assert (swept.names, swept.size_bytes, swept.looked_at) == ([previewed], 14, 2)
    assert kept() == [source.stored_as]


@pytest.mark.parametrize("folder", settings.SWEPT_FOLDERS)
def test_a_folder_of_previews_is_swept(folder, at):
    name, _sha256 = store_bytes(b"words", folder=folder, ending="txt")
    aged(at)
    assert sweep_files(at=at).names == [name]


@pytest.mark.parametrize(
    "folder", ["documents", "certificates", "reports", "elsewhere"]
)
def test_no_other_folder_is_looked_at(folder, at):
    name, _sha256 = store_bytes(b"words", folder=folder, ending="txt")
    aged(at)
    assert (sweep_files(at=at).looked_at, read_bytes(name)) == (0, b"words")


def test_every_folder_of_a_preview_is_swept():
    folders = {glossary_imports.FOLDER, exports.FOLDER}
    assert folders - set(settings.SWEPT_FOLDERS) == set()


def test_a_file_stays_up_to_the_day(at):
    keep_question_file(b"Previewed? {T}")
    aged(at, days=DAYS)
    assert sweep_files(at=at).names == []
    assert len(sweep_files(at=at + timedelta(seconds=1)).names) == 1


def test_a_dry_run_names_what_would_go_and_deletes_nothing(at):
    name, _sha256 = keep_question_file(b"Previewed? {T}")
    aged(at)
    assert sweep_files(at=at, is_dry=True).names == [name]
    assert kept() == [name]


def test_a_file_brought_again_is_young_again(at):
    keep_question_file(b"Previewed? {T}")
    aged(at)
    name, _sha256 = keep_question_file(b"Previewed? {T}")
    assert sweep_files(at=timezone.now()).names == []
    assert kept() == [name]


def test_a_file_brought_again_while_it_is_swept_stays(at, monkeypatch):
    """Between the question and the deletion somebody brings the same bytes."""
    asked = sweeping.unnamed

    def brought_meanwhile(names):
        found = asked(names)
        keep_question_file(b"Previewed? {T}")
        return found

    name, _sha256 = keep_question_file(b"Previewed? {T}")
    aged(at)
    monkeypatch.setattr(sweeping, "unnamed", brought_meanwhile)
    assert (sweep_files(at=at).names, kept()) == ([], [name])


def test_a_file_brought_again_at_the_instant_it_is_put_aside_comes_back(
    at, monkeypatch
):
    rename = Path.rename

    def brought_meanwhile(path, target):
        if target.suffix == ".part":
            keep_question_file(b"Previewed? {T}")
        return rename(path, target)

    name, _sha256 = keep_question_file(b"Previewed? {T}")
    aged(at)
    monkeypatch.setattr(Path, "rename", brought_meanwhile)
    assert (sweep_files(at=at).names, kept()) == ([], [name])
    assert read_bytes(name) == b"Previewed? {T}"


def test_a_file_swept_while_it_is_brought_again_is_written_whole(at, monkeypatch):
    """It was seen to be there, and is gone before it was made young."""
    name, _sha256 = keep_question_file(b"Previewed? {T}")
    utime = os.utime

    def swept_meanwhile(path, *times):
        default_storage.delete(name)
        utime(path, *times)

    monkeypatch.setattr("core.storage.os.utime", swept_meanwhile)
    keep_question_file(b"Previewed? {T}")
    assert read_bytes(name) == b"Previewed? {T}"


class Elsewhere(Storage):
    """A storage on another machine: no path, nothing that could be put aside."""

    def __init__(self, disk: Storage) -> None:
        self.size, self.delete = disk.size, disk.delete
        self.get_modified_time = disk.get_modified_time


def test_a_file_on_another_machine_is_asked_for_its_age_and_deleted(at, monkeypatch):
    name, _sha256 = keep_question_file(b"Previewed? {T}")
    aged(at)
    monkeypatch.setattr("core.storage.default_storage", Elsewhere(default_storage))
    found = [
        delete_older(name, at - timedelta(days=days)) for days in (DAYS + 2, DAYS, DAYS)
    ]
    assert (found, kept()) == ([None, 14, None], [])


def test_a_hash_that_stands_behind_other_hexadecimal_signs_names_its_file(
    version, author, at
):
    name, sha256 = store_bytes(b"words", folder="materials", ending="pdf")
    PassportSnapshot.objects.create(
        version=version,
        content={"materials": [f"abc{sha256}"]},
        sha256="0" * 64,
        reason=SnapshotReason.KEPT,
        at=at,
        by=author,
    )
    aged(at)
    assert (sweep_files(at=at).names, kept()) == ([], [name])


def test_a_file_that_another_sweep_took_is_no_error(at, monkeypatch):
    name, _sha256 = keep_question_file(b"Previewed? {T}")
    aged(at)
    monkeypatch.setattr(
        sweeping, "unnamed", lambda names: default_storage.delete(name) or names
    )
    assert sweep_files(at=at).names == []


def test_the_part_of_a_file_whose_writer_was_killed_goes(at):
    default_storage.save("materials/ab/x.pdf.0.part", ContentFile(b"half"))
    aged(at)
    assert sweep_files(at=at).names == ["materials/ab/x.pdf.0.part"]


def test_the_file_of_a_removed_material_stays_for_the_trail(version, author, at):
    material = with_file(version, by=author, at=at)
    snapshot = keep_snapshot(
        version=version, reason=SnapshotReason.KEPT, by=author, at=at
    )
    remove_material(material=material, by=author)
    aged(at)
    assert sweep_files(at=at).names == []
    restore_snapshot(snapshot=snapshot, by=author, at=at)
    assert read_bytes(version.materials.get().stored_as)


def test_a_file_that_only_a_snapshot_names_stays(version, author, at):
    """Were the trail ever shortened, what a snapshot goes back to must still be there."""
    name, sha256 = store_bytes(b"words", folder="materials", ending="pdf")
    other, _sha256 = store_bytes(b"other", folder="materials", ending="pdf")
    content = {"materials": [{"sha256": sha256}]}
    PassportSnapshot.objects.create(
        version=version,
        content=content,
        sha256="0" * 64,
        reason=SnapshotReason.KEPT,
        at=at,
        by=author,
    )
    aged(at)
    assert (sweep_files(at=at).names, kept()) == ([other], [name])


def test_the_files_of_a_backup_that_waits_for_its_confirmation_stay(at):
    world = make_world(at)
    row = CourseImport.objects.get(pk=world.names["course import"])
    keep_reading(row.pk, read_import(row.pk))
    before = kept()
    aged(at)
    assert (sweep_files(at=at).names, kept()) == ([], before)


def test_every_column_that_names_a_file_is_asked():
    """A control: a field of another name would let the sweep delete what it names."""
    named = {
        f"{model._meta.label}.{column}"
        for model, column in sweeping._columns(sweeping.models.CharField)
        if sweeping.NAME_FIELD.fullmatch(column)
    }
    hashes = {
        model._meta.label
        for model in apps.get_models()
        for column in model._meta.concrete_fields
        if column.name in ("sha256", "consent_sha256", "pdf_sha256")
    }
    assert hashes - {name.rpartition(".")[0] for name in named} == WITHOUT_FILE


# They keep the hash of something else than a stored file, or of one that lies apart.
WITHOUT_FILE = {
    "accounts.Signature",
    "accounts.SignatureEvent",
    "core.QuarantinedFile",
    "core.QuarantinedFileEvent",
    "courses.PassportSnapshot",
    "courses.PassportSnapshotEvent",
}


def test_the_command_tells_what_it_swept(at, capsys):
    name, _sha256 = keep_question_file(b"Previewed? {T}")
    aged(timezone.now())
    call_command("sweep", "--json", "--dry-run")
    told = json.loads(capsys.readouterr().out)
    assert (told["files_swept"], told["bytes_swept"]) == ([name], 14)
    call_command("sweep")
    assert f"files_swept: {name}" in capsys.readouterr().out.splitlines()
    assert kept() == []


def test_a_preview_of_today_cannot_be_swept():
    with pytest.raises(CommandError, match="at least 2"):
        call_command("sweep", "--days", "1")


def test_beat_sweeps_each_night(at):
    keep_question_file(b"Previewed? {T}")
    aged(timezone.now())
    assert settings.CELERY_BEAT_SCHEDULE["sweep-files"]["task"] == (
        tasks.sweep_stored_files.name
    )
    assert (tasks.sweep_stored_files(), tasks.sweep_stored_files()) == (1, 0)
