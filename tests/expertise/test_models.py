"""Every constraint of the expertise broken once."""

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from expertise.enums import ExpertiseState, RemarkState
from expertise.models import Criterion, Expertise, Rating, Remark, Verdict
from tests.expertise import life


def _breaks(name):
    return pytest.raises(IntegrityError, match=name)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"state": ExpertiseState.REVIEW}, "expertise_state_has_its_people"),
        ({"due_on": life.DUE_ON}, "expertise_state_has_its_people"),
        ({"state": ExpertiseState.CONCLUDED}, "expertise_state_has_its_people"),
    ],
)
def test_a_state_has_its_people_and_dates(fields, constraint, requested):
    with _breaks(constraint), transaction.atomic():
        Expertise.objects.update(**fields)


def test_who_requested_is_never_the_expert(review, author):
    with _breaks("expertise_expert_did_not_request"), transaction.atomic():
        Expertise.objects.update(expert=author)


def _copy(expertise, **fields):
    expertise.pk = None
    for name, value in fields.items():
        setattr(expertise, name, value)
    expertise.save(force_insert=True)


def test_a_version_has_one_open_round(requested):
    with _breaks("expertise_one_open"), transaction.atomic():
        _copy(requested, round=2)


def test_a_round_has_its_number_once(returned):
    with _breaks("expertise_round_once"), transaction.atomic():
        _copy(returned)


def test_a_criterion_is_rated_once(review):
    life.rated(review)
    with _breaks("rating_once"), transaction.atomic():
        Rating.objects.create(
            expertise=review, criterion=Criterion.objects.first(), mark="met"
        )


@pytest.mark.parametrize("state", [RemarkState.ANSWERED, RemarkState.ACCEPTED])
def test_a_remark_has_the_dates_of_its_state(state, returned):
    with _breaks("remark_state_has_its_dates"), transaction.atomic():
        Remark.objects.update(state=state)


def test_a_verdict_has_the_text_of_its_kind(returned):
    with _breaks("verdict_is_one_of_three_texts"), transaction.atomic():
        Verdict.objects.update(kind="recommended")


def test_rows_say_what_they_are(returned):
    criterion = Criterion.objects.first()
    assert str(returned).endswith(", 1")
    assert str(criterion) == criterion.text_ru[:80]
    assert str(criterion.indicator) == criterion.indicator.title_ru
    assert str(returned.remarks.get()) == "Уточните критерии."
    assert str(returned.verdict) == "рекомендован к доработке"
    assert str(returned.ratings.first()).startswith(str(criterion))


def test_a_criterion_speaks_the_language_of_the_reader(db):
    criterion = Criterion.objects.first()
    with override("kk"):
        assert criterion.text == criterion.text_kk
        criterion.text_kk = ""
        assert criterion.text == criterion.text_ru
        assert criterion.indicator.title == criterion.indicator.title_kk
