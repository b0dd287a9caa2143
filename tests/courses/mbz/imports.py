"""An import as it comes to be: a backup brought, and read by its job."""

from datetime import datetime
from io import BytesIO

from accounts.models import User
from courses.models import CourseImport, CourseVersion
from courses.selectors.course_imports import is_ticked_first, preview_of
from courses.services.course_import import (
    NewCourse,
    apply_course_import,
    keep_backup,
    keep_reading,
    read_import,
    read_ticked,
)
from tests import factories
from tests.courses.mbz import making
from tests.courses.mbz.making import Backup

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
TERMS = "".join(
    f"<entry>{making.fields(concept=f'Термин {key}', definition='Это', approved=1)}</entry>"
    for key in range(3)
)


def course(*, name: str = "Тест недели") -> Backup:
    """Return a backup with one of everything that a passport has a place for."""
    backup = Backup(users=True).section(0).section(1, "Введение").section(2, "Оценки")
    backup.summary = "<p>О курсе</p>"
    general, first = {"section": 40}, {"section": 41}
    backup.activity(
        "forum", 1, "Объявления", body=making.fields(type="news"), **general
    )
    backup.activity("forum", 2, "Форум", body=making.fields(type="general"), **general)
    backup.activity("feedback", 3, "Входная анкета", body=SURVEY, **general)
    backup.activity("page", 4, "Лонгрид", body=making.fields(content=TEXT), **first)
    backup.activity("resource", 5, "Чтение", context=77, **first)
    backup.file(77, "глава.pdf", PDF)
    link = making.fields(externalurl="https://example.org/a")
    backup.activity("url", 6, "Ссылка", body=link, **first)
    slots = making.entry_slot(9), making.drawn_slot('{"questioncategoryid":"2"}')
    body = making.quiz(*slots)
    backup.activity("quiz", 7, name, body=body, idnumber="quiz-1", **first)
    grade = making.fields(intro="<p>Оцените работу</p>", grade="5.00000")
    backup.activity("workshop", 8, "Взаимная проверка", body=grade, section=42)
    glossary = f"<entries>{TERMS}</entries>"
    backup.activity("glossary", 9, "Глоссарий", body=glossary, userinfo=True, **general)
    backup.activity("hvp", 10, "Интерактив", **first)
    entries = (
        making.entry(9, (1, "ready", making.question(90))),
        making.entry(10, (1, "ready", making.question(91, "stack", plugin="<x>1</x>"))),
    )
    backup.category(1, "top").category(2, "Неделя 1", *entries, parent=1)
    return backup


SURVEY = "<items>{}{}</items>".format(
    f"<item>{making.fields(typ='textfield', name='Ваше имя?')}</item>",
    f"<item>{making.fields(typ='label', name='')}</item>",
)
TEXT = "<h2>Ряд</h2><p>Первый абзац</p><iframe src='https://www.youtube.com/embed/x1'></iframe>"


def brought(
    backup: Backup | bytes, *, version: CourseVersion | None, by: User, at: datetime
) -> CourseImport:
    """Bring a backup, and do what its job does."""
    content = backup if isinstance(backup, bytes) else backup.tar()
    row = keep_backup(
        version=version, file=BytesIO(content), name="курс.mbz", by=by, at=at
    )
    return keep_reading(row.pk, read_import(row.pk))


def applied(
    row: CourseImport,
    *,
    by: User,
    at: datetime,
    keys: set[str] | None = None,
    new: NewCourse | None = None,
) -> CourseVersion:
    """Confirm an import with what the preview ticks, or with other keys."""
    chosen = keys
    if chosen is None:
        lines = preview_of(row).lines
        chosen = {line.key for line in lines if is_ticked_first(line)}
    return apply_course_import(
        course_import=row,
        keys=chosen,
        course=new,
        backup=read_ticked(row, chosen),
        by=by,
        at=at,
    )


def new_course(lead: User) -> NewCourse:
    return NewCourse(
        unit=factories.UnitFactory(),
        course_type="open_learning",
        title="Новый курс",
        lead=lead,
    )
