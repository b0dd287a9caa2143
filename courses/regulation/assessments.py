"""What gives points: how findings name it, and where it is mended."""

from courses.regulation.facts import AssessmentFacts, ControlTaskFacts
from courses.regulation.place import Place, Section


def place_of_item(item: AssessmentFacts, field: str) -> Place:
    """A field of a control task or of the final attestation."""
    is_task = isinstance(item, ControlTaskFacts)
    section = Section.CONTROL_TASK if is_task else Section.ATTESTATION
    return Place(section, item.id, field)


def title_of_item(item: AssessmentFacts) -> str:
    """Its title as a message names it."""
    return item.title or "—"
