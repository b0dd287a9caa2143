"""Editions of the regulation: made in the admin, immutable once used, asked about."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from openpyxl import load_workbook

from core import jobs
from core.enums import JobState, Lane
from core.jobs import claim, run_due
from core.models import Job
from courses.admin.preview_words import requirement_words
from courses.enums import CheckReason
from courses.forms.editions import EditionForm
from courses.models import (
    CourseVersion,
    EditionPreview,
    EditionPreviewLine,
    RegulationEdition,
)
from courses.regulation import thresholds
from courses.regulation.edition import THRESHOLDS
from courses.regulation.thresholds import Threshold
from courses.selectors import editions as selectors
from courses.services import record_check
from courses.services.editions import EditionUsed, ask_who_would_fail, save_edition
from courses.tasks import previews
from courses.threshold_names import THRESHOLD_NAMES
from tests import factories
from tests.courses import life

pytestmark = pytest.mark.django_db
EDITIONS = "/admin/courses/regulationedition/"
PREVIEWS = "/admin/courses/editionpreview/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(autouse=True)
def no_broker(monkeypatch) -> None:
    monkeypatch.setattr("core.tasks.drain.apply_async", lambda **_how: None)


@pytest.fixture
def in_admin(client: Client, staff) -> Client:
    client.force_login(staff)
    return client


def new_edition(**values: Any) -> RegulationEdition:
    """An edition like the one that ships, which nothing uses."""
    shipped = factories.edition()
    thresholds = {**shipped.thresholds, **values.pop("thresholds", {})}
    return RegulationEdition.objects.create(
        **{
            "code": "next",
            "title": "Новая редакция",
            "in_force_from": "2027-01-01",
            "country": "RU",
            "thresholds": thresholds,
            **values,
        }
    )


def typed(
    in_admin: Client, query: str = "?like=minin-2022", **values: Any
) -> dict[str, Any]:
    """What the form of a new edition sends when it is sent as it is shown."""
    form = in_admin.get(f"{EDITIONS}add/{query}").context["adminform"].form
    shown = {bound.name: bound.value() for bound in form}
    sent = {
        name: ", ".join(value) if isinstance(value, list) else value
        for name, value in shown.items()
        if value not in (None, False)
    }
    return {
        **sent,
        "texts-TOTAL_FORMS": 0,
        "texts-INITIAL_FORMS": 0,
        "code": "next",
        "title": "Новая редакция",
        "in_force_from": "2027-01-01",
        **values,
    }


# --- The form ---------------------------------------------------------------------


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


# --- Used editions ----------------------------------------------------------------


def test_a_used_edition_is_only_looked_at_and_says_why(in_admin) -> None:
    version = factories.VersionFactory()
    url = f"{EDITIONS}{version.edition_id}/change/"
    page = in_admin.get(url)

    assert page.status_code == 200
    assert "Courses have been checked by this edition" in page.text
    assert 'name="threshold_' not in page.text
    shown = {
        number.field.name: number.shown
        for block in page.context["blocks"]
        for row in block.rows
        for number in row.numbers
    }
    assert shown["threshold_languages"] == "ru"
    assert shown["threshold_weeks_max"] == "16"
    assert in_admin.post(url, {"title": "x"}).status_code == 403


def test_numbers_that_a_used_edition_lacks_are_named_with_what_is_taken(
    in_admin,
) -> None:
    old = new_edition()
    del old.thresholds["bank_draw_ratio"], old.thresholds["illustration_containers"]
    old.save()
    factories.VersionFactory(edition=old)

    page = in_admin.get(f"{EDITIONS}{old.pk}/change/")

    assert page.context["filled_in"] == [
        f"{THRESHOLD_NAMES['bank_draw_ratio']}: 2",
        f"{THRESHOLD_NAMES['illustration_containers']}: jpeg, png",
    ]
    assert "are taken from minin-2022" in page.text
    whole = in_admin.get(f"{EDITIONS}{factories.edition().pk}/change/")
    assert whole.context["filled_in"] == []


def test_the_list_tells_which_editions_are_used(in_admin) -> None:
    new_edition()
    factories.VersionFactory()

    rows = in_admin.get(EDITIONS).context["cl"].result_list
    told = {row.code: (row.uses, row.is_used) for row in rows}
    assert (told["next"], told["minin-2022"]) == ((None, False), (1, True))


CHANGES = {
    "code": "x",
    "title": "x",
    "thresholds": {},
    "severities": {"a": 1},
    "switched_off": [1],
    "in_force_from": "2000-01-01",
    "country": "KG",
}


@pytest.mark.parametrize("column", CHANGES)
def test_the_database_refuses_to_change_a_used_edition(column, request) -> None:
    factories.VersionFactory()
    request.getfixturevalue("as_application")

    with (
        pytest.raises(IntegrityError, match="edition minin-2022 is used"),
        transaction.atomic(),
    ):
        RegulationEdition.objects.filter(code="minin-2022").update(
            **{column: CHANGES[column]}
        )


def test_an_edition_is_used_once_a_check_points_at_it(author, at, as_application):
    version, asked = factories.VersionFactory(lead=author), new_edition()
    record_check(
        version=version, reason=CheckReason.COMMAND, edition=asked, by=author, at=at
    )

    asked.title = "Иначе"
    with pytest.raises(IntegrityError, match="edition next is used"):
        asked.save()


def test_the_database_lets_an_unused_edition_be_changed(as_application) -> None:
    edition = new_edition()

    RegulationEdition.objects.filter(pk=edition.pk).update(title="Иначе")
    RegulationEdition.objects.filter(pk=edition.pk).delete()


def test_an_edition_used_while_it_was_being_edited_is_not_saved(staff) -> None:
    edition = new_edition()
    factories.VersionFactory(edition=edition)

    with pytest.raises(EditionUsed, match="make one like it"):
        save_edition(edition=edition, by=staff)


@pytest.mark.parametrize("who", ["author", "accountant"])
def test_only_the_centre_makes_editions_and_asks(who, request, at) -> None:
    by = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        save_edition(edition=RegulationEdition(code="x"), by=by)
    with pytest.raises(PermissionDenied):
        ask_who_would_fail(edition=factories.edition(), by=by, at=at)


# --- Who would fail ---------------------------------------------------------------


@pytest.fixture
def asked() -> RegulationEdition:
    """One that asks 3 weeks at the least, and no glossary at all."""
    return new_edition(thresholds={"weeks_min": 3}, switched_off=["literature"])


@pytest.fixture
def courses(author, at) -> dict[str, CourseVersion]:
    """A course that would fail anew, one that no longer would, one that always does."""
    short = life.whole_version(author, questions_a_week=100)
    return {
        "short": short,
        "long": life.whole_version(
            author, weeks=3, questions_a_week=70, literature="", credits="1.5"
        ),
        "empty": factories.VersionFactory(lead=author),
    }


def preview_of(edition, staff, at) -> EditionPreview:
    preview = ask_who_would_fail(edition=edition, by=staff, at=at)
    run_due(Lane.HEAVY, clock=lambda: at)
    preview.refresh_from_db()
    return preview


def changes(line: EditionPreviewLine) -> tuple[set[str], set[str]]:
    failed, now = set(line.failed), set(line.failed_now)
    return failed - now, now - failed


def test_a_preview_tells_who_would_fail_anew_and_who_no_longer(
    courses, asked, staff, at
) -> None:
    preview = preview_of(asked, staff, at)

    assert (preview.total_count, preview.done_count) == (3, 3)
    assert preview.finished_at == at
    lines = {line.version_id: changes(line) for line in preview.lines.all()}
    assert lines[courses["short"].pk] == ({"duration"}, set())
    assert lines[courses["long"].pk] == (set(), {"literature"})


def test_the_newest_version_that_was_not_rejected_is_asked_about(
    author, asked, staff, at
) -> None:
    old = life.at_stage(
        factories.VersionFactory(lead=author), "recommended", author, at
    )
    newer = CourseVersion.objects.create(
        course=old.course, edition=old.edition, number=2
    )
    preview = ask_who_would_fail(edition=asked, by=staff, at=at)
    assert [line.version for line in preview.lines.all()] == [newer]

    life.at_stage(newer, "rejected", author, at)
    preview = ask_who_would_fail(edition=asked, by=staff, at=at)
    assert [line.version for line in preview.lines.all()] == [old]


def test_without_courses_a_preview_is_over_at_once(in_admin, asked, staff, at) -> None:
    preview = ask_who_would_fail(edition=asked, by=staff, at=at)

    assert (preview.total_count, preview.finished_at) == (0, at)
    assert not Job.objects.exists()
    page = in_admin.get(f"{PREVIEWS}{preview.pk}/change/")
    assert "There are no courses yet" in page.text


@pytest.fixture
def small_batches(monkeypatch) -> None:
    monkeypatch.setattr(selectors, "BATCH", 2)
    monkeypatch.setattr("courses.services.editions.BATCH", 2)


def test_a_worker_killed_midway_gives_each_version_once(
    courses, asked, staff, at, small_batches
) -> None:
    preview = ask_who_would_fail(edition=asked, by=staff, at=at)
    killed = claim(Lane.HEAVY, at=at)
    lost = previews.check_batch(killed.subject_id)
    run_due(Lane.HEAVY, clock=lambda: at)
    preview.refresh_from_db()
    assert (preview.done_count, preview.finished_at) == (1, None)

    later = at + jobs.LEASES[Lane.HEAVY] + timedelta(seconds=1)
    run_due(Lane.HEAVY, clock=lambda: later)
    jobs._finish(killed, jobs._HANDLERS[killed.kind], lost, at=later)

    preview.refresh_from_db()
    assert (preview.done_count, preview.finished_at) == (3, later)
    assert sorted(line.version_id for line in preview.lines.all()) == sorted(
        version.pk for version in courses.values()
    )
    line = preview.lines.get(version=courses["short"])
    assert changes(line) == ({"duration"}, set())


def test_a_batch_asks_the_same_for_2_and_for_12(author, asked, staff, at) -> None:
    counts = []
    for count in (2, 12):
        while CourseVersion.objects.count() < count:
            life.whole_version(author, questions_a_week=2)
        preview = ask_who_would_fail(edition=asked, by=staff, at=at)
        first = preview.lines.first().pk
        with CaptureQueriesContext(connection) as queries:
            previews.check_batch(first)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_preview_is_old_once_the_edition_asks_something_else(
    in_admin, courses, asked, staff, at
) -> None:
    preview = preview_of(asked, staff, at)
    url = f"{PREVIEWS}{preview.pk}/change/"
    change = f"{EDITIONS}{asked.pk}/change/"
    assert not selectors.is_preview_old(preview)
    assert "changed since" not in in_admin.get(url).text

    in_admin.post(change, typed(in_admin, "?like=next", threshold_weeks_min="4"))
    preview = EditionPreview.objects.get()

    assert selectors.is_preview_old(preview)
    assert "The edition has changed since: ask anew." in in_admin.get(url).text
    assert "(before the last change)" in in_admin.get(change).text
    assert not selectors.is_preview_old(
        preview_of(RegulationEdition.objects.get(code="next"), staff, at)
    )


def test_another_title_or_day_makes_no_preview_old(asked, staff, at) -> None:
    preview = preview_of(asked, staff, at)

    asked.title, asked.in_force_from = "Иначе", "2028-01-01"
    save_edition(edition=asked, by=staff)

    assert not selectors.is_preview_old(EditionPreview.objects.get(pk=preview.pk))


def test_a_preview_of_an_unknown_question_is_old(asked, staff, at) -> None:
    """Those asked for before the portal kept what was asked."""
    preview = preview_of(asked, staff, at)
    preview.asked_sha256 = ""

    assert selectors.is_preview_old(preview)


@pytest.mark.parametrize("page", [EDITIONS, PREVIEWS, "/admin/courses/check/"])
def test_lists_of_editions_ask_the_same_for_5_and_for_30(
    page, in_admin, author, staff, at
) -> None:
    counts = []
    version = factories.VersionFactory(lead=author)
    for count in (5, 30):
        for number in range(RegulationEdition.objects.count(), count):
            edition = new_edition(code=f"e-{number}")
            edition.texts.create(language="kk", title="Жаңа")
            ask_who_would_fail(edition=edition, by=staff, at=at)
            record_check(
                version=version,
                reason=CheckReason.COMMAND,
                edition=edition,
                by=author,
                at=at,
            )
        in_admin.get(page)
        with CaptureQueriesContext(connection) as queries:
            in_admin.get(page)
        counts.append(len(queries))

    assert counts[0] == counts[1]


# --- The page of a preview --------------------------------------------------------


def test_staff_ask_and_see_the_progress_then_the_table(
    in_admin, courses, asked, at
) -> None:
    response = in_admin.post(f"{EDITIONS}{asked.pk}/preview/")
    preview = EditionPreview.objects.get()
    url = f"{PREVIEWS}{preview.pk}/change/"
    assert response.headers["Location"] == url

    waiting = in_admin.get(url)
    assert (waiting.context["progress"].done, "rows" in waiting.context) == (0, False)
    part = in_admin.get(url, headers={"HX-Request": "true"})
    assert "0 of 3" in part.text
    assert "<html" not in part.text

    run_due(Lane.HEAVY, clock=lambda: preview.at)
    over = in_admin.get(url, headers={"HX-Request": "true"})
    assert over.headers["HX-Refresh"] == "true"
    page = in_admin.get(url)
    assert [row.line.version for row in page.context["rows"]] == [courses["short"]]
    assert [row.new for row in page.context["rows"]] == [
        [requirement_words("duration")]
    ]
    assert page.context["bars"] == [(requirement_words("duration"), 1)]
    assert f"{PREVIEWS}{preview.pk}/change/" in (
        in_admin.get(f"{EDITIONS}{asked.pk}/change/").text
    )
    assert in_admin.get(PREVIEWS).status_code == 200


def test_all_courses_are_shown_sorted_as_asked(
    in_admin, courses, asked, staff, at
) -> None:
    preview = preview_of(asked, staff, at)
    url = f"{PREVIEWS}{preview.pk}/change/"
    for sort in ("code", "-title", "stage", "new", "-gone", "nonsense"):
        page = in_admin.get(url, {"show": "all", "sort": sort, "page": "x"})
        assert len(page.context["rows"]) == 3

    first = in_admin.get(url, {"show": "all", "sort": "-gone"}).context["rows"][0]
    assert first.line.version == courses["long"]
    assert first.gone == [requirement_words("literature")]
    counts = [figure["value"] for figure in page.context["figures"]]
    assert counts[:3] == [3, 1, 2]


def test_nobody_failing_anew_is_said(in_admin, asked, staff, author, at) -> None:
    life.whole_version(author, weeks=3, questions_a_week=70, credits="1.5")

    page = in_admin.get(f"{PREVIEWS}{preview_of(asked, staff, at).pk}/change/")

    assert "No course would fail anew" in page.text


def test_a_requirement_that_is_no_more_is_shown_by_its_code(
    in_admin, courses, asked, staff, at
) -> None:
    preview = preview_of(asked, staff, at)
    preview.lines.update(failed=["gone-since"], failed_now=[])

    page = in_admin.get(f"{PREVIEWS}{preview.pk}/change/")

    assert page.context["bars"] == [("gone-since", 3)]


def test_batches_that_gave_up_are_told(in_admin, courses, asked, staff, at) -> None:
    preview = ask_who_would_fail(edition=asked, by=staff, at=at)
    Job.objects.update(state=JobState.FAILED, finished_at=at, last_error="x")

    page = in_admin.get(f"{PREVIEWS}{preview.pk}/change/")

    assert "0 of 3 courses could be checked" in page.text


def test_the_workbook_holds_what_is_seen(in_admin, courses, asked, staff, at) -> None:
    preview = preview_of(asked, staff, at)
    url = f"{PREVIEWS}{preview.pk}/export/"
    response = in_admin.get(url, {"show": "all", "sort": "-new"})

    assert response.headers["Content-Type"] == XLSX
    book = load_workbook(BytesIO(response.content)).active
    rows = [row[:7] for row in book.iter_rows(min_row=2, values_only=True)]
    codes = sorted(version.course.code for version in courses.values())
    assert sorted(row[0] for row in rows) == codes
    short = courses["short"]
    assert rows[0] == (
        short.course.code,
        "Основы статистики",
        short.course.unit.name,
        "Draft",
        1,
        requirement_words("duration"),
        "",
    )
    only_new = load_workbook(BytesIO(in_admin.get(url).content)).active
    assert only_new.max_row == 2


def test_the_page_asks_the_same_for_3_and_for_20(
    in_admin, author, asked, staff, at
) -> None:
    counts = []
    for count in (3, 20):
        while CourseVersion.objects.count() < count:
            factories.VersionFactory(lead=author, course__unit=factories.UnitFactory())
        preview = preview_of(asked, staff, at)
        with CaptureQueriesContext(connection) as queries:
            in_admin.get(f"{PREVIEWS}{preview.pk}/change/?show=all")
        counts.append(len(queries))

    assert counts[0] == counts[1]


# --- Address × role ---------------------------------------------------------------

ROLES = {"staff": 200, "accountant": 403, "officer": 403, "author": 302, "learner": 302}


@pytest.fixture
def officer(db):
    return factories.OfficerFactory()


@pytest.mark.parametrize("who", ROLES)
def test_only_the_centre_is_let_in(who, request, asked, staff, at, client) -> None:
    preview = ask_who_would_fail(edition=asked, by=staff, at=at)
    client.force_login(request.getfixturevalue(who))
    addresses = (
        f"{PREVIEWS}{preview.pk}/change/",
        f"{PREVIEWS}{preview.pk}/export/",
        PREVIEWS,
        EDITIONS,
        f"{EDITIONS}add/",
        f"{EDITIONS}{asked.pk}/change/",
    )

    answered = {url: client.get(url).status_code for url in addresses}
    asking = client.post(f"{EDITIONS}{asked.pk}/preview/").status_code

    assert answered == dict.fromkeys(addresses, ROLES[who])
    assert asking == (302 if who == "staff" else ROLES[who])


@pytest.mark.parametrize(
    ("url", "status"),
    [
        (f"{PREVIEWS}999999/change/", 404),
        (f"{PREVIEWS}{'9' * 30}/change/", 404),
        (f"{PREVIEWS}x/change/", 404),
        (f"{PREVIEWS}{'9' * 30}/export/", 404),
        (f"{EDITIONS}1/preview/", 405),
    ],
    ids=range(5),
)
def test_what_is_not_there_is_not_found(url, status, in_admin) -> None:
    assert in_admin.get(url).status_code == status


def test_asking_of_an_edition_that_is_not_there_is_not_found(in_admin) -> None:
    assert in_admin.post(f"{EDITIONS}{'9' * 30}/preview/").status_code == 404


def test_previews_are_seen_by_the_centre_alone(asked, staff, author, at) -> None:
    preview = ask_who_would_fail(edition=asked, by=staff, at=at)

    assert list(selectors.previews_visible_to(staff)) == [preview]
    assert not selectors.previews_visible_to(author).exists()


def test_a_preview_is_never_changed_by_hand(in_admin, asked, staff, at) -> None:
    preview = ask_who_would_fail(edition=asked, by=staff, at=at)

    assert in_admin.post(f"{PREVIEWS}{preview.pk}/change/", {}).status_code == 403
    assert in_admin.get(f"{PREVIEWS}add/").status_code == 403


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
