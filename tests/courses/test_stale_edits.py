"""Two authors in one form: no word of either is lost, nothing is overwritten unseen."""

from decimal import Decimal

import pytest
from django.db import connection

from courses.marks import MARK_LENGTH, mark_of, marks_of, read_marks, write_marks
from courses.models import (
    CourseVersion,
    FinalAttestation,
    GlossaryTerm,
    LearningOutcome,
    Longread,
    SectionDraft,
)
from courses.regulation.place import Section
from courses.services import (
    PartGone,
    StaleEdit,
    add_part,
    change_part,
    move_part,
    save_attestation,
    save_section,
    save_texts,
)
from courses.services.edits import settle
from tests.courses.typing_in import HTMX, open_form

pytestmark = pytest.mark.django_db


# --- marks --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a\r\nb", "a\nb"),
        (" a ", "a"),
        (None, ""),
        (False, ""),
        (Decimal("18.50"), Decimal("18.5")),
        ([2, 1], [1, 2]),
        (5, "5"),
    ],
)
def test_a_value_has_one_mark_however_it_is_written(one, other) -> None:
    assert mark_of(one) == mark_of(other)


def test_different_values_have_different_marks(version) -> None:
    values = ["", "a", "b", True, 0, [1, 2], [12], version]

    assert len({mark_of(value) for value in values}) == len(values)
    assert mark_of(version) == mark_of(version.pk)
    assert len(mark_of("a")) == MARK_LENGTH


def test_marks_are_read_as_they_were_written() -> None:
    marks = marks_of({"aims": "a", "tasks": ""})

    assert read_marks(write_marks(marks)) == marks
    assert read_marks("aims =1 tasks= x=2") == {"x": "2"}


# --- what is settled ----------------------------------------------------------------

STORED = {"aims": "старые", "tasks": "старые"}
BASE = marks_of(STORED)


def test_only_what_the_person_changed_is_written() -> None:
    values = {"aims": "мои", "tasks": "старые"}

    assert settle(stored=STORED, values=values, base=BASE) == {"aims": "мои"}
    assert settle(stored=STORED, values=values, base=None) == values


def test_what_another_saved_in_a_field_left_alone_stays() -> None:
    stored = {"aims": "старые", "tasks": "их"}
    values = {"aims": "мои", "tasks": "старые"}

    assert settle(stored=stored, values=values, base=BASE) == {"aims": "мои"}


def test_the_same_change_by_two_is_no_clash() -> None:
    stored = {"aims": "общие", "tasks": "старые"}
    values = {"aims": "общие", "tasks": "старые"}

    assert settle(stored=stored, values=values, base=BASE) == {"aims": "общие"}


def test_two_changes_of_one_field_clash() -> None:
    stored = {"aims": "их", "tasks": "их"}
    with pytest.raises(StaleEdit) as refusal:
        settle(stored=stored, values={"aims": "мои", "tasks": "мои"}, base=BASE)

    assert refusal.value.stored == stored


def test_a_value_that_is_no_field_is_written() -> None:
    assert settle(stored={}, values={"consent": None}, base={}) == {"consent": None}


# --- the services -------------------------------------------------------------------


def test_a_stale_section_is_not_saved(version, author) -> None:
    base = marks_of({"aims": "то, что видел автор"})
    with pytest.raises(StaleEdit):
        save_section(
            version=version,
            section=Section.DESCRIPTION,
            values={"aims": "мои"},
            by=author,
            base=base,
        )

    assert CourseVersion.objects.get(pk=version.pk).aims != "мои"


def test_a_stale_attestation_is_not_saved(version, author) -> None:
    seen = marks_of({"title": "Иной"})
    with pytest.raises(StaleEdit):
        save_attestation(version=version, values={"title": "Мой"}, by=author, base=seen)

    assert FinalAttestation.objects.get(version=version).title == "Итоговый тест"


def test_a_title_taken_away_clashes_with_a_new_description(version, author) -> None:
    base = marks_of(
        {
            "title_ru": "Основы статистики",
            "short_description_ru": "",
            "title_kk": "Негіздер",
            "short_description_kk": "",
        }
    )
    texts = {"ru": ("Основы статистики", ""), "kk": ("Негіздер", "Сипаттама")}
    with pytest.raises(StaleEdit) as refusal:
        save_texts(version=version, texts=texts, by=author, base=base)

    assert refusal.value.stored == {"title_kk": ""}


def test_titles_of_two_languages_by_two_authors_both_stay(version, author) -> None:
    base = marks_of(
        {"title_ru": "Основы статистики", "title_kk": "", "title_en": ""}
        | dict.fromkeys(("short_description_ru", "short_description_kk"), "")
    )
    old = ("Основы статистики", "")
    for texts in (
        {"ru": old, "kk": ("Негіздер", "")},
        {"ru": ("Статистика", ""), "kk": ("", "")},
    ):
        save_texts(version=version, texts=texts, by=author, base=base)

    assert dict(version.texts.values_list("language", "title")) == {
        "ru": "Статистика",
        "kk": "Негіздер",
    }


def test_a_part_that_is_gone_is_not_made_anew(version, author) -> None:
    term = GlossaryTerm.objects.get()
    outcome = LearningOutcome.objects.get(version=version)
    topic = version.topics.first()
    for part in (term, outcome, topic):
        type(part).objects.filter(pk=part.pk).delete()

    with pytest.raises(PartGone):
        change_part(part=term, values={"definition": "х"}, by=author)
    with pytest.raises(PartGone):
        move_part(part=outcome, by_places=1, by=author)
    with pytest.raises(PartGone):
        add_part(model=Longread, to=topic, values={"title": "х"}, by=author)
    assert GlossaryTerm.objects.count() == Longread.objects.filter(topic=topic).count()


def test_a_change_keeps_the_place_that_another_gave_the_part(version, author) -> None:
    part = LearningOutcome.objects.get(version=version)
    LearningOutcome.objects.filter(pk=part.pk).update(position=7)
    change_part(part=part, values={"text": "Иное"}, by=author)

    part.refresh_from_db()
    assert (part.position, part.text) == (7, "Иное")


# --- the pages ----------------------------------------------------------------------


@pytest.fixture
def both(version, author, other_author):
    """The same form in the hands of two authors."""
    version.aims = version.tasks = "Старые"
    version.save()
    return [open_form(by, version, "description") for by in (author, other_author)]


def stored_of(version: CourseVersion) -> tuple[str, str]:
    version.refresh_from_db()
    return version.aims, version.tasks


def test_two_authors_write_into_two_fields_and_both_texts_stay(both, version) -> None:
    mine, theirs = both
    for number in range(3):
        assert mine.autosave(aims=f"Мои {number}").context["state"] == "saved"
        assert theirs.autosave(tasks=f"Их {number}").context["state"] == "saved"

    assert stored_of(version) == ("Мои 2", "Их 2")


def test_a_form_that_lost_its_fields_on_the_way_empties_nothing(both, version) -> None:
    mine, _theirs = both
    for values in ({}, {"tasks": "Мои"}):
        answer = mine.client.post(
            mine.url, {**values, "base": mine.base, "autosave": "1"}, headers=HTMX
        )
        assert answer.status_code == 400

    assert stored_of(version) == ("Старые", "Старые")
    assert SectionDraft.objects.count() == 0


def test_one_who_types_on_is_never_stale_to_himself(both, version) -> None:
    mine, _theirs = both
    for text in ("М", "Мо", "Мои", ""):
        assert mine.autosave(aims=text).context["state"] == "saved"

    assert stored_of(version) == ("", "Старые")


def test_a_stale_autosave_overwrites_nothing_and_shows_both_texts(both, version):
    mine, theirs = both
    theirs.autosave(aims="Их цели", tasks="Их задачи")
    answer = mine.autosave(aims="Мои цели")

    assert stored_of(version) == ("Их цели", "Их задачи")
    assert answer.context["state"] == "stale"
    [conflict] = answer.context["conflicts"]
    assert (conflict.name, conflict.mine, conflict.theirs) == (
        "aims",
        "Мои цели",
        "Их цели",
    )
    assert answer.context["saved_by"].name == theirs.user.short_name
    assert "passport-panel" not in answer.text
    assert SectionDraft.objects.get().values["aims"] == ["Мои цели"]


def test_a_stale_save_without_script_shows_the_same(both, version) -> None:
    mine, theirs = both
    theirs.autosave(aims="Их цели")
    page = mine.save(aims="Мои цели")

    assert page.status_code == 409
    assert stored_of(version)[0] == "Их цели"
    assert [row.name for row in page.context["conflicts"]] == ["aims"]
    assert 'value="mine"' in page.text
    assert page.context["form"]["aims"].value() == "Мои цели"


@pytest.mark.parametrize(
    ("choice", "kept"), [("mine", "Мои и их цели"), ("theirs", "Их цели")]
)
def test_the_person_chooses_between_two_texts(choice, kept, both, version) -> None:
    mine, theirs = both
    theirs.autosave(aims="Их цели")
    [conflict] = mine.save(aims="Мои цели").context["conflicts"]
    answer = mine.save(
        **{"aims": "Мои и их цели", "choice-aims": choice, "seen-aims": conflict.seen}
    )

    assert answer.status_code == 302
    assert stored_of(version) == (kept, "Старые")
    assert SectionDraft.objects.count() == 0


def test_a_choice_does_not_hold_for_a_text_that_was_not_seen(both, version) -> None:
    mine, theirs = both
    theirs.autosave(aims="Их цели")
    [conflict] = mine.save(aims="Мои цели").context["conflicts"]
    theirs.autosave(aims="Их новые цели")
    page = mine.save(**{"choice-aims": "mine", "seen-aims": conflict.seen})

    assert page.status_code == 409
    assert stored_of(version)[0] == "Их новые цели"
    assert page.context["conflicts"][0].theirs == "Их новые цели"


def test_one_choice_of_two_leaves_the_other_open(both, version) -> None:
    mine, theirs = both
    theirs.autosave(aims="Их цели", tasks="Их задачи")
    rows = mine.save(aims="Мои цели", tasks="Мои задачи").context["conflicts"]
    seen = {f"seen-{row.name}": row.seen for row in rows}
    page = mine.save(**seen, **{"choice-aims": "theirs"})

    assert [row.name for row in page.context["conflicts"]] == ["tasks"]
    assert page.context["form"]["aims"].value() == "Их цели"
    assert stored_of(version) == ("Их цели", "Их задачи")


def test_a_stale_draft_shows_both_texts_when_it_is_opened_again(
    both, version, author
) -> None:
    mine, theirs = both
    mine.autosave(aims="Мои цели", credits="много")
    theirs.autosave(aims="Их цели")
    page = open_form(author, version, "description").page

    assert [row.theirs for row in page.context["conflicts"]] == ["Их цели"]
    assert page.context["form"]["credits"].value() == "много"


@pytest.mark.parametrize(
    ("path", "field", "texts"),
    [
        ("texts", "title_kk", ("Негіздер", "Негізі")),
        ("attestation", "criteria", ("Мои", "Их")),
        ("control-tasks/{task}/edit", "criteria", ("Мои", "Их")),
        ("terms/{term}/edit", "definition", ("Моё", "Их")),
        ("topics/{topic}/edit", "hours", ("3", "4")),
        ("borrowed/{borrowed}/edit", "reference", ("Моё", "Их")),
    ],
)
def test_every_form_knows_a_stale_save(
    path, field, texts, ids, version, author, other_author
) -> None:
    mine, theirs = (
        open_form(by, version, path.format(**ids)) for by in (author, other_author)
    )
    assert theirs.autosave(**{field: texts[1]}).context["state"] == "saved"
    answer = mine.autosave(**{field: texts[0]})

    assert answer.context["state"] == "stale"
    assert [(row.mine, row.theirs) for row in answer.context["conflicts"]] == [texts]


def test_outcomes_of_a_topic_clash_by_their_names(ids, version, author, other_author):
    second = LearningOutcome.objects.create(version=version, position=2, text="Второй")
    path = f"topics/{ids['topic']}/edit"
    mine, theirs = (open_form(by, version, path) for by in (author, other_author))
    first = version.outcomes.get(position=1)
    theirs.autosave(outcomes=[first.pk, second.pk])
    mine.values.pop("outcomes")
    page = mine.save()

    [conflict] = page.context["conflicts"]
    assert (conflict.mine, conflict.theirs) == ("—", f"{first}\n{second}")
    answer = mine.save(**{"choice-outcomes": "theirs"})
    assert answer.status_code == 302
    assert version.topics.get(pk=ids["topic"]).outcomes.count() == 2


def test_a_part_removed_meanwhile_is_told(ids, version, author) -> None:
    form = open_form(author, version, f"terms/{ids['term']}/edit")
    GlossaryTerm.objects.all().delete()

    assert form.autosave(definition="х").status_code == 404
    assert form.save(definition="х").status_code == 404


def test_nobody_is_named_where_the_trail_does_not_tell(both, version) -> None:
    mine, _theirs = both
    CourseVersion.objects.filter(pk=version.pk).update(aims="Из оболочки")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE courses_courseversionevent SET pgh_context = NULL")
    answer = mine.autosave(aims="Мои цели")

    assert answer.context["saved_by"].name == ""
