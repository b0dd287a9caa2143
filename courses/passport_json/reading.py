"""Reading a passport in: all or nothing, each error by its path in the JSON."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from courses.passport_json import shape
from courses.passport_json.rows import crossing_errors, errors_of_row
from courses.passport_json.shape import Fields, Leaf, Rows, Shape
from courses.passport_json.writing import plain

MAX_ERRORS = 100
# A text of the passport that no form limits; a course of 1,000 pages has 3,000,000.
MAX_TEXT = 1_000_000
MAX_DEPTH = 12
# Up to here PostgreSQL gives back a number as it was written.
MAX_NUMBER = 10**15


@dataclass(frozen=True, slots=True)
class PassportError:
    """What is wrong with a passport, and where: `$.topics[3].hours`."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReadPassport:
    """A passport that was read: its content, or why it cannot be taken."""

    content: dict[str, Any]
    errors: tuple[PassportError, ...]


Wrong = tuple[str, str]


class _Refused(ValueError):
    """A value that JSON of this portal does not have."""


def read_passport(data: bytes) -> ReadPassport:
    """Read the JSON of a passport, checking all that the database would refuse."""
    try:
        content = _parsed(data)
    except _Refused as error:
        return ReadPassport({}, (PassportError("$", str(error)),))
    errors = [*islice(_checked(shape.PASSPORT, content, "$"), MAX_ERRORS)]
    if not errors:
        errors = [*islice(crossing_errors(content), MAX_ERRORS)]
    return ReadPassport(
        {} if errors else content, tuple(PassportError(*error) for error in errors)
    )


def _parsed(data: bytes) -> Any:
    try:
        content = json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=_object,
            parse_constant=_refuse_constant,
        )
        json.dumps(content, ensure_ascii=False).encode()
    except UnicodeDecodeError as error:
        place = error.start + 1
        raise _Refused(_("It is not written in UTF-8: byte %d.") % place) from error
    except json.JSONDecodeError as error:
        where = {"line": error.lineno, "column": error.colno}
        text = _("It is no JSON: line %(line)d, column %(column)d.")
        raise _Refused(text % where) from error
    except UnicodeEncodeError as error:
        raise _Refused(_("It has half a character, an escape alone.")) from error
    except RecursionError as error:
        raise _Refused(_("It is nested too deep.")) from error
    except _Refused:
        raise
    except ValueError as error:
        raise _Refused(_("It has a number too long to be one.")) from error
    return content


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        name = next(name for name in names if names.count(name) > 1)
        raise _Refused(_("“%s” stands twice in one object.") % name[:60])
    return found


def _refuse_constant(name: str) -> None:
    raise _Refused(_("%s is no number of JSON.") % name)


def _checked(part: Shape, value: Any, path: str) -> Iterator[Wrong]:
    reader: Callable[[Any, Any, str], Iterator[Wrong]] = _READERS[type(part)]
    return reader(part, value, path)


def _fields(part: Fields, value: Any, path: str) -> Iterator[Wrong]:
    if value is None and part.is_nullable:
        return
    if not isinstance(value, dict):
        yield path, _("An object is expected.")
        return
    for name in value.keys() - part.members.keys():
        yield f"{path}.{name[:60]}", _("The passport has no such value.")
    for name, of in part.members.items():
        if name in value:
            yield from _checked(of, value[name], f"{path}.{name}")
        else:
            yield f"{path}.{name}", _("It is missing.")


def _rows(part: Rows, value: Any, path: str) -> Iterator[Wrong]:
    if not isinstance(value, list):
        yield path, _("A list is expected.")
        return
    if len(value) > part.limit:
        yield path, _("At most %d rows are taken.") % part.limit
        return
    seen: set[Any] = set()
    for place, row in enumerate(value):
        here = f"{path}[{place}]"
        errors = [*islice(_checked(part.of, row, here), MAX_ERRORS)]
        yield from errors
        if not errors:
            yield from _row_errors(part.of, row, here, place, seen)


def _row_errors(
    part: Fields, row: dict[str, Any], path: str, place: int, seen: set[Any]
) -> Iterator[Wrong]:
    if row.get("number", place + 1) != place + 1:
        reason = _("Rows are numbered as they stand: %d is expected.") % (place + 1)
        yield f"{path}.number", reason
    if part.unique:
        if row[part.unique] in seen:
            reason = _("Another row has it already.")
            yield f"{path}.{part.unique}", reason
        seen.add(row[part.unique])
    for name, reason in errors_of_row(row):
        yield f"{path}.{name}", reason


def _leaf(leaf: Leaf, value: Any, path: str) -> Iterator[Wrong]:
    reason = _wrong_type(leaf.field, value) or _wrong_value(leaf, value)
    if reason:
        yield path, reason


def _wrong_type(field: "models.Field[Any, Any]", value: Any) -> str:
    if value is None:
        return "" if field.null else _("It may not be null.")
    kind, reason = _type_of(field)
    is_right = isinstance(value, kind) and not (kind is int and isinstance(value, bool))
    return "" if is_right else reason


def _type_of(field: "models.Field[Any, Any]") -> tuple[type, str]:
    if isinstance(field, models.BooleanField):
        return bool, _("True or false is expected.")
    if isinstance(field, models.JSONField):
        is_list = field.default is list
        return (list if is_list else dict), _("It is of another type.")
    if isinstance(field, models.IntegerField):
        return int, _("A whole number is expected.")
    if isinstance(field, models.DecimalField):
        return str, _("A decimal as text is expected.")
    return str, _("A text is expected.")


def _wrong_value(leaf: Leaf, value: Any) -> str:
    """Ask the model's own field, and before it what a form would ask."""
    if isinstance(leaf.field, models.JSONField):
        return _wrong_tree(value)
    reason = _wrong_text(leaf, value) if isinstance(value, str) else ""
    if reason or value in {"", None}:
        return reason
    try:
        cleaned = leaf.field.clean(value, None)
    except ValidationError as error:
        return " ".join(error.messages)
    is_canonical = plain(cleaned) == value
    return "" if is_canonical else _("It is expected as “%s”.") % plain(cleaned)


def _wrong_text(leaf: Leaf, value: str) -> str:
    if "\0" in value:
        return _("It has a null character.")
    is_decimal = isinstance(leaf.field, models.DecimalField)
    if value == "" and (is_decimal or not leaf.is_empty_taken):
        return _("It is empty.")
    limit = leaf.field.max_length or MAX_TEXT
    return _("At most %d characters are taken.") % limit if len(value) > limit else ""


def _wrong_tree(value: Any, depth: int = 1) -> str:
    """Look through a value that no model describes: what PostgreSQL does not keep."""
    if depth > MAX_DEPTH:
        return _("It is nested too deep.")
    if isinstance(value, str):
        return _("It has a null character.") if "\0" in value else ""
    if isinstance(value, int | float):
        return "" if abs(value) <= MAX_NUMBER else _("The number is too large.")
    inner = [*value.keys(), *value.values()] if isinstance(value, dict) else value
    if not isinstance(inner, list):
        return ""
    return next(filter(None, (_wrong_tree(item, depth + 1) for item in inner)), "")


def _constant(part: shape.Constant, value: Any, path: str) -> Iterator[Wrong]:
    if value != part.value:
        yield path, _("“%s” is expected.") % part.value


def _reference(_part: shape.Reference, value: Any, path: str) -> Iterator[Wrong]:
    if value is not None and not _is_number(value):
        yield path, _("The number of a row or null is expected.")


def _references(_part: shape.References, value: Any, path: str) -> Iterator[Wrong]:
    is_right = isinstance(value, list) and all(map(_is_number, value))
    if not is_right or value != sorted(set(value)):
        reason = _("Numbers of rows, growing, each once are expected.")
        yield path, reason


def _number(_part: shape.Number, value: Any, path: str) -> Iterator[Wrong]:
    if not _is_number(value):
        yield path, _("A whole number is expected.")


def _text(_part: shape.Text, value: Any, path: str) -> Iterator[Wrong]:
    if not isinstance(value, str):
        yield path, _("A text is expected.")


def _flag(_part: shape.Flag, value: Any, path: str) -> Iterator[Wrong]:
    if not isinstance(value, bool):
        yield path, _("True or false is expected.")


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


_READERS: dict[type[Shape], Any] = {
    Fields: _fields,
    Rows: _rows,
    Leaf: _leaf,
    shape.Constant: _constant,
    shape.Reference: _reference,
    shape.References: _references,
    shape.Number: _number,
    shape.Text: _text,
    shape.Flag: _flag,
}
