"""Where a finding is mended: the form field to open."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from courses.regulation.record import record


class Section(StrEnum):
    """A form of the passport."""

    INTRODUCTION = "introduction"
    DESCRIPTION = "description"
    AUTHORS = "authors"
    OUTCOMES = "outcomes"
    GRADING = "grading"
    GLOSSARY = "glossary"
    TOPIC = "topic"
    LONGREAD = "longread"
    PRACTICUM = "practicum"
    CONTROL_TASK = "control_task"
    BANK = "bank"
    ATTESTATION = "attestation"
    TEXTS = "texts"
    MATERIAL = "material"
    PROGRAMMES = "programmes"
    SOFTWARE = "software"
    COMMUNICATION = "communication"
    BORROWED = "borrowed"


@record()
class Place:
    """A field of a form.

    Attributes:
        section: The form.
        object_id: The row it edits; `None` for the course itself or a new row.
        field: The field's name, as the model calls it.
    """

    section: Section
    object_id: int | None
    field: str

    def to_dict(self) -> dict[str, Any]:
        """Shape for JSON."""
        return {
            "section": self.section.value,
            "object_id": self.object_id,
            "field": self.field,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Place":
        """Read what `to_dict` wrote."""
        return cls(Section(data["section"]), data["object_id"], data["field"])
