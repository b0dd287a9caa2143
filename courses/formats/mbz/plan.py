"""What a backup would become in a passport: items to be taken, and what is left out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from courses.formats.mbz.model import Activity, MoodleBackup, Section
from courses.formats.mbz.plain import one_line, plain_text
from courses.formats.reasons import gettext_noop

TITLE_LENGTH = 250
# A course that is one activity, and a backup of one.
SINGLE, ACTIVITY = "singleactivity", "activity"


class Target(StrEnum):
    """What an item becomes."""

    FIELD = "field"
    TOPIC = "topic"
    LONGREAD = "longread"
    MATERIAL = "material"
    TASK = "task"
    ATTESTATION = "attestation"
    COMMUNICATION = "communication"
    GLOSSARY = "glossary"
    BANK = "bank"


class Left(StrEnum):
    """Why something is left out; `LEFT_TEXTS` has the words."""

    UNKNOWN = "unknown"
    PACKAGE = "package"
    TOOL = "tool"
    PICTURES = "pictures"
    NO_WEEK = "no_week"
    NO_FILE = "no_file"
    REFUSED = "refused"
    NO_LINK = "no_link"
    LABEL = "label"
    TERMS = "terms"


LEFT_TEXTS = {
    Left.UNKNOWN: gettext_noop("The passport has no place for this kind of activity."),
    Left.PACKAGE: gettext_noop(
        "It is an interactive package that plays in Moodle alone: add its address as a "
        "link, or what it teaches as theory."
    ),
    Left.TOOL: gettext_noop("It is a tool of another site: add its address as a link."),
    Left.PICTURES: gettext_noop(
        "Files that questions show are not in the backup, or are too large together: "
        "import these questions from Moodle XML."
    ),
    Left.NO_WEEK: gettext_noop(
        "It stands above the weeks: move it into a week in Moodle, or add it by hand."
    ),
    Left.NO_FILE: gettext_noop("Its file is not in the backup."),
    Left.REFUSED: gettext_noop(
        "Its file is of a kind that is not taken, too large, or not what its name says."
    ),
    Left.NO_LINK: gettext_noop("Its link cannot be read."),
    Left.LABEL: gettext_noop("A label only decorates the page of the course."),
    Left.TERMS: gettext_noop(
        "The backup cannot tell its terms: they go with the data of users. Export the "
        "glossary in Moodle and import the file here."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A thing of the backup and what it would become.

    Attributes:
        key: Its name within the backup: the same in each reading.
        module: What it is in Moodle: `section`, `quiz`, `category` …
        topic_key: The key of the section it stands in; empty for the whole course.
        values: Fields of what it becomes, by name: plain values, as for JSON.
        is_hidden: Learners do not see it in Moodle.
    """

    key: str
    target: Target
    module: str
    title: str
    values: Mapping[str, Any]
    topic_key: str = ""
    id_number: str = ""
    is_hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A thing of the backup that becomes nothing, and why."""

    title: str
    module: str
    topic_key: str
    reason_code: Left

    @property
    def reason(self) -> str:
        """The reason in English, marked for translation."""
        return LEFT_TEXTS[self.reason_code]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an activity stands: the key of its topic, empty above the weeks."""

    topic_key: str
    is_hidden: bool
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All items in the order of the course, topics before what stands in them."""

    items: tuple[Item, ...]
    left_out: tuple[LeftOut, ...]


def section_key(section_id: str) -> str:
    """Return the key of a section's topic."""
    return f"section-{section_id}"


def with_a_week(backup: MoodleBackup) -> MoodleBackup:
    """Give a week to a backup that has none: of one activity, or a course of one."""
    is_single = backup.about.course_format == SINGLE
    has_weeks = any(section.number > 0 for section in backup.sections)
    if not is_single and (has_weeks or backup.about.kind != ACTIVITY):
        return backup
    title = backup.activities[0].title if backup.activities else ""
    week = Section(id="1", number=1, title=title, summary="", is_visible=True)
    activities = (replace(row, section_id=week.id) for row in backup.activities)
    return replace(backup, sections=(week,), activities=tuple(activities))


def topic_sections(backup: MoodleBackup) -> dict[str, Section]:
    """Return the section of the page that each section belongs to, by its id.

    A section that stands in another as an activity belongs to that activity's.
    """
    sections = {section.id: section for section in backup.sections}
    holders = {row.id: row.section_id for row in backup.activities}
    found = {}
    for section in backup.sections:
        step, steps = section, 0
        while step.parent_module_id and steps < len(sections):
            outer = sections.get(holders.get(step.parent_module_id, ""))
            if outer is None:
                break
            step, steps = outer, steps + 1
        found[section.id] = step
    return found


def title_of(activity: Activity) -> str:
    """Return the title of an activity."""
    return activity.title[:TITLE_LENGTH] or activity.module


def intro_of(activity: Activity) -> str:
    """Return the description of an activity as text."""
    return plain_text(activity.intro)


def topic_item(section: Section, *, site: str) -> Item:
    """Return what a section becomes: the topic of the week of its number."""
    return Item(
        key=section_key(section.id),
        target=Target.TOPIC,
        module="section",
        title=section.title,
        # A section's id is its own on its site alone.
        id_number=f"{site}-{section.id}" if site else "",
        values={"week": section.number, "title": section.title[:TITLE_LENGTH]},
        is_hidden=not section.is_visible,
    )


FINAL = re.compile(
    r"\b(итогов|аттестац|экзамен|final\b|exam(ination)?\b|қорытынды|емтихан|жыйынтык)",
    re.IGNORECASE,
)


def final_quiz(backup: MoodleBackup, homes: Mapping[str, Section]) -> str:
    """Return the id of the quiz that is called the final one, where one only is.

    It stands above the weeks or in the last one with activities.
    """
    quizzes = [row for row in backup.activities if row.quiz is not None]
    numbers = [
        homes[row.section_id].number for row in quizzes if row.section_id in homes
    ]
    last = max(numbers, default=0)
    called = [
        row.id
        for row in quizzes
        if FINAL.search(row.title)
        and row.section_id in homes
        and homes[row.section_id].number in (0, last)
    ]
    return called[0] if len(called) == 1 else ""


def course_fields(backup: MoodleBackup) -> Iterator[Item]:
    """Return what the course itself says: its title and its summary."""
    about = backup.about
    told = {
        "title": about.title[:200],
        "short_description": one_line(about.summary, 2000),
    }
    for name, text in told.items():
        if text:
            yield Item(
                key=f"field-{name}",
                target=Target.FIELD,
                module="course",
                title=text,
                values={name: text},
                id_number=name,
            )


def item_from(told: Mapping[str, Any]) -> Item:
    """Make an item of what `dataclasses.asdict` told of it, as JSON keeps it."""
    return Item(**{**told, "target": Target(told["target"])})


def left_out_from(told: Mapping[str, Any]) -> LeftOut:
    """Make what is left out of what `dataclasses.asdict` told of it."""
    return LeftOut(**{**told, "reason_code": Left(told["reason_code"])})
