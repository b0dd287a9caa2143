from decimal import Decimal

import pytest

from courses.regulation.texts import Message, message, plain_number


def test_a_message_is_said_in_the_readers_language_with_its_own_numbers():
    text = message("weekly load: %(hours)s h", hours=Decimal("22.50"))
    russian = {"weekly load: %(hours)s h": "нагрузка в неделю: %(hours)s ч"}

    assert str(text) == "weekly load: 22.5 h"
    assert (
        text.render(russian.__getitem__, lambda value: str(value).replace(".", ","))
        == "нагрузка в неделю: 22,5 ч"
    )


def test_a_message_without_values_may_hold_a_percent_sign():
    assert str(Message("at least 50 %")) == "at least 50 %"


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        (18, 18),
        (Decimal("18.0"), 18),
        (Decimal("120.0"), 120),
        (Decimal("22.50"), Decimal("22.5")),
    ],
)
def test_numbers_lose_their_empty_places(given, plain):
    assert str(plain_number(given)) == str(plain)


def test_a_message_comes_back_from_json_as_it_was():
    text = message("%(a)s %(b)s %(c)s", a=Decimal("2.5"), b=3, c="Тема")

    assert Message.from_dict(text.to_dict()) == text
