"""Forms of the passport: numbers as people write them, errors in words."""

from decimal import Decimal

import pytest
from django.utils import translation

from courses.forms.parts import ControlTaskForm, TermForm, TopicForm
from courses.forms.sections import (
    DescriptionForm,
    GradingForm,
    IntroductionForm,
    TextsForm,
)
from courses.models import GlossaryTerm
from tests import factories
from tests.courses import life

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(author):
    return factories.VersionFactory(lead=author)


@pytest.mark.parametrize("language", ["ru", "en", "kk"])
@pytest.mark.parametrize(
    ("typed", "number"),
    [("2,5", "2.5"), ("2.5", "2.5"), (" 1 0,5 ", "10.5"), ("7", "7"), ("", None)],
)
def test_a_number_is_read_with_a_comma_or_a_point(
    typed, number, language, version
) -> None:
    with translation.override(language):
        form = DescriptionForm(
            {"language": "ru", "weekly_hours": typed}, instance=version
        )

        assert form.is_valid()
    assert form.cleaned_data["weekly_hours"] == (number and Decimal(number))


@pytest.mark.parametrize("typed", ["много", "NaN", "Infinity", "-1", "1e9", "2,5,1"])
def test_what_is_no_number_of_hours_is_refused(typed, version) -> None:
    form = DescriptionForm({"language": "ru", "weekly_hours": typed}, instance=version)

    assert list(form.errors) == ["weekly_hours"]
    assert f'value="{typed}"' in str(form["weekly_hours"])


def test_a_stored_number_is_written_as_the_country_does(version) -> None:
    version.weekly_hours = Decimal("18.50")
    with translation.override("ru"):
        assert 'value="18,5"' in str(DescriptionForm(instance=version)["weekly_hours"])


@pytest.mark.parametrize("points", ["101", "-0,01", "1,234"])
def test_points_of_a_task_lie_between_0_and_100(points, version) -> None:
    form = ControlTaskForm(
        {"kind": "test", "grading": "peer", "points": points}, version=version
    )

    assert list(form.errors) == ["points"]


def test_an_address_must_be_one(version) -> None:
    form = IntroductionForm({"programme_url": "javascript:alert(1)"}, instance=version)

    assert list(form.errors) == ["programme_url"]


def test_a_text_has_an_end(version) -> None:
    form = GradingForm({"grade_formation": "я" * 100_001}, instance=version)

    assert list(form.errors) == ["grade_formation"]


def test_a_term_stands_in_a_glossary_once(version) -> None:
    GlossaryTerm.objects.create(version=version, term="Атом", definition="Частица")
    values = {"term": "АТОМ", "definition": "Ещё раз"}

    assert list(TermForm(values, version=version).errors) == ["term"]
    own = version.glossary.get()
    assert TermForm(values, version=version, instance=own).is_valid()
    assert TermForm(values, version=factories.VersionFactory()).is_valid()


def test_a_topic_is_tied_to_what_is_of_its_course(version) -> None:
    other = life.whole_version(factories.UserFactory(), questions_a_week=1)
    values = {
        "week": 1,
        "title": "Тема",
        "outcomes": [other.outcomes.get().pk],
        "assessed_in": other.topics.first().pk,
    }
    form = TopicForm(values, version=version)

    assert set(form.errors) == {"outcomes", "assessed_in"}


def test_a_topic_is_not_assessed_in_itself(version) -> None:
    topic = factories.TopicFactory(version=version)
    values = {"week": 1, "title": "Тема", "assessed_in": topic.pk}

    assert list(TopicForm(values, version=version, instance=topic).errors) == [
        "assessed_in"
    ]


@pytest.mark.parametrize("title", ["Хи\u202eмия", "Хи\x00мия", "я" * 201, ""])
def test_a_title_that_cannot_be_printed_is_refused(title, version) -> None:
    form = TextsForm({"title_ru": title}, version=version)

    assert list(form.errors) == ["title_ru"]


def test_a_description_needs_a_title_in_its_language(version) -> None:
    form = TextsForm(
        {"title_ru": "Химия", "short_description_kk": "Сипаттама"}, version=version
    )

    assert list(form.errors) == ["title_kk"]


def test_the_values_of_a_form_are_said_in_words(author) -> None:
    version = life.whole_version(author, questions_a_week=1)
    topic = version.topics.first()
    said = {row["label"]: row["value"] for row in _rows(version, topic)}

    assert said["Week"] == "1"
    assert said["Learning outcomes"] == "1. Считает и объясняет"
    assert said["Assessed in another topic"] == "—"
    assert said["Model of study"] == "Online"
    assert said["Teaches a foreign language or in one"] == "no"
    assert said["Grading"] == "Automatic"
    assert said["Random questions"] == "yes"


def _rows(version, topic) -> list[dict[str, str]]:
    task = topic.control_tasks.get(kind="test")
    return [
        *TopicForm(version=version, instance=topic).values(),
        *DescriptionForm(instance=version).values(),
        *ControlTaskForm(version=version, instance=task).values(),
    ]
