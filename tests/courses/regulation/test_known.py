from decimal import Decimal

import pytest

from courses.regulation.known import (
    UNKNOWN,
    Amount,
    all_of,
    amount_of,
    any_of,
    has_words,
    total_of,
)


@pytest.mark.parametrize(
    ("values", "any_is", "all_are"),
    [
        ((), False, True),
        ((True, None), True, None),
        ((False, None), None, False),
        ((True, False), True, False),
        ((True, True), True, True),
        ((False,), False, False),
        ((None,), None, None),
    ],
)
def test_unknown_values_count_only_where_they_could_decide(values, any_is, all_are):
    assert any_of(values) is any_is
    assert all_of(values) is all_are


def test_a_part_of_an_amount_may_already_be_enough_or_too_much():
    part = Amount(30, is_whole=False)

    assert part.is_at_least(30) is True
    assert part.is_at_least(31) is None
    assert part.is_at_most(30) is None
    assert part.is_at_most(29) is False
    assert part.is_between(10, 29) is False
    assert part.is_between(10, 40) is None


def test_a_whole_amount_is_told_at_both_ends():
    whole = Amount(30, is_whole=True)

    assert whole.is_at_least(31) is False
    assert whole.is_at_most(30) is True
    assert whole.is_between(30, 30) is True


def test_a_total_is_whole_only_when_all_its_values_are_known():
    assert total_of([Decimal("1.5"), 2]) == Amount(Decimal("3.5"), is_whole=True)
    assert total_of([Decimal("1.5"), None]) == Amount(Decimal("1.5"), is_whole=False)
    assert amount_of(None) == UNKNOWN
    assert amount_of(0) == Amount(0, is_whole=True)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, None),
        ("", False),
        (" \u00a0\u200b\n", False),
        ("—", False),
        ("…", False),
        ("ә", True),
    ],
)
def test_a_dash_or_blanks_say_nothing(text, says):
    assert has_words(text) is says
