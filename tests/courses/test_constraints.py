"""What the database itself refuses: each constraint broken once."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from courses.models import (
    Authorship,
    Check,
    CourseText,
    CourseVersion,
    FinalAttestation,
    GlossaryTerm,
    PassportSnapshot,
    QuestionBank,
    RegulationEdition,
    Topic,
)
from tests import factories
from tests.courses import life

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(author) -> CourseVersion:
    return factories.VersionFactory(lead=author)


def update(version: CourseVersion, **values: Any) -> None:
    CourseVersion.objects.filter(pk=version.pk).update(**values)


BREAKS = {
    "version_number_once": lambda v, u, at: CourseVersion.objects.create(
        course=life.at_stage(v, "rejected", u, at).course, edition=v.edition, number=1
    ),
    "version_one_under_way": lambda v, _u, _at: CourseVersion.objects.create(
        course=v.course, edition=v.edition, number=2
    ),
    "version_submitted_by_someone": lambda v, u, _at: update(
        v, stage="expertise", submitted_by=u
    ),
    "version_decided_at_a_time": lambda v, u, at: update(
        v, stage="recommended", submitted_by=u, submitted_at=at
    ),
    "text_once_a_language": lambda v, _u, _at: CourseText.objects.create(
        version=v, language="ru", title="Ещё раз"
    ),
    "author_once": lambda v, u, _at: Authorship.objects.create(version=v, user=u),
    "author_one_lead": lambda v, _u, _at: Authorship.objects.create(
        version=v, user=factories.UserFactory(), is_lead=True
    ),
    "term_once": lambda v, _u, _at: [
        GlossaryTerm.objects.create(version=v, term="Атом", definition="Ч")
        for _number in range(2)
    ],
    "topic_week_from_one": lambda v, _u, _at: factories.TopicFactory(version=v, week=0),
    "topic_not_assessed_in_itself": lambda v, _u, _at: Topic.objects.filter(
        pk=factories.TopicFactory(version=v).pk
    ).update(assessed_in=Topic.objects.latest("pk")),
    "bank_category_once": lambda v, _u, _at: [
        QuestionBank.objects.create(version=v, category="Б") for _number in range(2)
    ],
    "courses_finalattestation_version_id_key": lambda v, _u, _at: [
        FinalAttestation.objects.create(version=v, form="exam", grading="peer")
        for _number in range(2)
    ],
    "courses_course_code_key": lambda v, _u, _at: factories.CourseFactory(
        code=v.course.code
    ),
    "courses_regulationedition_code_key": (
        lambda _v, _u, at: RegulationEdition.objects.create(
            code="minin-2022", title="Ещё раз", in_force_from=at, thresholds={}
        )
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_a_constraint_is_held(name, version, author, at) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        BREAKS[name](version, author, at)


@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}"])
@pytest.mark.parametrize("model", [PassportSnapshot, Check])
def test_the_application_changes_no_snapshot_and_no_check(
    model, verb, as_application
) -> None:

    statement = verb.format(model._meta.db_table)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
