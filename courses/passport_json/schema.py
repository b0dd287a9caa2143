"""The JSON Schema of a passport, made from its shape; `docs/passport.schema.json`."""

from typing import Any

from django.db import models

from courses.passport_json import shape
from courses.passport_json.shape import Fields, Leaf, Rows, Shape

DIALECT = "https://json-schema.org/draft/2020-12/schema"
# A decimal is a text, so that no program rounds it.
DECIMAL = r"^-?\d+(\.\d+)?$"
POSITIVE = {"type": "integer", "minimum": 1}


def passport_schema() -> dict[str, Any]:
    """Return the schema of the passport's JSON."""
    return {
        "$schema": DIALECT,
        "title": "Passport of an open course",
        **schema_of(shape.PASSPORT),
    }


def schema_of(part: Shape) -> dict[str, Any]:
    """Return the schema of a part of the shape."""
    if isinstance(part, Fields):
        return _object(part)
    if isinstance(part, Rows):
        return {"type": "array", "maxItems": part.limit, "items": schema_of(part.of)}
    if isinstance(part, Leaf):
        return _leaf(part)
    return _beside(part)


def _beside(part: Shape) -> dict[str, Any]:
    if isinstance(part, shape.Constant):
        return {"const": part.value}
    if isinstance(part, shape.Reference):
        about = f"number of a row of “{part.to}”"
        return {"type": ["integer", "null"], "minimum": 1, "description": about}
    if isinstance(part, shape.References):
        about = f"numbers of rows of “{part.to}”"
        return {
            "type": "array",
            "items": POSITIVE,
            "uniqueItems": True,
            "description": about,
        }
    if isinstance(part, shape.Number):
        return {**POSITIVE, "description": "place in the list"}
    return {"type": "boolean" if isinstance(part, shape.Flag) else "string"}


def _object(part: Fields) -> dict[str, Any]:
    schema = {
        "type": "object",
        "properties": {name: schema_of(of) for name, of in part.members.items()},
        "required": list(part.members),
        "additionalProperties": False,
    }
    return {"anyOf": [{"type": "null"}, schema]} if part.is_nullable else schema


def _leaf(leaf: Leaf) -> dict[str, Any]:
    field = leaf.field
    about = {"description": f"{field.model.__name__}.{field.name}"}
    if field.choices:
        values = [value for value, _label in field.flatchoices if value]
        return {**about, "enum": [*values, ""] if leaf.is_empty_taken else values}
    return {**about, **_nullable(field, _typed(field))}


def _typed(field: "models.Field[Any, Any]") -> dict[str, Any]:
    if isinstance(field, models.BooleanField):
        return {"type": "boolean"}
    if isinstance(field, models.JSONField):
        return {"type": "array" if field.default is list else "object"}
    if isinstance(field, models.DecimalField):
        return {"type": "string", "pattern": DECIMAL}
    if isinstance(field, models.IntegerField):
        return {"type": "integer", "minimum": 0}
    limit = {"maxLength": field.max_length} if field.max_length else {}
    return {"type": "string", **limit}


def _nullable(
    field: "models.Field[Any, Any]", schema: dict[str, Any]
) -> dict[str, Any]:
    if not field.null:
        return schema
    kinds = schema["type"]
    named = kinds if isinstance(kinds, list) else [kinds]
    return {**schema, "type": [*named, "null"]}
