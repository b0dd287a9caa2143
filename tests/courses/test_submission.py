"""Sending a version to expertise, and its way (MIN 5.4)."""

import pytest

from core.workflow import (
    GuardsUnmet,
    NotAllowed,
    WrongState,
    apply,
    history_of,
    workflow_of,
)
from courses.enums import CheckReason, Stage
from courses.models import Check, CourseVersion, PassportSnapshot
from courses.regulation.engine import Report
from courses.regulation.finding import Gate
from courses.selectors import (
    check_version,
    passport_content,
    passport_sha256,
    reasons_against_expertise,
)
from courses.services import record_check, submit_version
from tests import factories
from tests.courses import life

pytestmark = pytest.mark.django_db
TABLE = workflow_of(CourseVersion)
ALLOWED = {
    ("submit_for_expertise", "draft"),
    ("submit_for_expertise", "rework"),
    ("return_for_rework", "expertise"),
    ("recommend", "expertise"),
    ("reject", "expertise"),
}


def test_a_whole_passport_goes_to_expertise_and_is_kept_as_it_is(author, at) -> None:
    version = life.whole_version(author)
    content = passport_content(version)

    snapshot, check = submit_version(version=version, by=author, at=at)

    assert (version.stage, version.submitted_at, version.submitted_by) == (
        Stage.EXPERTISE,
        at,
        author,
    )
    assert snapshot.content == content
    assert snapshot.sha256 == passport_sha256(content) == check.passport_sha256
    assert (snapshot.reason, check.reason) == ("submission", "submission")
    assert Report.from_dict(check.findings) == check_version(version)
    assert Report.from_dict(check.findings).blocks(Gate.OPENING) == ()


def test_expertise_cannot_start_while_a_mandatory_requirement_fails(author, at) -> None:
    version = life.whole_version(author, literature="")

    with pytest.raises(GuardsUnmet) as refusal:
        submit_version(version=version, by=author, at=at)

    assert refusal.value.reasons == [
        "3.2.9: main and additional literature and links. Found: empty"
    ]
    version.refresh_from_db()
    assert version.stage == Stage.DRAFT
    assert PassportSnapshot.objects.count() == Check.objects.count() == 0


def test_expertise_cannot_start_while_a_mandatory_requirement_cannot_be_told(
    author, at
) -> None:
    version = life.whole_version(author)
    version.topics.all()[0].control_tasks.update(points=None)

    with pytest.raises(GuardsUnmet, match=r"points of some tasks are not stated"):
        submit_version(version=version, by=author, at=at)


def test_a_topic_bank_of_29_stops_and_of_30_does_not(author) -> None:
    version = life.whole_version(author, questions_a_week=115)
    bank = version.banks.all()[0]

    bank.questions.filter(position__gt=30).delete()
    life.fill(factories.BankFactory(version=version), 200)
    assert reasons_against_expertise(version) == []

    bank.questions.filter(position=30).delete()
    [reason] = reasons_against_expertise(version)
    assert reason == (
        f"3.3.3.17: distinct questions in the bank of “{bank.topic}”, week 1: "
        "at least 30. Found: distinct questions: 29"
    )


@pytest.mark.parametrize("name", TABLE.transitions)
@pytest.mark.parametrize("stage", Stage.values)
def test_every_transition_from_every_stage(name, stage, author, at, monkeypatch):
    version = life.at_stage(life.whole_version(author), stage, author, at)
    monkeypatch.setattr("accounts.models.User.has_perm", lambda *_args: True)

    if (name, stage) in ALLOWED:
        apply(version, name, by=author, at=at)
        assert version.stage == TABLE.transitions[name].target
        assert history_of(version).get().name == name
    else:
        with pytest.raises(WrongState):
            apply(version, name, by=author, at=at)


def test_a_decision_has_its_time(author, at, monkeypatch) -> None:
    version = life.at_stage(life.whole_version(author), "expertise", author, at)
    monkeypatch.setattr("accounts.models.User.has_perm", lambda *_args: True)
    apply(version, "reject", by=author, at=at)

    assert version.decided_at == at


def test_who_sends_a_passport_to_expertise(
    author, other_author, staff, stranger, at
) -> None:
    version = life.whole_version(author)
    version.authorships.create(user=other_author)
    head = factories.UserFactory()
    factories.GrantFactory(user=head, role="unit_head", unit=version.course.unit)

    for person in (other_author, staff, stranger):
        with pytest.raises(NotAllowed):
            submit_version(version=version, by=person, at=at)
    submit_version(version=version, by=head, at=at)

    assert version.submitted_by == head


def test_a_check_by_another_edition_is_kept_with_it(author, at) -> None:
    version = life.whole_version(author)
    edition = factories.edition()
    edition.pk, edition.code = None, "strict"
    edition.thresholds = {**edition.thresholds, "course_bank_min": 201}
    edition.save()

    check = record_check(
        version=version, reason=CheckReason.COMMAND, edition=edition, by=author, at=at
    )

    blocking = Report.from_dict(check.findings).blocks(Gate.EXPERTISE)
    assert check.edition == edition
    assert [finding.code for finding in blocking] == ["final_test_bank"]
    assert check.passport_sha256 == passport_sha256(passport_content(version))
