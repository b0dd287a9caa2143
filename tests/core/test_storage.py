"""Files under their own hash."""

import hashlib
import stat
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage

from core.storage import (
    WholeFileStorage,
    local_file,
    read_bytes,
    store_bytes,
    store_stream,
)

CONTENT = b"%PDF-1.7 a certificate"
DIGEST = hashlib.sha256(CONTENT).hexdigest()


def test_the_name_tells_the_content():
    name, digest = store_bytes(CONTENT, folder="certificates", ending="pdf")
    assert (name, digest) == (f"certificates/{DIGEST[:2]}/{DIGEST}.pdf", DIGEST)
    assert read_bytes(name) == CONTENT


def test_the_same_bytes_are_written_once(media):
    first = store_bytes(CONTENT, folder="certificates", ending="pdf")
    second = store_bytes(CONTENT, folder="certificates", ending="pdf")
    assert first == second
    assert len([path for path in media.rglob("*") if path.is_file()]) == 1


def test_nobody_but_the_portal_may_read_the_file(media):
    name, _digest = store_bytes(CONTENT, folder="certificates", ending="pdf")
    assert stat.S_IMODE((media / name).stat().st_mode) == 0o600


def test_what_is_not_there_cannot_be_read():
    with pytest.raises(FileNotFoundError):
        read_bytes("certificates/00/nothing.pdf")


class Dying(ContentFile):
    """Bytes whose writer is killed in the middle."""

    def chunks(self, chunk_size=None):
        yield CONTENT[:5]
        raise KeyboardInterrupt


def test_a_writer_killed_in_the_middle_leaves_no_half_file_under_the_name():
    name = f"certificates/{DIGEST[:2]}/{DIGEST}.pdf"
    with pytest.raises(KeyboardInterrupt):
        default_storage.save(name, Dying(CONTENT))
    assert not default_storage.exists(name)

    store_bytes(CONTENT, folder="certificates", ending="pdf")
    assert read_bytes(name) == CONTENT


def test_a_second_writer_at_the_same_moment_leaves_no_second_file(media, monkeypatch):
    """Both saw no file; the slower one's copy is taken away."""
    name = f"certificates/{DIGEST[:2]}/{DIGEST}.pdf"
    default_storage.save(name, BytesIO(CONTENT))
    answers = iter([False])
    real = WholeFileStorage.exists
    monkeypatch.setattr(
        WholeFileStorage,
        "exists",
        lambda storage, asked: next(answers, True) and real(storage, asked),
    )

    assert store_bytes(CONTENT, folder="certificates", ending="pdf")[0] == name
    assert [path.name for path in media.rglob("*.pdf")] == [f"{DIGEST}.pdf"]


def test_a_stream_is_stored_under_its_hash_like_bytes(media):
    name = store_stream(
        BytesIO(CONTENT), sha256=DIGEST, folder="materials", ending="pdf"
    )
    assert name == f"materials/{DIGEST[:2]}/{DIGEST}.pdf"
    assert read_bytes(name) == CONTENT
    assert stat.S_IMODE((media / name).stat().st_mode) == 0o600


def test_a_stored_file_is_given_as_a_file_of_this_machine(media):
    name, _digest = store_bytes(CONTENT, folder="materials", ending="pdf")
    with local_file(name) as path:
        assert path == media / name


class Elsewhere(Storage):
    """A storage on another machine: its files have no path on this one."""

    files: dict[str, bytes] = {}

    def exists(self, name):
        return name in self.files

    def _save(self, name, content):
        self.files[name] = content.read()
        return name

    def _open(self, name, mode="rb"):
        return ContentFile(self.files[name])


def test_a_file_stored_elsewhere_is_copied_for_as_long_as_it_is_needed(settings):
    elsewhere = {"BACKEND": f"{__name__}.Elsewhere"}
    settings.STORAGES = {**settings.STORAGES, "default": elsewhere}
    name, _digest = store_bytes(CONTENT, folder="materials", ending="pdf")
    with local_file(name) as path:
        assert path.read_bytes() == CONTENT
    assert not path.exists()


def test_a_file_that_is_not_stored_is_not_given():
    with pytest.raises(FileNotFoundError), local_file("materials/00/none.pdf"):
        pass
