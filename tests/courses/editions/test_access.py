"""Editions and previews: address by role."""

import pytest

from courses.selectors import editions as selectors
from courses.services.editions import ask_who_would_fail
from tests.courses.editions.making import EDITIONS, PREVIEWS

pytestmark = pytest.mark.django_db


ROLES = {"staff": 200, "accountant": 403, "officer": 403, "author": 302, "learner": 302}


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
