"""Records: dataclasses that are quick to make."""

from dataclasses import fields, replace

import pytest

from courses.regulation.place import Place, Section
from courses.regulation.texts import Message


def test_a_record_is_a_value() -> None:
    first, second = Message("text", (("a", 1),)), Message("text", (("a", 1),))

    assert first == second
    assert {first, second} == {first}
    assert replace(first, params=()) == Message("text")
    assert [field.name for field in fields(Message)] == ["id", "params"]


def test_a_record_has_no_room_for_what_it_does_not_declare() -> None:
    place = Place(Section.TOPIC, 1, "title")

    with pytest.raises(AttributeError):
        place.anchor = "x"
