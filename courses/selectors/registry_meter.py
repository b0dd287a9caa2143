"""How far a passport is from what the national registry takes."""

from courses.models import CourseVersion
from courses.registry_passport import MeterLine, Source, Teacher, meter_of
from courses.selectors.passport import passport_content


def registry_meter(version: CourseVersion) -> list[MeterLine]:
    """Return each field of the registry's passport with what the portal has for it."""
    teachers = [
        Teacher(author.user.full_name, _about(author.user))
        for author in version.authorships.all()
    ]
    return meter_of(Source(passport_content(version), teachers))


def _about(user: object) -> str:
    names = ("position", "degree", "academic_title")
    return ", ".join(filter(None, (getattr(user, name) for name in names)))
