"""One person's autosave and Save at once: no draft of what is saved is left behind."""

import threading

import pytest

from courses.marks import marks_of
from courses.models import CourseVersion, SectionDraft
from courses.regulation.place import Section
from courses.services import SaveOutcome, keep_draft, save_or_keep, save_section
from courses.services import drafts as drafts_module
from courses.services import locks as lock_module
from tests import factories
from tests.core.threads import run_together

pytestmark = pytest.mark.django_db(transaction=True)
PAUSE = 0.5
LONG = 20


@pytest.fixture
def version(author) -> CourseVersion:
    return factories.VersionFactory(lead=author, aims="Их цели")


def outcomes_at_once(version, author, at, monkeypatch) -> list[SaveOutcome]:
    """Post an autosave of a form opened before they saved; meanwhile “Keep mine”."""
    refused, saved = threading.Event(), threading.Event()

    def keep_late(**asked):
        refused.set()
        saved.wait(PAUSE)
        return keep_draft(**asked)

    monkeypatch.setattr(drafts_module, "keep_draft", keep_late)

    def post(number: int) -> SaveOutcome:
        if number:
            refused.wait(LONG)
        mine = CourseVersion.objects.get(pk=version.pk)
        done = save_or_keep(
            version=mine,
            page="/x/",
            save=lambda: save_section(
                version=mine,
                section=Section.DESCRIPTION,
                values={"aims": "Мои цели"},
                by=author,
                base=marks_of({"aims": "Их цели" if number else "Старые цели"}),
            ),
            typed={"aims": ["Мои цели"]},
            by=author,
            at=at,
        )
        if number:
            saved.set()
        return done

    return run_together(post, 2)


def test_a_save_that_comes_while_an_autosave_is_refused_leaves_no_draft(
    version, author, at, monkeypatch
) -> None:
    autosave, save = outcomes_at_once(version, author, at, monkeypatch)

    version.refresh_from_db()
    assert autosave.stale is not None
    assert save == SaveOutcome()
    assert version.aims == "Мои цели"
    assert SectionDraft.objects.count() == 0


def test_without_the_lock_a_draft_of_what_is_saved_is_left(
    version, author, at, monkeypatch
) -> None:
    plain = "SELECT stage FROM courses_courseversion WHERE id = %s"
    monkeypatch.setattr(lock_module, "_LOCKS", {False: plain, True: plain})
    outcomes_at_once(version, author, at, monkeypatch)

    version.refresh_from_db()
    assert version.aims == "Мои цели"
    assert SectionDraft.objects.get().values["aims"] == ["Мои цели"]
