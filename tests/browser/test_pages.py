"""The main pages of each role over the demo, in Russian, as a desk and a phone get them."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from django.utils import timezone, translation
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from accounts.models import User
from accounts.seeds import ensure_system_user
from certificates.models import Certificate
from config.demo.loading import load_demo
from config.demo.loading.scene import Scene
from core.rights import grant_rights
from courses.seeds import seed_editions
from expertise.models import Expertise
from expertise.seeds import seed_criteria

HEIGHT = 900
WIDTHS = (1280, 390)
# The empty heads of the columns of Django's own tables inside a form, and the names of
# the boxes of its select2, are not the portal's to write.
RULES_OF_OTHERS = ("empty-table-header", "aria-input-field-name")
QUESTIONS = {
    "resultTypes": ["violations"],
    "rules": {rule: {"enabled": False} for rule in RULES_OF_OTHERS},
}

OFFICE = ("/desk/", "/courses/", "/expertise/", "/entries/{kazakh.entry}/")
PASSPORT = (
    "/courses/{0}/",
    "/courses/{0}/check/",
    "/courses/{0}/introduction/",
    "/courses/{0}/topics/",
    "/courses/{0}/banks/",
    "/courses/{0}/team/",
    "/courses/{0}/description/",
    "/courses/{0}/history/",
    "/courses/{0}/history/compare/",
    "/courses/{0}/files/",
    "/courses/{0}/files/registry/",
    "/courses/{0}/terms/import/",
)
PAGES: dict[str, tuple[str, ...]] = {
    "": (
        "/",
        "/register/",
        "/register/1/",
        "/account/sign-in/",
        "/account/register/",
        "/certificates/verify/",
        "/certificates/verify/{certificate}/",
    ),
    "v.sokolova@university.example": (
        *OFFICE,
        "/expertise/{python-teacher.expertise}/appoint/",
        "/entries/{kazakh.entry}/documents/",
        "/courses/{kazakh}/opening/",
        "/courses/{kazakh}/opening/illustration/",
        "/admin/",
        "/admin/courses/courseversion/",
        "/admin/courses/courseversion/{river}/change/",
        "/admin/registry/run/",
        "/admin/registry/registerentry/{kazakh.entry}/change/",
        "/admin/finance/contract/add/",
    ),
    "k.nurgaliev@university.example": ("/desk/", "/account/", "/account/password/"),
    "yu.lisitsyn@university.example": tuple(
        page.format("{writing}") for page in PASSPORT
    ),
    "k.mironova@university.example": (
        "/desk/",
        "/courses/{feedback}/",
        "/expertise/{feedback.expertise}/remarks/",
        "/expertise/{feedback.expertise}/verdict/",
    ),
    "s.orlov@university.example": (
        "/desk/",
        "/expertise/{river.expertise}/",
        "/expertise/{river.expertise}/rating/",
        "/expertise/{river.expertise}/remarks/",
        "/expertise/{river.expertise}/verdict/write/",
        "/expertise/{kazakh.expertise}/rating/",
    ),
    "n.zhukova@university.example": (
        "/finance/",
        "/finance/{month}/",
        "/admin/finance/monthlyreport/",
        "/admin/finance/payment/add/",
    ),
    "t.lebedeva@university.example": ("/admin/", "/admin/accounts/user/?q=orlov"),
    "o.toktosunov@university.example": ("/admin/", "/admin/core/outgoingmail/?q=orlov"),
    "madina@learner.example": ("/desk/", "/learning/"),
}

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Scene]:
    """The demo, loaded once for all pages, and taken away after them."""
    looks = override_settings(
        MEDIA_ROOT=tmp_path_factory.mktemp("media"),
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    )
    with django_db_blocker.unblock(), looks, translation.override("ru"):
        install()
        yield load_demo(at=timezone.now())
        call_command("flush", verbosity=0, interactive=False)
        install()
        # One was opened beside Playwright's loop, where Django's own closing misses it.
        connections.close_all()


def install() -> None:
    """Put in what every installation has, and the tests after these expect."""
    ensure_system_user()
    seed_editions()
    seed_criteria()
    grant_rights(settings.DATABASE_APPLICATION_ROLE)


@pytest.fixture(scope="module")
def site(demo: Scene) -> Iterator[str]:
    """The address of a server over the demo."""
    server = LiveServer("localhost")
    with override_settings(ALLOWED_HOSTS=["localhost"]):
        yield server.url
    server.stop()


@pytest.fixture(scope="module")
def windows(chromium: Browser, site: str, demo: Scene) -> Iterator[dict[str, Page]]:
    """One window for each person, signed in before any test's own transaction."""
    contexts = []
    pages = {}
    for email in PAGES:
        cookies = {settings.LANGUAGE_COOKIE_NAME: "ru"}
        if email:
            cookies[settings.SESSION_COOKIE_NAME] = session_of(email)
        context = chromium.new_context(base_url=site)
        context.add_cookies(
            [
                {"name": name, "value": value, "url": site}
                for name, value in cookies.items()
            ]
        )
        contexts.append(context)
        pages[email] = context.new_page()
    yield pages
    for context in contexts:
        context.close()


def session_of(email: str) -> str:
    """Return the key of a new session of a person."""
    user = User.objects.get(email=email)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def address(template: str, scene: Scene) -> str:
    """Put the keys of the demo's rows in the place of their names."""
    rows = {"month": f"{scene.month(-1):%Y-%m}", **row_keys(scene)}
    for name, key in rows.items():
        template = template.replace(f"{{{name}}}", str(key))
    assert "{" not in template
    return template


def row_keys(scene: Scene) -> dict[str, object]:
    """Return the keys of versions, of their last expertise and their entries."""
    certificate = Certificate.objects.first()
    assert certificate is not None
    keys: dict[str, object] = {
        "certificate": f"{certificate.number}/{certificate.code}"
    }
    for name, version in scene.versions.items():
        keys[name] = version.pk
        expertise = Expertise.objects.filter(version=version).order_by("round").last()
        if expertise is not None:
            keys[f"{name}.expertise"] = expertise.pk
        if hasattr(version, "register_entry"):
            keys[f"{name}.entry"] = version.register_entry.pk
    return keys


@pytest.mark.parametrize(
    ("email", "template"),
    [(email, template) for email, pages in PAGES.items() for template in pages],
)
def test_a_page_fits_its_window_and_is_read_by_all(
    email: str, template: str, demo: Scene, windows: dict[str, Page]
) -> None:
    page = windows[email]
    answer = page.goto(address(template, demo))

    assert answer is not None
    assert answer.status == 200
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page, options=QUESTIONS)
        assert found.violations_count == 0, found.generate_report()
