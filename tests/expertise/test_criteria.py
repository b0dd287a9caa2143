"""What only an expert tells is among the criteria of the expertise: MIN 5.4.3."""

import tomllib

import pytest

from courses.regulation.catalogue import REQUIREMENTS
from courses.regulation.requirement import Kind
from expertise.models import Criterion, Indicator
from expertise.seeds import CRITERIA, seed_criteria

LEFT_TO_EXPERTS = [row for row in REQUIREMENTS if row.kind is Kind.EXPERT]


@pytest.mark.parametrize("requirement", LEFT_TO_EXPERTS, ids=lambda row: row.code)
def test_a_requirement_left_to_the_expert_is_a_criterion(requirement):
    """MIN 3.2.3, 3.3.3.14, 4.8, 5.3.2, 5.3.5."""
    document = tomllib.loads(CRITERIA.read_text(encoding="utf-8"))
    clauses = {
        row["clause"] for group in document["indicators"] for row in group["criteria"]
    }

    assert f"MIN {requirement.clause}" in clauses


def test_a_new_installation_asks_the_expert_about_each_of_them(db):
    Criterion.objects.all().delete()
    Indicator.objects.all().delete()

    seed_criteria()

    asked = set(Criterion.objects.values_list("clause", flat=True))

    assert {f"MIN {row.clause}" for row in LEFT_TO_EXPERTS} <= asked
