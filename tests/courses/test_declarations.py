"""Programmes, software, communication, borrowed material with its consent."""

import pytest
from django.test import Client

from core.storage import read_bytes
from courses.models import BorrowedItem, CourseVersion
from courses.services import add_part, change_part, move_part
from tests import factories
from tests.courses.declared import (
    PDF,
    borrowed_with_consent,
    checked_consent,
    consent_file,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(author) -> CourseVersion:
    return factories.VersionFactory(lead=author)


def client_of(author) -> Client:
    client = Client()
    client.force_login(author)
    return client


@pytest.mark.parametrize(
    ("path", "values", "shown"),
    [
        (
            "programmes",
            {"code": "09.03.01", "title": "Информатика"},
            ("09.03.01", "Информатика"),
        ),
        (
            "communication",
            {
                "mode": "synchronous",
                "kind": "webinar",
                "title": "Встреча",
                "url": "https://lms.university.example/w",
                "schedule": "по средам",
            },
            ("Встреча", "Synchronous · Webinar · по средам"),
        ),
        (
            "software",
            {"name": "R", "requirements": "4 ГБ", "instruction": "Скачать"},
            ("R", "4 ГБ", "has an instruction", "no official link"),
        ),
        (
            "borrowed",
            {"title": "Карта", "is_consent_needed": "on"},
            ("Карта", "no consent yet", "No reference yet."),
        ),
    ],
)
def test_a_declaration_is_added_and_listed(path, values, shown, version, author):
    client = client_of(author)
    url = f"/courses/{version.pk}/{path}/"
    page = client.post(url, values, follow=True)

    assert [words for words in shown if words not in page.text] == []
    assert getattr(version, path).get().position == 1


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("programmes", "No programme is named yet"),
        ("communication", "No means of communication is named yet"),
        ("software", "A browser is enough"),
        ("borrowed", "Nothing is borrowed"),
        ("outcomes", "There are no learning outcomes yet"),
    ],
)
def test_an_empty_list_says_what_it_is_for(path, words, version, author) -> None:
    assert words in client_of(author).get(f"/courses/{version.pk}/{path}/").text


def test_declarations_have_their_order(version, author) -> None:
    first, second = (
        add_part(model=BorrowedItem, to=version, values={"title": title}, by=author)
        for title in "аб"
    )
    move_part(part=second, by_places=-1, by=author)

    assert list(version.borrowed.values_list("position", "title")) == [
        (1, "б"),
        (2, "а"),
    ]
    assert second.position == first.position


# --- the consent --------------------------------------------------------------------


def test_a_consent_is_kept_with_what_is_borrowed_and_given_back(version, author):
    client = client_of(author)
    values = {"title": "Фильм", "is_consent_needed": "on", "consent": consent_file()}
    client.post(f"/courses/{version.pk}/borrowed/", values)
    item = BorrowedItem.objects.get()
    answer = client.get(f"/courses/{version.pk}/borrowed/{item.pk}/consent/")

    assert item.consent_name == "согласие.pdf"
    assert len(item.consent_sha256) == 64
    assert answer.content == PDF
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")


def test_a_consent_stays_until_another_comes_or_it_is_taken_away(
    version, author
) -> None:
    item = borrowed_with_consent(version, author)
    client = client_of(author)
    url = f"/courses/{version.pk}/borrowed/{item.pk}/edit/"

    client.post(url, {"title": "Иной"})
    item.refresh_from_db()
    assert (item.title, item.consent_name) == ("Иной", "согласие.pdf")
    client.post(url, {"title": "Иной", "consent": consent_file("новое.pdf")})
    item.refresh_from_db()
    assert item.consent_name == "новое.pdf"
    client.post(url, {"title": "Иной", "is_consent_removed": "on"})
    item.refresh_from_db()
    assert (item.consent_name, item.consent_stored_as, item.consent_sha256) == (
        "",
        "",
        "",
    )
    assert client.get(url.replace("edit", "consent")).status_code == 404


def test_a_consent_is_stored_under_its_hash(version, author) -> None:
    item = borrowed_with_consent(version, author)
    change_part(part=item, values={"consent": checked_consent("иное.pdf")}, by=author)

    assert item.consent_stored_as == (
        f"consents/{item.consent_sha256[:2]}/{item.consent_sha256}.pdf"
    )
    assert read_bytes(item.consent_stored_as) == PDF


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (consent_file("x.pdf", b"<html>"), "is not what is asked for"),
        (consent_file("x.exe"), "is not what is asked for"),
        (consent_file("x.pdf", b""), "The file “x.pdf” is empty."),
        (consent_file("я" * 300 + ".pdf"), "at most 250 characters"),
    ],
)
def test_a_file_that_is_no_consent_is_refused(file, reason, version, author) -> None:
    file.seek(0)
    page = client_of(author).post(
        f"/courses/{version.pk}/borrowed/", {"title": "Фильм", "consent": file}
    )

    assert page.status_code == 400
    assert reason in page.text
    assert BorrowedItem.objects.count() == 0


def test_borrowed_material_of_a_topic_stays_when_the_topic_goes(
    version: CourseVersion, author
) -> None:
    topic = factories.TopicFactory(version=version)
    values = {"title": "Карта", "topic": topic}
    item = add_part(model=BorrowedItem, to=version, values=values, by=author)
    topic.delete()

    item.refresh_from_db()
    assert item.topic is None
