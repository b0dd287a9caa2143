"""Request, appointment, marks, remarks: what is kept, what is refused."""

import pytest
from django.core.exceptions import PermissionDenied

from core.models import OutgoingMail
from core.workflow import GuardsUnmet, NotAllowed, WrongState
from courses.enums import Stage
from courses.models import PassportSnapshot
from expertise import services
from expertise.dossier import dossier_sha256
from expertise.enums import Mark, RemarkState, VerdictKind
from expertise.models import Criterion, Expertise, Rating, Remark
from expertise.seeds import seed_criteria
from tests import factories
from tests.core.threads import run_together
from tests.expertise import life


def test_a_request_freezes_the_dossier_under_its_hash(version, author, at):
    """MIN 5.4.2."""
    expertise = services.request_expertise(version=version, by=author, at=at)
    version.refresh_from_db()
    assert (version.stage, expertise.round) == (Stage.EXPERTISE, 1)
    assert expertise.snapshot.content["course"]["code"] == version.course.code
    assert expertise.dossier_sha256 == dossier_sha256(
        expertise.snapshot, expertise.check_made
    )


def test_the_dossier_stays_as_it_was_sent(requested):
    requested.version.texts.update(title="Другое название")
    requested.refresh_from_db()
    assert requested.snapshot.content["texts"][0]["title"] == "Основы статистики"


def test_expertise_cannot_start_while_a_mandatory_rule_fails(author, at):
    """MIN 5.4.2: a draft with a title alone lacks nearly everything."""
    version = life.version(author, edition=factories.edition())
    with pytest.raises(GuardsUnmet) as refusal:
        services.request_expertise(version=version, by=author, at=at)
    assert any(reason.startswith("3.2.1") for reason in refusal.value.reasons)
    assert not Expertise.objects.exists()


@pytest.mark.parametrize("person", ["other_author", "stranger", "staff"])
def test_only_the_lead_author_or_the_head_asks_for_expertise(
    person, version, at, request
):
    by = request.getfixturevalue(person)
    with pytest.raises(NotAllowed):
        services.request_expertise(version=version, by=by, at=at)


def test_the_head_of_the_unit_may_ask_for_expertise(version, at):
    head = factories.UserFactory()
    factories.GrantFactory(user=head, role="unit_head", unit=version.course.unit)
    assert services.request_expertise(version=version, by=head, at=at).round == 1


def test_expertise_is_not_asked_for_twice(requested, author, at):
    with pytest.raises(WrongState):
        services.request_expertise(version=requested.version, by=author, at=at)


def test_the_next_round_waits_for_every_answer(returned, author, at):
    """MIN 5.4.7: remarks are mended one by one."""
    with pytest.raises(GuardsUnmet):
        services.request_expertise(version=returned.version, by=author, at=at)
    returned.version.refresh_from_db()
    assert returned.version.stage == Stage.REWORK
    life.answered(returned.remarks.all(), author, at=at)
    expertise = services.request_expertise(version=returned.version, by=author, at=at)
    assert expertise.round == 2
    assert PassportSnapshot.objects.count() == 2


def _ask(version, author, at):
    try:
        return services.request_expertise(version=version, by=author, at=at)
    except Exception as error:  # noqa: BLE001 (what each thread met is compared)
        return error


@pytest.mark.django_db(transaction=True)
def test_of_eight_requests_at_once_one_wins_and_seven_are_told_why(author, at):
    version = life.version(author)
    answers = run_together(lambda _number: _ask(version, author, at), 8)
    kinds = [type(answer) for answer in answers]
    assert (kinds.count(Expertise), kinds.count(WrongState)) == (1, 7)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_losers_break_a_constraint(author, at, monkeypatch):
    """The control: the race is there, and the database is the second wall."""
    version = life.version(author)
    monkeypatch.setattr(
        "core.workflow._locked", lambda obj: type(obj).objects.get(pk=obj.pk)
    )
    answers = run_together(lambda _number: _ask(version, author, at), 8)
    kinds = [type(answer).__name__ for answer in answers]
    assert kinds.count("Expertise") == 1
    assert kinds.count("IntegrityError") >= 1


def test_the_expert_is_told_by_mail_in_the_own_language(requested, staff, at):
    expert = factories.UserFactory(language="en")
    life.appointed(requested, expert, staff=staff, at=at)
    letter = OutgoingMail.objects.get(to=expert.email)
    assert f"/expertise/{requested.pk}/" in letter.body
    assert "01.10.2026" in letter.body


def test_the_default_term_is_ten_working_days(db, at):
    assert str(services.default_due_on(at)) == "2026-09-28"


def test_marks_are_kept_and_may_be_changed(review, expert):
    criterion = Criterion.objects.first()
    for mark, comment in ((Mark.MET, ""), (Mark.PARTLY, " Не всё. ")):
        services.rate_criteria(
            expertise=review, marks={criterion: (mark, comment)}, by=expert
        )
    rating = Rating.objects.get()
    assert (rating.mark, rating.comment) == (Mark.PARTLY, "Не всё.")


@pytest.mark.parametrize("person", ["author", "staff", "stranger"])
def test_nobody_else_writes_in_the_name_of_the_expert(person, review, at, request):
    by = request.getfixturevalue(person)
    remark = life.remark(review, at=at)
    with pytest.raises(PermissionDenied):
        services.rate_criteria(expertise=review, marks={}, by=by)
    with pytest.raises(PermissionDenied):
        services.write_remark(expertise=review, text="Так.", by=by, at=at)
    with pytest.raises(PermissionDenied):
        services.withdraw_remark(remark=remark, by=by)


def test_nothing_is_written_beside_a_signed_verdict(returned, expert, at):
    with pytest.raises(WrongState):
        services.rate_criteria(expertise=returned, marks={}, by=expert)
    with pytest.raises(WrongState):
        services.write_remark(expertise=returned, text="Ещё.", by=expert, at=at)
    with pytest.raises(WrongState):
        services.withdraw_remark(remark=returned.remarks.get(), by=expert)


def test_a_remark_may_be_withdrawn_before_the_verdict(review, expert, at):
    services.withdraw_remark(remark=life.remark(review, at=at), by=expert)
    assert not Remark.objects.exists()


def test_the_expert_of_the_next_round_accepts_the_answer(second, at):
    remark = Remark.objects.get()
    services.accept_remark(remark=remark, by=second.expert, at=at)
    assert (remark.state, remark.accepted_at) == (RemarkState.ACCEPTED, at)


def test_criteria_are_seeded_once(db):
    count = Criterion.objects.count()
    seed_criteria()
    assert Criterion.objects.count() == count == 20


def test_the_default_criteria_speak_four_languages(db):
    for criterion in Criterion.objects.select_related("indicator"):
        assert all((criterion.text_kk, criterion.text_ky, criterion.text_en))
        assert criterion.clause.startswith("MIN ")


def test_a_course_is_recommended_in_its_second_round(second, at):
    life.services.accept_remark(remark=Remark.objects.get(), by=second.expert, at=at)
    life.rated(second)
    life.signed(second, VerdictKind.RECOMMENDED, at=at)
    second.version.refresh_from_db()
    assert second.version.stage == Stage.RECOMMENDED
