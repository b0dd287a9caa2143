"""The desk: one's own first, overdue ones marked, the days that are left."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from config.desk import DAYS_COUNTED, desk_of
from core import desk
from core.desk import Duty
from core.models import DayOverride

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def owe(monkeypatch):
    """Let these duties be all there are."""

    def set_duties(*duties: Duty) -> None:
        monkeypatch.setattr(desk, "_CONTRIBUTORS", [lambda _user, _at: duties])

    return set_duties


def days_left(owe, person, at, due_at):
    owe(Duty("Сдать", "/", due_at=due_at))
    (line,) = desk_of(person, at).mine
    return line.days_left, line.is_late


@pytest.mark.parametrize(
    ("due_in", "expected"),
    [
        # From Monday, 14 September 2026, noon in Moscow.
        (timedelta(hours=3), (0, False)),
        (timedelta(hours=-3), (0, True)),
        (1 * DAY, (1, False)),
        (7 * DAY, (5, False)),
        (-3 * DAY, (-1, True)),
        (-1 * DAY, (-1, True)),
        (-7 * DAY, (-5, True)),
        ((DAYS_COUNTED + 1) * DAY, (None, False)),
        (-(DAYS_COUNTED + 1) * DAY, (None, True)),
        (2_000_000 * DAY, (None, False)),
    ],
)
def test_working_days_are_counted(owe, author, at, due_in, expected):
    assert days_left(owe, author, at, at + due_in) == expected


def test_over_a_weekend_alone_the_date_is_enough(owe, author):
    friday = datetime(2026, 9, 18, 9, 0, tzinfo=UTC)
    assert days_left(owe, author, friday, friday + 2 * DAY) == (None, False)
    # Late since Friday, looked at on Sunday: a day late at the least.
    assert days_left(owe, author, friday + 2 * DAY, friday) == (-1, True)


def test_a_duty_without_a_deadline_is_never_late(owe, author, at):
    assert days_left(owe, author, at, None) == (None, False)


def test_a_moved_day_is_taken_into_account(owe, author, at):
    DayOverride.objects.create(
        country=settings.COUNTRY,
        day=(at + DAY).date(),
        is_working=False,
        reason="Приказ ректора",
    )
    assert days_left(owe, author, at, at + 2 * DAY) == (1, False)


def test_a_hundred_duties_take_one_query(owe, author, at, django_assert_num_queries):
    owe(*(Duty(f"Сдать {n}", "/", due_at=at + n * DAY) for n in range(100)))
    with django_assert_num_queries(1):
        desk_of(author, at)


def test_the_desk_shows_what_is_owed_and_what_is_awaited(
    client, owe, author, at, time_machine
):
    time_machine.move_to(at)
    owe(
        Duty("Ответить на замечания", "/a/", "Физика", at - DAY),
        Duty("Заполнить паспорт", "/b/"),
        Duty("Заключение эксперта", "/c/", due_at=at + DAY, is_mine=False),
    )
    client.force_login(author)
    response = client.get(reverse("desk"))
    found = response.context["desk"]
    assert [line.duty.title for line in found.mine] == [
        "Ответить на замечания",
        "Заполнить паспорт",
    ]
    assert [line.duty.title for line in found.waiting] == ["Заключение эксперта"]
    assert found.late_count == 1
    page = response.content.decode()
    assert page.count("is-late") == 1
    assert "1 overdue" in page


def test_an_empty_desk_says_what_it_is_for(client, owe, author):
    owe()
    client.force_login(author)
    page = client.get(reverse("desk")).content.decode()
    assert "Nothing is owed today" in page


def test_a_stranger_signs_in_first(client):
    assert client.get(reverse("desk")).url.startswith(reverse("accounts:sign_in"))


# --- The staff's desk in the admin -------------------------------------------------


def test_the_admin_begins_with_duties_queues_and_the_last_events(
    client, owe, staff, at
):
    owe(Duty("Принять документы", "/a/", due_at=at))
    client.force_login(staff)
    response = client.get(reverse("admin:index"))
    assert response.status_code == 200
    page = response.content.decode()
    for words in ("Принять документы", "Last events", "Lists"):
        assert words in page
