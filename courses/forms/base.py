"""What all forms of the passport have in common: numbers, addresses, groups."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.text import refuse_hidden_signs

# A text longer than this is a book: it belongs behind a link.
MAX_TEXT = 100_000
NOTHING = "—"
SHORT_FIELDS = (forms.IntegerField, forms.ChoiceField, forms.BooleanField)

Group = tuple[Promise | str, tuple[str, ...]]


class NumberField(forms.DecimalField):
    """A number written as the country does, «2,5», or with a point."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        """Read a comma as a point, and let thousands stand apart."""
        if isinstance(value, str):
            value = "".join(value.split()).replace(",", ".")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """Write a stored number without empty places; leave what was typed."""
        if not isinstance(value, Decimal):
            return value
        plain = f"{value.normalize():f}"
        return plain.replace(".", formats.get_format("DECIMAL_SEPARATOR"))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Ask a phone for its keys of numbers."""
        return {**super().widget_attrs(widget), "inputmode": "decimal"}


def passport_field(field: Any, **kwargs: Any) -> forms.Field | None:
    """Make the form field of a model's field, as the passport wants it."""
    if isinstance(field, models.DecimalField):
        kwargs["form_class"] = NumberField
    if isinstance(field, models.URLField):
        kwargs["assume_scheme"] = "https"
    made: forms.Field | None = field.formfield(**kwargs)
    if isinstance(field, models.CharField) and isinstance(made, forms.CharField):
        made.validators.append(refuse_hidden_signs)
    if isinstance(field, models.TextField) and made is not None:
        made.validators.append(MaxLengthValidator(field.max_length or MAX_TEXT))
    return made


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields under one heading.

    `shown_for` is «field=value»: elsewhere a script folds the group away.
    """

    title: Promise | str
    fields: list[forms.BoundField]
    shown_for: str = ""

    @property
    def is_row(self) -> bool:
        """Whether the fields are short, numbers among them: they stand in a row."""
        kinds = [field.field for field in self.fields]
        return any(isinstance(kind, forms.IntegerField) for kind in kinds) and all(
            isinstance(kind, SHORT_FIELDS) for kind in kinds
        )


class PassportForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's own is not generic
    """A form of the passport; `groups` order its fields under headings.

    `shown_for` tells, by the first field of a group, for which «field=value» it is.
    """

    groups: ClassVar[tuple[Group, ...]] = ()
    shown_for: ClassVar[Mapping[str, str]] = {}
    # Fields whose help tells what was measured: it is told anew after each save.
    measured: ClassVar[tuple[str, ...]] = ()

    class Meta:
        formfield_callback = passport_field

    def field_groups(self) -> Iterator[FieldGroup]:
        """Return the fields under their headings; without groups, all under none."""
        for title, names in self.groups or (("", tuple(self.fields)),):
            fields = [self[name] for name in names if name in self.fields]
            yield FieldGroup(title, fields, self.shown_for.get(names[0], ""))

    def values(self) -> list[dict[str, Any]]:
        """Return label and value of each field, for who may read but not edit."""
        return [
            {"label": field.label, "value": words_of(field, field.initial)}
            for group in self.field_groups()
            for field in group.fields
        ]


def words_of(field: forms.BoundField, value: Any) -> str:
    """Return a value of a field in words."""
    value = field.field.prepare_value(value)
    choices: Any = getattr(field.field, "choices", ())
    words = {str(getattr(key, "value", key)): str(label) for key, label in choices}
    if isinstance(field.field, forms.ModelMultipleChoiceField):
        keys = (str(getattr(row, "pk", row)) for row in value or ())
        return "\n".join(words.get(key, key) for key in keys) or NOTHING
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if value in (None, ""):
        return NOTHING
    return words.get(str(value), str(value))
