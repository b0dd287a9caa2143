"""Facts of materials and of what authors declare beside the topics."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.db.models import F, Model, QuerySet

from courses.models import (
    BorrowedItem,
    CommunicationElement,
    CourseText,
    CourseVersion,
    EducationalProgramme,
    Material,
    SoftwareRequirement,
)
from courses.regulation import resource_facts as facts

FactT = TypeVar("FactT")
ByVersion = Mapping[int, list[FactT]]
_MATERIAL_FIELDS = (
    *("id", "topic_id", "kind", "title", "state", "container", "pages", "slides"),
    *("declared_minutes", "declared_pages", "declared_slides", "declared_reason"),
    *("rights", "licence"),
)
_SOFTWARE_FIELDS = (
    *("id", "name", "requirements", "browser", "official_url", "instruction"),
)


def resources_of(versions: Sequence[CourseVersion]) -> dict[int, dict[str, Any]]:
    """Return fields of `CourseFacts` by version, in six queries in all."""
    keys = [version.pk for version in versions]
    texts = _texts(versions)
    materials, programmes = _materials(keys), _programmes(keys)
    software, communication = _software(keys), _communication(keys)
    borrowed = _borrowed(keys)
    return {
        version.pk: {
            **_told_in_its_language(version, texts[version.pk]),
            "materials": tuple(materials[version.pk]),
            "programmes": tuple(programmes[version.pk]),
            "software": tuple(software[version.pk]),
            "communication": tuple(communication[version.pk]),
            "borrowed": tuple(borrowed[version.pk]),
        }
        for version in versions
    }


def _by_version(
    rows: Iterable[dict[str, Any]], make: Callable[[dict[str, Any]], FactT]
) -> ByVersion[FactT]:
    groups: defaultdict[int, list[FactT]] = defaultdict(list)
    for row in rows:
        groups[row.pop("version_id")].append(make(row))
    return groups


def _rows(
    model: type[Model], keys: list[int], *fields: str, **renamed: F
) -> QuerySet[Any, dict[str, Any]]:
    rows = model._default_manager.filter(version__in=keys)
    return rows.values("version_id", *fields, **renamed)


def _texts(versions: Sequence[CourseVersion]) -> ByVersion[CourseText]:
    """Return titles and descriptions: pages have prefetched them."""
    if all(
        "texts" in getattr(version, "_prefetched_objects_cache", ())
        for version in versions
    ):
        found = [text for version in versions for text in version.texts.all()]
    else:
        found = list(CourseText.objects.filter(version__in=versions))
    groups: defaultdict[int, list[CourseText]] = defaultdict(list)
    for text in found:
        groups[text.version_id].append(text)
    return groups


def _told_in_its_language(
    version: CourseVersion, texts: Iterable[CourseText]
) -> dict[str, str]:
    """Return title and short description in the language of the course."""
    for text in texts:
        if text.language == version.language:
            return {"title": text.title, "short_description": text.short_description}
    return {"title": "", "short_description": ""}


def _materials(keys: list[int]) -> ByVersion[facts.MaterialFacts]:
    rows = _rows(Material, keys, *_MATERIAL_FIELDS, seconds=F("duration_seconds"))

    def make(row: dict[str, Any]) -> facts.MaterialFacts:
        return facts.MaterialFacts(
            **{
                **row,
                "kind": facts.MaterialKind(row["kind"]),
                "state": facts.MeasureState(row["state"]),
                "rights": facts.MaterialRights(row["rights"]),
            }
        )

    return _by_version(rows, make)


def _programmes(keys: list[int]) -> ByVersion[facts.ProgrammeFacts]:
    rows = _rows(EducationalProgramme, keys, "id", "code", "title")
    return _by_version(rows, lambda row: facts.ProgrammeFacts(**row))


def _software(keys: list[int]) -> ByVersion[facts.SoftwareFacts]:
    rows = _rows(SoftwareRequirement, keys, *_SOFTWARE_FIELDS)
    return _by_version(rows, lambda row: facts.SoftwareFacts(**row))


def _communication(keys: list[int]) -> ByVersion[facts.CommunicationFacts]:
    rows = _rows(CommunicationElement, keys, "id", "mode", "title")

    def make(row: dict[str, Any]) -> facts.CommunicationFacts:
        mode = facts.CommunicationMode(row["mode"])
        return facts.CommunicationFacts(id=row["id"], mode=mode, title=row["title"])

    return _by_version(rows, make)


def _borrowed(keys: list[int]) -> ByVersion[facts.BorrowedFacts]:
    rows = _rows(
        BorrowedItem,
        keys,
        *("id", "title", "reference", "url", "is_consent_needed", "consent_sha256"),
    )

    def make(row: dict[str, Any]) -> facts.BorrowedFacts:
        has_consent = bool(row.pop("consent_sha256"))
        return facts.BorrowedFacts(**row, has_consent=has_consent)

    return _by_version(rows, make)
