"""The form of an edition: its numbers by name, its requirements one by one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.findings import SEVERITY_WORDS
from courses.models import RegulationEdition
from courses.regulation.catalogue import BY_CODE, REQUIREMENTS
from courses.regulation.edition import (
    THRESHOLDS,
    Edition,
    EditionError,
    from_mapping,
    unknown_names,
)
from courses.regulation.finding import Severity
from courses.regulation.requirement import Requirement
from courses.regulation.texts import Message
from courses.regulation.thresholds import Threshold, read_names, read_whole
from courses.threshold_names import THRESHOLD_NAMES
from courses.wording import say

LARGEST = 1_000_000
# The part of an edition that a problem speaks of, by the parameter that names it.
_FIELDS_OF_PARAMS = {
    "name": "threshold_{}",
    "lower": "threshold_{}",
    "code": "severity_{}",
    "key": "{}",
}


class NamesField(forms.CharField):
    """A few short words, parted by commas; a list for whoever asks."""

    def prepare_value(self, value: Any) -> Any:
        """Show a list as one line."""
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        """Part the line, leaving empty places out."""
        words = (word.strip() for word in (super().to_python(value) or "").split(","))
        return [word for word in words if word]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the words, not how they were typed."""
        return bool(list(initial or []) != self.to_python(data))


class EditionForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's own is not generic
    """An edition that the engine can read; what makes no sense is told at its field."""

    class Meta:
        model = RegulationEdition
        fields = ("code", "title", "in_force_from", "country")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for threshold in THRESHOLDS.values():
            self.fields[f"threshold_{threshold.name}"] = _threshold_field(threshold)
        for requirement in REQUIREMENTS:
            self.fields[f"severity_{requirement.code}"] = _severity_field(requirement)
            self.fields[f"off_{requirement.code}"] = forms.BooleanField(
                label=_("Not asked"), required=False
            )
        if self.instance.pk:
            self.initial.update(initial_of(self.instance))

    def clean(self) -> dict[str, Any]:
        """Read the whole as the engine will; keep what it read for the row."""
        values: dict[str, Any] = super().clean() or {}
        if not self.errors:
            try:
                edition = from_mapping(_mapping_of(values))
            except EditionError as error:
                self._tell(error.problems)
            else:
                self._tell(unknown_names(edition))
                self._fill(edition)
        return values

    def _tell(self, problems: Iterable[Message]) -> None:
        for problem in problems:
            self.add_error(self._field_of(problem), say(_in_words(problem)))

    def _fill(self, edition: Edition) -> None:
        row = edition.to_mapping()
        for name in ("thresholds", "severities", "switched_off"):
            setattr(self.instance, name, row[name])

    def _field_of(self, problem: Message) -> str | None:
        names = (
            _FIELDS_OF_PARAMS[param].format(value)
            for param, value in problem.params
            if param in _FIELDS_OF_PARAMS
        )
        return next((name for name in names if name in self.fields), None)


def initial_of(edition: RegulationEdition) -> dict[str, Any]:
    """Return the values of an edition for the form's own fields."""
    return {
        **{f"threshold_{name}": value for name, value in edition.thresholds.items()},
        **{f"severity_{code}": value for code, value in edition.severities.items()},
        **{f"off_{code}": True for code in edition.switched_off},
    }


def clauses_by_threshold() -> Mapping[str, list[str]]:
    """Return the clauses that each number of an edition comes from."""
    clauses: defaultdict[str, list[str]] = defaultdict(list)
    for requirement in REQUIREMENTS:
        for threshold in requirement.thresholds:
            if requirement.clause not in clauses[threshold.name]:
                clauses[threshold.name].append(requirement.clause)
    return clauses


def _threshold_field(threshold: Threshold[Any]) -> forms.Field:
    label = THRESHOLD_NAMES.get(threshold.name, threshold.name)
    if threshold.read is read_names:
        return NamesField(label=label, max_length=200, help_text=_("through commas"))
    if threshold.read is read_whole:
        return forms.IntegerField(label=label, min_value=1, max_value=LARGEST)
    return forms.DecimalField(
        label=label, max_value=LARGEST, max_digits=10, decimal_places=3
    )


def _severity_field(requirement: Requirement) -> forms.Field:
    """Only what the regulation leaves to the authors can bind if present."""
    return forms.ChoiceField(
        label=_("Binds"),
        choices=[
            (severity.value, SEVERITY_WORDS[severity])
            for severity in Severity
            if severity is not Severity.OPTIONAL or requirement.severity is severity
        ],
        initial=requirement.severity.value,
    )


def _mapping_of(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **{name: values[name] for name in ("code", "title", "in_force_from")},
        "country": values["country"],
        "thresholds": {name: values[f"threshold_{name}"] for name in THRESHOLDS},
        "severities": dict(_changed_severities(values)),
        "switched_off": [code for code in BY_CODE if values[f"off_{code}"]],
    }


def _changed_severities(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what binds otherwise than the requirement was declared."""
    for requirement in REQUIREMENTS:
        chosen = values[f"severity_{requirement.code}"]
        if chosen != requirement.severity.value:
            yield requirement.code, chosen


def _in_words(problem: Message) -> Message:
    """Put the names of numbers in words where a problem gives their keys."""
    named = tuple(
        (
            param,
            f"«{THRESHOLD_NAMES.get(str(value), value)}»"
            if param in {"name", "lower", "upper"}
            else value,
        )
        for param, value in problem.params
    )
    return replace(problem, params=named)
