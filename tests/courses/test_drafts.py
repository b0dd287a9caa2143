"""Forms that save themselves: what is saved, what is kept as a draft, who is told what."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from courses.models import LearningOutcome, SectionDraft
from courses.services import (
    DraftRefused,
    PassportLocked,
    StaleEdit,
    discard_draft,
    keep_draft,
    save_or_keep,
)
from tests import factories
from tests.courses import life
from tests.courses.declared import consent_file
from tests.courses.typing_in import HTMX, open_form

pytestmark = pytest.mark.django_db


# --- an autosave --------------------------------------------------------------------


def test_a_valid_autosave_is_saved_and_moves_the_panel_alone(version, author) -> None:
    form = open_form(author, version, "grading")
    answer = form.autosave(documents_issued="Сертификат")

    version.refresh_from_db()
    assert version.documents_issued == "Сертификат"
    assert answer.status_code == 200
    assert answer.context["state"] == "saved"
    assert "Saved at " in answer.text
    assert 'id="passport-panel" hx-swap-oob="true"' in answer.text
    assert "<textarea" not in answer.text
    assert SectionDraft.objects.count() == 0


def test_an_invalid_autosave_is_kept_as_it_was_typed(version, author) -> None:
    form = open_form(author, version, "description")
    answer = form.autosave(credits="много", aims="Новые цели")

    version.refresh_from_db()
    assert version.aims != "Новые цели"
    assert answer.context["state"] == "kept"
    assert 'data-error-of="id_credits"' in answer.text
    assert "passport-panel" not in answer.text
    draft = SectionDraft.objects.get()
    assert (draft.version, draft.user, draft.page) == (version, author, form.url)
    assert (draft.values["credits"], draft.values["aims"]) == (
        ["много"],
        ["Новые цели"],
    )


def test_a_kept_draft_is_shown_when_the_form_is_opened_again(version, author) -> None:
    open_form(author, version, "description").autosave(credits="много")
    again = open_form(author, version, "description")

    assert again.values["credits"] == "много"
    assert "Not saved yet: typed on" in again.page.text
    again.save(credits="2")
    version.refresh_from_db()
    assert (version.credits, SectionDraft.objects.count()) == (2, 0)


def test_a_draft_is_its_authors_own(version, author, other_author) -> None:
    open_form(author, version, "description").autosave(credits="много")
    other = open_form(other_author, version, "description")

    assert other.values["credits"] != "много"
    assert "Not saved yet" not in other.page.text


def test_a_draft_is_not_shown_once_the_passport_is_locked(version, author, at) -> None:
    open_form(author, version, "description").autosave(credits="много")
    life.at_stage(version, "expertise", author, at)
    page = open_form(author, version, "description").page

    assert "много" not in page.text


def test_a_draft_is_discarded_by_its_author_alone(version, author, other_author):
    form = open_form(author, version, "description")
    form.autosave(credits="много")
    url = reverse("courses:draft_discard", args=[version.pk])
    others = open_form(other_author, version, "description").client

    assert others.post(url, {"page": form.url}).status_code == 404
    assert form.client.post(url, {"page": "//evil.example"}).status_code == 404
    answer = form.client.post(url, {"page": form.url})

    assert (answer.status_code, answer["Location"]) == (302, form.url)
    assert SectionDraft.objects.count() == 0


def test_what_is_typed_into_a_form_that_adds_is_kept_and_not_added(
    version, author
) -> None:
    form = open_form(author, version, "outcomes")
    answer = form.autosave(text="Умеет счит")

    assert LearningOutcome.objects.filter(version=version).count() == 1
    assert answer.context["state"] == "waiting"
    again = open_form(author, version, "outcomes")
    assert again.values["text"] == "Умеет счит"
    again.save(text="Умеет считать")
    assert SectionDraft.objects.count() == 0
    assert LearningOutcome.objects.filter(text="Умеет считать").count() == 1


@pytest.mark.parametrize("path", ["topics/add", "topics/{topic}/longreads/add"])
def test_pages_that_add_keep_what_is_typed(path, ids, version, author) -> None:
    url = path.format(**ids)
    open_form(author, version, url).autosave(title="Начато")
    again = open_form(author, version, url)

    assert again.values["title"] == "Начато"
    assert "Not saved yet" in again.page.text
    assert again.save(week=9, title="Готово").status_code == 302
    assert SectionDraft.objects.count() == 0


def test_a_file_is_in_no_draft(version, author) -> None:
    client = Client()
    client.force_login(author)
    url = f"/courses/{version.pk}/borrowed/"
    values = {"title": "", "consent": consent_file(), "autosave": "1"}
    client.post(url, values, headers=HTMX)

    assert sorted(SectionDraft.objects.get().values) == [
        "base",
        "is_consent_needed",
        "reference",
        "title",
        "topic",
        "url",
    ]


def test_an_autosave_after_the_session_ended_says_where_to_sign_in(version) -> None:
    url = f"/courses/{version.pk}/grading/"
    answer = Client().post(url, {"autosave": "1"}, headers=HTMX)

    assert answer.status_code == 401
    assert "HX-Redirect" not in answer
    assert f"{reverse('accounts:sign_in')}?next={url}" in answer.text


def test_an_autosave_of_a_locked_passport_says_why(version, author, at) -> None:
    form = open_form(author, version, "grading")
    life.at_stage(version, "expertise", author, at)
    answer = form.autosave(documents_issued="Поздно")

    assert (answer.status_code, answer.context["state"]) == (409, "refused")
    assert "The passport is locked: nothing was saved." in answer.text
    assert "HX-Refresh" not in answer


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"aims": "я" * 160_000}, "more than 300 kB of text"),
        ({"aims": "a\x00b"}, "invisible sign (U+0000)"),
        ({"credits": "\x00"}, "invisible sign (U+0000)"),
    ],
)
def test_what_cannot_be_kept_is_refused_clearly(typed, reason, version, author) -> None:
    form = open_form(author, version, "description")
    answer = form.autosave(**typed)

    assert answer.context["state"] == "refused"
    assert reason in answer.text
    assert reason in form.save().text
    assert SectionDraft.objects.count() == 0


def test_what_is_stale_and_cannot_be_kept_says_both(version, author, at) -> None:
    def save() -> None:
        raise StaleEdit({"aims": "theirs"})

    outcome = save_or_keep(
        version=version,
        page="description",
        save=save,
        typed={"aims": ["a\x00b"]},
        by=author,
        at=at,
    )

    assert outcome.stale.stored == {"aims": "theirs"}
    assert "invisible sign (U+0000)" in outcome.not_kept
    assert SectionDraft.objects.count() == 0


def test_the_code_of_an_invisible_sign_is_a_text_as_any_other(version, author) -> None:
    form = open_form(author, version, "grading")
    form.base = ""
    answer = form.autosave(documents_issued=r"\u0000")

    assert answer.context["state"] == "stale"
    assert SectionDraft.objects.get().values["documents_issued"] == [r"\u0000"]


@pytest.mark.parametrize("base", ["", "=", "x", "aims=", "aims=1 aims=2", "\x00" * 9])
def test_forged_marks_overwrite_nothing(base, version, author) -> None:
    form = open_form(author, version, "grading")
    form.base = base
    answer = form.autosave(documents_issued="Иное")

    version.refresh_from_db()
    assert (answer.status_code, answer.context["state"]) == (200, "stale")
    assert version.documents_issued != "Иное"


# --- the services -------------------------------------------------------------------


def keep(version, by, at, values=None):
    values = values or {"text": ["х"]}
    return keep_draft(version=version, page="/x/", values=values, by=by, at=at)


def test_a_draft_takes_the_place_of_an_earlier_one(version, author, at) -> None:
    keep(version, author, at)
    keep(version, author, at, {"text": ["новое"], "base": ["text=1"]})

    draft = SectionDraft.objects.get()
    assert (draft.values["text"], len(draft.base), draft.at) == (["новое"], 64, at)


def test_drafts_are_kept_by_authors_of_open_passports(
    version, author, stranger, at
) -> None:
    with pytest.raises(PermissionDenied):
        keep(version, stranger, at)
    life.at_stage(version, "expertise", author, at)
    with pytest.raises(PassportLocked):
        keep(version, author, at)


def test_a_draft_has_an_end(version, author, at) -> None:
    keep(version, author, at, {"text": ["x" * 299_000]})
    with pytest.raises(DraftRefused, match="300 kB"):
        keep(version, author, at, {"text": ["x" * 300_000]})


def test_discarding_tells_whether_there_was_a_draft(version, author, at) -> None:
    keep(version, author, at)

    assert discard_draft(version=version, page="/x/", by=author) is True
    assert discard_draft(version=version, page="/x/", by=author) is False
    assert factories.VersionFactory().drafts.count() == 0
