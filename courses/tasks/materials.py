"""The job that measures a file of a course."""

from dataclasses import dataclass
from datetime import datetime

from core.jobs import register
from core.models import Job
from core.storage import local_file
from courses.formats.measures import FileUnreadable, Measures, UnreadableReason
from courses.formats.measuring import measure_apart
from courses.selectors.materials import file_to_measure
from courses.services.materials import MEASURE, record_measures


@dataclass(frozen=True, slots=True)
class Measured:
    """The file that was measured, and what was found."""

    stored_as: str
    found: Measures | UnreadableReason


def measure_material(material_id: int) -> Measured | None:
    """Measure the file of a material; None where nothing waits any longer."""
    file = file_to_measure(material_id)
    if file is None:
        return None
    with local_file(file.stored_as) as path:
        try:
            found = measure_apart(path, container=file.container, page=file.page)
        except FileUnreadable as refusal:
            return Measured(file.stored_as, refusal.reason)
    return Measured(file.stored_as, found)


def keep_measures(
    material_id: int, measured: Measured | None, _job: Job, at: datetime
) -> None:
    """Keep what was found in the transaction that marks the job done."""
    if measured is not None:
        record_measures(
            material_id=material_id,
            stored_as=measured.stored_as,
            found=measured.found,
            at=at,
        )


register(MEASURE, work=measure_material, finish=keep_measures)
