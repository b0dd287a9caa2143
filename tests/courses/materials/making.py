"""Materials of a course for a test: with a file in the storage, or behind a link."""

from decimal import Decimal
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter

from core.enums import Lane
from core.jobs import run_due
from courses.enums import MaterialKind
from courses.forms.materials import check_file
from courses.material_kinds import KINDS
from courses.models import CourseVersion, Material
from courses.services.materials import StoredFile, add_material, store_file
from courses.tasks.materials import measure_material  # noqa: F401 - registers the job
from tests.courses.materials import media_files


def pdf(pages: int = 1, password: str = "", owner: str = "") -> bytes:
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(width=595, height=842)
    if password or owner:
        writer.encrypt(password, owner, algorithm="RC4-128")
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


PDF = pdf()


def upload(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def film() -> SimpleUploadedFile:
    return upload(media_files.video("mp4", 1), "Лекция.mp4")


def stored(content: bytes, name: str, kind: MaterialKind) -> StoredFile:
    return store_file(check_file(upload(content, name), KINDS[kind]))


def with_file(
    version: CourseVersion,
    *,
    by: Any,
    at: Any,
    content: bytes = PDF,
    name: str = "Текст.pdf",
    kind: MaterialKind = MaterialKind.TEXT,
    **values: Any,
) -> Material:
    return add_material(
        version=version,
        values={"kind": kind, "title": name.rpartition(".")[0], **values},
        file=stored(content, name, kind),
        by=by,
        at=at,
    )


def with_link(version: CourseVersion, *, by: Any, at: Any, **values: Any) -> Material:
    usual = {
        "kind": MaterialKind.VIDEO,
        "title": "Лекция",
        "url": "https://video.example.org/1",
        "declared_minutes": Decimal("6.5"),
        "declared_reason": "Лежит на видеохостинге университета",
    }
    return add_material(
        version=version, values={**usual, **values}, file=None, by=by, at=at
    )


def measured(material: Material, at: Any) -> Material:
    run_due(Lane.HEAVY, clock=lambda: at)
    material.refresh_from_db()
    return material
