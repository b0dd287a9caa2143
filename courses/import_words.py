"""The preview of an import in words: what becomes what, line by line, by section."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from courses.formats.mbz.diff import ADDED, MOVED, WRITTEN, Change, Line, Status
from courses.formats.mbz.plan import Item, LeftOut, Target
from courses.models import (
    CommunicationElement,
    ControlTask,
    CourseImport,
    CourseText,
    CourseVersion,
    FinalAttestation,
    Longread,
    Material,
    Topic,
)
from courses.regulation.finding import Gate, Outcome
from courses.selectors import check_version
from courses.selectors.course_imports import (
    REFUSAL,
    ImportPreview,
    Refusal,
    is_ticked_first,
)

NOTHING = "—"
SHOWN = 140
TARGET_WORDS: Mapping[Target, Promise] = {
    Target.FIELD: _("Field of the passport"),
    Target.TOPIC: _("Topic"),
    Target.LONGREAD: _("Theory"),
    Target.MATERIAL: _("Material"),
    Target.TASK: _("Control task"),
    Target.ATTESTATION: _("Final attestation"),
    Target.COMMUNICATION: _("Means of communication"),
    Target.GLOSSARY: _("Glossary"),
    Target.BANK: _("Question bank"),
}
REFUSAL_WORDS: Mapping[Refusal, Promise] = {
    Refusal.FORBIDDEN: _(
        "You may not edit this passport any more: nothing was written."
    ),
    Refusal.LOCKED: _(
        "The passport was sent to expertise before the import began: nothing was "
        "written."
    ),
    Refusal.NO_COURSE: _(
        "The unit or the lead author is gone: nothing was written. Choose others."
    ),
    Refusal.NO_EDITION: _(
        "No edition of the regulation is in force today: nothing was written. An "
        "administrator puts one in force."
    ),
}
STATUS_WORDS: Mapping[Status, tuple[str, Promise]] = {
    Status.NEW: ("ok", _("New")),
    Status.CHANGED: ("warn", _("Differs")),
    Status.SAME: ("neutral", _("As it is")),
    Status.ONLY_HERE: ("info", _("Only in the passport")),
}
MODULE_WORDS: Mapping[str, Promise] = {
    "assign": _("assignment"),
    "bigbluebuttonbn": _("webinar"),
    "book": _("book"),
    "category": _("category of questions"),
    "chat": _("chat"),
    "choice": _("choice"),
    "course": _("course"),
    "feedback": _("feedback"),
    "folder": _("folder"),
    "forum": _("forum"),
    "glossary": _("glossary"),
    "label": _("label"),
    "lesson": _("lesson"),
    "page": _("page"),
    "questionnaire": _("questionnaire"),
    "quiz": _("quiz"),
    "resource": _("file"),
    "section": _("section"),
    "survey": _("survey"),
    "url": _("link"),
    "workshop": _("workshop"),
}
MODELS: Mapping[Target, type[models.Model]] = {
    Target.FIELD: CourseVersion,
    Target.TOPIC: Topic,
    Target.LONGREAD: Longread,
    Target.MATERIAL: Material,
    Target.TASK: ControlTask,
    Target.ATTESTATION: FinalAttestation,
    Target.COMMUNICATION: CommunicationElement,
}
TEXT_FIELDS = {"title", "short_description"}


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """A field that would be written: its name, as it is, as it would be."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the preview as the page shows it."""

    key: str
    title: str
    module: str
    becomes: str
    tone: str
    status: str
    summary: str
    changes: list[ChangeWords]
    is_ticked: bool
    is_same: bool
    is_hidden: bool


@dataclass(slots=True)
class Group:
    """The lines of one section of the course, and what of it is left out."""

    title: str
    rows: list[Row] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PreviewWords:
    """All groups in the order of the course; what only the passport has stands apart."""

    groups: list[Group]
    gone: list[Row]


def words_of(preview: ImportPreview, ticked: Collection[str] | None) -> PreviewWords:
    """Put the preview in words; `ticked` are the keys that a person sent, if any."""
    course = Group(gettext("The course as a whole"))
    banks = Group(gettext("Question banks"))
    topics: dict[str, Group] = {}
    gone: list[Row] = []
    for line in preview.lines:
        row = _row(line, ticked)
        if line.item is None:
            gone.append(row)
        elif line.item.target is Target.TOPIC:
            topics[line.key] = Group(_topic_title(line.item), [row])
        elif line.item.target is Target.BANK:
            banks.rows.append(row)
        else:
            topics.get(line.item.topic_key, course).rows.append(row)
    for left in preview.left_out:
        topics.get(left.topic_key, course).left_out.append(left)
    groups = [course, *topics.values(), banks]
    return PreviewWords(
        [group for group in groups if group.rows or group.left_out], gone
    )


def _row(line: Line, ticked: Collection[str] | None) -> Row:
    tone, word = STATUS_WORDS[line.status]
    item = line.item
    target = item.target if item is not None else line.existing and line.existing.target
    return Row(
        key=line.key,
        title=_title(line),
        module=module_word(item.module) if item is not None else "",
        becomes=str(TARGET_WORDS[target]) if target else "",
        tone=tone,
        status=str(word),
        summary=_summary(item) if item is not None else "",
        changes=[_change(line, change) for change in line.changes],
        is_ticked=line.key in ticked if ticked is not None else is_ticked_first(line),
        is_same=line.status is Status.SAME,
        is_hidden=item is not None and item.is_hidden,
    )


def _title(line: Line) -> str:
    if line.item is not None and line.item.target is Target.FIELD:
        return ", ".join(_label(Target.FIELD, name) for name in line.item.values)
    if line.item is not None:
        is_topic = line.item.target is Target.TOPIC
        return _topic_title(line.item) if is_topic else line.item.title
    return line.existing.title if line.existing is not None else ""


def _topic_title(item: Item) -> str:
    week = gettext("Week %(number)s") % {"number": item.values["week"]}
    return f"{week}. {item.title}" if item.title else week


def module_word(module: str) -> str:
    """Return what a thing is in Moodle; a kind that we do not know goes by its name."""
    return str(MODULE_WORDS.get(module, module))


def _change(line: Line, change: Change) -> ChangeWords:
    if change.name == MOVED:
        return ChangeWords(gettext("moved"), change.old or NOTHING, change.new)
    if change.name in (ADDED, WRITTEN):
        label = gettext("new") if change.name == ADDED else gettext("written anew")
        return ChangeWords(label, "", str(change.new))
    target = line.item.target if line.item is not None else Target.FIELD
    return ChangeWords(
        _label(target, change.name),
        _value(target, change.name, change.old),
        _value(target, change.name, change.new),
    )


def _column(target: Target, name: str) -> Any:
    is_text = target is Target.FIELD and name in TEXT_FIELDS
    return (CourseText if is_text else MODELS[target])._meta.get_field(name)


def _label(target: Target, name: str) -> str:
    return capfirst(str(_column(target, name).verbose_name))


def _value(target: Target, name: str, value: Any) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if value in (None, ""):
        return NOTHING
    if name == "sha256":
        return str(value)[:12]
    choices = dict(getattr(_column(target, name), "flatchoices", ()))
    return Truncator(str(choices.get(value, value))).chars(SHOWN)


def _summary(item: Item) -> str:
    """Say what of an item matters for the regulation, or what it holds."""
    return "; ".join(SUMMARIES[item.target](item.values))


def _told(values: Mapping[str, Any]) -> Iterator[str]:
    """Say the value of a field, which is all there is."""
    for value in values.values():
        yield Truncator(str(value)).chars(SHOWN)


def _silent(_values: Mapping[str, Any]) -> Iterator[str]:
    yield from ()


def _text(values: Mapping[str, Any]) -> Iterator[str]:
    count = len(values["body"].split())
    yield ngettext("%(count)s word", "%(count)s words", count) % {"count": count}


def _material(values: Mapping[str, Any]) -> Iterator[str]:
    yield _value(Target.MATERIAL, "kind", values["kind"])
    if "url" in values:
        yield Truncator(values["url"]).chars(SHOWN)
    else:
        yield values["file_name"]
        yield filesizeformat(values["size_bytes"])


def _task(values: Mapping[str, Any]) -> Iterator[str]:
    if "questions_drawn" in values:
        facts = values["lms_facts"]
        count = values["questions_drawn"]
        yield ngettext("%(count)s question", "%(count)s questions", count) % {
            "count": count
        }
        yield gettext("at random %(count)s") % {"count": facts["random_slots"]}
        yield (
            gettext("%(count)s min") % {"count": values["minutes"]}
            if values["minutes"]
            else gettext("no limit of time")
        )
        yield (
            gettext("attempts %(count)s") % {"count": values["attempts"]}
            if values["attempts"]
            else gettext("no limit of attempts")
        )
    yield _value(Target.TASK, "grading", values["grading"])


def _talk(values: Mapping[str, Any]) -> Iterator[str]:
    yield _value(Target.COMMUNICATION, "mode", values["mode"])
    yield values["url"]


def _terms(values: Mapping[str, Any]) -> Iterator[str]:
    count = len(values["members"])
    yield ngettext("%(count)s term", "%(count)s terms", count) % {"count": count}


def _questions(values: Mapping[str, Any]) -> Iterator[str]:
    count, distinct = values["questions"], len(values["members"])
    yield ngettext("%(count)s question", "%(count)s questions", count) % {
        "count": count
    }
    if distinct < count:
        yield gettext("distinct %(count)s") % {"count": distinct}


SUMMARIES = {
    Target.FIELD: _told,
    Target.TOPIC: _silent,
    Target.LONGREAD: _text,
    Target.MATERIAL: _material,
    Target.TASK: _task,
    Target.ATTESTATION: _task,
    Target.COMMUNICATION: _talk,
    Target.GLOSSARY: _terms,
    Target.BANK: _questions,
}


def refusal_of(row: CourseImport) -> str:
    """Say why a confirmed import was not written; nothing where it was not refused."""
    code = row.contents.get(REFUSAL)
    return str(REFUSAL_WORDS[Refusal(code)]) if code else ""


def outcome_of(row: CourseImport) -> dict[str, Any]:
    """Say what an import made and changed, and how the check stands now."""
    made = row.contents["made"]
    return {
        "made": [
            {"label": TARGET_WORDS[Target(kind)], **counts}
            for kind, counts in made["parts"].items()
        ],
        "questions": made["questions"],
        "gone": made["gone"],
        **_check(row.version),
    }


def _check(version: CourseVersion | None) -> dict[str, Any]:
    """Count what the check of the passport finds now, by outcome."""
    if version is None:
        return {}
    report = check_version(version)
    outcomes = Counter(finding.outcome for finding in report.findings)
    return {
        "passed": outcomes[Outcome.PASSED],
        "failed": outcomes[Outcome.FAILED],
        "untold": outcomes[Outcome.CANNOT_TELL],
        "left": len(report.blocks(Gate.EXPERTISE)),
    }
