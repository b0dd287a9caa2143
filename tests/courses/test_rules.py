"""Who may do what with a course."""

import pytest

from courses.models import Longread, QuestionBank
from courses.rules import version_of
from tests import factories
from tests.courses import life

pytestmark = pytest.mark.django_db
RIGHTS = {
    "courses.view_passport": {"lead", "member", "head", "staff"},
    "courses.author_passport": {"lead", "member"},
    "courses.edit_passport": {"lead", "member"},
    "courses.manage_team": {"lead", "staff"},
    "courses.appoint_lead": {"staff"},
    "courses.submit_for_expertise": {"lead", "head"},
    "courses.open_course": {"staff"},
}


@pytest.fixture
def version(author):
    return factories.VersionFactory(lead=author)


@pytest.fixture
def people(version, author, other_author, staff, stranger, expert, accountant):
    version.authorships.create(user=other_author)
    head, other_head = factories.UserFactory(), factories.UserFactory()
    factories.GrantFactory(user=head, role="unit_head", unit=version.course.unit)
    factories.GrantFactory(
        user=other_head, role="unit_head", unit=factories.UnitFactory()
    )
    return {
        "lead": author,
        "member": other_author,
        "head": head,
        "other head": other_head,
        "staff": staff,
        "stranger": stranger,
        "expert": expert,
        "finance": accountant,
    }


@pytest.mark.parametrize("right", RIGHTS)
def test_who_has_each_right_to_a_draft(right, people, version) -> None:
    having = {name for name, user in people.items() if user.has_perm(right, version)}

    assert having == RIGHTS[right]


@pytest.mark.parametrize("stage", ["expertise", "recommended", "rejected"])
def test_nobody_edits_a_locked_passport(stage, people, version, author, at) -> None:
    life.at_stage(version, stage, author, at)

    editing = [
        name
        for name, user in people.items()
        if user.has_perm("courses.edit_passport", version)
    ]
    assert editing == []


def test_a_part_belongs_to_its_version(version) -> None:
    topic = factories.TopicFactory(version=version)
    longread = Longread.objects.create(topic=topic, position=1, title="Текст")
    bank = QuestionBank.objects.create(version=version, category="Б")

    assert [version_of(part) for part in (version, topic, longread, bank)] == [
        version
    ] * 4
    assert version_of(None) is version_of("nothing of a course") is None


def test_the_head_of_the_unit_is_the_head_of_the_course_too(people, version) -> None:
    right = "courses.submit_for_expertise"

    assert people["head"].has_perm(right, version.course)
    assert not people["other head"].has_perm(right, version.course)
    assert not people["head"].has_perm(right, None)
