"""All requirements there are, in the order of the regulation's clauses."""

from courses.regulation import attestation, components
from courses.regulation.introduction import description, structure, workload
from courses.regulation.learning import topics, weekly_tests, weeks
from courses.regulation.requirement import Requirement


def _clause_order(requirement: Requirement) -> tuple[int, ...]:
    return tuple(int(number) for number in requirement.clause.split("."))


REQUIREMENTS: tuple[Requirement, ...] = tuple(
    sorted(
        (
            *structure.BLOCK.declared,
            *description.BLOCK.declared,
            *workload.BLOCK.declared,
            *weeks.BLOCK.declared,
            *topics.BLOCK.declared,
            *weekly_tests.BLOCK.declared,
            *attestation.BLOCK.declared,
            *components.BLOCK.declared,
        ),
        key=_clause_order,
    )
)
BY_CODE = {requirement.code: requirement for requirement in REQUIREMENTS}
