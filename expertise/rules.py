"""Who may do what with an expertise."""

from typing import Any

import rules

from accounts.rules import is_centre_staff
from courses.models import CourseVersion
from courses.rules import heads_its_unit, is_author, is_being_edited, is_lead_author
from expertise.enums import ExpertiseState
from expertise.models import Expertise


def expertise_of(obj: Any) -> Expertise | None:
    """Return the round that a remark, a rating or a verdict belongs to."""
    if obj is None or isinstance(obj, Expertise):
        return obj
    return getattr(obj, "expertise", None)


@rules.predicate
def is_its_expert(user: Any, obj: Any) -> bool:
    """The expert appointed to this round."""
    expertise = expertise_of(obj)
    return expertise is not None and expertise.expert_id == user.pk


@rules.predicate
def is_expert_of_later_round(user: Any, obj: Any) -> bool:
    """The expert at work on a later round of the same version (MIN 5.4.7)."""
    expertise = expertise_of(obj)
    return expertise is not None and bool(is_expert_at_work(user, expertise.version))


@rules.predicate
def is_expert_at_work(user: Any, version: Any) -> bool:
    """The expert whose round of this version is open."""
    return (
        isinstance(version, CourseVersion)
        and version.expertises.filter(
            expert_id=user.pk, state=ExpertiseState.REVIEW
        ).exists()
    )


@rules.predicate
def is_author_of_its_course(user: Any, obj: Any) -> bool:
    """A member of the author team of the course under expertise."""
    expertise = expertise_of(obj)
    return expertise is not None and bool(is_author(user, expertise.version))


@rules.predicate
def heads_unit_of_its_course(user: Any, obj: Any) -> bool:
    """The head of the unit of the course under expertise."""
    expertise = expertise_of(obj)
    return expertise is not None and bool(heads_its_unit(user, expertise.version))


@rules.predicate
def is_course_being_edited(user: Any, obj: Any) -> bool:
    """The course is back with its authors."""
    expertise = expertise_of(obj)
    return expertise is not None and bool(is_being_edited(user, expertise.version))


@rules.predicate
def is_concluded(_user: Any, obj: Any) -> bool:
    """The round has its verdict."""
    expertise = expertise_of(obj)
    return expertise is not None and expertise.state == ExpertiseState.CONCLUDED


rules.add_perm("courses.decide_on_expertise", is_expert_at_work)
rules.add_perm("expertise", is_centre_staff)
rules.add_perm("expertise.request", is_lead_author | heads_its_unit)
rules.add_perm("expertise.appoint_expert", is_centre_staff)
rules.add_perm("expertise.review", is_its_expert)
rules.add_perm("expertise.accept_remark", is_its_expert | is_expert_of_later_round)
rules.add_perm(
    "expertise.answer_remark", is_author_of_its_course & is_course_being_edited
)
is_reader = (
    is_its_expert | is_author_of_its_course | heads_unit_of_its_course | is_centre_staff
)
rules.add_perm("expertise.read", is_reader)
# What an expert has not signed yet is the expert's own.
rules.add_perm("expertise.read_review", is_its_expert | (is_reader & is_concluded))
for _model in ("indicator", "criterion"):
    rules.add_perm(f"expertise.view_{_model}", is_centre_staff)
    rules.add_perm(f"expertise.add_{_model}", is_centre_staff)
    rules.add_perm(f"expertise.change_{_model}", is_centre_staff)
for _model in ("expertise", "remark", "rating", "verdict"):
    rules.add_perm(f"expertise.view_{_model}", is_centre_staff)
