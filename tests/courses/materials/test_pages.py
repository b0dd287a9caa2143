"""Pages of materials: the list with its states, files and links in, files out."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from courses.enums import MaterialKind, MaterialRights, MeasureState
from courses.models import CourseVersion, Material
from tests import factories
from tests.courses.materials import media_files, word
from tests.courses.materials.making import PDF, measured, pdf, with_file, with_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(author) -> CourseVersion:
    return factories.VersionFactory(lead=author)


@pytest.fixture
def base(version, author, client: Client) -> str:
    client.force_login(author)
    return f"/courses/{version.pk}/materials/"


def post(client: Client, url: str, *files: tuple[str, bytes], **values):
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(url, {"rights": "own", "files": uploads, **values})


def test_an_empty_list_says_what_to_do(client, base):
    page = client.get(base)
    assert "There are no materials yet" in page.text
    assert f'href="{base}add/"' in page.text


def test_files_of_a_topic_are_taken_in_at_once(client, base, version):
    topic = factories.TopicFactory(version=version)
    answer = post(
        client,
        f"{base}add/?kind=text",
        ("Лонгрид 1.pdf", PDF),
        ("Лонгрид 2.pdf", pdf(2)),
        topic=topic.pk,
        rights="free_licence",
        licence="CC BY 4.0",
    )
    assert (answer.status_code, answer.url) == (302, base)
    rows = Material.objects.values_list("title", "topic", "state", "rights", "licence")
    shared = (topic.pk, MeasureState.WAITING, MaterialRights.FREE_LICENCE, "CC BY 4.0")
    assert list(rows) == [("Лонгрид 1", *shared), ("Лонгрид 2", *shared)]
    assert "Being measured: 2 of 2." in client.get(base).text


def test_each_file_is_answered_for_by_itself(client, base):
    answer = post(
        client,
        f"{base}add/?kind=text",
        ("Хороший.pdf", PDF),
        ("Плохой.pdf", b"<html></html>"),
        ("Пустой.pdf", b""),
    )
    assert answer.status_code == 400
    assert [row.title for row in Material.objects.all()] == ["Хороший"]
    assert "“Плохой.pdf” is not what is asked for" in answer.text


def test_a_script_is_answered_with_a_line_for_its_file(client, base):
    headers = {"HX-Request": "true"}
    for name, content, expected in (
        ("a.pdf", PDF, 'data-upload="taken"'),
        ("b.pdf", b"words", 'data-upload="refused"'),
    ):
        files = [SimpleUploadedFile(name, content)]
        answer = client.post(
            f"{base}add/?kind=text", {"rights": "own", "files": files}, headers=headers
        )
        assert answer.status_code == 200
        assert expected in answer.text
        assert "<html" not in answer.text


def test_a_form_without_a_file_or_with_too_many_says_so(client, base):
    assert "This field is required" in post(client, f"{base}add/").text
    many = [(f"{number}.pdf", PDF) for number in range(51)]
    answer = post(client, f"{base}add/?kind=text", *many)
    assert "At most 50 files are taken at once." in answer.text
    assert Material.objects.count() == 0


def test_what_is_of_the_whole_course_asks_for_no_topic(client, base):
    for kind, has_topic in (("promo_video", False), ("video", True)):
        form = client.get(f"{base}add/?kind={kind}").context["form"]
        assert ("topic" in form.fields) is has_topic


@pytest.mark.parametrize("query", ["", "?kind=", "?kind=nothing", "?topic=x&kind=²"])
def test_a_kind_that_is_none_is_a_video(client, base, query):
    assert client.get(f"{base}add/{query}").context["form"].kind == MaterialKind.VIDEO


def test_a_link_is_added_with_what_is_stated_of_it(client, base):
    values = {"title": "Лекция", "url": "https://v.example.org/1", "rights": "own"}
    refused = client.post(
        f"{base}link/?kind=video", {**values, "declared_minutes": "6,5"}
    )
    assert "Say why it is stated and not measured" in refused.text
    answer = client.post(
        f"{base}link/?kind=video",
        {**values, "declared_minutes": "6,5", "declared_reason": "Видеохостинг"},
    )
    assert (answer.status_code, answer.url) == (302, base)
    material = Material.objects.get()
    assert (material.state, material.declared_minutes) == (
        MeasureState.DECLARED,
        Decimal("6.5"),
    )
    assert "6.5\N{NO-BREAK SPACE}min" in client.get(base).text


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("video", {"declared_minutes", "declared_reason", "topic"}),
        ("text", {"declared_pages", "declared_reason", "topic"}),
        ("presentation", {"declared_slides", "declared_reason", "topic"}),
        ("image", {"topic"}),
        ("programme", set()),
    ],
)
def test_a_link_states_what_would_be_measured_and_nothing_else(
    client, base, kind, asked
):
    form = client.get(f"{base}link/?kind={kind}").context["form"]
    assert set(form.fields) == {"title", "url", "rights", "licence", *asked}


def test_a_link_must_be_named_and_stays_named(client, base, version, author, at):
    answer = client.post(f"{base}link/", {"title": "Л", "rights": "own"})
    assert "This field is required" in answer.text
    material = with_link(version, by=author, at=at)
    values = {"title": "Л", "rights": "own", "url": ""}
    answer = client.post(f"{base}{material.pk}/", values)
    assert "Name the link, or upload the file." in answer.text


def test_materials_are_filtered_by_kind_and_state(client, base, version, author, at):
    with_link(version, by=author, at=at, title="Ссылка")
    measured(with_file(version, by=author, at=at), at)
    for query, titles in (
        ("", ["Ссылка", "Текст"]),
        ("?kind=text", ["Текст"]),
        ("?state=declared", ["Ссылка"]),
        ("?state=declared&kind=text", []),
        ("?state=nothing&kind=²", ["Ссылка", "Текст"]),
    ):
        lines = client.get(base + query).context["lines"]
        assert [line["material"].title for line in lines] == titles
    assert (
        "No material is found." in client.get(f"{base}?state=declared&kind=text").text
    )


def test_the_list_asks_again_while_something_waits(client, base, version, author, at):
    material = with_file(version, by=author, at=at)
    asked = client.get(base, headers={"HX-Request": "true"}).text
    assert 'hx-trigger="every 3s"' in asked
    assert "<html" not in asked
    measured(material, at)
    assert "every 3s" not in client.get(base).text


def test_a_list_of_thirty_asks_no_more_than_one_of_three(
    client, base, version, author, at, django_assert_max_num_queries
):
    topic = factories.TopicFactory(version=version)
    for number in range(3):
        with_link(version, by=author, at=at, title=str(number), topic=topic)
    with django_assert_max_num_queries(60) as asked:
        client.get(base)
    few = len(asked)
    for number in range(27):
        with_link(version, by=author, at=at, title=str(number), topic=topic)
    with django_assert_max_num_queries(few):
        client.get(base)


def test_a_material_says_why_it_cannot_be_read(client, base, version, author, at):
    film = media_files.video("mp4")[:1000]
    material = with_file(
        version,
        by=author,
        at=at,
        content=film,
        name="a.mp4",
        kind=MaterialKind.VIDEO,
    )
    measured(material, at)
    for url in (base, f"{base}{material.pk}/"):
        assert (
            "The file is cut: it ends before all that it promises."
            in client.get(url).text
        )


def test_a_pdf_is_said_to_be_of_no_verified_format(client, base, version, author, at):
    """MIN 3.3.3.8."""
    material = measured(with_file(version, by=author, at=at), at)
    assert "Its own format is not verified." in client.get(base).text
    page = client.get(f"{base}{material.pk}/").text
    assert "a PDF are not verified" in page


def test_a_text_shows_its_own_format_apart(client, base, version, author, at):
    """MIN 3.3.3.8."""
    content = word.docx(word.paragraph())
    material = with_file(version, by=author, at=at, content=content, name="a.docx")
    measured(material, at)
    words = "Its own format: 10 pt, spacing 1, margins 2.54 / 2.54 / 2.54 / 2.54 cm."
    assert words in client.get(base).text
    assert words in client.get(f"{base}{material.pk}/").text


def test_a_material_is_changed_and_its_file_replaced(client, base, version, author, at):
    material = measured(with_file(version, by=author, at=at), at)
    url = f"{base}{material.pk}/"
    values = {"title": "Иной", "rights": "own"}
    assert client.post(url, values).url == url
    material.refresh_from_db()
    assert (material.title, material.state) == ("Иной", MeasureState.MEASURED)

    file = SimpleUploadedFile("Другой.pdf", pdf(5))
    client.post(url, {**values, "file": file})
    material.refresh_from_db()
    assert (material.file_name, material.state) == ("Другой.pdf", MeasureState.WAITING)
    # The view read the clock: its job is due now, not at the moment of the test.
    assert measured(material, timezone.now()).pages == Decimal(5)


def test_a_file_of_another_kind_does_not_take_its_place(
    client, base, version, author, at
):
    material = with_file(version, by=author, at=at)
    file = SimpleUploadedFile("a.mp4", media_files.video("mp4"))
    answer = client.post(
        f"{base}{material.pk}/", {"title": "Т", "rights": "own", "file": file}
    )
    assert "is not what is asked for" in answer.text
    material.refresh_from_db()
    assert material.file_name == "Текст.pdf"


def test_a_material_is_removed_after_it_was_confirmed(
    client, base, version, author, at
):
    material = with_file(version, by=author, at=at)
    url = f"{base}{material.pk}/remove/"
    assert "Remove this?" in client.get(url).text
    assert client.post(url).url == base
    assert Material.objects.count() == 0


def test_a_material_is_measured_again(client, base, version, author, at):
    material = measured(with_file(version, by=author, at=at), at)
    answer = client.post(f"{base}{material.pk}/measure/")
    assert answer.url == f"{base}{material.pk}/"
    material.refresh_from_db()
    assert material.state == MeasureState.WAITING


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_a_file_is_given_back_to_be_saved_and_a_picture_to_be_seen(
    client, base, version, author, at
):
    text = with_file(version, by=author, at=at)
    answer = client.get(f"{base}{text.pk}/file/")
    assert body(answer) == PDF
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")

    content = media_files.picture("png")
    cover = with_file(
        version,
        by=author,
        at=at,
        content=content,
        name="Обложка.png",
        kind=MaterialKind.ILLUSTRATION,
    )
    answer = client.get(f"{base}{cover.pk}/file/")
    assert body(answer) == content
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"].startswith("inline")
    saved = client.get(f"{base}{cover.pk}/file/?save")
    assert body(saved) == content
    assert saved["Content-Disposition"].startswith("attachment")
    assert f'src="{base}{cover.pk}/file/"' in client.get(f"{base}{cover.pk}/").text


def test_a_link_has_no_file(client, base, version, author, at):
    material = with_link(version, by=author, at=at)
    assert client.get(f"{base}{material.pk}/file/").status_code == 404


def test_who_may_read_but_not_write_sees_values(
    client, base, version, author, staff, at
):
    material = with_file(version, by=author, at=at)
    client.force_login(staff)
    page = client.get(f"{base}{material.pk}/").text
    assert "Only the authors of the course edit its passport." in page
    assert 'type="file"' not in page
    assert body(client.get(f"{base}{material.pk}/file/")) == PDF
    assert client.post(f"{base}{material.pk}/remove/").status_code == 403


def test_a_stranger_finds_no_file(client, base, version, author, other_author, at):
    material = with_file(version, by=author, at=at)
    client.force_login(other_author)
    for end in ("", "file/", "remove/"):
        assert client.get(f"{base}{material.pk}/{end}").status_code == 404
    assert client.post(f"{base}{material.pk}/measure/").status_code == 404


def test_a_material_of_another_course_is_not_found_here(client, base, author, at):
    foreign = factories.VersionFactory(lead=author)
    material = with_file(foreign, by=author, at=at)
    assert client.get(f"{base}{material.pk}/").status_code == 404
    assert client.get(f"{base}{material.pk}/file/").status_code == 404
