"""The files that people with ill will bring as materials: refused, nothing stored."""

import struct
import tarfile
import zipfile
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.uploads import FileRefused
from courses.enums import MaterialKind
from courses.forms.materials import check_file
from courses.material_kinds import KINDS
from courses.models import Material
from tests import factories
from tests.courses.materials.making import PDF, upload, with_file

pytestmark = pytest.mark.django_db
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
WORD = "word/document.xml"


def archive(
    members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED
) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return stream.getvalue()


def with_lying_header() -> bytes:
    """An archive whose headers say that its member is ten bytes long."""
    made = bytearray(archive({WORD: bytes(70 * 1024 * 1024)}))
    struct.pack_into("<I", made, made.find(b"PK\x03\x04") + 22, 10)
    struct.pack_into("<I", made, made.find(b"PK\x01\x02") + 24, 10)
    return bytes(made)


def of_many_members() -> bytes:
    entry = b"PK\x01\x02" + bytes(42)
    return b"PK\x03\x04" + bytes(26) + entry * 200_000


def link_in_tar() -> bytes:
    stream = BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as made:
        link = tarfile.TarInfo("a.docx")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        made.addfile(link)
    return stream.getvalue()


def flood() -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(name + body))
        return struct.pack(">I", len(body)) + name + body + crc

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + pixels + chunk(b"IEND", b"")


def locked() -> bytes:
    made = bytearray(archive({WORD: b"<w/>"}))
    made[made.find(b"PK\x03\x04") + 6] |= 1
    made[made.find(b"PK\x01\x02") + 8] |= 1
    return bytes(made)


@pytest.mark.parametrize(
    ("kind", "name", "content"),
    [
        ("text", "course.pdf", HTML),
        ("image", "face.svg", SVG),
        ("image", "face.png", SVG),
        ("other", ".htaccess", b"Require all granted"),
        ("text", "empty.pdf", b""),
        ("text", "bomb.docx", archive({WORD: bytes(70 * 1024 * 1024)})),
        ("text", "liar.docx", with_lying_header()),
        ("text", "many.docx", of_many_members()),
        ("text", "link.docx", link_in_tar()),
        ("image", "flood.png", flood()),
        ("text", "locked.docx", locked()),
        ("video", "text.mp4", b"words " * 1000),
        ("video", "list.mp4", b"#EXTM3U\n#EXTINF:2,\nfile:///etc/passwd\n"),
        ("text", f"{'a' * 251}.pdf", PDF),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 30 else "",
)
def test_a_hostile_file_is_refused_and_nothing_is_kept(
    kind, name, content, author, client, media
):
    """TARGETS 23, 24, 26–33."""
    version = factories.VersionFactory(lead=author)
    client.force_login(author)
    files = [SimpleUploadedFile("x", content)]
    files[0]._name = name  # as a client may send it: Django's own setter cuts it
    answer = client.post(
        f"/courses/{version.pk}/materials/add/?kind={kind}",
        {"rights": "own", "files": files},
    )
    assert answer.status_code == 400
    assert Material.objects.count() == 0
    assert [path for path in media.rglob("*") if path.is_file()] == []


def test_a_name_that_hides_what_it_is_is_refused():
    """Django's own parser takes such signs out; whoever comes past it is told."""
    file = upload(PDF, "bidi\u202efdp.pdf")
    with pytest.raises(FileRefused, match="U\\+202E"):
        check_file(file, KINDS[MaterialKind.TEXT])


def test_a_file_is_stored_under_a_name_of_our_own(author, at, media):
    """TARGETS 25."""
    version = factories.VersionFactory(lead=author)
    material = with_file(version, by=author, at=at, name="..\\..\\x.pdf")
    assert material.file_name == "x.pdf"
    assert material.stored_as == (
        f"materials/{material.sha256[:2]}/{material.sha256}.pdf"
    )
    assert [path.name for path in media.rglob("*.pdf")] == [f"{material.sha256}.pdf"]
