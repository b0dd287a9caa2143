"""The frozen passport in words: the parts of a snapshot as a page shows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, TextField
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from courses.enums import ContentLanguage, CourseType
from courses.models import (
    ControlTask,
    Course,
    CourseVersion,
    FinalAttestation,
    Longread,
    Practicum,
    Topic,
)

Values = Mapping[str, Any]

INTRODUCTION = (
    "annotation",
    "announcements_url",
    "learners_forum_url",
    "programme_url",
)
DESCRIPTION = (
    *("study_model", "credits", "hours", "weeks", "weekly_hours", "language"),
    *("is_language_course", "audience", "prerequisites", "aims", "tasks"),
    *("class_kinds", "control_forms", "technologies"),
)
GRADING = ("grade_formation", "completion_criterion", "documents_issued")
SOURCES = ("literature", "entry_questionnaire", "recommendations")
ASSESSMENT = (
    *("grading", "points", "questions_drawn", "minutes", "attempts", "is_random"),
    *("in_gradebook", "content", "criteria", "scoring"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A name and what stands under it."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the passport: short values, long texts, parts within it."""

    title: str
    facts: list[Line] = field(default_factory=list)
    texts: list[Line] = field(default_factory=list)
    parts: list["Part"] = field(default_factory=list)
    note: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank of the passport with its questions, as they are drawn for a test."""

    title: str
    topic: str
    questions: list[Values]


def passport_parts(content: Values) -> list[Part]:
    """Return the passport of a snapshot part by part, in the order of MIN 3.1."""
    fields = content["fields"]
    parts = [
        _about(content),
        _part(CourseVersion, _("Introduction"), fields, INTRODUCTION),
        _part(CourseVersion, _("Description and workload"), fields, DESCRIPTION),
        Part(
            _("Learning outcomes"),
            texts=[
                Line(str(row["position"]), row["text"]) for row in content["outcomes"]
            ],
        ),
        _part(CourseVersion, _("Grading system"), fields, GRADING),
        _part(CourseVersion, _("Literature and recommendations"), fields, SOURCES),
        Part(
            _("Glossary"),
            facts=[Line(row["term"], row["definition"]) for row in content["glossary"]],
        ),
        *(_topic(topic) for topic in content["topics"]),
        _attestation(content["attestation"]),
    ]
    return [
        Part(
            part.title, part.facts, part.texts, part.parts, part.note, f"part-{number}"
        )
        for number, part in enumerate(parts, start=1)
    ]


def passport_banks(content: Values) -> list[Bank]:
    """Return the question banks of a snapshot."""
    return [
        Bank(row["category"], row["topic"] or _("The whole course"), row["questions"])
        for row in content["banks"]
    ]


def _about(content: Values) -> Part:
    course = content["course"]
    authors = [
        f"{row['name']} ({_('leads the team')})" if row["is_lead"] else row["name"]
        for row in content["authors"]
    ]
    return Part(
        _("The course"),
        facts=[
            Line(_label(Course, "code"), course["code"]),
            Line(_label(Course, "type"), str(CourseType(course["type"]).label)),
            Line(_("Authors"), ", ".join(authors)),
            *(
                Line(
                    f"{_('Title')}, {ContentLanguage(row['language']).label}",
                    row["title"],
                )
                for row in content["texts"]
            ),
        ],
    )


def _topic(topic: Values) -> Part:
    part = _part(
        Topic,
        _("Week %(week)s. %(title)s")
        % {"week": topic["week"], "title": topic["title"]},
        topic,
        ("hours",),
    )
    if topic["outcomes"]:
        outcomes = ", ".join(map(str, topic["outcomes"]))
        part.facts.append(Line(_("Learning outcomes"), outcomes))
    if topic["assessed_in"]:
        part.facts.append(Line(_label(Topic, "assessed_in"), topic["assessed_in"]))
    part.parts.extend(_inner(Longread, topic["longreads"], ("url", "body")))
    part.parts.extend(
        _inner(Practicum, topic["practicums"], ("kind", "aim", "content"))
    )
    part.parts.extend(
        _inner(
            ControlTask,
            topic["control_tasks"],
            ("kind", "is_bonus", "aim", "procedure", *ASSESSMENT),
        )
    )
    return part


def _inner(
    model: type[Model], rows: Iterable[Values], names: tuple[str, ...]
) -> list[Part]:
    return [
        _part(
            model,
            row["title"] or str(row["position"]),
            row,
            names,
            note=capfirst(str(model._meta.verbose_name)),
        )
        for row in rows
    ]


def _attestation(values: Values | None) -> Part:
    title = _("Final attestation")
    if values is None:
        return Part(title, note=_("The passport has none."))
    return _part(FinalAttestation, title, values, ("form", "title", *ASSESSMENT))


def _part(
    model: type[Model],
    title: str,
    values: Values,
    names: tuple[str, ...],
    note: str = "",
) -> Part:
    part = Part(title, note=note)
    for name in names:
        value = _words(model, name, values[name])
        if value:
            is_long = isinstance(model._meta.get_field(name), TextField)
            lines = part.texts if is_long else part.facts
            lines.append(Line(_label(model, name), value))
    return part


def _label(model: type[Model], name: str) -> str:
    model_field: Any = model._meta.get_field(name)
    return capfirst(str(model_field.verbose_name))


def _words(model: type[Model], name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value is None or value == "":
        return ""
    model_field: Any = model._meta.get_field(name)
    named = dict(model_field.flatchoices).get(value)
    if named is not None:
        return str(named)
    return str(formats.number_format(value)) if isinstance(value, int) else str(value)
