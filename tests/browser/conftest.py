"""A real Chromium before a live server, each person in a window of one's own."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from accounts.models import User
from accounts.seeds import ensure_system_user
from core.rights import grant_rights
from courses.seeds import seed_editions
from expertise.seeds import seed_criteria
from tests.factories import PASSWORD

Window = Callable[[User | None], Page]
# Playwright's loop runs in the thread of the test, which asks the database too.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture
def installation(transactional_db) -> None:
    """What every installation has; a test that commits empties the tables."""
    ensure_system_user()
    seed_editions()
    seed_criteria()
    grant_rights("portal_app")


@pytest.fixture
def window(chromium, live_server, installation) -> Iterator[Window]:
    """Open a window and sign somebody in by the form; nobody for a stranger.

    A script that fails, or a page that breaks the Content-Security-Policy, fails the
    test.
    """
    contexts = []
    complaints: list[str] = []

    def open_for(user: User | None) -> Page:
        context = chromium.new_context(
            base_url=live_server.url, viewport={"width": 1280, "height": 900}
        )
        contexts.append(context)
        context.add_cookies(
            [{"name": "language", "value": "en", "url": live_server.url}]
        )
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                complaints.append(message.text)
                if "Content Security Policy" in message.text
                else None
            ),
        )
        if user is not None:
            sign_in(page, user)
        return page

    yield open_for
    for context in contexts:
        context.close()
    assert complaints == []


def sign_in(page: Page, user: User) -> None:
    page.goto("/account/sign-in/")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/desk/")
