"""The passport as JSON: written, read in, the same again."""

import json
from pathlib import Path

import jsonschema
import pytest
from django.conf import settings
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as how

from courses.models import Material, Question
from courses.passport_json import (
    canonical,
    passport_file,
    passport_schema,
    passport_sha256,
    read_passport,
    upgraded,
)
from courses.selectors import passport_content
from courses.services import apply_passport
from tests import factories
from tests.conftest import AT
from tests.courses import passports

pytestmark = pytest.mark.django_db
SCHEMA = Path(settings.BASE_DIR) / "docs" / "passport.schema.json"


def read(content) -> object:
    return read_passport(passport_file(content))


def problems(content) -> dict[str, str]:
    return {error.path: error.reason for error in read(content).errors}


@pytest.fixture
def content(author, at):
    return passport_content(passports.full_version(author, at))


def test_a_passport_goes_out_and_in_and_is_the_same(author, at, content) -> None:
    other = factories.VersionFactory(lead=author)

    left_out = apply_passport(
        version=other, content=read(content).content, by=author, at=at
    ).left_out

    assert left_out == ()
    assert passport_content(other) == passports.of_version(content, other)


def test_a_passport_taken_into_its_own_version_changes_no_row(
    author, at, content
) -> None:
    version = factories.CourseVersion.objects.get(
        course__code=content["course"]["code"]
    )
    keys = sorted(Question.objects.values_list("pk", "fingerprint"))

    apply_passport(version=version, content=content, by=author, at=at)

    assert passport_content(version) == content
    assert sorted(Question.objects.values_list("pk", "fingerprint")) == keys


@how(
    max_examples=40,
    deadline=None,
    # A course that fails is small enough; to make it smaller takes minutes.
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(first=passports.passports(), second=passports.passports())
def test_any_passport_goes_in_over_any_other_and_is_the_same(first, second) -> None:
    author, version, other = passports.an_author_with_drafts()
    first = passports.of_version(first, version)
    second = passports.of_version(second, version)

    for wanted in (first, second, first):
        told = read_passport(passport_file(wanted))
        assert told.errors == ()
        apply_passport(version=version, content=told.content, by=author, at=AT)
        assert canonical(passport_content(version)) == canonical(wanted)

    apply_passport(version=other, content=first, by=author, at=AT)
    assert passport_content(other) == passports.of_version(first, other)


def test_the_published_schema_is_that_of_the_code_and_takes_a_passport(content) -> None:
    schema = passport_schema()

    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == schema
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(content)


def test_the_hash_does_not_depend_on_the_order_of_members(content) -> None:
    turned = dict(reversed(content.items()))

    assert passport_sha256(turned) == passport_sha256(content)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "It is no JSON: line 1, column 1."),
        (b"{\n}}", "It is no JSON: line 2, column 2."),
        (b"\xff", "It is not written in UTF-8: byte 1."),
        (b'{"a": 1, "a": 2}', "“a” stands twice in one object."),
        (b'{"a": NaN}', "NaN is no number of JSON."),
        (b'{"a": "\\ud800"}', "It has half a character, an escape alone."),
        (b"[" * 100_000, "It is nested too deep."),
        (b"1" * 5_000, "It has a number too long to be one."),
        (b"[]", "An object is expected."),
    ],
)
def test_what_is_no_passport_is_refused_with_its_reason(data, reason) -> None:
    (error,) = read_passport(data).errors

    assert (error.path, error.reason) == ("$", reason)


def test_each_wrong_value_is_told_by_its_path(content) -> None:
    content["fields"]["credits"] = 1
    content["fields"]["hours"] = True
    content["fields"]["aims"] = None
    content["fields"]["language"] = "xx"
    content["fields"]["literature"] = "\0"
    content["fields"]["programme_url"] = "javascript:alert(1)"
    content["topics"][0]["hours"] = "18.0"
    content["topics"][1]["title"] = "а" * 251
    content["topics"][0]["number"] = 2
    content["attestation"]["lms_facts"] = {"a": {"b": "\0"}}
    content["banks"] = {}
    del content["software"]
    content["extra"] = 1

    assert problems(content) == {
        "$.fields.credits": "A decimal as text is expected.",
        "$.fields.hours": "A whole number is expected.",
        "$.fields.aims": "It may not be null.",
        "$.fields.language": "Value 'xx' is not a valid choice.",
        "$.fields.literature": "It has a null character.",
        "$.fields.programme_url": "Enter a valid URL.",
        "$.topics[0].hours": "It is expected as “18”.",
        "$.topics[1].title": "At most 250 characters are taken.",
        "$.attestation.lms_facts": "It has a null character.",
        "$.banks": "A list is expected.",
        "$.software": "It is missing.",
        "$.extra": "The passport has no such value.",
    }


def test_rows_are_numbered_named_once_and_point_at_one_another(content) -> None:
    content["topics"][1]["number"] = 3
    content["glossary"] *= 2
    assert problems(content) == {
        "$.topics[1].number": "Rows are numbered as they stand: 2 is expected.",
        "$.glossary[1].term": "Another row has it already.",
    }

    content["topics"][1].update(number=2, week=1, assessed_in=2, outcomes=[1, 2])
    content["topics"][0]["week"] = 2
    content["glossary"].pop()
    content["materials"][0]["topic"] = 9
    assert problems(content) == {
        "$.topics[1].week": "Topics stand week after week.",
        "$.topics[1].assessed_in": "A topic is not assessed in itself.",
        "$.topics[1].outcomes": "There is no row with this number.",
        "$.materials[0].topic": "There is no row with this number.",
    }


def test_a_file_and_a_link_are_told_apart(content) -> None:
    content["materials"] = content["materials"][-2:]
    link, film = content["materials"]
    assert (link["url"], film["file_name"]) == (passports.ADDRESS, "фильм.mov")
    link["pages"] = "3"
    film.update(sha256="ab", url=passports.ADDRESS, state="declared")
    content["borrowed"][0]["consent_name"] = ""

    assert problems(content) == {
        "$.materials[0].state": "Nothing of a link is measured.",
        "$.materials[1].sha256": "A SHA-256 is expected: 64 digits and letters a to f.",
        "$.materials[1].url": "A material is a file with its name, or a link, not both.",
        "$.materials[1].state": "A link is declared, a file never is.",
        "$.borrowed[0].consent_name": "A consent is a file with its name.",
    }


def test_a_question_that_no_reader_would_give_is_refused(content) -> None:
    content["banks"][0]["questions"][-1]["answers"] = [{"text": 1}]

    (path,) = problems(content)

    assert path == "$.banks[0].questions[3].answers"


def test_what_is_measured_is_never_taken_on_trust(author, at, content) -> None:
    """MIN 3.3.3.9: the length of a film is measured, not told by a file of JSON."""
    other = factories.VersionFactory(lead=author)
    content["materials"][1]["duration_seconds"] = "1"

    apply_passport(version=other, content=content, by=author, at=at)

    film = Material.objects.get(version=other, sha256=passports.MARK)
    assert (str(film.duration_seconds), film.stored_as) == (
        "360.500",
        "materials/ab.mov",
    )


def test_a_hash_alone_opens_no_strangers_file(stranger, at, content) -> None:
    other = factories.VersionFactory(lead=stranger)

    done = apply_passport(version=other, content=content, by=stranger, at=at)

    assert done.left_out == (
        *("promo_video.mov", "illustration.jpeg", "фильм.mov"),
        "согласие.pdf",
    )
    assert [row.url for row in other.materials.all()] == [passports.ADDRESS]
    assert other.borrowed.get().consent_name == ""


def test_a_kept_state_of_former_days_has_all_that_a_passport_has_now() -> None:
    old = {
        "course": {"code": "ООК-2026-001", "type": "open_learning"},
        "version": 1,
        "edition": "minin-2022",
        "fields": {"language": "ru", "annotation": "О курсе"},
        "texts": [],
        "authors": [],
        "outcomes": [{"position": 4, "text": "Знает"}],
        "glossary": [],
        "topics": [
            {"week": 1, "position": 1, "title": "А", "outcomes": [4]},
            {"week": 2, "position": 1, "title": "Б", "assessed_in": "А"},
        ],
        "attestation": None,
        "banks": [{"category": "Б", "topic": "Б", "questions": []}],
    }

    now = upgraded(old)

    assert [row["outcomes"] for row in now["topics"]] == [[1], []]
    assert [row["assessed_in"] for row in now["topics"]] == [None, 1]
    assert now["banks"][0]["topic"] == 2
    assert now["fields"]["annotation"] == "О курсе"
    assert read_passport(passport_file(now)).errors == ()
