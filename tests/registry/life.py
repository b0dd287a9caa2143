"""What happens to a course after its verdict, as services make it happen."""

from datetime import date
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from PIL import Image

from core.storage import store_bytes
from core.uploads import CheckedFile, FileKind
from courses.enums import MaterialKind, MeasureState, Stage
from courses.models import CourseText, Material
from registry import services
from registry.enums import REQUIRED_DOCUMENTS
from registry.selectors.results import COLUMNS
from tests import factories

PDF = b"%PDF-1.4\n%%EOF\n"
SHORT = "О чём курс и для чего он."


def picture(width=64, height=36, kind="PNG"):
    stream = BytesIO()
    Image.new("RGB", (width, height), "#0b6e75").save(stream, kind)
    return stream.getvalue()


PICTURE = picture()


def version(author, at, *, title="Основы статистики", short=SHORT, **fields):
    """A course that has its verdict and what the showcase tells of it."""
    made = bare_version(author, at, title=title, **fields)
    made.texts.update(short_description=short)
    illustrated(made)
    return made


def bare_version(author, at, *, title="Основы статистики", **fields):
    """A course that has its verdict, with nothing for the showcase."""
    return factories.VersionFactory(
        title=title,
        lead=author,
        stage=Stage.RECOMMENDED,
        submitted_at=at,
        submitted_by=author,
        decided_at=at,
        **fields,
    )


def illustrated(version, content=PICTURE, **fields):
    """Add an illustration that was measured already."""
    stored_as, sha256 = store_bytes(content, folder="materials", ending="png")
    return Material.objects.create(
        **{
            "version": version,
            "position": 1,
            "kind": MaterialKind.ILLUSTRATION,
            "title": "Берег",
            "file_name": "берег.png",
            "stored_as": stored_as,
            "sha256": sha256,
            "size_bytes": len(content),
            "state": MeasureState.MEASURED,
            "measured_at": factories.AT,
            "container": "png",
            "width": 64,
            "height": 36,
            **fields,
        }
    )


def bare_entry(author, *, at, **fields):
    made = bare_version(author, at, **fields)
    return services.make_entry(version=made, by=author, at=at)


def entry(author, *, at, **fields):
    return services.make_entry(version=version(author, at, **fields), by=author, at=at)


def document(kind="estimate", content=PDF):
    return CheckedFile(f"{kind}.pdf", FileKind.PDF, content, "0" * 64)


def hand_in(entry, *, staff, at, kinds=REQUIRED_DOCUMENTS):
    for kind in kinds:
        services.receive_document(
            entry=entry, kind=kind, file=document(kind), by=staff, at=at
        )


def opened(entry, *, staff, at):
    hand_in(entry, staff=staff, at=at)
    return services.open_entry(entry=entry, by=staff, at=at)


def planned(entry, *, staff, at, **fields):
    values = {
        "title": "Осень 2026",
        "starts_on": date(2026, 9, 1),
        "ends_on": date(2026, 12, 20),
        **fields,
    }
    return services.plan_run(entry=entry, by=staff, at=at, **values)


def run(entry, *, staff, at, **fields):
    made = planned(entry, staff=staff, at=at, **fields)
    services.open_run_enrolment(run=made, by=staff, at=at)
    return made


def enrolled(run, learner, *, at, language="ru"):
    return services.enrol(
        run=run, learner=learner, language=language, by=learner, at=at
    )


def titled(version, language, title):
    CourseText.objects.create(version=version, language=language, title=title)


def row(learner, points=85, completed_on=date(2026, 9, 10), **cells):
    values = {
        "email": learner.email,
        "surname": learner.surname,
        "given_name": learner.given_name,
        "patronymic": learner.patronymic,
        "points": points,
        "completed_on": completed_on,
        **cells,
    }
    return [values[column] for column in COLUMNS]


def table(*rows, header=COLUMNS):
    book = Workbook()
    book.active.append(list(header))
    for line in rows:
        book.active.append(line)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def checked(content, name="results.xlsx"):
    return CheckedFile(name, FileKind.XLSX, content, "0" * 64)


def upload(content, name="results.xlsx"):
    return SimpleUploadedFile(name, content)


def take_in(run, *rows, staff, at):
    return services.import_results(run=run, file=checked(table(*rows)), by=staff, at=at)
