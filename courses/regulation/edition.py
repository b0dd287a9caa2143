"""An edition of a regulation: its numbers and how much each requirement binds."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

from courses.regulation.catalogue import BY_CODE, REQUIREMENTS
from courses.regulation.finding import Severity
from courses.regulation.requirement import Requirement
from courses.regulation.texts import Message, message
from courses.regulation.texts import gettext_noop as _
from courses.regulation.thresholds import Threshold, WrongThreshold

EDITIONS = Path(__file__).parent / "editions"
THRESHOLDS: dict[str, Threshold[Any]] = {
    threshold.name: threshold
    for requirement in REQUIREMENTS
    for threshold in requirement.thresholds
}


class EditionError(ValueError):
    """An edition that makes no sense.

    Attributes:
        problems: What is wrong, one message for each thing.
    """

    def __init__(self, problems: Iterable[Message]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """An edition of a regulation.

    Attributes:
        code: Its short name, such as `minin-2022`.
        title: The regulation's own title.
        in_force_from: The day it comes into force.
        country: Two-letter code of the country.
        thresholds: Values by name of threshold.
        severities: What binds otherwise than declared, by code of requirement.
        switched_off: Codes of requirements that are not asked.
    """

    code: str
    title: str
    in_force_from: date
    country: str
    thresholds: Mapping[str, object]
    severities: Mapping[str, Severity]
    switched_off: frozenset[str]

    def severity_of(self, requirement: Requirement) -> Severity:
        """How much a requirement binds under this edition."""
        return self.severities.get(requirement.code, requirement.severity)

    def to_mapping(self) -> dict[str, Any]:
        """Shape for JSON; `from_mapping` reads it back."""
        return {
            "code": self.code,
            "title": self.title,
            "in_force_from": self.in_force_from.isoformat(),
            "country": self.country,
            "thresholds": {
                name: _to_json(value) for name, value in self.thresholds.items()
            },
            "severities": {
                code: severity.value for code, severity in self.severities.items()
            },
            "switched_off": sorted(self.switched_off),
        }


_KEYS = frozenset(field.name for field in fields(Edition))


def _to_json(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


def load_edition(path: Path) -> Edition:
    """Read an edition from a TOML file.

    Raises:
        EditionError: The file is no TOML or makes no sense as an edition.
    """
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problem = message(_("the file cannot be read: %(reason)s"), reason=str(error))
        raise EditionError([problem]) from error
    edition = from_mapping(data)
    if problems := list(unknown_names(edition)):
        raise EditionError(problems)
    return edition


def from_mapping(data: Mapping[str, Any]) -> Edition:
    """Make an edition of raw values, of a TOML file or a row of the database.

    Raises:
        EditionError: Something is missing, unknown or of a wrong kind.
    """
    problems = [
        message(_("unknown key: %(key)s"), key=key)
        for key in sorted(data.keys() - _KEYS)
    ]
    edition = Edition(
        code=_text(data, "code", problems),
        title=_text(data, "title", problems),
        in_force_from=_day(data, "in_force_from", problems),
        country=_country(data, problems),
        thresholds=MappingProxyType(_thresholds(data, problems)),
        severities=MappingProxyType(_severities(data, problems)),
        switched_off=_switched_off(data, problems),
    )
    if problems:
        raise EditionError(problems)
    return edition


def _text(data: Mapping[str, Any], key: str, problems: list[Message]) -> str:
    value = data.get(key)
    if isinstance(value, str) and value.strip():
        return value
    problems.append(message(_("a text is needed: %(key)s"), key=key))
    return ""


def _country(data: Mapping[str, Any], problems: list[Message]) -> str:
    country = _text(data, "country", problems)
    if country and not re.fullmatch("[A-Z]{2}", country):
        problems.append(
            message(_("not a two-letter country: %(country)s"), country=country)
        )
    return country


def _day(data: Mapping[str, Any], key: str, problems: list[Message]) -> date:
    value = data.get(key)
    with suppress(TypeError, ValueError):
        return date.fromisoformat(str(value))
    problems.append(message(_("a date is needed: %(key)s"), key=key))
    return date.min


def _mapping(
    data: Mapping[str, Any], key: str, problems: list[Message]
) -> Mapping[str, Any]:
    value = data.get(key, {})
    if isinstance(value, Mapping):
        return value
    problems.append(message(_("a table is needed: %(key)s"), key=key))
    return {}


def _thresholds(data: Mapping[str, Any], problems: list[Message]) -> dict[str, object]:
    raw = _mapping(data, "thresholds", problems)
    problems += [
        message(_("unknown threshold: %(name)s"), name=name)
        for name in sorted(raw.keys() - THRESHOLDS.keys())
    ]
    values: dict[str, object] = {}
    for name, threshold in THRESHOLDS.items():
        if name not in raw:
            problems.append(message(_("missing threshold: %(name)s"), name=name))
            continue
        try:
            values[name] = threshold.read(raw[name])
        except WrongThreshold:
            problems.append(
                message(
                    _("threshold %(name)s: wrong value %(value)s"),
                    name=name,
                    value=repr(raw[name]),
                )
            )
    problems += _crossed_bounds(values)
    return values


def unknown_names(edition: Edition) -> Iterator[Message]:
    """Names in an edition that the portal does not know: no course could meet them.

    Asked when an edition is written. A row that is used is read as it stands.
    """
    for name, threshold in THRESHOLDS.items():
        value = edition.thresholds[name]
        given = value if isinstance(value, tuple) and threshold.names else ()
        for unknown in given:
            if unknown not in threshold.names:
                yield message(
                    _(
                        "threshold %(name)s: “%(value)s” is not known, but %(known)s are"
                    ),
                    name=name,
                    value=unknown,
                    known=", ".join(sorted(threshold.names)),
                )


def _crossed_bounds(values: Mapping[str, Any]) -> Iterator[Message]:
    """Lower bounds above their upper ones."""
    for name in values:
        upper = name.removesuffix("_min") + "_max"
        if name.endswith("_min") and upper in values and values[name] > values[upper]:
            yield message(
                _("threshold %(lower)s is above %(upper)s"), lower=name, upper=upper
            )


def _severities(
    data: Mapping[str, Any], problems: list[Message]
) -> dict[str, Severity]:
    severities = {}
    for code, raw in _mapping(data, "severities", problems).items():
        requirement = BY_CODE.get(code)
        if requirement is None:
            problems.append(message(_("unknown requirement: %(code)s"), code=code))
        elif raw not in _allowed_severities(requirement):
            problems.append(
                message(
                    _("requirement %(code)s: wrong severity %(value)s"),
                    code=code,
                    value=repr(raw),
                )
            )
        else:
            severities[code] = Severity(raw)
    return severities


def _allowed_severities(requirement: Requirement) -> set[str]:
    """Only what the regulation leaves to the authors can be optional."""
    return {Severity.MANDATORY, Severity.RECOMMENDED, requirement.severity}


def _switched_off(data: Mapping[str, Any], problems: list[Message]) -> frozenset[str]:
    raw = data.get("switched_off", [])
    if not isinstance(raw, list | tuple):
        problems.append(message(_("a list is needed: %(key)s"), key="switched_off"))
        return frozenset()
    codes = frozenset(str(code) for code in raw)
    problems += [
        message(_("unknown requirement: %(code)s"), code=code)
        for code in sorted(codes - BY_CODE.keys())
    ]
    return codes
