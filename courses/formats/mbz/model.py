"""A Moodle backup as it was read: the course, its sections, activities and questions.

Numbers that begin with `id` are Moodle's own. Texts are as Moodle keeps them, HTML
mostly. What a backup does not tell is None or empty.
"""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from courses.formats.question import ParsedQuestion


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the backup says of itself and of its course.

    Attributes:
        kind: `course`, `section` or `activity`.
        site: The mark of the Moodle it came from.
        address: The address of that Moodle.
        has_users: Data of users, such as entries of glossaries, are in it.
    """

    title: str
    short_name: str
    id_number: str
    summary: str
    language: str
    course_format: str
    release: str
    kind: str
    site: str
    address: str
    has_users: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of the course page.

    Attributes:
        parent_module_id: For a section that stands in another as an activity (Moodle
            4.5 and newer): the id of that activity.
    """

    id: str
    number: int
    title: str
    summary: str
    is_visible: bool
    parent_module_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A place for a question in a quiz; what fills it is one question or a draw.

    `question_id` up to Moodle 3.11, `entry_id` from 4.0; `category_ids` of a draw,
    with those within them where `is_deep`.
    """

    question_id: str = ""
    entry_id: str = ""
    category_ids: tuple[str, ...] = ()
    is_random: bool = False
    is_deep: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiz:
    """Settings of a quiz; 0 is Moodle's word for “no limit”, times are Unix seconds."""

    time_limit_seconds: int
    attempts: int
    grade: Decimal
    opens_at: int
    closes_at: int
    delay_seconds: int
    network: str
    has_password: bool
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """An entry of a glossary."""

    term: str
    definition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file of an activity; `content_hash` is its name in the archive (SHA-1)."""

    content_hash: str
    name: str
    mime_type: str
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """An activity or a resource.

    Attributes:
        module: Moodle's name of its kind: `quiz`, `page`, `forum` …
        subtype: The type of a forum, `news` among them.
        content: The text of a page, a book, a lesson, a survey, as HTML.
        content_is_html: False where `content` is plain text.
        url: The address of a link.
        grade: The most that can be had, where it is graded.
        terms: Entries of a glossary; None where the backup cannot tell them.
        files: Files of a resource or of a folder, and those that a text shows.
        criteria: How work is assessed, a criterion a line.
        opens_at, closes_at: Unix seconds, 0 where Moodle has none.
    """

    id: str
    module: str
    section_id: str
    title: str
    context_id: str = ""
    id_number: str = ""
    is_visible: bool = True
    intro: str = ""
    subtype: str = ""
    content: str = ""
    content_is_html: bool = True
    url: str = ""
    grade: Decimal = Decimal(0)
    quiz: Quiz | None = None
    terms: tuple[Term, ...] | None = None
    files: tuple[StoredFile, ...] = ()
    criteria: str = ""
    opens_at: int = 0
    closes_at: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A category of questions; `path` leaves out Moodle's own root."""

    id: str
    parent_id: str
    path: tuple[str, ...]
    id_number: str
    context_level: int
    context_instance_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BankQuestion:
    """A question of the bank; `entry_id` from Moodle 4.0.

    `parts` are the ids of its embedded questions until their texts are put in.
    """

    id: str
    entry_id: str
    category_id: str
    question: ParsedQuestion
    parts: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class Bank:
    """All categories and questions, each in its newest version that is ready.

    Attributes:
        types: Questions by Moodle's kind; random slots of Moodle up to 3.11 among them.
        random_category: The category that a random slot draws from, by question id.
        random_deep: Random slots that draw from what is within their category, too.
        subquestions: Questions within embedded answers: they count with their whole.
        hidden: Questions that are hidden or drafts.
        files_left: Files of questions that are not in the backup, or too many to keep.
    """

    categories: dict[str, Category] = field(default_factory=dict)
    questions: list[BankQuestion] = field(default_factory=list)
    types: Counter[str] = field(default_factory=Counter)
    random_category: dict[str, str] = field(default_factory=dict)
    random_deep: set[str] = field(default_factory=set)
    subquestions: int = 0
    hidden: int = 0
    files_left: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MoodleBackup:
    """A whole backup; sections by number, activities in the order of the page."""

    about: About
    sections: tuple[Section, ...]
    activities: tuple[Activity, ...]
    bank: Bank
