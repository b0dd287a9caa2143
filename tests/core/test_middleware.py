"""Requests before they reach a view."""

import pytest
from django.test import Client

from accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    [
        "/account/sign-in/?next=%00",
        "/account/sign-in/?%00=a",
        "/account/sign-in/?a=b&a=%00",
        "/%00",
    ],
)
def test_a_nul_in_an_address_is_a_request_that_cannot_be_understood(client, address):
    response = client.get(address)
    assert response.status_code == 400
    assert "text/html" in response["Content-Type"]


def test_a_nul_in_a_cookie_is_a_request_that_cannot_be_understood():
    quoted = Client(headers={"cookie": 'sessionid="\\000aaaaaaaaaaaaaaa"'})
    assert quoted.get("/desk/").status_code == 400


def test_the_trail_keeps_the_login_of_whoever_changed_a_row(client, author):
    """Source: KSTU 6.1."""
    client.force_login(author)
    client.post(
        "/account/",
        {
            "surname": "Новикова",
            "language": "kk",
            "office_phone": "",
            "mobile_phone": "",
        },
    )
    event = User.pgh_event_model.objects.filter(surname="Новикова").latest("pgh_id")
    assert event.pgh_context["login"] == author.email
    assert event.pgh_context["user"] == author.pk
    assert event.pgh_context["url"] == "/account/"
