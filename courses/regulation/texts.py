"""Texts for the screen: marked here, translated where they are shown."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from courses.regulation.record import record

Number: TypeAlias = int | Decimal
Param: TypeAlias = Number | str


def gettext_noop(text: str) -> str:
    """Mark a text for the translators and give it back unchanged."""
    return text


def _as_is(text: str) -> str:
    return text


@record()
class Message:
    """An English text with `%(name)s` places, and what to put in them.

    Attributes:
        id: The English text, which is the key of its translations.
        params: Pairs of name and value; text values are never translated.
    """

    id: str
    params: tuple[tuple[str, Param], ...] = ()

    def render(
        self,
        translate: Callable[[str], str] = _as_is,
        localise: Callable[[Param], str] = str,
    ) -> str:
        """Say the message in a language.

        Args:
            translate: Turns the English text into the reader's language.
            localise: Writes a value as the reader's country does (22,5).
        """
        text = translate(self.id)
        if not self.params:
            return text
        return text % {name: localise(value) for name, value in self.params}

    def __str__(self) -> str:
        return self.render()

    def to_dict(self) -> dict[str, Any]:
        """Shape for JSON."""
        params = {name: number_to_json(value) for name, value in self.params}
        return {"id": self.id, "params": params}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Message":
        """Read what `to_dict` wrote."""
        params = data["params"].items()
        return cls(
            data["id"], tuple((name, number_from_json(value)) for name, value in params)
        )


def message(text: str, **params: Param) -> Message:
    """A message with its values; decimals lose their empty places (18.0 is 18)."""
    for name, value in params.items():
        if isinstance(value, Decimal):
            params[name] = plain_number(value)
    return Message(text, tuple(params.items()))


def plain_number(value: Number) -> Number:
    """The same number without trailing zeros; a whole one as `int`."""
    if isinstance(value, int):
        return value
    whole = value.to_integral_value()
    return int(whole) if value == whole else value.normalize()


def number_to_json(value: Param) -> int | str | dict[str, str]:
    """JSON has no exact decimals: they travel as `{"decimal": "22.5"}`."""
    return {"decimal": str(value)} if isinstance(value, Decimal) else value


def number_from_json(value: int | str | Mapping[str, str]) -> Param:
    """Read what `number_to_json` wrote."""
    return Decimal(value["decimal"]) if isinstance(value, Mapping) else value
