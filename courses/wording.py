"""Texts of the regulation and of the formats, said in the reader's language."""

from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext

from courses.regulation.texts import Message, Param


def say(text: Message) -> str:
    """Say a message of the regulation: translated, with numbers as the country's."""
    return text.render(gettext, _localise)


def _localise(value: Param) -> str:
    if isinstance(value, int | Decimal):
        return str(formats.number_format(value))
    return value
