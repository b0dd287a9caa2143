"""Marks of values: they tell whether a field is still as a person saw it.

A form carries the mark of each of its fields as it was loaded, in a hidden field; the
save compares them with what is stored by then.
"""

import hashlib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Model

# 48 bits of SHA-256: two texts of one field do not meet by chance.
MARK_LENGTH = 12
Marks = Mapping[str, str]


def mark_of(value: Any) -> str:
    """Return the mark of a value; equal however it was typed or stored."""
    return hashlib.sha256(_plain(value).encode()).hexdigest()[:MARK_LENGTH]


def marks_of(values: Mapping[str, Any]) -> dict[str, str]:
    """Return the mark of each value by the name of its field."""
    return {name: mark_of(value) for name, value in values.items()}


def write_marks(marks: Marks) -> str:
    """Write marks into one line, for a hidden field."""
    return " ".join(f"{name}={mark}" for name, mark in marks.items())


def read_marks(line: str) -> dict[str, str]:
    """Read what `write_marks` wrote; what is no mark is left out."""
    pairs = (word.partition("=") for word in line.split())
    return {name: mark for name, _sign, mark in pairs if name and mark}


def _plain(value: Any) -> str:
    """Write a value in one way: no ends of lines of Windows, no empty decimals."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ",".join(sorted(map(_plain, value)))
    if value is None or value is False:
        return ""
    return str(value).replace("\r\n", "\n").strip()
