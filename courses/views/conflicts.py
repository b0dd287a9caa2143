"""Two people in one form: what each saw, where they clash, and whose text stays."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from courses.forms.base import words_of
from courses.marks import Marks, mark_of, marks_of, read_marks, write_marks
from courses.services.drafts import BASE

AnyForm = Any  # forms.Form or a form of a model: Django's have no common type
CHOICE, SEEN = "choice-", "seen-"
MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that the person and somebody else changed: both texts in words."""

    name: str
    label: str
    field_id: str
    mine: str
    theirs: str
    seen: str


def kept_names(form: AnyForm) -> list[str]:
    """Name the fields whose raw input may be kept: no files, nothing secret."""
    return [
        name
        for name, field in form.fields.items()
        if not isinstance(field, forms.FileField)
        and not isinstance(field.widget, forms.PasswordInput)
    ]


def marks_shown(stored: AnyForm) -> dict[str, str]:
    """Return the mark of each value that a form shows."""
    return marks_of({name: stored[name].initial for name in kept_names(stored)})


def base_of(stored: AnyForm) -> str:
    """Return the marks of what a form shows, for its hidden field."""
    return write_marks(marks_shown(stored))


def next_base(form: AnyForm, fresh: AnyForm, base: Marks | None) -> str:
    """Return the marks for the page that goes on after an autosave.

    A field that somebody else changed is still shown as it was: its mark stays.
    """
    marks, seen = marks_shown(fresh), base or {}
    for name, mark in marks.items():
        if name in form.cleaned_data and mark_of(form.cleaned_data[name]) != mark:
            marks[name] = seen.get(name, mark)
    return write_marks(marks)


def reconciled(typed: QueryDict, stored: AnyForm) -> tuple[QueryDict, Marks | None]:
    """Follow what the person chose: keep mine over what was seen, or take theirs."""
    if BASE not in typed:
        return typed, None
    base, typed = read_marks(str(typed[BASE])), typed.copy()
    for name in kept_names(stored):
        choice = typed.get(CHOICE + name)
        if choice == MINE:
            base[name] = typed.get(SEEN + name, "")
        elif choice == THEIRS:
            typed.setlist(name, _raw(stored[name]))
            base[name] = mark_of(stored[name].initial)
    return typed, base


def clashes_of(form: AnyForm, stored: AnyForm, base: Marks) -> list[str]:
    """Name the fields that the person and somebody else have changed since `base`."""
    form.is_valid()
    return [
        name
        for name, mark in marks_shown(stored).items()
        if mark != base.get(name)
        and name in form.cleaned_data
        and mark_of(form.cleaned_data[name]) not in (base.get(name), mark)
    ]


def conflicts_of(
    form: AnyForm, stored: AnyForm, names: Iterable[str] | Mapping[str, Any]
) -> list[Conflict]:
    """Return both texts of the fields that clash."""
    return [
        Conflict(
            name=name,
            label=str(form[name].label),
            field_id=str(form[name].auto_id),
            mine=words_of(form[name], form[name].value()),
            theirs=words_of(stored[name], stored[name].initial),
            seen=mark_of(stored[name].initial),
        )
        for name in names
    ]


def _raw(bound: forms.BoundField) -> list[str]:
    """Return the value of a field as a browser would post it."""
    value = bound.value()
    if value is None or value is False:
        return []
    is_many = isinstance(value, Iterable) and not isinstance(value, str)
    return [str(getattr(row, "pk", row)) for row in (value if is_many else [value])]
