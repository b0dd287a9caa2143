"""Pages of question banks: import with its preview, the questions of a bank."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from courses.models import CourseVersion, Question, QuestionBank
from courses.selectors.facts import facts_of
from tests import factories
from tests.courses import life
from tests.courses.gift import GIFT, gift

pytestmark = pytest.mark.django_db


def look_at(client: Client, version: CourseVersion, file: Any, query: str = "") -> Any:
    url = f"/courses/{version.pk}/banks/import/{query}"
    return client.post(url, {"file": file}, follow=True)


def confirm(client: Client, version: CourseVersion, preview: Any, **values: Any) -> Any:
    token = preview.context["form"]["token"].value()
    url = f"/courses/{version.pk}/banks/import/confirm/"
    return client.post(url, {"token": token, **values}, follow=True)


def test_a_file_is_previewed_and_then_imported(author, client: Client) -> None:
    version = factories.VersionFactory(lead=author)
    topic = factories.TopicFactory(version=version, week=1)
    client.force_login(author)
    preview = look_at(client, version, gift())

    assert Question.objects.count() == 0
    [(category, chosen)] = preview.context["form"].rows()
    assert (category.questions, category.kinds, category.topic) == (
        2,
        {"True or false": 2},
        topic,
    )
    assert chosen.initial == str(topic.pk)
    done = confirm(client, version, preview, topic_0=topic.pk)

    assert "Questions imported: 2. Left out: 0." in done.text
    assert QuestionBank.objects.get().topic == topic


def test_a_topic_named_in_the_address_is_offered_for_all(author, client) -> None:
    version = factories.VersionFactory(lead=author)
    topic = factories.TopicFactory(version=version, title="Иная")
    client.force_login(author)
    for query, expected in (
        (f"?topic={topic.pk}", str(topic.pk)),
        ("?topic=x", ""),
        ("?topic=²", ""),
        (f"?topic={factories.TopicFactory().pk}", ""),
        (f"?topic={'9' * 30}", ""),
        # More digits than Python turns into a number.
        (f"?topic={'9' * 5000}", ""),
    ):
        form = look_at(client, version, gift(), query).context["form"]
        assert form["topic_0"].initial == expected


BROKEN = "Да? {T}\n\nНет {=а\n"


def test_a_broken_file_names_line_and_reason_and_imports_the_good_ones_or_nothing(
    author, client: Client
) -> None:
    version = factories.VersionFactory(lead=author)
    client.force_login(author)
    preview = look_at(client, version, gift(BROKEN))

    assert "1 question cannot be read" in preview.text
    assert [(e.line, e.reason[:23]) for e in preview.context["shown_errors"]] == [
        (3, "The answers begin with ")
    ]
    assert "Import the good ones: 1" in preview.text
    assert "Import nothing" in preview.text
    assert "Import all" not in preview.text
    refused = confirm(client, version, preview)
    assert "1 question cannot be read" in refused.text
    assert Question.objects.count() == 0
    done = confirm(client, version, preview, what="good")
    assert "Questions imported: 1. Left out: 1." in done.text
    assert Question.objects.count() == 1


def test_a_reload_shows_the_preview_again_and_imports_nothing(author, client) -> None:
    version = factories.VersionFactory(lead=author)
    client.force_login(author)
    preview = look_at(client, version, gift())
    [(url, status)] = preview.redirect_chain

    assert status == 302
    assert client.get(url).context["file"].read == preview.context["file"].read
    assert Question.objects.count() == 0


def test_errors_are_given_as_a_table(author, other_author, client: Client) -> None:
    version = factories.VersionFactory(lead=author)
    client.force_login(author)
    preview = look_at(client, version, gift(BROKEN))
    table = client.get(preview.context["errors_url"])

    assert table["Content-Type"] == "text/csv; charset=utf-8"
    lines = table.content.decode("utf-8-sig").split("\r\n")
    assert lines[0] == "Line;Reason"
    assert lines[1].startswith("3;")
    assert client.get(f"{preview.context['errors_url']}x").status_code == 404
    client.force_login(other_author)
    assert client.get(preview.context["errors_url"]).status_code == 404


def test_of_very_many_errors_the_first_hundred_are_shown(author, client) -> None:
    version = factories.VersionFactory(lead=author)
    client.force_login(author)
    preview = look_at(client, version, gift("Нет {=а\n\n" * 150))

    assert len(preview.context["shown_errors"]) == 100
    assert "150 questions cannot be read" in preview.text
    assert "The first 100 are shown" in preview.text
    assert "There is no question in the file" in preview.text


def test_of_very_many_categories_the_first_hundred_are_asked_about(
    author, client: Client, django_assert_max_num_queries
) -> None:
    version = factories.VersionFactory(lead=author)
    factories.TopicFactory(version=version)
    client.force_login(author)
    text = "".join(f"$CATEGORY: К{n}\n\nДа {n}? {{T}}\n\n" for n in range(120))
    preview = look_at(client, version, gift(text))

    assert len(preview.context["form"].rows()) == 100
    assert "Categories not shown: 20." in preview.text
    with django_assert_max_num_queries(60):
        confirm(client, version, preview)
    assert version.banks.count() == 120


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (gift("", "x.gift"), "The file “x.gift” is empty."),
        (gift(GIFT, "x.pdf"), "is not what is asked for"),
        (SimpleUploadedFile("x.gift", b"%PDF-1.7\n"), "is not what is asked for"),
        (SimpleUploadedFile("x.gift", b"a\x00b"), "is not what is asked for"),
        ("", "This field is required."),
    ],
)
def test_a_file_that_is_no_bank_is_refused(file, reason, author, client) -> None:
    version = factories.VersionFactory(lead=author)
    client.force_login(author)
    response = look_at(client, version, file)

    assert response.status_code == 400
    assert reason in response.text


def test_a_file_without_questions_says_so(author, client: Client) -> None:
    version = factories.VersionFactory(lead=author)
    client.force_login(author)

    assert (
        "There is no question in the file"
        in look_at(client, version, gift("// пусто")).text
    )


def test_a_preview_whose_file_is_gone_asks_for_it_again(
    media, author, client: Client
) -> None:
    version = factories.VersionFactory(lead=author)
    client.force_login(author)
    preview = look_at(client, version, gift())
    for file in media.rglob("*.txt"):
        file.unlink()
    assert "The preview is too old" in confirm(client, version, preview).text
    for file in media.rglob("*.json"):
        file.unlink()

    assert "The preview is too old" in confirm(client, version, preview).text
    again = client.get(preview.redirect_chain[0][0])
    assert (again.status_code, "The preview is too old" in again.text) == (200, True)


def test_a_preview_that_another_release_read_asks_for_the_file_again(
    media, author, client: Client
) -> None:
    version = factories.VersionFactory(lead=author)
    client.force_login(author)
    preview = look_at(client, version, gift())
    for file in media.rglob("*.json"):
        file.write_text('{"layout": 0}')

    assert "The preview is too old" in confirm(client, version, preview).text
    assert Question.objects.count() == 0


def test_a_file_is_read_once_for_its_preview_and_its_import(
    media, author, client: Client
) -> None:
    version = factories.VersionFactory(lead=author)
    client.force_login(author)
    preview = look_at(client, version, gift("Да? {T}\n\nНет? {F}\n"))
    for file in media.rglob("*.txt"):
        # The token names the file; nobody writes there: were it read again, it would
        # give three questions.
        file.write_text("Да? {T}\n\nНет? {F}\n\nЖоқ? {F}\n")

    confirm(client, version, preview)

    assert Question.objects.count() == 2


def test_the_preview_says_who_grades_kinds_that_the_portal_does_not_know_min_4_6(
    author, client: Client
) -> None:
    version = factories.VersionFactory(lead=author)
    client.force_login(author)
    text = "<quiz>{}</quiz>".format(
        "".join(
            f'<question type="{kind}"><name><text>{kind}</text></name></question>'
            for kind in ("stack", "recordrtc", "essayautograde")
        )
    )
    preview = look_at(client, version, gift(text, "a.xml"))

    assert [
        (kind.name, kind.count, kind.graded)
        for kind in preview.context["file"].unknown_kinds
    ] == [
        ("stack", 1, "graded by machine in Moodle"),
        ("recordrtc", 1, "graded by a person"),
        ("essayautograde", 1, "not known whether a machine grades it"),
    ]
    confirm(client, version, preview)
    [bank] = facts_of(version).banks
    assert (len(bank.drawable), bank.by_hand, bank.of_unknown_kind) == (1, 1, 1)
    page = client.get(f"/courses/{version.pk}/banks/{bank.id}/")
    assert "graded by machine in Moodle" in page.text


def test_a_forged_token_imports_nothing(author, client: Client) -> None:
    version = factories.VersionFactory(lead=author)
    other = factories.VersionFactory(lead=author)
    client.force_login(author)
    foreign = look_at(client, other, gift()).context["form"]["token"].value()
    for token in ("", "forged", foreign):
        url = f"/courses/{version.pk}/banks/import/confirm/"
        response = client.post(url, {"token": token}, follow=True)
        assert "The preview is too old" in response.text
    assert Question.objects.count() == 0


def test_a_topic_of_another_course_is_not_chosen(author, client: Client) -> None:
    version = factories.VersionFactory(lead=author)
    client.force_login(author)
    preview = look_at(client, version, gift())
    topic_id = factories.TopicFactory().pk

    assert (
        "Select a valid choice"
        in confirm(client, version, preview, topic_0=topic_id).text
    )
    assert Question.objects.count() == 0


def test_the_original_file_is_given_back(ids, author, client: Client) -> None:
    client.force_login(author)
    response = client.get(f"/courses/{ids['version']}/banks/files/{ids['import']}/")

    assert response.content == GIFT.encode()
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")


def test_the_questions_of_a_bank_are_searched_and_paged(author, client) -> None:
    version = factories.VersionFactory(lead=author)
    bank = factories.BankFactory(version=version)
    life.fill(bank, 30)
    factories.QuestionFactory(bank=bank, kind="essay", text="<b>Опишите</b>")
    factories.QuestionFactory(
        bank=bank,
        kind="other",
        text="<p>Решите</p><p>сами&nbsp;</p>",
        details={"text_format": "html"},
    )
    factories.QuestionFactory(bank=bank, fingerprint=bank.questions.first().fingerprint)
    client.force_login(author)
    url = f"/courses/{version.pk}/banks/{bank.pk}/"

    def found(query: str) -> int:
        return client.get(url + query).context["page"].paginator.count

    assert found("") == 33
    assert found("?q=опишите") == 1
    assert found("?kind=essay") == 1
    assert found("?kind=nonsense") == 33
    assert "&lt;b&gt;Опишите" in client.get(f"{url}?kind=essay").text
    assert "<bdi>Решите сами</bdi>" in client.get(f"{url}?kind=other").text
    assert "No question is found" in client.get(f"{url}?q=нет такого").text
    assert "repeated" in client.get(url).text
