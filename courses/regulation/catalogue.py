"""All requirements there are, in the order of the regulation's clauses."""

from courses.regulation import (
    attestation,
    borrowed,
    control_tests,
    elements,
    grading,
    showcase,
    texts_of_course,
)
from courses.regulation.introduction import description, promo, structure, workload
from courses.regulation.learning import media, theory, topics, weekly_tests, weeks
from courses.regulation.requirement import Requirement


def _clause_order(requirement: Requirement) -> tuple[int, ...]:
    return tuple(int(number) for number in requirement.clause.split("."))


REQUIREMENTS: tuple[Requirement, ...] = tuple(
    sorted(
        (
            *structure.BLOCK.declared,
            *promo.BLOCK.declared,
            *description.BLOCK.declared,
            *workload.BLOCK.declared,
            *weeks.BLOCK.declared,
            *theory.BLOCK.declared,
            *media.BLOCK.declared,
            *topics.BLOCK.declared,
            *weekly_tests.BLOCK.declared,
            *attestation.BLOCK.declared,
            *texts_of_course.BLOCK.declared,
            *elements.BLOCK.declared,
            *grading.BLOCK.declared,
            *control_tests.BLOCK.declared,
            *borrowed.BLOCK.declared,
            *showcase.BLOCK.declared,
        ),
        key=_clause_order,
    )
)
BY_CODE = {requirement.code: requirement for requirement in REQUIREMENTS}
