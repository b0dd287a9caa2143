"""A kept passport in words: its parts as a page, a document or a comparison shows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, Model, TextField
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from courses.enums import ContentLanguage, CourseType, QuestionKind
from courses.models import (
    BorrowedItem,
    CommunicationElement,
    ControlTask,
    Course,
    CourseVersion,
    FinalAttestation,
    Longread,
    Material,
    Practicum,
    SoftwareRequirement,
    Topic,
)
from courses.passport_json import upgraded

Values = Mapping[str, Any]

INTRODUCTION = (
    *("annotation", "announcements_url", "learners_forum_url", "programme_url"),
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
    *("in_gradebook", "id_number", "content", "criteria", "scoring"),
)
LONGREAD = ("url", "pages", "id_number", "body")
PRACTICUM = ("kind", "aim", "content")
TASK = ("kind", "is_bonus", "aim", "procedure", *ASSESSMENT)
MATERIAL = (
    *("kind", "url", "file_name", "size_bytes", "state", "container"),
    *("duration_seconds", "pages", "slides", "hidden_slides", "width", "height"),
    *("declared_minutes", "declared_pages", "declared_slides", "declared_reason"),
    *("rights", "licence", "id_number", "sha256"),
)
BORROWED = ("reference", "url", "is_consent_needed", "consent_name")
SOFTWARE = ("requirements", "browser", "official_url", "instruction")
COMMUNICATION = ("mode", "kind", "url", "schedule")


@dataclass(frozen=True, slots=True)
class Line:
    """A name and what stands under it."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the passport: short values, long texts, parts within it.

    `names` are what it is known by where its title has changed.
    """

    title: str
    facts: list[Line] = field(default_factory=list)
    texts: list[Line] = field(default_factory=list)
    parts: list["Part"] = field(default_factory=list)
    note: str = ""
    anchor: str = ""
    names: tuple[str, str] = ("", "")

    @property
    def has_short_names(self) -> bool:
        """Whether its short values stand by numbers or codes: a narrow column does."""
        return not any(map(str.isalpha, "".join(line.label for line in self.facts)))


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank of the passport with its questions, as they are drawn for a test."""

    title: str
    topic: str
    questions: list[Values]


def passport_parts(content: Values) -> list[Part]:
    """Return a kept passport part by part, in the order of MIN 3.1."""
    whole = upgraded(content)
    fields = whole["fields"]
    parts = [
        _about(whole),
        _part(CourseVersion, _("Introduction"), fields, INTRODUCTION),
        _part(CourseVersion, _("Description and workload"), fields, DESCRIPTION),
        Part(
            _("Learning outcomes"),
            facts=[Line(str(row["number"]), row["text"]) for row in whole["outcomes"]],
        ),
        Part(
            _("Educational programmes"),
            facts=[Line(row["code"], row["title"]) for row in whole["programmes"]],
        ),
        _part(CourseVersion, _("Grading system"), fields, GRADING),
        _part(CourseVersion, _("Literature and recommendations"), fields, SOURCES),
        _list(CommunicationElement, _("Communication"), whole, "communication"),
        _list(SoftwareRequirement, _("Software"), whole, "software"),
        _glossary(whole),
        *(_topic(topic, whole) for topic in whole["topics"]),
        _attestation(whole["attestation"]),
        Part(_("Materials of the whole course"), parts=list(_materials(whole, None))),
        _list(BorrowedItem, _("Borrowed material"), whole, "borrowed"),
    ]
    return [
        replace(part, anchor=f"part-{number}")
        for number, part in enumerate(parts, start=1)
    ]


def passport_banks(content: Values) -> list[Bank]:
    """Return the question banks of a kept passport."""
    whole = upgraded(content)
    return [
        Bank(row["category"], _topic_of(row, whole), row["questions"])
        for row in whole["banks"]
    ]


def kind_in_words(question: Values) -> str:
    """Return what kind of question one of a bank is."""
    kind = question["kind"]
    label = QuestionKind(kind).label if kind in set(QuestionKind) else kind
    named = question.get("kind_name")
    return f"{label} ({named})" if named else str(label)


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
        texts=[
            Line(
                f"{_('Short description')}, {ContentLanguage(row['language']).label}",
                row["short_description"],
            )
            for row in content["texts"]
            if row["short_description"]
        ],
    )


def _glossary(content: Values) -> Part:
    is_unknown = content["fields"]["is_glossary_unknown"]
    return Part(
        _("Glossary"),
        facts=[Line(row["term"], row["definition"]) for row in content["glossary"]],
        note=_("Nobody knows whether there is a glossary.") if is_unknown else "",
    )


def _topic(topic: Values, content: Values) -> Part:
    part = _part(
        Topic,
        _("Week %(week)s. %(title)s")
        % {"week": topic["week"], "title": topic["title"]},
        topic,
        ("hours", "id_number"),
    )
    if topic["outcomes"]:
        outcomes = ", ".join(map(str, topic["outcomes"]))
        part.facts.append(Line(_("Learning outcomes"), outcomes))
    if topic["assessed_in"]:
        target = content["topics"][topic["assessed_in"] - 1]["title"]
        part.facts.append(Line(_label(Topic, "assessed_in"), target))
    theory = [
        {**row, "pages": _unless_zero(row["pages"])} for row in topic["longreads"]
    ]
    part.parts.extend(_inner(Longread, theory, LONGREAD))
    part.parts.extend(_materials(content, topic["number"]))
    part.parts.extend(_inner(Practicum, topic["practicums"], PRACTICUM))
    part.parts.extend(_inner(ControlTask, topic["control_tasks"], TASK))
    return replace(part, names=(topic["title"], f"week {topic['week']}"))


def _materials(content: Values, number: int | None) -> Iterable[Part]:
    rows = [row for row in content["materials"] if row["topic"] == number]
    return _inner(Material, rows, MATERIAL)


_LISTED: Mapping[str, tuple[str, ...]] = {
    "communication": COMMUNICATION,
    "software": SOFTWARE,
    "borrowed": BORROWED,
}


def _list(model: type[Model], title: str, content: Values, key: str) -> Part:
    rows = [{"title": row.get("name", ""), **row} for row in content[key]]
    parts = list(_inner(model, rows, _LISTED[key]))
    for part, row in zip(parts, rows, strict=True):
        if row.get("topic"):
            topic = Line(_label(BorrowedItem, "topic"), _topic_of(row, content))
            part.facts.insert(0, topic)
    return Part(title, parts=parts)


def _topic_of(row: Values, content: Values) -> str:
    number = row["topic"]
    title: str = content["topics"][number - 1]["title"] if number else ""
    return title or _("The whole course")


def _inner(
    model: type[Model], rows: Iterable[Values], names: tuple[str, ...]
) -> Iterable[Part]:
    note = capfirst(str(model._meta.verbose_name))
    return [
        _part(model, row["title"] or str(number), row, names, note=note)
        for number, row in enumerate(rows, start=1)
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


def _unless_zero(value: str) -> str:
    """A link has no pages: nothing is said of them."""
    return "" if value == "0" else value


def _words(model: type[Model], name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value is None or value == "":
        return ""
    model_field: Any = model._meta.get_field(name)
    named = dict(model_field.flatchoices).get(value)
    if named is not None:
        return str(named)
    if isinstance(model_field, DecimalField):
        return str(formats.number_format(Decimal(value)))
    return str(formats.number_format(value)) if isinstance(value, int) else str(value)
