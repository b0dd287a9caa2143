"""Files of the materials under expertise, as the dossier froze them (MIN 5.4.3)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.material_words import facts_in_words
from courses.models import Material
from courses.passport_json import shape, upgraded
from courses.selectors.known_files import StoredMaterial, stored_material
from expertise.models import Expertise


@dataclass(frozen=True, slots=True)
class DossierFile:
    """A file of the frozen passport with what was measured of it, in words."""

    title: str
    kind: str
    where: str
    facts: str
    url: str


@dataclass(frozen=True, slots=True)
class FrozenFile:
    """A file of the frozen passport, and where it lies."""

    file_name: str
    sha256: str
    stored: StoredMaterial


def files_of(expertise: Expertise) -> list[DossierFile]:
    """Return the files of a dossier in its order; links stand in the passport itself."""
    content = upgraded(expertise.snapshot.content)
    return [
        _described(expertise, number, row, content["topics"])
        for number, row in enumerate(content["materials"], start=1)
        if row["sha256"]
    ]


def frozen_file(expertise: Expertise, number: int) -> FrozenFile | None:
    """Return a file of a dossier by its number in the list of materials, from 1."""
    rows = upgraded(expertise.snapshot.content)["materials"]
    row = rows[number - 1] if 0 < number <= len(rows) else None
    if row is None or not row["sha256"]:
        return None
    stored = stored_material(expertise.version_id, row["sha256"])
    return FrozenFile(row["file_name"], row["sha256"], stored) if stored else None


def _described(
    expertise: Expertise,
    number: int,
    row: Mapping[str, Any],
    topics: list[Mapping[str, Any]],
) -> DossierFile:
    field_of: Callable[[str], Any] = Material._meta.get_field
    # Never saved: the words of a material are the same for a frozen one.
    material = Material(
        **{name: field_of(name).to_python(row[name]) for name in shape.MATERIAL_FIELDS}
    )
    week = topics[row["topic"] - 1]["week"] if row["topic"] else None
    return DossierFile(
        title=material.title or material.file_name,
        kind=material.get_kind_display(),
        where=_("week %(week)s") % {"week": week} if week else "",
        facts=facts_in_words(material),
        url=reverse("expertise:material_file", args=[expertise.pk, number]),
    )
