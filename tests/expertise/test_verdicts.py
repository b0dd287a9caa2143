"""The verdict: one of three texts, whole, signed, for good (MIN 5.4.6)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from accounts.models import Signature
from accounts.services import WrongPassword
from core.models import OutgoingMail
from core.workflow import WrongState
from courses.enums import Stage
from expertise import services
from expertise.dossier import document_sha256
from expertise.enums import ExpertiseState, Mark, VerdictKind
from expertise.models import Criterion, Verdict
from expertise.services import DocumentChanged, VerdictRefused
from tests import factories
from tests.expertise import life

TEXTS = {
    "recommended": "рекомендован к открытию на портале открытого образования",
    "rework": "рекомендован к доработке",
    "rejected": "не допускается к открытию на портале открытого образования",
}
STAGES = {
    "recommended": Stage.RECOMMENDED,
    "rework": Stage.REWORK,
    "rejected": Stage.REJECTED,
}


@pytest.mark.parametrize("kind", VerdictKind)
def test_a_verdict_has_its_exact_text_and_sends_the_course_on(kind, review, at):
    life.rated(review)
    if kind == VerdictKind.REWORK:
        life.remark(review, at=at)
    verdict = life.signed(review, kind, at=at)
    review.version.refresh_from_db()
    assert verdict.text == TEXTS[kind]
    assert review.version.stage == STAGES[kind]
    assert (review.state, review.concluded_at) == (ExpertiseState.CONCLUDED, at)


def test_the_signature_is_over_exactly_what_is_kept(review, expert, at):
    life.rated(review, Mark.PARTLY, "Не всё.")
    verdict = life.signed(review, VerdictKind.REJECTED, at=at)
    signature = verdict.signature
    assert (signature.user, signature.signed_at) == (expert, at)
    verdict.refresh_from_db()
    assert signature.sha256 == document_sha256(verdict.document)
    assert verdict.document["expert"]["name"] == expert.full_name
    assert verdict.document["dossier_sha256"] == review.dossier_sha256
    assert len(verdict.document["ratings"]) == Criterion.objects.count()
    assert {row["comment"] for row in verdict.document["ratings"]} == {"Не всё."}


def test_a_wrong_password_signs_nothing(review, expert, at):
    life.rated(review)
    with pytest.raises(WrongPassword):
        life.signed(review, VerdictKind.RECOMMENDED, at=at, password="не тот")
    expert.refresh_from_db()
    assert expert.failed_sign_ins == 1
    assert not Verdict.objects.exists()
    assert not Signature.objects.exists()


@pytest.mark.parametrize("person", ["author", "staff", "stranger"])
def test_nobody_signs_for_the_expert(person, review, at, request):
    life.rated(review)
    by = request.getfixturevalue(person)
    with pytest.raises(PermissionDenied):
        life.signed(review, VerdictKind.RECOMMENDED, at=at, by=by)


def test_a_verdict_is_signed_once(returned, at):
    with pytest.raises(WrongState):
        life.signed(returned, VerdictKind.REJECTED, at=at)
    assert Verdict.objects.get().kind == VerdictKind.REWORK


def _refused(review, kind, at, **fields):
    with pytest.raises(VerdictRefused) as refusal:
        life.signed(review, kind, at=at, **fields)
    assert not Verdict.objects.exists()
    return refusal.value.reasons


def test_every_criterion_is_rated_first(review, expert, at):
    """MIN 5.4.3."""
    first = Criterion.objects.first()
    services.rate_criteria(expertise=review, marks={first: (Mark.MET, "")}, by=expert)
    assert len(_refused(review, VerdictKind.REJECTED, at)) == 1


def test_a_retired_criterion_is_not_asked_for(review, at):
    Criterion.objects.filter(pk=Criterion.objects.last().pk).update(is_in_use=False)
    life.rated(review)
    assert life.signed(review, VerdictKind.REJECTED, at=at).pk


@pytest.mark.parametrize("mark", [Mark.PARTLY, Mark.NOT_MET])
def test_a_mark_below_met_needs_words(mark, review, at):
    life.rated(review, mark)
    assert len(_refused(review, VerdictKind.REJECTED, at)) == 1


@pytest.mark.parametrize("mark", [Mark.MET, Mark.NOT_APPLICABLE])
def test_other_marks_need_none(mark, review, at):
    life.rated(review, mark)
    assert life.signed(review, VerdictKind.REJECTED, at=at).pk


def test_a_conclusion_is_written(review, at):
    life.rated(review)
    reasons = _refused(review, VerdictKind.REJECTED, at, conclusion=" \n")
    assert len(reasons) == 1


def test_a_return_for_rework_needs_a_remark(review, at):
    life.rated(review)
    assert len(_refused(review, VerdictKind.REWORK, at)) == 1


def test_a_course_with_a_remark_is_not_recommended(review, at):
    life.rated(review)
    life.remark(review, at=at)
    assert len(_refused(review, VerdictKind.RECOMMENDED, at)) == 1


def test_a_remark_of_an_earlier_round_stops_until_it_is_accepted(second, at):
    """MIN 5.4.7."""
    life.rated(second)
    with pytest.raises(VerdictRefused):
        life.signed(second, VerdictKind.RECOMMENDED, at=at)


def test_what_changed_since_it_was_shown_is_not_signed(review, expert, at):
    life.rated(review)
    asked = {"kind": VerdictKind.REJECTED, "conclusion": life.CONCLUSION}
    seen = document_sha256(services.document_to_sign(review, **asked))
    life.remark(review, at=at)
    with pytest.raises(DocumentChanged):
        life.signed(review, VerdictKind.REJECTED, at=at, seen_sha256=seen)
    shown = document_sha256(services.document_to_sign(review, **asked))
    assert life.signed(review, VerdictKind.REJECTED, at=at, seen_sha256=shown).pk


def test_the_authors_are_told_by_mail(returned, author):
    letter = OutgoingMail.objects.get(to=author.email)
    assert TEXTS["rework"] in letter.body


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE expertise_verdict SET conclusion = 'Иначе.'",
        "DELETE FROM expertise_verdict",
        "TRUNCATE expertise_verdict CASCADE",
        "UPDATE accounts_signature SET sha256 = ''",
    ],
)
def test_a_verdict_cannot_be_changed_even_by_sql(statement, returned, as_application):
    """MIN 5.4.6: kept."""
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_no_fourth_text_is_stored(returned):
    verdict = Verdict.objects.get()
    verdict.text = "рекомендован"
    with pytest.raises(DatabaseError), transaction.atomic():
        verdict.save()


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("courses_courseversion", "recommend"),
        ("courses_courseversion", "reject"),
        ("courses_courseversion", "return_for_rework"),
        ("expertise_expertise", "conclude"),
    ],
)
def test_no_button_of_the_admin_goes_past_the_signed_verdict(
    model, name, author, staff, at, client
):
    colleague = factories.StaffFactory()
    expertise = life.appointed(
        life.requested(author, at=at), colleague, staff=staff, at=at
    )
    is_round = model == "expertise_expertise"
    pk = expertise.pk if is_round else expertise.version_id
    client.force_login(colleague)

    answer = client.post(reverse(f"admin:{model}_transition", args=[pk, name]))

    expertise.refresh_from_db()
    assert answer.status_code == 403
    assert (expertise.state, expertise.version.stage) == ("review", "expertise")


@pytest.mark.parametrize("factory", ["StaffFactory", "FinanceFactory"])
def test_no_button_of_the_admin_sends_a_course_without_its_round(factory, db, client):
    lead = getattr(factories, factory)()
    version = life.version(lead)
    client.force_login(lead)
    address = "admin:courses_courseversion_transition"

    answer = client.post(reverse(address, args=[version.pk, "submit_for_expertise"]))

    version.refresh_from_db()
    assert answer.status_code == 403
    assert version.stage == "draft"
