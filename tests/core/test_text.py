"""Lines that people type, printed later on certificates and in lists."""

import pytest
from django.core.exceptions import ValidationError

from core.text import refuse_hidden_signs


@pytest.mark.parametrize(
    "line",
    [
        "Ахметова",
        "Ұлықбек Қасымұлы",
        "Өмүрбек кызы",
        "d’Arc-О'Нил",
        "李",
        "<img src=file:>",
        "{{7*7}}",
    ],
)
def test_what_can_be_seen_may_stand_in_a_line(line):
    refuse_hidden_signs(line)


@pytest.mark.parametrize(
    ("sign", "code"),
    [
        ("\0", "0000"),
        ("\n", "000A"),
        ("\x0b", "000B"),
        ("\x7f", "007F"),
        ("\u200b", "200B"),
        ("\u202e", "202E"),
        ("\u2028", "2028"),
        ("\u2066", "2066"),
        ("\ufeff", "FEFF"),
        ("\ud800", "D800"),
        ("\ue000", "E000"),
    ],
)
def test_what_cannot_be_seen_is_refused_by_its_code(sign, code):
    with pytest.raises(ValidationError) as refusal:
        refuse_hidden_signs(f"Ахме{sign}това")
    assert f"U+{code}" in refusal.value.messages[0]
