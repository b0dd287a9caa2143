"""Rows of the plumbing say what they are, and exist once."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from core.enums import Country
from core.models import Counter, DayOverride, Job, OutgoingMail, TransitionLog


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (
            TransitionLog(subject_model="a.B", subject_id=1, source="x", target="y"),
            "a.B 1: x → y",
        ),
        (Job(kind="core.send_mail", subject_id=7), "core.send_mail 7"),
        (Counter(key="register", value=3), "register: 3"),
        (OutgoingMail(to="a@b.example", subject="Тема"), "a@b.example: Тема"),
        (DayOverride(country=Country.RU, day=date(2026, 9, 14)), "RU 14.09.2026"),
    ],
)
def test_a_row_says_what_it_is(row, words):
    assert str(row) == words


def test_a_day_of_a_country_is_moved_once(db):
    day = {"country": Country.KZ, "day": date(2026, 9, 14), "is_working": False}
    DayOverride.objects.create(**day, reason="Приказ")
    with (
        pytest.raises(IntegrityError, match="day_override_once"),
        transaction.atomic(),
    ):
        DayOverride.objects.create(**day, reason="Второй приказ")
