"""The form of an edition: each number by its name, each requirement."""

import pytest
from django.conf import settings
from django.utils import translation

from courses.enums import CheckReason
from courses.forms.editions import EditionForm
from courses.models import RegulationEdition
from courses.regulation import thresholds
from courses.regulation.edition import THRESHOLDS
from courses.regulation.thresholds import Threshold
from courses.selectors import editions as selectors
from courses.services import record_check
from courses.services.editions import ask_who_would_fail
from courses.threshold_names import THRESHOLD_NAMES
from tests.courses import life
from tests.courses.editions.making import EDITIONS, PREVIEWS, new_edition, typed

pytestmark = pytest.mark.django_db


def test_every_number_of_an_edition_has_a_name_in_words() -> None:
    declared = {
        row.name for row in vars(thresholds).values() if isinstance(row, Threshold)
    }

    assert sorted(THRESHOLD_NAMES) == sorted(declared)
    assert THRESHOLDS.keys() <= declared


def test_a_new_edition_begins_as_a_copy_of_the_newest(in_admin) -> None:
    newest = RegulationEdition.objects.first()
    response = in_admin.post(f"{EDITIONS}add/", typed(in_admin, ""))

    assert response.status_code == 302
    made = RegulationEdition.objects.get(code="next")
    assert selectors.edition_of(made).thresholds == (
        selectors.edition_of(newest).thresholds
    )
    assert (made.severities, made.switched_off, made.country) == (
        newest.severities,
        newest.switched_off,
        newest.country,
    )


def test_an_edition_is_made_like_another(in_admin) -> None:
    like = new_edition(
        code="like", severities={"glossary": "recommended"}, switched_off=["duration"]
    )

    in_admin.post(f"{EDITIONS}add/", typed(in_admin, "?like=like"))

    made = RegulationEdition.objects.get(code="next")
    assert (made.severities, made.switched_off) == (like.severities, like.switched_off)


def test_the_first_edition_begins_empty(in_admin) -> None:
    RegulationEdition.objects.all().delete()

    assert in_admin.get(f"{EDITIONS}add/").status_code == 200


def test_numbers_severities_and_titles_are_kept_as_typed(in_admin) -> None:
    values = typed(
        in_admin,
        country="KZ",
        threshold_languages="kk, ru , en,",
        threshold_weekly_hours_max="20.5",
        threshold_weeks_max="15",
        severity_glossary="mandatory",
        off_duration="on",
        **{
            "texts-TOTAL_FORMS": 1,
            "texts-0-language": "kk",
            "texts-0-title": "Жаңа редакция",
        },
    )

    assert in_admin.post(f"{EDITIONS}add/", values).status_code == 302

    made = RegulationEdition.objects.get(code="next")
    edition = selectors.edition_of(made)
    assert made.country == "KZ"
    assert edition.thresholds["languages"] == ("kk", "ru", "en")
    assert str(edition.thresholds["weekly_hours_max"]) == "20.5"
    assert edition.thresholds["weeks_max"] == 15
    assert edition.severities == {"glossary": "mandatory"}
    assert edition.switched_off == {"duration"}
    assert [(text.language, text.title) for text in made.texts.all()] == [
        ("kk", "Жаңа редакция")
    ]


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        (
            "threshold_weeks_min",
            "17",
            "threshold «Weeks, at least» is above «Weeks, at most»",
        ),
        ("threshold_weeks_max", "", "This field is required."),
        ("threshold_weeks_max", "9" * 5000, "Enter a whole number."),
        (
            "threshold_weekly_hours_max",
            "-1",
            "threshold «Hours a week, at most»: wrong value Decimal('-1')",
        ),
        ("threshold_weekly_hours_max", "NaN", "Enter a number."),
        ("threshold_languages", " , ", "This field is required."),
        (
            "threshold_languages",
            "ru, de",
            (
                "threshold «Languages of courses»: “de” is not known,"
                " but en, kk, ky, ru are"
            ),
        ),
        (
            "severity_duration",
            "optional",
            "Select a valid choice. optional is not one of the available choices.",
        ),
        (
            "code",
            "minin-2022",
            "Edition of the regulation with this Code already exists.",
        ),
    ],
    ids=range(9),
)
def test_what_makes_no_sense_is_told_beside_its_field(
    name, value, error, in_admin
) -> None:
    response = in_admin.post(f"{EDITIONS}add/", typed(in_admin, **{name: value}))

    errors = response.context["adminform"].form.errors
    assert {key: list(texts) for key, texts in errors.items()} == {name: [error]}
    assert not RegulationEdition.objects.filter(title="Новая редакция").exists()


def test_an_unused_edition_is_changed(in_admin, staff) -> None:
    edition = new_edition()
    url = f"{EDITIONS}{edition.pk}/change/"
    assert in_admin.get(url).status_code == 200

    values = typed(in_admin, threshold_weeks_max="12")
    assert in_admin.post(url, values).status_code == 302
    edition.refresh_from_db()
    assert edition.thresholds["weeks_max"] == 12


@pytest.fixture
def titled() -> RegulationEdition:
    edition = new_edition()
    edition.texts.create(language="kk", title="Жаңа редакция")
    return edition


def test_the_title_of_an_edition_is_in_the_reader_s_language(titled) -> None:
    with translation.override("kk"):
        assert titled.shown_title == "Жаңа редакция"
    with translation.override("ky"):
        assert titled.shown_title == "Новая редакция"


def test_every_page_names_an_edition_in_the_reader_s_language(
    client, staff, author, titled, at
) -> None:
    version = life.whole_version(author, edition=titled)
    record_check(version=version, reason=CheckReason.COMMAND, by=author, at=at)
    ask_who_would_fail(edition=titled, by=staff, at=at)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "kk"
    client.force_login(staff)

    for url in (
        f"/courses/{version.pk}/",
        f"/courses/{version.pk}/check/",
        EDITIONS,
        PREVIEWS,
        "/admin/courses/check/",
    ):
        page = client.get(url)
        assert (url, page.status_code) == (url, 200)
        assert (url, "Жаңа редакция" in page.text) == (url, True)


def test_the_form_shows_every_requirement(in_admin) -> None:
    page = in_admin.get(f"{EDITIONS}add/")
    shown = [row for block in page.context["blocks"] for row in block.rows]

    assert {row.code for row in shown} == {
        name.removeprefix("off_")
        for name in EditionForm().fields
        if name.startswith("off_")
    }
    assert sum(len(row.numbers) for row in shown) + len(
        page.context["numbers_apart"]
    ) == len(THRESHOLDS)
