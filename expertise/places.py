"""The places of a passport that a remark may name, and how they are called."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from courses.models import ControlTask, CourseVersion, Longread, Practicum, Topic
from courses.places import PAGE_OF_SECTION, url_of
from courses.regulation.place import Place, Section
from courses.selectors import topics_of
from expertise.models import Remark

WHOLE_COURSE = _("The course as a whole")
# Sections that are one page of the passport, in its order.
PLAIN_SECTIONS = (
    Section.INTRODUCTION,
    Section.DESCRIPTION,
    Section.OUTCOMES,
    Section.GRADING,
    Section.GLOSSARY,
    Section.BANK,
    Section.ATTESTATION,
)
# Rows a remark may name, and the field that the authors are led to.
ROWS: Mapping[Section, tuple[type[Any], str]] = {
    Section.TOPIC: (Topic, "title"),
    Section.LONGREAD: (Longread, "body"),
    Section.PRACTICUM: (Practicum, "content"),
    Section.CONTROL_TASK: (ControlTask, "content"),
}
FIELDS = {
    Section.INTRODUCTION: "annotation",
    Section.DESCRIPTION: "audience",
    Section.OUTCOMES: "text",
    Section.GRADING: "grade_formation",
    Section.GLOSSARY: "term",
    Section.ATTESTATION: "content",
}
Choices = list[tuple[str, Any]]


def place_choices(version: CourseVersion) -> Choices:
    """Return the places of a passport as choices, the parts of a topic together."""
    choices: Choices = [("", WHOLE_COURSE)]
    choices += [
        (section.value, PAGE_OF_SECTION[section].title) for section in PLAIN_SECTIONS
    ]
    for topic in topics_of(version):
        parts = (*topic.longreads.all(), *topic.practicums.all())
        rows = [topic, *parts, *topic.control_tasks.all()]
        label = _("Week %(week)s. %(title)s") % {
            "week": topic.week,
            "title": topic.title,
        }
        choices.append((label, [_row_choice(row) for row in rows]))
    return choices


def place_value(section: str, object_id: int | None) -> str:
    """Return a place as one value of a form: `topic:12`, `glossary`, or nothing."""
    return section if object_id is None else f"{section}:{object_id}"


def place_of_value(value: str) -> tuple[str, int | None]:
    """Return section and row of what `place_value` made and a form has checked."""
    section, _colon, row = value.partition(":")
    return section, int(row) if row else None


def place_titles(remarks: Iterable[Remark]) -> dict[int, str]:
    """Return what the place of each remark is called, in at most five queries."""
    remarks = list(remarks)
    titles = {
        section: model.objects.in_bulk(
            [
                remark.object_id
                for remark in remarks
                if remark.section == section and remark.object_id
            ]
        )
        for section, (model, _field) in ROWS.items()
    }
    return {remark.pk: _title(remark, titles) for remark in remarks}


def place_url(remark: Remark, version_id: int) -> str:
    """Return the address of the field where the authors mend what a remark names."""
    if remark.section not in set(Section):
        return ""
    section = Section(remark.section)
    field = ROWS[section][1] if section in ROWS else FIELDS.get(section, "")
    return url_of(Place(section, remark.object_id, field), version_id)


def _row_choice(row: Any) -> tuple[str, str]:
    section = next(
        key for key, (model, _field) in ROWS.items() if isinstance(row, model)
    )
    name = capfirst(row._meta.verbose_name)
    title = row.title or row.position
    return place_value(section.value, row.pk), f"{name}: {title}"


def _title(remark: Remark, titles: Mapping[Section, Mapping[int, Any]]) -> str:
    if remark.section not in set(Section):
        return str(WHOLE_COURSE)
    section = Section(remark.section)
    row = titles.get(section, {}).get(remark.object_id or 0)
    if row is None:
        return str(PAGE_OF_SECTION[section].title)
    return _row_choice(row)[1]
