"""The parts together, as a browser and a screen reader get them."""

import mimetypes
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page, Route

from core.fonts import build_fonts
from core.styles import build_styles
from tests.face.guide import TopicForm, draw, parts, report

ORIGIN = "http://portal.test"


@pytest.fixture(scope="session")
def assets(tmp_path_factory) -> Path:
    """The style sheets, and the fonts where set-up has not made them."""
    folder = tmp_path_factory.mktemp("static")
    list(build_styles(settings.BASE_DIR / "static" / "css", folder / "css"))
    if not finders.find("fonts/source-sans-3-regular-latin.woff2"):
        list(build_fonts(folder / "fonts"))
    return folder


def faulty_form() -> TopicForm:
    form = TopicForm({"title": "", "hours": "x", "kind": "test"})
    form.is_valid()
    return form


def pages() -> dict[str, str]:
    return {
        "parts": draw("face/parts.html", **parts()),
        "form": draw("face/work.html", form=TopicForm(), report=report(left=3)),
        "errors": draw("face/work.html", form=faulty_form(), report=report(left=0)),
        "refusal": draw("config/refusal.html", title="No", advice="Go", status=404),
    }


def opened(browser: Browser, assets: Path, html: str, **looks: object) -> Page:
    """Open a page whose files come straight from the folders of static files."""
    page = browser.new_page(**looks)

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(f"{ORIGIN}/").partition("?")[0]
        name = path.removeprefix("static/")
        made = assets / name
        found = str(made) if made.is_file() else finders.find(name)
        if path and found:
            route.fulfill(path=found, content_type=mimetypes.guess_type(found)[0])
        elif path:
            route.fulfill(body="", content_type="text/css")
        else:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")

    page.route("**/*", answer)
    page.goto(f"{ORIGIN}/", wait_until="networkidle")
    return page


def test_no_page_has_an_undefined_variable_an_inline_style_or_a_script():
    for name, html in pages().items():
        assert "UNDEFINED" not in html, name
        assert " style=" not in html, name
        assert "<style" not in html, name
        assert not re.search(r"<script(?![^>]*\bsrc=)", html), name
        assert not re.search(r"\son[a-z]+=", html), name


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280, 1920])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_part_is_accessible_and_fits(chromium, assets, width, scheme):
    for name, html in pages().items():
        viewport = {"width": width, "height": 900}
        page = opened(chromium, assets, html, viewport=viewport, color_scheme=scheme)
        page.emulate_media(reduced_motion="reduce")
        page.evaluate(
            "document.querySelectorAll('details').forEach(d => d.open = true)"
        )
        found = Axe().run(page).response["violations"]
        assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == [], name
        overflow = "document.documentElement.scrollWidth - innerWidth"
        assert page.evaluate(overflow) <= 0, name
        page.close()


@pytest.mark.browser
def test_error_summary_takes_the_focus_and_its_link_opens_the_field(chromium, assets):
    page = opened(chromium, assets, pages()["errors"])
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.click(".error-summary a[href='#id_outcomes']")
    assert page.evaluate("document.activeElement.name") == "outcomes"
    page.close()


@pytest.mark.browser
def test_panel_is_folded_on_a_phone_and_open_on_a_desk(chromium, assets):
    html = pages()["form"]
    phone = opened(chromium, assets, html, viewport={"width": 390, "height": 844})
    assert phone.evaluate("document.querySelector('[data-fold]').open") is False
    phone.close()
    desk = opened(chromium, assets, html, viewport={"width": 1280, "height": 900})
    assert desk.evaluate("document.querySelector('[data-fold]').open") is True
    desk.close()


@pytest.mark.browser
def test_what_was_typed_survives_a_lost_session(chromium, assets):
    page = opened(chromium, assets, pages()["form"])
    page.fill("#id_title", "Typed before the session ended")
    page.reload()
    assert page.input_value("#id_title") == "Typed before the session ended"
    page.close()


@pytest.mark.browser
def test_chosen_theme_is_kept_in_a_cookie(chromium, assets):
    page = opened(chromium, assets, pages()["form"])
    page.click("details[data-menu] summary")
    page.click("[data-theme-choice=dark]")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert "theme=dark" in page.evaluate("document.cookie")
    page.close()
