"""What a row's fields refuse, in words."""

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.text import capfirst


def field_refusals(row: Model, error: ValidationError) -> str:
    """Return the messages of `clean_fields`, each after the name of its field."""
    names = {
        field.name: capfirst(str(field.verbose_name)) for field in row._meta.fields
    }
    return " ".join(
        f"{names[name]}: {message}"
        for name, messages in error.message_dict.items()
        for message in messages
    )
