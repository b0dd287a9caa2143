"""Facts of materials and of what authors declare beside the topics."""

from typing import Any

from courses.regulation import resource_facts as facts
from courses.selectors.facts_rows import Row, Rows


def resources_of(rows: Rows) -> dict[str, Any]:
    """Return fields of `CourseFacts` made of the rows of a version."""
    return {
        "materials": tuple(map(_material, rows["materials"])),
        "programmes": tuple(facts.ProgrammeFacts(**row) for row in rows["programmes"]),
        "software": tuple(facts.SoftwareFacts(**row) for row in rows["software"]),
        "communication": tuple(map(_communication, rows["communication"])),
        "borrowed": tuple(map(_borrowed, rows["borrowed"])),
    }


def _material(row: Row) -> facts.MaterialFacts:
    told = {
        "kind": facts.MaterialKind(row["kind"]),
        "state": facts.MeasureState(row["state"]),
        "rights": facts.MaterialRights(row["rights"]),
    }
    return facts.MaterialFacts(**{**row, **told})


def _communication(row: Row) -> facts.CommunicationFacts:
    mode = facts.CommunicationMode(row["mode"])
    return facts.CommunicationFacts(**{**row, "mode": mode})


def _borrowed(row: Row) -> facts.BorrowedFacts:
    has_consent = bool(row.pop("consent"))
    return facts.BorrowedFacts(**row, has_consent=has_consent)
