"""Backups that are broken or mean harm: refused by a clear reason, in little memory."""

import gzip
import hashlib
import io
import struct
import tarfile
import tracemalloc
import zipfile
from dataclasses import replace

import pytest

from courses.formats.mbz.errors import REASON_TEXTS, BackupUnreadable, Reason
from courses.formats.mbz.limits import LIMITS, MEGABYTE
from courses.formats.mbz.reader import copy_files, read_backup
from courses.services.course_import import uploading
from tests.courses.mbz import making
from tests.courses.mbz.making import Backup, stream

WHOLE = Backup().section(1).activity("page", 7, "Страница")
MOST_MEMORY = 40 * MEGABYTE


def refusal(content: bytes, **limits: int) -> BackupUnreadable:
    """Read a file that must be refused, and in little memory."""
    tracemalloc.start()
    try:
        with pytest.raises(BackupUnreadable) as caught:
            read_backup(stream(content), limits=replace(LIMITS, **limits))
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < MOST_MEMORY
    return caught.value


def tar_with(info: tarfile.TarInfo, content: bytes = b"") -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        info.size = len(content)
        archive.addfile(info, io.BytesIO(content))
    return packed.getvalue()


def test_every_reason_has_its_words():
    assert set(REASON_TEXTS) == set(Reason)


@pytest.mark.parametrize(
    "content",
    [b"", b"P", b"%PDF-1.4", b"<?xml version='1.0'?>", b"PK\x05\x06" + bytes(18)],
)
def test_what_is_no_archive_is_no_backup(content):
    assert refusal(content).reason_code is Reason.NOT_A_BACKUP


@pytest.mark.parametrize("pack", [making.tar_of, making.zip_of])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.99])
def test_a_cut_backup_is_broken(pack, part):
    whole = pack(WHOLE.finished())
    assert refusal(whole[: int(len(whole) * part)]).reason_code in {
        Reason.BROKEN,
        Reason.BROKEN_XML,
    }


@pytest.mark.parametrize("pack", [making.tar_of, making.zip_of])
def test_an_archive_of_something_else_has_no_contents(pack):
    assert refusal(pack({"course.txt": b"x"})).reason_code is Reason.NO_CONTENTS


def test_contents_that_are_something_else_are_no_contents():
    content = making.tar_of({"moodle_backup.xml": b"<html/>"})
    assert refusal(content).reason_code is Reason.NO_CONTENTS


def test_a_gzip_that_is_no_tar_is_broken():
    assert refusal(gzip.compress(b"text" * 1000)).reason_code is Reason.BROKEN


def test_a_damaged_checksum_is_broken():
    whole = bytearray(WHOLE.tar())
    whole[-8] ^= 0xFF
    assert refusal(bytes(whole)).reason_code is Reason.BROKEN


def test_a_zip_with_a_password_is_encrypted():
    whole = bytearray(WHOLE.zip())
    for mark, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = whole.find(mark)
        while at >= 0:
            whole[at + flags] |= 1
            at = whole.find(mark, at + 4)
    assert refusal(bytes(whole)).reason_code is Reason.ENCRYPTED


@pytest.mark.parametrize(
    "name", ["../moodle_backup.xml", "/etc/passwd", "a/../../b", "a\\..\\b"]
)
@pytest.mark.parametrize("pack", [making.tar_of, making.zip_of])
def test_a_name_that_leads_out_of_the_archive_is_refused(pack, name):
    assert refusal(pack({name: b"x"})).reason_code is Reason.BAD_NAME


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE]
)
def test_links_and_devices_in_a_tar_are_refused(kind):
    info = tarfile.TarInfo("moodle_backup.xml")
    info.type, info.linkname = kind, "/etc/passwd"
    assert refusal(tar_with(info)).reason_code is Reason.LINK


def test_a_link_in_a_zip_is_refused():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        info = zipfile.ZipInfo("moodle_backup.xml")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    assert refusal(packed.getvalue()).reason_code is Reason.LINK


def test_the_same_name_twice_is_refused():
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for _number in range(2):
            info = tarfile.TarInfo("files/aa/x")
            archive.addfile(info, io.BytesIO())
    assert refusal(packed.getvalue()).reason_code is Reason.TWICE


def test_a_gzip_bomb_is_refused_before_it_is_unpacked():
    content = making.tar_of({"files/aa/x": bytes(200 * MEGABYTE)})
    assert len(content) < MEGABYTE
    assert refusal(content).reason_code is Reason.TOO_DENSE


def test_a_bomb_of_honest_ratio_is_refused_by_its_size():
    content = making.tar_of({"files/aa/x": bytes(MEGABYTE)})
    assert refusal(content, inflated_bytes=1000).reason_code is Reason.TOO_LARGE


def test_xml_that_unpacks_to_more_than_is_taken_is_refused():
    piece = b"<a>" + b" " * MEGABYTE + b"</a>"
    text = b"<moodle_backup>" + piece * 40 + b"</moodle_backup>"
    for pack in (making.tar_of, making.zip_of):
        caught = refusal(pack({"moodle_backup.xml": text}))
        assert (caught.reason_code, caught.member) == (
            Reason.LARGE_XML,
            "moodle_backup.xml",
        )


def test_too_many_members_are_refused():
    members = {f"files/{number}": b"" for number in range(12)}
    for pack in (making.tar_of, making.zip_of):
        caught = refusal(pack(members), members=5)
        assert caught.reason_code is Reason.TOO_MANY_MEMBERS


def test_two_hundred_thousand_members_are_refused():
    entry = struct.pack("<4s", b"PK\x01\x02") + bytes(42)
    directory = entry * 200_000
    end = struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, 9, 9, len(directory), 4, 0)
    content = b"PK\x03\x04" + directory + end
    assert refusal(content).reason_code is Reason.TOO_MANY_MEMBERS


def test_a_header_of_the_tar_that_asks_for_all_memory_is_refused():
    """GNU and PAX long names are read whole by tarfile: they may claim gigabytes."""
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 60 * MEGABYTE
    content = gzip.compress(info.tobuf() + bytes(60 * MEGABYTE), 1)
    assert refusal(content).reason_code is Reason.TOO_LARGE


def test_a_size_of_a_zip_that_lies_is_broken():
    whole = bytearray(WHOLE.zip())
    at = whole.find(b"PK\x01\x02", whole.find(b"PK\x01\x02") + 4)
    whole[at + 24 : at + 28] = struct.pack("<L", 7)
    assert refusal(bytes(whole)).reason_code in {Reason.BROKEN, Reason.BROKEN_XML}


LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<moodle_backup><information><x>&b;</x></information></moodle_backup>"""
OUTSIDE = b"""<?xml version="1.0"?>
<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<moodle_backup><information>&a;</information></moodle_backup>"""


@pytest.mark.parametrize("text", [LAUGHS, OUTSIDE])
def test_a_document_type_is_refused(text):
    content = making.tar_of({"moodle_backup.xml": text})
    assert refusal(content).reason_code is Reason.DOCTYPE


def test_a_document_type_in_another_encoding_is_refused():
    text = LAUGHS.decode().replace('"1.0"', '"1.0" encoding="UTF-16"')
    content = making.tar_of({"moodle_backup.xml": text.encode("utf-16")})
    assert refusal(content).reason_code is Reason.DOCTYPE


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"<moodle_backup>",
        b"<moodle_backup>&nothing;</moodle_backup>",
        b"<a>" * 200_000,
        b"<moodle_backup>\xff</moodle_backup>",
    ],
)
def test_broken_xml_is_told_with_its_member(text):
    caught = refusal(making.tar_of({"moodle_backup.xml": text}))
    assert (caught.reason_code, caught.member) == (
        Reason.BROKEN_XML,
        "moodle_backup.xml",
    )


def test_millions_of_small_elements_are_refused():
    text = b"<moodle_backup>" + b"<a/>" * 1_000_000 + b"</moodle_backup>"
    caught = refusal(making.tar_of({"moodle_backup.xml": text}))
    assert caught.reason_code is Reason.LARGE_XML


def test_more_questions_than_are_taken_are_refused():
    backup = Backup(release="3.9")
    backup.category(1, "Тема", *(making.question(key) for key in range(1, 8)))
    assert refusal(backup.tar(), questions=5).reason_code is Reason.TOO_MUCH


def test_more_text_than_is_kept_is_refused():
    backup = Backup().section(1)
    backup.activity("page", 3, "Страница", body=making.fields(content="x" * 5000))
    assert refusal(backup.tar(), kept_bytes=4000).reason_code is Reason.TOO_MUCH
    texts = making.question(1, text="x" * 5000)
    bank = Backup(release="3.9").category(1, "Тема", texts)
    assert refusal(bank.tar(), kept_bytes=4000).reason_code is Reason.TOO_MUCH


def test_more_text_in_a_newer_version_of_a_question_is_refused():
    older, newer = making.question(1), making.question(2, text="x" * 5000)
    versions = making.entry(9, (1, "ready", older), (2, "ready", newer))
    bank = Backup().category(1, "Тема", versions)
    assert refusal(bank.tar(), kept_bytes=4000).reason_code is Reason.TOO_MUCH


@pytest.mark.parametrize("cap", ["sections", "activities"])
def test_more_parts_than_are_taken_are_refused(cap):
    backup = Backup()
    for number in range(1, 5):
        backup.section(number).activity("page", number, "Страница")
    assert refusal(backup.tar(), **{cap: 3}).reason_code is Reason.TOO_MUCH


def test_more_terms_than_are_taken_are_refused():
    entries = "".join(
        f"<entry>{making.fields(concept=f'Т{key}', definition='x')}</entry>"
        for key in range(6)
    )
    backup = Backup(users=True).section(1)
    backup.activity("glossary", 3, "Г", body=f"<entries>{entries}</entries>")
    assert refusal(backup.tar(), terms=5).reason_code is Reason.TOO_MUCH


def test_a_file_that_unpacks_to_more_than_is_taken_is_not_copied():
    backup = Backup().section(1).activity("resource", 3, "Чтение", context=77)
    backup.file(77, "глава.pdf", bytes(5000))
    packed = stream(backup.zip())
    (file,) = read_backup(packed).activities[0].files
    with pytest.raises(BackupUnreadable) as caught:
        copy_files(
            packed,
            {file.content_hash},
            keep=lambda _name, pieces: [*pieces],
            limits=replace(LIMITS, inflated_bytes=1000),
        )
    assert caught.value.reason_code is Reason.TOO_LARGE


def test_a_root_that_is_its_own_parent_ends_somewhere():
    backup = Backup(release="3.9").category(0, "top", making.question(1), parent=0)
    bank = read_backup(stream(backup.tar())).bank
    assert bank.categories["0"].path == ()


def test_categories_in_a_ring_end_somewhere():
    backup = Backup(release="3.9")
    backup.category(1, "А", making.question(1), parent=2).category(2, "Б", parent=1)
    (row,) = read_backup(stream(backup.tar())).bank.questions
    assert row.question.category.startswith("Б/А/")


def test_sections_in_a_ring_end_somewhere():
    backup = Backup()
    backup.section(1, key=41, component="mod_subsection", item=7)
    backup.activity("subsection", 7, "Кольцо", section=41)
    assert len(read_backup(stream(backup.tar())).sections) == 1


def test_a_backup_too_large_to_wait_for_at_the_door_is_left_to_the_job(monkeypatch):
    monkeypatch.setattr(uploading, "LOOKED_THROUGH_BYTES", 1)
    content = making.zip_of({**WHOLE.finished(), "moodle_backup.xml": b"no longer"})

    measured = uploading.check_backup(stream(content), "курс.mbz")

    assert measured == (hashlib.sha256(content).hexdigest(), len(content))
