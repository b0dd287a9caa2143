"""Who may do what with the register, runs and results."""

from typing import Any

import rules

from accounts.rules import is_centre_staff, is_signed_in
from courses.models import CourseVersion
from courses.rules import heads_its_unit, is_author
from registry.enums import EntryState
from registry.models import Enrolment, RegisterEntry, Run


def entry_of(obj: Any) -> RegisterEntry | None:
    """Return the register entry that a run or a document belongs to."""
    return obj if isinstance(obj, RegisterEntry) else getattr(obj, "entry", None)


@rules.predicate
def is_author_of_entry(user: Any, obj: Any) -> bool:
    """An author of the course entered."""
    entry = entry_of(obj)
    return entry is not None and bool(is_author(user, entry.version))


@rules.predicate
def heads_unit_of_entry(user: Any, obj: Any) -> bool:
    """The head of the unit whose course is entered."""
    entry = entry_of(obj)
    return entry is not None and bool(heads_its_unit(user, entry.version))


@rules.predicate
def is_enrolled_learner(user: Any, obj: Any) -> bool:
    """The learner of this enrolment."""
    return isinstance(obj, Enrolment) and obj.learner_id == user.pk


@rules.predicate
def is_no_author(user: Any, run: Any) -> bool:
    """Not an author of the course that is run: authors do not enrol in their own."""
    return isinstance(run, Run) and not is_author_of_entry(user, run)


@rules.predicate
def is_awaiting_opening(_user: Any, version: Any) -> bool:
    """The version has its verdict and is not entered in the register yet.

    Asked anew each time: the entry may have opened since the page was.
    """
    return (
        isinstance(version, CourseVersion)
        and RegisterEntry.objects.filter(
            version=version.pk, state=EntryState.DOCUMENTS
        ).exists()
    )


# What the showcase tells is mended until the course opens (MIN 5.4.8, 5.4.10).
rules.add_perm(
    "courses.edit_showcase", (is_author | is_centre_staff) & is_awaiting_opening
)
rules.add_perm("registry", is_centre_staff)
rules.add_perm("registry.manage_entry", is_centre_staff)
rules.add_perm("registry.receive_document", is_centre_staff)
rules.add_perm(
    "registry.read_document", is_centre_staff | is_author_of_entry | heads_unit_of_entry
)
rules.add_perm("registry.manage_run", is_centre_staff)
rules.add_perm("registry.import_results", is_centre_staff)
rules.add_perm("registry.enrol", is_signed_in & is_no_author)
rules.add_perm("registry.enrol_others", is_centre_staff)
rules.add_perm("registry.enrol_again", is_enrolled_learner | is_centre_staff)
rules.add_perm("registry.withdraw", is_enrolled_learner | is_centre_staff)
for _model in (
    "registerentry",
    "coursedocument",
    "enrolment",
    "result",
    "resultimport",
):
    rules.add_perm(f"registry.view_{_model}", is_centre_staff)
for _verb in ("view", "add", "change"):
    rules.add_perm(f"registry.{_verb}_run", is_centre_staff)
