"""Pages that say what went wrong: never a 500 where a person is at fault."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from config.middleware import StateConflicts
from core.workflow import GuardsUnmet, NotAllowed, WrongState

pytestmark = pytest.mark.django_db


@pytest.fixture
def refuse(client, author):
    """Let a page meet an exception, and give what the middleware answers."""

    def meet(exception):
        request = RequestFactory().get("/")
        request.user, request.session = author, client.session
        request._messages = []
        return StateConflicts(lambda _request: None).process_exception(
            request, exception
        )

    return meet


@pytest.mark.parametrize(
    ("exception", "status"),
    [
        (WrongState("Курс уже на экспертизе."), 409),
        (GuardsUnmet(["Нет банка вопросов.", "Нет глоссария."]), 409),
        (NotAllowed("Нет права."), 403),
    ],
)
def test_a_refused_transition_is_a_page(refuse, exception, status):
    assert refuse(exception).status_code == status


def test_a_conflict_gives_every_reason(refuse):
    page = refuse(GuardsUnmet(["Нет банка вопросов.", "Нет глоссария."]))
    assert "<li>Нет банка вопросов.</li><li>Нет глоссария.</li>" in (
        page.content.decode()
    )


def test_another_exception_is_not_hidden(refuse):
    assert refuse(ValueError("a fault of ours")) is None


def test_a_request_goes_on(rf):
    assert StateConflicts(lambda request: request.path)(rf.get("/a/")) == "/a/"


@pytest.mark.parametrize("address", ["/nothing/", f"/courses/{10**30}/", "/account/x/"])
def test_a_page_that_is_not_there_says_so(client, author, address):
    client.force_login(author)
    response = client.get(address)
    assert response.status_code == 404
    assert "<h1>" in response.content.decode()


def test_a_form_without_its_token_says_what_to_do():
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(reverse("accounts:sign_in"), {"email": "a", "password": "b"})
    assert response.status_code == 403
    assert "open too long" in response.content.decode()


def test_a_page_that_is_not_for_oneself_says_so(client, learner):
    client.force_login(learner)
    response = client.get("/admin/", follow=True)
    assert response.status_code == 403
    assert "no right" in response.content.decode()


@pytest.mark.parametrize("year", ["9999", "09999"])
@pytest.mark.parametrize("rest", ["", "&issued_on__month=12&issued_on__day=31"])
def test_the_last_year_there_is_cannot_be_listed(client, staff, year, rest):
    client.force_login(staff)
    page = reverse("admin:certificates_certificate_changelist")
    assert client.get(f"{page}?issued_on__year={year}{rest}").status_code == 400
    assert client.get(f"{page}?issued_on__year=9998").status_code == 200


# --- The brand --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("colour", "css"),
    [
        ("#23457f", ":root { --brand: #23457f; }\n"),
        ("", ""),
        ("red", ""),
        ("#23457f; } body { display: none", ""),
    ],
)
def test_the_brand_is_a_colour_and_nothing_else(client, settings, colour, css):
    settings.BRAND_COLOUR = colour
    response = client.get(reverse("branding"))
    assert response.content.decode() == css
    assert response["Content-Type"] == "text/css; charset=utf-8"
