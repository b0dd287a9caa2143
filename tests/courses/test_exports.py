"""The passport and its check as files: JSON, A4, the national registry; and in again."""

import json
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from pypdf import PdfReader

from courses.models import CourseImport
from courses.passport_json import passport_file, passport_sha256
from courses.registry_passport import FIELDS
from courses.selectors import passport_content
from tests import factories
from tests.courses import life, passports

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(author, at):
    return passports.full_version(author, at)


def url(name, *args) -> str:
    return reverse(f"courses:{name}", args=args)


def pages_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def upload(client, version, content: bytes, name="passport.json"):
    file = SimpleUploadedFile(name, content)
    return client.post(url("exchange", version.pk), {"file": file})


def token_in(answer) -> str:
    return answer.context["token"]


def test_the_passport_is_downloaded_as_json(client, version, author) -> None:
    client.force_login(author)

    answer = client.get(url("export_json", version.pk))

    assert json.loads(answer.content) == passport_content(version)
    assert "-passport.json" in answer["Content-Disposition"]


def test_the_dossier_is_stamped_with_edition_hash_and_time(
    client, version, author
) -> None:
    client.force_login(author)
    mark = passport_sha256(passport_content(version))

    answer = client.get(url("export_pdf", version.pk))

    pages = pages_of(answer.content)
    assert len(pages) > 2
    assert mark in pages[0].replace("\n", "")
    for page in pages:
        assert "minin-2022" in page
        assert mark[:16] in page
    assert "Contents" in pages[0]


def test_a_dossier_of_the_largest_texts_is_cut_not_refused(client, author) -> None:
    version = life.whole_version(author, weeks=1, annotation="слово " * 100_000)
    version.topics.get().longreads.update(body="слово " * 200_000)
    client.force_login(author)

    answer = client.get(url("export_pdf", version.pk))

    printed = " ".join("".join(pages_of(answer.content)).split())
    assert "in all 600000 characters" in printed
    assert "in all 1200000 characters" in printed


def test_the_check_is_printed_and_told_to_programs(client, version, author) -> None:
    client.force_login(author)

    printed = client.get(url("check_print", version.pk))
    told = json.loads(client.get(url("check_json", version.pk)).content)

    assert "Check of the course" in pages_of(printed.content)[0]
    assert told["passport_sha256"] == passport_sha256(passport_content(version))
    assert (told["course"], told["edition"]) == (version.course.code, "minin-2022")
    assert {"clause", "outcome", "source", "place", "words"} <= told["findings"][
        0
    ].keys()


def test_a_passport_is_looked_at_and_taken_in(client, version, author) -> None:
    other = factories.VersionFactory(lead=author)
    wanted = passport_content(version)
    client.force_login(author)

    preview = upload(client, other, passport_file(wanted))
    assert preview.context["errors"] == ()
    assert preview.context["size"] > 20
    answer = client.post(
        url("exchange_confirm", other.pk), {"token": token_in(preview)}
    )

    assert answer.status_code == 302
    other.refresh_from_db()
    assert passport_content(other) == passports.of_version(wanted, other)
    kept = CourseImport.objects.get(version=other)
    assert (kept.format, kept.file_name, kept.state) == (
        *("passport_json", "passport.json"),
        "done",
    )
    assert other.snapshots.get().reason == "import"


def test_a_broken_passport_changes_nothing_and_tells_where(
    client, version, author
) -> None:
    client.force_login(author)
    wanted = passport_content(version)
    wanted["topics"][0]["hours"] = "many"

    preview = upload(client, version, passport_file(wanted))
    (error,) = preview.context["errors"]
    assert error.path == "$.topics[0].hours"
    client.post(url("exchange_confirm", version.pk), {"token": token_in(preview)})

    assert version.snapshots.count() == 0


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"", "a.json"), (b"PK\x03\x04", "a.json"), (b"{}", "a.exe"), (b"\0", "a.json")],
)
def test_what_is_no_text_is_refused(client, version, author, content, name) -> None:
    client.force_login(author)

    answer = upload(client, version, content, name)

    assert list(answer.context["form"].errors) == ["file"]


def test_a_token_of_another_passport_takes_nothing_in(client, version, author) -> None:
    other = factories.VersionFactory(lead=author)
    client.force_login(author)
    preview = upload(client, version, passport_file(passport_content(version)))

    for token in (token_in(preview), "forged", ""):
        answer = client.post(url("exchange_confirm", other.pk), {"token": token})
        assert answer["Location"] == url("exchange", other.pk)

    assert CourseImport.objects.count() == 0


def test_a_file_that_is_gone_before_it_is_confirmed_is_asked_for_again(
    client, version, author
) -> None:
    client.force_login(author)
    preview = upload(client, version, passport_file(passport_content(version)))
    for path in Path(settings.MEDIA_ROOT).rglob("*.json"):
        path.unlink()

    answer = client.post(
        url("exchange_confirm", version.pk), {"token": token_in(preview)}
    )
    assert answer["Location"] == url("exchange", version.pk)
    assert CourseImport.objects.count() == 0


def test_what_the_national_registry_needs_is_counted_and_led_to(
    client, version, author
) -> None:
    client.force_login(author)

    page = client.get(url("registry_page", version.pk)).content.decode()
    item = json.loads(client.get(url("export_registry", version.pk)).content)

    (course,) = item["package"]["items"]
    assert course["title"] == "Основы статистики"
    assert course["duration"] == {"code": "week", "value": 2}
    assert course["direction"] == ["38.03.05", "01.03.02"]
    assert course["requirements"] == ["Сказано всё, что нужно"]
    assert course["teachers"][0]["display_name"] == author.full_name
    assert url("description_edit", version.pk) + "#id_prerequisites" in page
    missing = {f.name for f in FIELDS if f.is_required} - course.keys()
    assert missing == {"started_at", "image", "external_url", "institution"}


def test_every_value_of_the_national_registry_is_on_its_page() -> None:
    assert {field.name for field in FIELDS} == {
        *("title", "started_at", "finished_at", "enrollment_finished_at", "image"),
        *("description", "competences", "requirements", "content", "external_url"),
        *("direction", "institution", "duration", "lectures", "language", "cert"),
        *("results", "accreditated", "hours", "hours_per_week", "credits", "visitors"),
        *("teachers", "transfers", "business_version", "promo_url", "promo_lang"),
        *("subtitles_lang", "estimation_tools", "proctoring_service"),
        *("proctoring_type", "sessionid", "assessment_description"),
    }


def test_the_dossier_is_numbered_approved_and_signed(client, version, author) -> None:
    client.force_login(author)

    pages = pages_of(client.get(url("export_pdf", version.pk)).content)

    for words in ("APPROVED", "1. The course", "4. Learning outcomes"):
        assert words in pages[0]
    assert "Lead author" in pages[-1]
    assert author.short_name.replace("\xa0", " ") in pages[-1]


def test_formulas_and_letters_of_all_four_languages_are_printed(client, author) -> None:
    signs = "α² ≤ √β ∑ ӘҒҚҢӨҰҮҺІ ӨҮҢ"
    version = life.whole_version(author, weeks=1, aims=signs)
    client.force_login(author)

    pages = pages_of(client.get(url("export_pdf", version.pk)).content)

    assert signs in "\n".join(pages)


def test_the_command_writes_either_passport(version) -> None:
    out = StringIO()
    call_command("export_passport", version.course.code, "--json", stdout=out)
    assert json.loads(out.getvalue()) == passport_content(version)

    out, beside = StringIO(), StringIO()
    call_command(
        "export_passport",
        *(version.course.code, "--format", "registry"),
        stdout=out,
        stderr=beside,
    )
    assert json.loads(out.getvalue())["package"]["items"][0]["lectures"] == 4
    assert json.loads(beside.getvalue())["missing"] == [
        *("started_at", "image", "external_url", "institution"),
    ]
    with pytest.raises(CommandError):
        call_command("export_passport", "нет")
