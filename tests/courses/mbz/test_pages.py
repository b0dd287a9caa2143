"""Pages of an import: who sees what, what is sent, what is answered."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.enums import Lane
from core.jobs import run_due
from core.models import Job
from courses import tasks
from courses.enums import ImportState
from courses.formats.mbz.diff import Status
from courses.models import CourseImport, CourseVersion, GlossaryTerm, Topic
from courses.selectors.course_imports import is_ticked_first, preview_of
from tests import factories
from tests.courses import life
from tests.courses.mbz import making
from tests.courses.mbz.imports import applied, brought, course
from tests.courses.mbz.making import Backup

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(author):
    return factories.VersionFactory(lead=author)


def at_desk_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def named(content: bytes, name: str) -> BytesIO:
    file = BytesIO(content)
    file.name = name
    return file


def detail_url(row: CourseImport) -> str:
    return reverse("courses:import_detail", args=[row.pk])


def ticks_of(row: CourseImport) -> list[str]:
    return [line.key for line in preview_of(row).lines if is_ticked_first(line)]


def written(row: CourseImport) -> None:
    """Do what the jobs of an import do."""
    run_due(Lane.HEAVY, clock=lambda: timezone.now() + timedelta(seconds=1))
    row.refresh_from_db()


def test_an_author_brings_a_backup_sees_it_read_and_confirms(version, author, at):
    client = at_desk_of(author)
    url = reverse("courses:import_upload", args=[version.pk])
    sent = client.post(url, {"file": named(course().tar(), "курс.mbz")})
    row = CourseImport.objects.get()
    assert sent.headers["Location"] == detail_url(row)
    assert "being read" in client.get(detail_url(row)).content.decode()
    assert "course_imports" in tasks.__all__  # registers the job
    run_due(Lane.HEAVY, clock=lambda: row.at)
    row.refresh_from_db()
    page = client.get(detail_url(row)).content.decode()
    unlike = [line for line in preview_of(row).lines if line.status is not Status.SAME]
    assert page.count('name="taken"') == len(unlike)
    asked = client.post(detail_url(row), {"taken": ticks_of(row)}, follow=True)
    assert "The import is being written" in asked.content.decode()
    assert version.topics.count() == 0
    written(row)
    assert "The course is imported" in client.get(detail_url(row)).content.decode()
    assert version.topics.count() == 2


def test_a_waiting_page_asks_again_and_loads_anew_once_it_is_read(version, author, at):
    row = CourseImport.objects.create(
        version=version, format="mbz", file_name="к.mbz", size_bytes=1, at=at, by=author
    )
    client = at_desk_of(author)
    htmx = {"HX-Request": "true"}
    waiting = client.get(detail_url(row), headers=htmx)
    assert ("HX-Refresh" in waiting.headers, "hx-get" in waiting.content.decode()) == (
        False,
        True,
    )
    CourseImport.objects.update(state=ImportState.READY)
    assert client.get(detail_url(row), headers=htmx).headers["HX-Refresh"] == "true"


def test_a_job_that_gave_up_says_what_to_do(version, author, at):
    row = brought(course(), version=version, by=author, at=at)
    CourseImport.objects.update(state=ImportState.WAITING)
    Job.objects.update(state="failed", finished_at=at)
    page = at_desk_of(author).get(detail_url(row)).content.decode()
    assert "tell the administrators" in page


def test_an_unreadable_backup_says_why(version, author, at):
    content = making.tar_of({"moodle_backup.xml": b"<broken"})
    row = brought(content, version=version, by=author, at=at)
    page = at_desk_of(author).get(detail_url(row)).content.decode()
    assert "A part of the backup is damaged" in page


def test_what_is_no_archive_is_answered_beside_the_field(version, author):
    url = reverse("courses:import_upload", args=[version.pk])
    page = at_desk_of(author).post(url, {"file": named(b"%PDF", "курс.mbz")})
    assert "This is not a Moodle backup" in page.content.decode()
    assert CourseImport.objects.count() == 0


def test_nothing_ticked_is_answered_with_what_to_do(version, author, at):
    row = brought(course(), version=version, by=author, at=at)
    page = at_desk_of(author).post(detail_url(row), {"taken": ["no-such-key"]})
    assert "Nothing is ticked" in page.content.decode()
    assert version.topics.count() == 0


def test_ticks_that_were_sent_stay_where_an_error_shows_the_page_again(staff, at):
    row = brought(course(), version=None, by=staff, at=at)
    page = at_desk_of(staff).post(detail_url(row), {"taken": ["activity-7"]})
    assert page.content.decode().count(" checked") == 1


def test_staff_open_a_course_from_the_preview(staff, author, at):
    row = brought(course(), version=None, by=staff, at=at)
    sent = {
        "taken": ticks_of(row),
        "title": "Новый курс",
        "unit": factories.UnitFactory().pk,
        "course_type": "open_learning",
        "language": "ru",
        "lead": author.pk,
    }
    at_desk_of(staff).post(detail_url(row), sent)
    written(row)
    made = CourseVersion.objects.get()
    assert (made.title, made.topics.count()) == ("Новый курс", 2)


def test_a_new_course_is_not_opened_where_no_edition_is_in_force(staff, author, at):
    row = brought(course(), version=None, by=staff, at=at)
    factories.edition().__class__.objects.update(in_force_from="2999-01-01")
    sent = {
        "taken": ticks_of(row),
        "title": "Новый курс",
        "unit": factories.UnitFactory().pk,
        "course_type": "open_learning",
        "language": "ru",
        "lead": author.pk,
    }
    client = at_desk_of(staff)
    client.post(detail_url(row), sent)
    written(row)
    page = client.get(detail_url(row)).content.decode()
    assert "No edition of the regulation is in force" in page
    assert CourseVersion.objects.count() == 0


def test_an_import_confirmed_elsewhere_shows_what_it_made(version, author, at):
    row = brought(course(), version=version, by=author, at=at)
    applied(row, by=author, at=at)
    page = at_desk_of(author).post(detail_url(row), {"taken": ["activity-7"]})
    assert "The course is imported" in page.content.decode()


def test_a_locked_passport_shows_the_import_and_takes_no_answer(version, author, at):
    row = brought(course(), version=version, by=author, at=at)
    life.at_stage(version, "expertise", author, at)
    client = at_desk_of(author)
    assert 'name="taken"' not in client.get(detail_url(row)).content.decode()
    assert client.post(detail_url(row), {"taken": ticks_of(row)}).status_code == 409


def test_an_import_is_foreign_to_strangers_and_read_only_to_staff(
    version, author, other_author, staff, stranger, at
):
    row = brought(course(), version=version, by=author, at=at)
    answers = []
    for who in (other_author, stranger, staff):
        client = at_desk_of(who)
        seen, sent = client.get(detail_url(row)), client.post(detail_url(row))
        answers.append((seen.status_code, sent.status_code))
    assert answers == [(404, 404), (404, 404), (200, 403)]


def test_an_import_of_a_new_course_is_its_bringers_own(staff, author, at):
    row = brought(course(), version=None, by=staff, at=at)
    other = factories.StaffFactory()
    assert [
        at_desk_of(who).get(detail_url(row)).status_code
        for who in (staff, other, author)
    ] == [200, 404, 404]


def test_the_backup_is_given_back_byte_by_byte(version, author, at):
    content = course().tar()
    row = brought(content, version=version, by=author, at=at)
    url = reverse("courses:import_file", args=[row.pk])
    given = at_desk_of(author).get(url)
    assert b"".join(given.streaming_content) == content


def test_the_preview_asks_as_many_questions_for_thirty_sections_as_for_three(
    version, author, at, django_assert_num_queries
):
    client = at_desk_of(author)
    rows = []
    for count in (3, 30):
        backup = Backup()
        for number in range(1, count + 1):
            backup.section(number).activity(
                "page", number, f"Текст {number}", section=40 + number
            )
        rows.append(brought(backup, version=version, by=author, at=at))
    client.get(detail_url(rows[0]))
    with django_assert_num_queries(20, exact=False) as few:
        client.get(detail_url(rows[0]))
    with django_assert_num_queries(len(few)):
        client.get(detail_url(rows[1]))


MUSICIANS = (
    "<GLOSSARY><INFO><NAME>Термины</NAME><ENTRIES>{}</ENTRIES></INFO></GLOSSARY>"
)


def glossary(*terms: tuple[str, str]) -> bytes:
    entries = "".join(
        f"<ENTRY><CONCEPT>{term}</CONCEPT><DEFINITION>{text}</DEFINITION></ENTRY>"
        for term, text in terms
    )
    return MUSICIANS.format(entries).encode()


def test_an_author_imports_a_glossary_after_seeing_it(version, author):
    """MIN 3.2.10."""
    GlossaryTerm.objects.create(version=version, term="Мода", definition="Старое")
    version.is_glossary_unknown = True
    version.save()
    client = at_desk_of(author)
    content = glossary(("Мода", "Частое"), ("Медиана", "Середина"), ("Мода", "Ещё"))
    sent = client.post(
        reverse("courses:term_import", args=[version.pk]),
        {"file": named(content, "термины.xml")},
    )
    preview = client.get(sent.headers["Location"]).content.decode()
    assert ("Медиана" in preview, "Старое" in preview) == (True, True)
    client.post(sent.headers["Location"])
    version.refresh_from_db()
    assert dict(version.glossary.values_list("term", "definition")) == {
        "Мода": "Частое",
        "Медиана": "Середина",
    }
    assert version.is_glossary_unknown is False


def test_a_glossary_with_a_bad_entry_is_refused_whole(version, author):
    client = at_desk_of(author)
    content = glossary(("Мода", "Частое"), ("", "Без термина"))
    sent = client.post(
        reverse("courses:term_import", args=[version.pk]),
        {"file": named(content, "термины.xml")},
    )
    page = client.post(sent.headers["Location"]).content.decode()
    assert "Line 1: The entry has no term." in page
    assert version.glossary.count() == 0


def test_a_forged_or_foreign_preview_of_a_glossary_is_no_preview(
    version, author, other_author
):
    client = at_desk_of(author)
    sent = client.post(
        reverse("courses:term_import", args=[version.pk]),
        {"file": named(glossary(("Мода", "Частое")), "термины.xml")},
    )
    token = sent.headers["Location"].partition("?")[2]
    other = factories.VersionFactory(lead=author)
    url = reverse("courses:term_preview", args=[other.pk])
    for query in (token, "file=forged", ""):
        page = client.post(f"{url}?{query}").content.decode()
        assert "The preview is too old" in page
    assert GlossaryTerm.objects.count() == 0


def test_a_glossary_that_is_too_large_is_refused(version, author, monkeypatch):
    url = reverse("courses:term_import", args=[version.pk])
    content = b"x" * (20 * 1024 * 1024 + 1)
    page = at_desk_of(author).post(url, {"file": named(content, "термины.xml")})
    assert "at most 20 MB" in page.content.decode()


def test_the_list_of_topics_has_them_in_their_weeks(version, author, at):
    row = brought(course(), version=version, by=author, at=at)
    applied(row, by=author, at=at)
    assert list(Topic.objects.values_list("position", flat=True)) == [1, 1]
