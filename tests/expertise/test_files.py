"""Files of the materials under expertise: as they were frozen, for those who read."""

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from courses.enums import MaterialKind
from courses.services.materials import change_material, remove_material
from expertise.services import request_expertise
from tests import factories
from tests.courses.materials import making, media_files
from tests.expertise import life

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(author, expert, staff, at):
    """A round over a measured video of a topic, a text and a link."""
    version = life.version(author)
    topic = factories.TopicFactory(version=version, week=2, title="Реки")
    making.with_link(version, by=author, at=at, title="Ссылка")
    making.with_file(version, by=author, at=at)
    film = making.with_file(
        version,
        by=author,
        at=at,
        content=media_files.video("mp4", 1),
        name="Лекция.mp4",
        kind=MaterialKind.VIDEO,
        topic=topic,
    )
    making.measured(film, at)
    expertise = request_expertise(version=version, by=author, at=at)
    return life.appointed(expertise, expert, staff=staff, at=at)


def address(expertise, number):
    return reverse("expertise:material_file", args=[expertise.pk, number])


def test_the_dossier_names_each_file_with_what_was_measured(dossier, expert, client):
    client.force_login(expert)
    page = client.get(reverse("expertise:expertise_detail", args=[dossier.pk]))

    told = [(row.title, row.kind, row.where, row.url) for row in page.context["files"]]
    assert told == [
        ("Текст", "Text of theory", "", address(dossier, 2)),
        ("Лекция", "Video", "week 2", address(dossier, 3)),
    ]
    assert page.context["files"][1].facts.startswith("MP4 · 0:01 · ")


def test_the_expert_watches_a_video_from_the_middle(dossier, expert, client):
    client.force_login(expert)

    answer = client.get(address(dossier, 3), headers={"range": "bytes=0-9"})

    assert (answer.status_code, answer["Content-Type"]) == (206, "video/mp4")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert len(b"".join(answer.streaming_content)) == 10


def test_a_text_is_given_to_be_saved_under_its_name(dossier, expert, client):
    client.force_login(expert)

    answer = client.get(address(dossier, 2))

    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert b"".join(answer.streaming_content) == making.PDF


def test_what_the_authors_change_later_changes_no_dossier(
    dossier, author, expert, staff, at, client
):
    """MIN 5.4.7: the file the expert judged stays within the expert's reach."""
    life.returned(dossier, at=at)
    files = dossier.version.materials.exclude(stored_as="").order_by("kind")
    text, film = files
    change_material(
        material=text,
        values={},
        file=making.stored(making.pdf(2), "Другой.pdf", MaterialKind.TEXT),
        by=author,
        at=at,
    )
    remove_material(material=film, by=author)
    client.force_login(expert)

    kept = b"".join(client.get(address(dossier, 2)).streaming_content)

    assert kept == making.PDF
    assert client.get(address(dossier, 3)).status_code == 200


@pytest.mark.parametrize("number", [0, 1, 4, 10**30])
def test_a_link_or_no_material_is_no_file(number, dossier, expert, client):
    client.force_login(expert)

    assert client.get(address(dossier, number)).status_code == 404


def test_a_file_that_the_storage_lost_is_not_found(dossier, expert, client):
    client.force_login(expert)
    default_storage.delete(dossier.version.materials.get(kind="text").stored_as)

    assert client.get(address(dossier, 2)).status_code == 404


def test_an_expert_of_another_course_sees_no_file(dossier, staff, at, client):
    other = factories.UserFactory()
    round_ = life.requested(factories.UserFactory(is_author=True), at=at)
    life.appointed(round_, other, staff=staff, at=at)
    client.force_login(other)

    assert client.get(address(dossier, 2)).status_code == 404
