"""The passport of a course as the national registry of online courses takes it.

The mapping is data: what the registry asks, where the portal has it. What the portal
lacks is named with where it comes from. The format is that of the public plug-ins of
online.edu.ru of 2020–2024; its operator confirms it before a file is sent.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from courses.enums import MaterialKind
from courses.regulation.place import Place, Section

Values = Mapping[str, Any]
DIRECTION = re.compile(r"\d\d\.\d\d\.\d\d")
THEORY = {MaterialKind.VIDEO, MaterialKind.AUDIO, MaterialKind.PRESENTATION}


@dataclass(frozen=True, slots=True)
class Teacher:
    """An author of the course; what the registry shows of one."""

    name: str
    about: str


@dataclass(frozen=True, slots=True)
class Source:
    """What the mapping reads: the passport's content and its author team."""

    content: Values
    teachers: Sequence[Teacher]

    @property
    def fields(self) -> Values:
        """The passport's own texts and numbers."""
        fields: Values = self.content["fields"]
        return fields

    @property
    def text(self) -> Values:
        """Title and short description in the language of the course, else any."""
        texts = {row["language"]: row for row in self.content["texts"]}
        own = texts.get(self.fields["language"])
        return own or next(iter(texts.values()), {"title": "", "short_description": ""})


@dataclass(frozen=True, slots=True)
class RegistryField:
    """A value of the registry's passport.

    Attributes:
        name: As the registry calls it.
        label: What it is, in words.
        is_required: Whether the registry refuses a passport without it.
        read: Takes it from the portal; None where the portal has no such thing.
        place: The field of the passport where the authors fill it in.
        whence: Where it comes from, if not from a field of the passport.
    """

    name: str
    label: Any
    read: Callable[[Source], Any] | None = None
    place: Place | None = None
    is_required: bool = False
    whence: Any = ""


@dataclass(frozen=True, slots=True)
class MeterLine:
    """A field of the registry's passport and whether it is filled."""

    field: RegistryField
    value: Any

    @property
    def is_filled(self) -> bool:
        """Whether there is anything to send."""
        return self.value not in (None, "", [], {})


def _at(section: Section, field: str) -> Place:
    return Place(section, None, field)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _own(name: str) -> Callable[[Source], Any]:
    return lambda source: source.fields[name]


def _number(name: str) -> Callable[[Source], Any]:
    def read(source: Source) -> float | int | None:
        value = source.fields[name]
        if value is None:
            return None
        number = Decimal(value)
        return int(number) if number == number.to_integral_value() else float(number)

    return read


def _outcomes(source: Source) -> str:
    return "\n".join(row["text"] for row in source.content["outcomes"])


def _content(source: Source) -> str:
    return "\n".join(
        f"{row['week']}. {row['title']}" for row in source.content["topics"]
    )


def _directions(source: Source) -> list[str]:
    codes = (row["code"].strip() for row in source.content["programmes"])
    return [code for code in codes if DIRECTION.fullmatch(code)]


def _lectures(source: Source) -> int:
    texts = sum(len(topic["longreads"]) for topic in source.content["topics"])
    return texts + sum(row["kind"] in THEORY for row in source.content["materials"])


def _promo(source: Source) -> str:
    urls = (
        row["url"]
        for row in source.content["materials"]
        if row["kind"] == MaterialKind.PROMO_VIDEO
    )
    return next(urls, "")


def _duration(source: Source) -> dict[str, Any]:
    weeks = source.fields["weeks"]
    return {"code": "week", "value": weeks} if weeks else {}


def _teachers(source: Source) -> list[dict[str, str]]:
    return [
        {"display_name": teacher.name, "image": "", "description": teacher.about}
        for teacher in source.teachers
    ]


def _required(*args: Any, **values: Any) -> RegistryField:
    return replace(RegistryField(*args, **values), is_required=True)


RUN = _("A run of the course: its dates are set when it is opened.")
PROCTORING = _("A run with proctoring.")
OPERATOR = _("The operator of the registry gives it to the university.")
SHOWCASE = _("The showcase: it has an address once the course is open.")
FIELDS = (
    _required(
        "title",
        _("Title"),
        lambda source: source.text["title"],
        _at(Section.TEXTS, "title_ru"),
    ),
    _required("started_at", _("First day"), whence=RUN),
    RegistryField("finished_at", _("Last day"), whence=RUN),
    RegistryField("enrollment_finished_at", _("Last day of enrolment"), whence=RUN),
    _required("image", _("Address of the picture"), whence=SHOWCASE),
    _required(
        "description",
        _("Description"),
        _own("annotation"),
        _at(Section.INTRODUCTION, "annotation"),
    ),
    _required(
        "competences",
        _("Competences, line by line: the learning outcomes stand for them"),
        _outcomes,
        _at(Section.OUTCOMES, "text"),
    ),
    _required(
        "requirements",
        _("Requirements for learners"),
        lambda source: _lines(source.fields["prerequisites"]),
        _at(Section.DESCRIPTION, "prerequisites"),
    ),
    _required("content", _("Contents by week"), _content, _at(Section.TOPIC, "title")),
    _required(
        "external_url",
        _("Address of the course"),
        whence=_("The learning system: the address that a run is given there."),
    ),
    _required(
        "direction",
        _("Codes of directions, NN.NN.NN"),
        _directions,
        _at(Section.PROGRAMMES, "code"),
    ),
    _required("institution", _("Key of the university"), whence=OPERATOR),
    _required(
        "duration",
        _("Length in weeks"),
        _duration,
        _at(Section.DESCRIPTION, "weeks"),
    ),
    _required(
        "lectures",
        _("Lectures: texts, films, sound and slides of theory"),
        _lectures,
        _at(Section.TOPIC, "title"),
    ),
    RegistryField(
        "language",
        _("Language"),
        _own("language"),
        _at(Section.DESCRIPTION, "language"),
    ),
    _required(
        "cert",
        _("Whether a document is issued"),
        lambda source: bool(source.fields["documents_issued"]) or None,
        _at(Section.GRADING, "documents_issued"),
    ),
    _required(
        "results",
        _("Learning outcomes"),
        _outcomes,
        _at(Section.OUTCOMES, "text"),
    ),
    RegistryField(
        "accreditated",
        _("Accredited"),
        whence=_("An outside accreditation, if the course has one."),
    ),
    RegistryField(
        "hours",
        _("Hours in all"),
        _own("hours"),
        _at(Section.DESCRIPTION, "hours"),
    ),
    RegistryField(
        "hours_per_week",
        _("Hours a week"),
        _number("weekly_hours"),
        _at(Section.DESCRIPTION, "weekly_hours"),
    ),
    _required(
        "credits",
        _("Credits"),
        _number("credits"),
        _at(Section.DESCRIPTION, "credits"),
    ),
    RegistryField(
        "visitors",
        _("Learners"),
        whence=_("The runs of the course: how many have enrolled."),
    ),
    _required("teachers", _("Authors"), _teachers, _at(Section.AUTHORS, "email")),
    RegistryField(
        "transfers",
        _("Universities that recognise the course"),
        whence=_("Agreements of the university, with their keys in the registry."),
    ),
    _required(
        "business_version",
        _("Version of the passport"),
        lambda source: str(source.content["version"]),
    ),
    RegistryField(
        "promo_url",
        _("Promo video"),
        _promo,
        _at(Section.MATERIAL, MaterialKind.PROMO_VIDEO.value),
    ),
    RegistryField(
        "promo_lang",
        _("Language of the promo video"),
        lambda source: source.fields["language"] if _promo(source) else "",
    ),
    RegistryField(
        "subtitles_lang",
        _("Language of the subtitles"),
        whence=_("The promo video, if it has subtitles."),
    ),
    RegistryField(
        "estimation_tools",
        _("Means of assessment"),
        _own("control_forms"),
        _at(Section.DESCRIPTION, "control_forms"),
    ),
    RegistryField(
        "assessment_description",
        _("How the grade is formed"),
        _own("grade_formation"),
        _at(Section.GRADING, "grade_formation"),
    ),
    RegistryField(
        "proctoring_service",
        _("Proctoring service"),
        whence=PROCTORING,
    ),
    RegistryField("proctoring_type", _("Kind of proctoring"), whence=PROCTORING),
    RegistryField("sessionid", _("Key of the run"), whence=RUN),
)


def meter_of(source: Source) -> list[MeterLine]:
    """Return each field of the registry's passport with what the portal has for it."""
    return [
        MeterLine(field, field.read(source) if field.read else None) for field in FIELDS
    ]


def registry_document(lines: Iterable[MeterLine]) -> dict[str, Any]:
    """Return the registry's JSON; what is not filled is left out, to be added."""
    item = {line.field.name: line.value for line in lines if line.is_filled}
    return {"partnerId": "", "package": {"items": [item]}}
