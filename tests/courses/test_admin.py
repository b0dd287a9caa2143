"""Courses in the centre's admin."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses import panels
from courses.enums import CheckReason, SnapshotReason
from courses.models import CourseVersion
from courses.panels import Debt
from courses.services import import_questions, record_check, submit_version
from courses.services.submission import take_snapshot
from tests import factories
from tests.courses import life

pytestmark = pytest.mark.django_db
LIST = "/admin/courses/courseversion/"


@pytest.fixture
def in_admin(client: Client, staff) -> Client:
    client.force_login(staff)
    return client


def test_the_centre_opens_a_course(in_admin, staff, author, other_author) -> None:
    values = {
        "language": "ru",
        "unit": factories.UnitFactory().pk,
        "course_type": "retraining",
        "title": "Основы химии",
        "lead": author.pk,
        "authors": [other_author.pk],
    }
    assert in_admin.get(f"{LIST}add/").status_code == 200
    assert in_admin.post(f"{LIST}add/", values).status_code == 302

    version = CourseVersion.objects.get()
    assert (version.title, version.course.type) == ("Основы химии", "retraining")
    assert version.course.created_by == staff
    assert [row.user for row in version.authorships.all()] == [author, other_author]


def test_a_course_is_opened_for_registered_authors_alone(in_admin, stranger) -> None:
    values = {
        "language": "ru",
        "unit": factories.UnitFactory().pk,
        "course_type": "retraining",
        "title": "Основы химии",
        "lead": stranger.pk,
    }

    assert "Select a valid choice" in in_admin.post(f"{LIST}add/", values).text
    assert not CourseVersion.objects.exists()


def test_the_list_tells_what_fails_who_owes_and_by_when(
    in_admin, author, at, monkeypatch
) -> None:
    monkeypatch.setattr(panels, "_DEBTS", [])
    life.whole_version(author, literature="")
    sent = life.at_stage(factories.VersionFactory(), "expertise", author, at)
    panels.register_debts(
        lambda _ids: {sent.pk: Debt("Экспертов И.", date(2026, 9, 28))}
    )

    page = in_admin.get(f"{LIST}?q=").text
    rows = in_admin.get(LIST).context["cl"].result_list
    assert [(row.requirements_left > 1, row.debt.who) for row in rows] == [
        (True, "Экспертов И."),
        (False, author.short_name),
    ]
    assert rows[1].requirements_left == 1
    assert "Экспертов И." in page
    assert "Sept. 28, 2026" in page or "28" in page


@pytest.mark.parametrize("query", ["?q=статистики", "?stage=draft", "?o=1", "?p=1"])
def test_the_list_is_searched_filtered_and_sorted(query, in_admin, author) -> None:
    factories.VersionFactory(lead=author)

    assert len(in_admin.get(LIST + query).context["cl"].result_list) == 1


def test_the_list_asks_the_same_for_3_and_for_25(in_admin, author) -> None:
    counts = []
    for count in (3, 25):
        while CourseVersion.objects.count() < count:
            factories.VersionFactory(lead=author, course__unit=factories.UnitFactory())
        with CaptureQueriesContext(connection) as queries:
            assert in_admin.get(LIST).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_course_shows_its_way_and_cannot_be_edited_by_hand(
    in_admin, author, at
) -> None:
    version = life.whole_version(author)
    submit_version(version=version, by=author, at=at)
    url = f"{LIST}{version.pk}/change/"
    page = in_admin.get(url)

    assert page.status_code == 200
    assert [state for state, _log in page.context["way"]] == ["At expertise"]
    assert f"/courses/{version.pk}/check/" in page.text
    assert in_admin.post(url, {"stage": "recommended"}).status_code == 403
    assert in_admin.post(f"{LIST}{version.pk}/delete/").status_code == 403


@pytest.mark.parametrize("model", ["check", "passportsnapshot", "questionimport"])
def test_what_services_keep_is_only_looked_at(model, in_admin, author, at) -> None:
    version = life.whole_version(author, questions_a_week=1)
    kept = {
        "check": record_check(
            version=version, reason=CheckReason.COMMAND, by=author, at=at
        ),
        "passportsnapshot": take_snapshot(
            version=version, reason=SnapshotReason.ADMISSION, by=author, at=at
        ),
        "questionimport": import_questions(
            version=version, name="x.gift", content=b"Q {T}", by=author, at=at
        ),
    }[model]
    base = f"/admin/courses/{model}/"

    assert in_admin.get(base).status_code == 200
    assert in_admin.get(f"{base}{kept.pk}/change/").status_code == 200
    assert in_admin.post(f"{base}{kept.pk}/change/", {}).status_code == 403
    assert in_admin.get(f"{base}add/").status_code == 403
    assert in_admin.post(f"{base}{kept.pk}/delete/").status_code == 403


@pytest.mark.parametrize("path", [LIST, f"{LIST}add/"])
def test_authors_do_not_come_into_the_admin(path, author, client: Client) -> None:
    client.force_login(author)

    assert client.get(path).status_code == 302


def test_the_finance_department_opens_no_course(accountant, client: Client) -> None:
    client.force_login(accountant)

    assert client.get(f"{LIST}add/").status_code == 403
    assert client.get(LIST).status_code == 403
