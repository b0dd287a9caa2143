"""Who may do what with a course."""

from typing import Any

import rules

from accounts.rules import heads_unit, is_centre_staff
from courses.models import Course, CourseVersion


def version_of(obj: Any) -> CourseVersion | None:
    """Return the version that an object of a passport belongs to."""
    if obj is None or isinstance(obj, CourseVersion):
        return obj
    version = getattr(obj, "version", None)
    return version if version is not None else version_of(getattr(obj, "topic", None))


@rules.predicate
def is_author(user: Any, obj: Any) -> bool:
    """A member of the version's author team."""
    version = version_of(obj)
    return version is not None and any(
        author.user_id == user.pk for author in version.authorships.all()
    )


@rules.predicate
def is_lead_author(user: Any, obj: Any) -> bool:
    """The leader of the version's author team (MIN 5.2.1)."""
    version = version_of(obj)
    return version is not None and any(
        author.user_id == user.pk and author.is_lead
        for author in version.authorships.all()
    )


@rules.predicate
def heads_its_unit(user: Any, obj: Any) -> bool:
    """The head of the unit that the course belongs to."""
    if isinstance(obj, Course):
        return heads_unit(user, obj.unit_id)
    version = version_of(obj)
    return version is not None and heads_unit(user, version.course.unit_id)


@rules.predicate
def is_being_edited(_user: Any, obj: Any) -> bool:
    """The passport is open to its authors (MIN 5.4.10 locks it)."""
    version = version_of(obj)
    return version is not None and version.is_editable


rules.add_perm("courses", is_centre_staff)
rules.add_perm("courses.view_passport", is_author | heads_its_unit | is_centre_staff)
rules.add_perm("courses.author_passport", is_author)
rules.add_perm("courses.edit_passport", is_author & is_being_edited)
# The other half, when it is open after the verdict, the register tells (MIN 5.4.8).
rules.add_perm("courses.author_showcase", is_author | is_centre_staff)
rules.add_perm("courses.manage_team", is_lead_author | is_centre_staff)
rules.add_perm("courses.appoint_lead", is_centre_staff)
rules.add_perm("courses.submit_for_expertise", is_lead_author | heads_its_unit)
rules.add_perm("courses.open_course", is_centre_staff)
for _model in ("courseversion", "regulationedition"):
    rules.add_perm(f"courses.view_{_model}", is_centre_staff)
    rules.add_perm(f"courses.add_{_model}", is_centre_staff)
rules.add_perm("courses.change_regulationedition", is_centre_staff)
for _verb in ("view", "add", "change", "delete"):
    rules.add_perm(f"courses.{_verb}_editiontext", is_centre_staff)
rules.add_perm("courses.view_editionpreview", is_centre_staff)
rules.add_perm("courses.add_editionpreview", is_centre_staff)
for _model in ("check", "passportsnapshot", "questionimport"):
    rules.add_perm(f"courses.view_{_model}", is_centre_staff)
