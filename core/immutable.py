"""Tables that the application's database role may only add to and read."""

from typing import TypeVar

from django.db import models

ModelT = TypeVar("ModelT", bound=type[models.Model])

_MODELS: list[type[models.Model]] = []


def insert_only(model: ModelT) -> ModelT:
    """Mark a model as one whose rows are never changed and never deleted.

    `manage.py grant_rights` takes UPDATE, DELETE and TRUNCATE on its table from the
    application's role, so that no path through the application goes past it.
    """
    _MODELS.append(model)
    return model


def insert_only_models() -> tuple[type[models.Model], ...]:
    """Return every model marked by `insert_only`, in the order of marking."""
    return tuple(_MODELS)
