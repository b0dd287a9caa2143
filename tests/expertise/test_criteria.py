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


def test_an_installation_gets_what_a_newer_portal_brings_and_keeps_its_own_words(db):
    """MIN 4.8 came later: it is added where it was, nothing else is touched."""
    Criterion.objects.get(clause="MIN 4.8").delete()
    Criterion.objects.filter(code="media-promo").update(
        text_ru="Наши слова.", position=9, is_in_use=False
    )
    Indicator.objects.filter(code="media").update(title_ru="Наше видео")
    own = Indicator.objects.create(code="own", position=9, title_ru="Наше")
    Criterion.objects.filter(code="text-clear").update(indicator=own)
    before = list(Criterion.objects.order_by("pk").values())

    seed_criteria()
    seed_criteria()

    added = Criterion.objects.get(clause="MIN 4.8")
    assert (added.code, added.indicator.code) == ("assessment-points", "assessment")
    others = Criterion.objects.exclude(pk=added.pk).order_by("pk")
    assert list(others.values()) == before
    assert Indicator.objects.get(code="media").title_ru == "Наше видео"
    assert Indicator.objects.count() == 7


def test_a_criterion_whose_indicator_is_gone_comes_back_with_it(db):
    Criterion.objects.filter(indicator__code="text").delete()
    Indicator.objects.filter(code="text").delete()

    seed_criteria()

    assert Indicator.objects.get(code="text").criteria.count() == 3
