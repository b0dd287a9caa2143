"""Files in a real browser: chosen and dropped, their progress, refusals, measures."""

import os
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, Route, expect

from accounts.models import User
from core.enums import Lane
from core.jobs import run_due
from courses.models import CourseVersion, Material
from tests import factories
from tests.browser.conftest import Window, sign_in
from tests.courses.materials import media_files
from tests.courses.materials.making import PDF, pdf
from tests.hostile.clamd import running_clamd
from tests.hostile.files import EICAR

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHOTS = os.environ.get("SCREENSHOTS")
DROP = """({name, type, bytes}) => {
  const sent = new DataTransfer();
  sent.items.add(new File([new Uint8Array(bytes)], name, {type}));
  const zone = document.querySelector("[data-drop]");
  for (const kind of ["dragenter", "dragover", "drop"])
    zone.dispatchEvent(new DragEvent(kind, {dataTransfer: sent, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def author(installation) -> User:
    return factories.UserFactory(surname="Белова", is_author=True)


@pytest.fixture
def version(author) -> CourseVersion:
    return factories.VersionFactory(lead=author, weeks=2)


@pytest.fixture
def form(window: Window, author, version) -> Page:
    page = window(author)
    page.goto(f"/courses/{version.pk}/materials/add/?kind=text")
    return page


def choose(page: Page, *files: tuple[str, bytes]) -> None:
    page.locator("input[type=file]").set_input_files(
        [
            {"name": name, "mimeType": "application/octet-stream", "buffer": content}
            for name, content in files
        ]
    )


def send(page: Page) -> None:
    page.get_by_role("button", name="Upload", exact=True).click()


def rows(page: Page):
    return page.locator("[data-upload-list] > li")


def shot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


def test_a_film_is_taken_in_and_measured_before_ones_eyes(window, author, version):
    page = window(author)
    page.goto(f"/courses/{version.pk}/materials/add/?kind=video")
    choose(page, ("Лекция 1.mp4", media_files.video("mp4", 2)))
    send(page)
    page.wait_for_url("**/materials/")
    expect(page.get_by_text("Being measured: 1 of 1.")).to_be_visible()
    shot(page, "uploads-waiting")

    run_due(Lane.HEAVY, clock=timezone.now)

    # The list asks again by itself.
    expect(page.get_by_text("Being measured")).to_have_count(0, timeout=20_000)
    row = page.get_by_role("row").filter(has_text="Лекция 1")
    expect(row).to_contain_text("0:02")
    expect(row).to_contain_text("64 × 48")
    shot(page, "uploads-measured")


def test_a_file_dropped_on_the_zone_is_taken_in(form, version):
    form.evaluate(
        DROP,
        {"name": "Лонгрид.pdf", "type": "application/pdf", "bytes": list(pdf(3))},
    )
    expect(form.locator("[data-drop-name]")).to_have_text("Лонгрид.pdf")
    send(form)
    form.wait_for_url("**/materials/")
    assert [row.file_name for row in version.materials.all()] == ["Лонгрид.pdf"]


def test_each_of_several_files_is_answered_for_and_good_ones_stay(form, version):
    choose(form, ("Хороший.pdf", PDF), ("Плохой.pdf", b"<html></html>"), ("0.pdf", b""))
    send(form)
    expect(rows(form)).to_have_count(3)
    expect(rows(form).nth(0)).to_contain_text("taken in, waits to be measured")
    expect(rows(form).nth(1)).to_contain_text("“Плохой.pdf” is not what is asked for")
    expect(rows(form).nth(2)).to_contain_text("The file “0.pdf” is empty")
    expect(form.locator("[data-drop-name]")).to_have_text(
        "Drop the file here or choose it"
    )
    shot(form, "uploads-answers")
    form.set_viewport_size({"width": 390, "height": 844})
    shot(form, "uploads-answers-390")
    assert [row.file_name for row in version.materials.all()] == ["Хороший.pdf"]


def test_a_file_too_large_is_refused_before_it_is_sent(form, version):
    form.evaluate("document.querySelector('input[type=file]').dataset.bytes = 100")
    sent: list[str] = []
    form.on("request", lambda request: sent.append(request.method))
    choose(form, ("Большой.pdf", PDF))
    send(form)
    expect(rows(form)).to_contain_text("Большой.pdf: The file is larger than is taken.")
    assert (sent, version.materials.count()) == ([], 0)


def test_progress_is_shown_while_a_file_travels(form, version):
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        held.append(route)
        if len(held) > 1:
            route.continue_()

    form.route("**/materials/add/**", hold_the_first)
    choose(form, ("Текст.pdf", PDF), ("Второй.pdf", pdf(2)))
    send(form)
    expect(form.get_by_role("progressbar", name="Текст.pdf")).to_be_visible()
    expect(rows(form).nth(1)).to_contain_text("waits for the others")
    expect(form.get_by_role("button", name="Upload", exact=True)).to_be_disabled()
    shot(form, "uploads-progress")
    held[0].continue_()
    form.wait_for_url("**/materials/")
    assert version.materials.count() == 2


@pytest.mark.parametrize(
    ("status", "words"),
    [(413, "The file is larger than is taken."), (502, "the connection was lost")],
)
def test_what_the_server_in_front_answers_is_said_in_words(form, status, words):
    form.route(
        "**/materials/add/**", lambda route: route.fulfill(status=status, body="<h1>")
    )
    choose(form, ("Текст.pdf", PDF))
    send(form)
    expect(rows(form)).to_contain_text(words)
    expect(form.get_by_role("button", name="Upload", exact=True)).to_be_enabled()


def test_a_passport_locked_meanwhile_says_so(form, author, version):
    CourseVersion.objects.filter(pk=version.pk).update(
        stage="expertise", submitted_at=timezone.now(), submitted_by=author
    )
    choose(form, ("Текст.pdf", PDF))
    send(form)
    expect(rows(form)).to_contain_text("The passport is locked: nothing was saved.")
    assert version.materials.count() == 0


def test_a_virus_is_told_beside_its_file(form, version, settings, tmp_path):
    settings.QUARANTINE_ROOT = tmp_path / "quarantine"
    with running_clamd() as clamd:
        settings.CLAMAV_ADDRESS = clamd.address
        choose(form, ("Вирус.pdf", EICAR), ("Хороший.pdf", PDF))
        send(form)
        expect(rows(form).nth(0)).to_contain_text("Win.Test.EICAR_HDB-1")
        expect(rows(form).nth(0)).to_contain_text("the security officer was told")
        expect(rows(form).nth(1)).to_contain_text("taken in")
    shot(form, "uploads-virus")
    assert [row.file_name for row in version.materials.all()] == ["Хороший.pdf"]


def test_without_script_the_form_sends_all_files_at_once(
    chromium: Browser, live_server, author, version
):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies([{"name": "language", "value": "en", "url": live_server.url}])
    page = context.new_page()
    sign_in(page, author)
    page.goto(f"/courses/{version.pk}/materials/add/?kind=text")
    choose(page, ("1.pdf", PDF), ("2.pdf", b"words"))
    send(page)
    expect(rows(page)).to_have_count(2)
    expect(rows(page).nth(1)).to_contain_text("“2.pdf” is not what is asked for")
    choose(page, ("3.pdf", pdf(3)))
    send(page)
    page.wait_for_url("**/materials/")
    names = Material.objects.filter(version=version).values_list("file_name", flat=True)
    assert sorted(names) == ["1.pdf", "3.pdf"]
    context.close()
