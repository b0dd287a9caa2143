"""Pages between the verdict and the opening: who writes, what each says (MIN 5.4.8)."""

import pytest
from django.urls import reverse

from courses.enums import SnapshotReason, Stage
from courses.services.submission import submit_version
from expertise.dossier import dossier_sha256
from registry import services
from tests import factories
from tests.courses.materials.making import upload
from tests.expertise import life as at_expertise
from tests.registry import life

pytestmark = pytest.mark.django_db
TEXT = {"short_description_ru": "Коротко о главном."}
PICTURE = {"title": "Берег", "rights": "own"}


def address(name, version, *args):
    return reverse(f"courses:{name}", args=[version.pk, *args])


@pytest.fixture
def version(entry):
    return entry.version


@pytest.fixture
def people(version, author, other_author, staff, stranger):
    version.authorships.create(user=other_author)
    head = factories.UserFactory()
    factories.GrantFactory(user=head, role="unit_head", unit=version.course.unit)
    return {
        "author": author,
        "member": other_author,
        "staff": staff,
        "head": head,
        "stranger": stranger,
    }


def posts(version):
    """Return each address with what is posted there; removal comes last."""
    picture = version.materials.earliest("pk").pk
    return (
        (address("opening_edit", version), TEXT),
        (
            address("illustration_add", version),
            {**PICTURE, "file": upload(life.PICTURE, "берег.png")},
        ),
        (address("illustration_edit", version, picture), PICTURE),
        (address("illustration_remove", version, picture), {}),
    )


def test_who_writes_between_the_verdict_and_the_opening(version, people, client):
    expected = {"author": 302, "member": 302, "staff": 302, "head": 403}
    for who in ("stranger", "head", "staff", "member", "author"):
        client.force_login(people[who])
        for url, values in posts(version):
            answer = client.post(url, values)
            assert answer.status_code == expected.get(who, 404), (who, url)


@pytest.mark.parametrize("who", ["author", "staff"])
def test_after_the_opening_the_pages_are_locked(who, opened, people, client):
    """MIN 5.4.10: the authors' editing is locked."""
    client.force_login(people[who])
    for url, values in posts(opened.version):
        assert client.post(url, values).status_code == 409, url
        assert client.get(url).status_code == 200, url


def test_before_the_verdict_the_pages_are_locked(author, client):
    draft = factories.VersionFactory(lead=author)
    client.force_login(author)

    answer = client.post(address("opening_edit", draft), TEXT)
    page = client.get(address("opening_edit", draft)).text

    assert answer.status_code == 409
    assert "This page opens with the verdict." in page


def test_a_description_is_saved_and_the_state_before_it_is_kept(
    version, author, client
):
    client.force_login(author)

    answer = client.post(address("opening_edit", version), TEXT, follow=True)

    assert [str(row) for row in answer.context["messages"]] == ["Saved."]
    text = version.texts.get()
    assert (text.title, text.short_description) == (
        "Основы статистики",
        "Коротко о главном.",
    )
    kept = version.snapshots.get(reason=SnapshotReason.EDIT, by=author)
    assert kept.content["texts"][0]["short_description"] == life.SHORT


def test_a_text_that_is_too_long_is_refused_beside_its_field(version, author, client):
    client.force_login(author)
    long = {"short_description_ru": "а" * 2001}

    answer = client.post(address("opening_edit", version), long)

    assert list(answer.context["form"].errors) == ["short_description_ru"]
    assert version.texts.get().short_description == life.SHORT


def test_two_who_write_at_once_see_both_texts(version, author, client):
    client.force_login(author)
    url = address("opening_edit", version)
    base = client.get(url).context["base"]
    client.post(url, {"short_description_ru": "Первый текст.", "base": base})

    answer = client.post(url, {**TEXT, "base": base})

    (conflict,) = answer.context["conflicts"]
    assert answer.status_code == 409
    assert (conflict.mine, conflict.theirs) == ("Коротко о главном.", "Первый текст.")
    assert version.texts.get().short_description == "Первый текст."


def test_an_illustration_is_replaced_by_another_file(version, author, client):
    client.force_login(author)
    picture = version.materials.get()
    url = address("illustration_edit", version, picture.pk)

    client.post(url, {**PICTURE, "file": upload(life.picture(kind="JPEG"), "Река.jpg")})

    picture.refresh_from_db()
    assert (picture.container, picture.state, picture.file_name) == (
        "jpeg",
        "waiting",
        "Река.jpg",
    )


def test_an_illustration_of_another_course_is_not_found(version, author, at, client):
    other = life.entry(author, at=at).version
    client.force_login(author)
    foreign = other.materials.get().pk

    for name in ("illustration_edit", "illustration_remove"):
        assert client.post(address(name, version, foreign)).status_code == 404


def test_the_dossier_that_the_expert_signed_does_not_change(author, at, client):
    """MIN 5.4.6: what was signed stays as it was read."""
    version = at_expertise.version(author)
    snapshot, check = submit_version(version=version, by=author, at=at)
    signed = dossier_sha256(snapshot, check)
    version.stage, version.decided_at = Stage.RECOMMENDED, at
    version.save()
    services.make_entry(version=version, by=author, at=at)
    client.force_login(author)

    answer = client.post(address("opening_edit", version), TEXT)

    assert answer.status_code == 302
    for row in (snapshot, check):
        row.refresh_from_db()
    assert dossier_sha256(snapshot, check) == signed
    assert snapshot.content["texts"][0]["short_description"] == ""


def test_a_course_shows_its_illustration_to_anybody(opened, client):
    url = reverse("registry:course_illustration", args=[opened.number])
    page = client.get(reverse("registry:course_detail", args=[opened.number])).text
    answer = client.get(url)

    assert answer["Content-Type"] == "image/png"
    assert answer["Cache-Control"] == "public, max-age=86400"
    assert b"".join(answer.streaming_content) == life.PICTURE
    assert f'src="{url}"' in page
    assert client.get(url, headers={"if-none-match": answer["ETag"]}).status_code == 304


def test_the_showcase_says_how_large_a_picture_is_before_it_comes(opened, client):
    page = client.get(reverse("registry:showcase")).text

    assert 'alt="Основы статистики"' in page
    assert ('width="64"' in page, 'height="36"' in page) == (True, True)
    assert 'loading="lazy"' in page


def test_a_course_without_a_picture_shows_its_code_in_its_place(opened, client):
    opened.version.materials.all().delete()
    page = client.get(reverse("registry:showcase")).text
    url = reverse("registry:course_illustration", args=[opened.number])

    assert "cover-plain" in page
    assert client.get(url).status_code == 404


def test_a_course_that_was_removed_shows_no_picture(opened, staff, at, client):
    """MIN 5.6.2."""
    url = reverse("registry:course_illustration", args=[opened.number])
    services.remove_entry(entry=opened, by=staff, at=at, comment="Заявление.")

    assert client.get(url).status_code == 404
