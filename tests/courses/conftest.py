"""A course of two authors with a part of each kind that an address may name."""

import pytest

from courses.models import CourseVersion, GlossaryTerm
from courses.services import import_questions
from tests.courses import life
from tests.courses.declared import borrowed_with_consent
from tests.courses.gift import GIFT
from tests.courses.materials.making import with_file


@pytest.fixture
def version(author, other_author, at) -> CourseVersion:
    made = life.whole_version(author, questions_a_week=2)
    made.authorships.create(user=other_author)
    GlossaryTerm.objects.create(version=made, term="Атом", definition="Частица")
    return made


@pytest.fixture
def ids(version, author, at) -> dict[str, int]:
    source = import_questions(
        version=version, name="банк.gift", content=GIFT.encode(), by=author, at=at
    )
    topic = version.topics.all()[1]
    return {
        "version": version.pk,
        "author": version.authorships.get(is_lead=False).pk,
        "topic": topic.pk,
        "task": topic.control_tasks.earliest("pk").pk,
        "term": version.glossary.get().pk,
        "bank": version.banks.first().pk,
        "question": version.banks.first().questions.first().pk,
        "import": source.pk,
        "material": with_file(version, by=author, at=at).pk,
        "borrowed": borrowed_with_consent(version, author).pk,
    }
