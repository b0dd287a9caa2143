"""Edits of the passport: its sections, its parts, its titles, its attestation."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from courses.models import (
    ControlTask,
    CourseVersion,
    FinalAttestation,
    GlossaryTerm,
    LearningOutcome,
    Longread,
    Topic,
)
from courses.regulation.place import Section
from courses.services import (
    PassportLocked,
    add_author,
    add_part,
    appoint_lead,
    change_bank,
    change_part,
    delete_bank,
    import_questions,
    move_part,
    remove_author,
    remove_part,
    save_attestation,
    save_section,
    save_text,
    save_texts,
)
from tests import factories
from tests.courses import life

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(author) -> CourseVersion:
    return factories.VersionFactory(lead=author)


def add_outcome(version, by, text="Умеет считать") -> LearningOutcome:
    return add_part(model=LearningOutcome, to=version, values={"text": text}, by=by)


def test_a_section_saves_its_own_fields_and_no_other(version, author) -> None:
    save_section(
        version=version,
        section=Section.DESCRIPTION,
        values={"aims": "Научить", "credits": Decimal("1.5")},
        by=author,
    )

    version.refresh_from_db()
    assert (version.aims, version.credits, version.annotation) == (
        "Научить",
        Decimal("1.5"),
        "",
    )


def test_a_section_refuses_a_field_that_is_not_its_own(version, author) -> None:
    with pytest.raises(KeyError, match="stage"):
        save_section(
            version=version,
            section=Section.GRADING,
            values={"stage": "recommended"},
            by=author,
        )


def test_titles_are_saved_by_language_and_an_empty_one_is_taken_away(
    version, author
) -> None:
    save_texts(
        version=version,
        texts={"ru": ("Химия", "О веществах"), "kk": ("Химия негіздері", "")},
        by=author,
    )
    save_texts(version=version, texts={"kk": ("", "")}, by=author)

    rows = version.texts.values_list("language", "title", "short_description")
    assert list(rows) == [("ru", "Химия", "О веществах")]


def test_one_title_is_saved_by_itself(version, author) -> None:
    text = save_text(version=version, language="en", title="Chemistry", by=author)

    assert (text.language, text.title, text.short_description) == (
        "en",
        "Chemistry",
        "",
    )


def test_the_final_attestation_is_made_once_and_then_changed(version, author) -> None:
    values = {"form": "test", "grading": "automatic", "minutes": 45}
    save_attestation(version=version, values=values, by=author)
    save_attestation(version=version, values={**values, "minutes": 50}, by=author)

    assert list(FinalAttestation.objects.values_list("version", "minutes")) == [
        (version.pk, 50)
    ]


def test_parts_come_one_after_another_and_move_among_their_like(
    version, author
) -> None:
    first, second, third = (add_outcome(version, author, text) for text in "абв")

    move_part(part=third, by_places=-1, by=author)
    move_part(part=first, by_places=-1, by=author)
    move_part(part=second, by_places=1, by=author)

    rows = version.outcomes.values_list("position", "text")
    assert list(rows) == [(1, "а"), (2, "в"), (3, "б")]


def test_a_topic_takes_its_place_in_its_week(version, author) -> None:
    values = {"week": 1, "title": "Первая", "hours": Decimal(4)}
    first = add_part(model=Topic, to=version, values=values, by=author)
    second = add_part(
        model=Topic, to=version, values={**values, "title": "Вторая"}, by=author
    )
    other = add_part(model=Topic, to=version, values={**values, "week": 2}, by=author)
    change_part(part=first, values={"week": 2}, by=author)

    assert (first.week, first.position) == (2, 2)
    assert (second.position, other.position) == (2, 1)


def test_a_topic_stays_where_it_is_when_its_week_does(version, author) -> None:
    first, second = (
        add_part(model=Topic, to=version, values={"week": 1, "title": title}, by=author)
        for title in "аб"
    )
    change_part(part=first, values={"title": "в"}, by=author)

    assert (first.position, second.position) == (1, 2)


def test_a_topic_is_tied_to_its_outcomes(version, author) -> None:
    outcome = add_outcome(version, author)
    values = {"week": 1, "title": "Тема", "outcomes": [outcome]}
    topic = add_part(model=Topic, to=version, values=values, by=author)
    assert list(topic.outcomes.all()) == [outcome]

    change_part(part=topic, values={"outcomes": []}, by=author)
    assert list(topic.outcomes.all()) == []


def test_parts_of_a_topic_move_within_the_topic(version, author) -> None:
    topics = [factories.TopicFactory(version=version) for _number in range(2)]
    parts = [
        add_part(model=Longread, to=topic, values={"title": title}, by=author)
        for topic in topics
        for title in "аб"
    ]
    move_part(part=parts[1], by_places=-1, by=author)

    assert [part.title for part in topics[0].longreads.all()] == ["б", "а"]
    assert [part.title for part in topics[1].longreads.all()] == ["а", "б"]


def test_a_term_has_no_place_of_its_own(version, author) -> None:
    values = {"term": "Атом", "definition": "Частица"}
    term = add_part(model=GlossaryTerm, to=version, values=values, by=author)
    change_part(part=term, values={"definition": "Наименьшая частица"}, by=author)

    assert list(version.glossary.values_list("term", "definition")) == [
        ("Атом", "Наименьшая частица")
    ]


def test_who_enters_a_term_knows_the_glossary_and_may_take_it_away(
    version, author
) -> None:
    CourseVersion.objects.update(is_glossary_unknown=True)
    term = add_part(model=GlossaryTerm, to=version, values={"term": "Ион"}, by=author)
    remove_part(part=term, by=author)

    version.refresh_from_db()
    assert (version.is_glossary_unknown, version.glossary.count()) == (False, 0)


def test_a_removed_topic_leaves_its_bank_to_the_course(version, author) -> None:
    topic = factories.TopicFactory(version=version)
    bank = factories.BankFactory(version=version, topic=topic)
    factories.TestFactory(topic=topic)

    remove_part(part=topic, by=author)

    bank.refresh_from_db()
    assert bank.topic is None
    assert ControlTask.objects.count() == 0


EDITS = {
    "section": lambda v, by: save_section(
        version=v, section=Section.GRADING, values={"documents_issued": "х"}, by=by
    ),
    "text": lambda v, by: save_text(version=v, language="ru", title="х", by=by),
    "texts": lambda v, by: save_texts(version=v, texts={"ru": ("х", "")}, by=by),
    "attestation": lambda v, by: save_attestation(
        version=v, values={"form": "exam", "grading": "peer"}, by=by
    ),
    "add": add_outcome,
    "change": lambda v, by: change_part(
        part=v.outcomes.get(), values={"text": "х"}, by=by
    ),
    "move": lambda v, by: move_part(part=v.outcomes.get(), by_places=1, by=by),
    "remove": lambda v, by: remove_part(part=v.outcomes.get(), by=by),
    "import": lambda v, by: import_questions(
        version=v, name="x.gift", content=b"Q {T}", by=by, at=factories.AT
    ),
    "assign": lambda v, by: change_bank(bank=v.banks.get(), topic=None, by=by),
    "delete bank": lambda v, by: delete_bank(bank=v.banks.get(), by=by),
}
TEAM_EDITS = {
    "add author": lambda v, by: add_author(
        version=v, user=factories.UserFactory(), by=by
    ),
    "remove author": lambda v, by: remove_author(
        author=v.authorships.get(is_lead=False), by=by
    ),
}
LEAD_EDITS = {
    "appoint lead": lambda v, by: appoint_lead(
        author=v.authorships.get(is_lead=False), by=by
    )
}


def everything_of(version: CourseVersion) -> list[Any]:
    """Return what edits would change, as it stands in the database."""
    version = CourseVersion.objects.get(pk=version.pk)
    return [
        version.documents_issued,
        *version.texts.values_list("language", "title"),
        *version.outcomes.values_list("text", "position"),
        *version.banks.values_list("category", "topic"),
        *version.authorships.values_list("user", "is_lead"),
        FinalAttestation.objects.filter(version=version).count(),
    ]


@pytest.fixture
def filled(version, other_author) -> CourseVersion:
    LearningOutcome.objects.create(version=version, position=1, text="Знает")
    bank = factories.BankFactory(
        version=version, topic=factories.TopicFactory(version=version)
    )
    life.fill(bank, 1)
    version.authorships.create(user=other_author)
    return version


@pytest.mark.parametrize("stage", ["expertise", "recommended", "rejected"])
@pytest.mark.parametrize("name", [*EDITS, *TEAM_EDITS, *LEAD_EDITS])
def test_a_locked_passport_refuses_every_edit(
    name, stage, filled, author, staff
) -> None:
    life.at_stage(filled, stage, author, factories.AT)
    before = everything_of(filled)
    by = staff if name in LEAD_EDITS else author

    with pytest.raises(PassportLocked):
        {**EDITS, **TEAM_EDITS, **LEAD_EDITS}[name](filled, by)

    assert everything_of(filled) == before


@pytest.mark.parametrize("stage", ["draft", "rework"])
@pytest.mark.parametrize("name", [*EDITS, *TEAM_EDITS])
def test_an_open_passport_takes_every_edit_of_its_lead(
    name, stage, filled, author, at
) -> None:
    life.at_stage(filled, stage, author, at)

    {**EDITS, **TEAM_EDITS}[name](filled, author)


@pytest.mark.parametrize("name", EDITS)
def test_another_author_edits_too(name, filled, other_author) -> None:
    EDITS[name](filled, other_author)


@pytest.mark.parametrize("name", [*EDITS, *TEAM_EDITS, *LEAD_EDITS])
def test_a_stranger_edits_nothing(name, filled, stranger) -> None:
    before = everything_of(filled)

    with pytest.raises(PermissionDenied):
        {**EDITS, **TEAM_EDITS, **LEAD_EDITS}[name](filled, stranger)

    assert everything_of(filled) == before


@pytest.mark.parametrize("name", EDITS)
def test_the_centre_reads_a_passport_and_does_not_write_it(name, filled, staff) -> None:
    with pytest.raises(PermissionDenied):
        EDITS[name](filled, staff)


@pytest.mark.parametrize("name", [*TEAM_EDITS, *LEAD_EDITS])
def test_an_author_who_does_not_lead_leaves_the_team_as_it_is(
    name, filled, other_author
) -> None:
    with pytest.raises(PermissionDenied):
        {**TEAM_EDITS, **LEAD_EDITS}[name](filled, other_author)
