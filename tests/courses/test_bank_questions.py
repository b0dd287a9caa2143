"""Questions written and edited by hand, kind by kind (MIN 3.3.3.17, 3.4.2)."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from courses.formats.fingerprint import fingerprint
from courses.formats.question import Kind, ParsedAnswer
from courses.forms.questions import MOST_ROWS, QuestionEditor, is_editable
from courses.models import CourseVersion, Question, QuestionBank
from courses.selectors.banks import content_mark, parsed_question
from courses.services import (
    PassportLocked,
    QuestionChanged,
    add_question,
    change_question,
    import_questions,
)
from tests import factories
from tests.courses import life
from tests.courses.questions import choice, rows

pytestmark = pytest.mark.django_db
RIGHT, WRONG = Decimal(100), Decimal(0)


@pytest.fixture
def version(author) -> CourseVersion:
    return factories.VersionFactory(lead=author)


@pytest.fixture
def bank(version) -> QuestionBank:
    return factories.BankFactory(version=version)


def edited(kind: Kind, sent: dict[str, Any], **values: Any) -> QuestionEditor:
    return QuestionEditor(
        choice(kind=kind, answers=(), **values), data={"text": "Верно ли?", **sent}
    )


def answers(kind: Kind, *told: dict[str, Any], **sent: Any) -> list[tuple[Any, ...]]:
    editor = edited(kind, rows(*told, **sent))
    assert editor.is_valid(), (editor.form.errors, editor.answers.errors)
    return [(row.text, row.fraction) for row in editor.content().answers]


def refusals(kind: Kind, *told: dict[str, Any], **sent: Any) -> list[str]:
    editor = edited(kind, rows(*told, **sent))
    assert not editor.is_valid()
    return [
        *(str(e) for errors in editor.form.errors.values() for e in errors),
        *(str(e) for row in editor.answers.errors for es in row.values() for e in es),
        *map(str, editor.answers.non_form_errors()),
    ]


def test_a_choice_takes_its_right_marks() -> None:
    told = ({"text": "да", "is_right": "on"}, {"text": "нет"}, {"text": ""})

    assert answers(Kind.MULTICHOICE, *told) == [("да", RIGHT), ("нет", WRONG)]


def test_right_answers_of_a_choice_of_several_share_the_points() -> None:
    told = [{"text": text, "is_right": "on"} for text in "абв"]
    told += [{"text": "г", "weight": "-50"}]

    third = Decimal("33.33333")
    assert answers(Kind.MULTICHOICE, *told, is_multiple="on") == [
        ("а", third),
        ("б", third),
        ("в", third),
        ("г", Decimal(-50)),
    ]


def test_weights_that_are_told_stay() -> None:
    told = (
        {"text": "а", "is_right": "on", "weight": "66,6"},
        {"text": "б", "is_right": "on", "weight": "33.4"},
    )
    assert answers(Kind.MULTICHOICE, *told, is_multiple="on") == [
        ("а", Decimal("66.6")),
        ("б", Decimal("33.4")),
    ]


@pytest.mark.parametrize(
    ("kind", "told", "reason"),
    [
        (
            Kind.MULTICHOICE,
            [{"text": "а", "is_right": "on"}],
            "At least two answers are needed.",
        ),
        (
            Kind.MULTICHOICE,
            [{"text": "а"}, {"text": "б"}],
            "No answer is right: say which one is.",
        ),
        (
            Kind.MULTICHOICE,
            [{"text": "а", "weight": "50"}, {"text": "б", "is_right": "on"}],
            "A right answer weighs more than 0, a wrong one does not.",
        ),
        (Kind.SHORTANSWER, [{"text": ""}], "There is no answer between the braces."),
        (
            Kind.SHORTANSWER,
            [{"text": "а", "weight": "0"}],
            "No answer is right: say which one is.",
        ),
        (
            Kind.NUMERICAL,
            [{"text": "пять"}],
            "The answer to a numerical question is not a number.",
        ),
        (
            Kind.NUMERICAL,
            [{"text": "1e400"}],
            "The answer to a numerical question is not a number.",
        ),
        (
            Kind.NUMERICAL,
            [{"text": "5", "tolerance": "-1"}],
            "Ensure this value is greater than or equal to 0.",
        ),
        (
            Kind.MATCH,
            [{"text": "а", "match": ""}, {"text": "б", "match": "2"}],
            "Write what it matches.",
        ),
        (
            Kind.MATCH,
            [{"text": "а", "match": "1"}],
            "At least two answers are needed.",
        ),
        (
            Kind.SHORTANSWER,
            [{"text": "а\x01"}],
            "There is a sign in it that cannot be printed. Type it anew.",
        ),
    ],
)
def test_answers_that_make_no_question_are_refused(kind, told, reason) -> None:
    assert refusals(kind, *told) == [reason]


def test_short_answers_and_numbers_and_pairs_are_taken() -> None:
    assert answers(Kind.SHORTANSWER, {"text": "рН*", "weight": "50"}) == [
        ("рН*", Decimal(50))
    ]
    editor = edited(
        Kind.NUMERICAL,
        rows({"text": "2,50", "tolerance": "0,1"}, {"text": "*", "weight": "0"}),
    )
    assert editor.is_valid()
    assert [(row.text, row.tolerance) for row in editor.content().answers] == [
        ("2.50", Decimal("0.1")),
        ("*", None),
    ]
    pairs = edited(
        Kind.MATCH, rows({"text": "а", "match": "1"}, {"text": "", "match": "2"})
    )
    assert pairs.is_valid()
    assert [(row.text, row.match) for row in pairs.content().answers] == [
        ("а", "1"),
        ("", "2"),
    ]


def test_true_or_false_keeps_the_remarks_of_both() -> None:
    known = (
        ParsedAnswer(text="true", fraction=RIGHT, feedback="верно"),
        ParsedAnswer(text="false", fraction=WRONG, feedback="увы"),
    )
    question = choice(kind=Kind.TRUEFALSE, answers=known)
    editor = QuestionEditor(question, data={"text": "Да?", "right": "false"})

    assert QuestionEditor(question).form["right"].value() == "true"
    assert editor.is_valid()
    assert [(a.text, a.fraction, a.feedback) for a in editor.content().answers] == [
        ("true", WRONG, "верно"),
        ("false", RIGHT, "увы"),
    ]
    assert not QuestionEditor(question, data={"text": "Да?"}).is_valid()


@pytest.mark.parametrize(
    "kind", [Kind.MULTICHOICE, Kind.SHORTANSWER, Kind.NUMERICAL, Kind.MATCH]
)
def test_a_form_that_is_sent_as_it_was_shown_changes_nothing(kind) -> None:
    number = kind is Kind.NUMERICAL
    first = ParsedAnswer(
        text="5" if number else "Да",
        fraction=RIGHT,
        feedback="" if kind is Kind.MATCH else "верно",
        match="1" if kind is Kind.MATCH else "",
        tolerance=Decimal("0.5") if number else None,
    )
    question = choice(kind=kind, answers=(first, first))
    shown = QuestionEditor(question)
    sent = rows(
        *(
            {
                name: "on" if value is True else value
                for name, value in row.initial.items()
                if value not in (None, False)
            }
            for row in shown.answers.initial_forms
        ),
        initial=2,
    )
    editor = QuestionEditor(question, data={"text": question.text, **sent})

    assert editor.is_valid(), editor.answers.errors
    told = editor.content().answers
    assert [(a.text, a.fraction, a.feedback, a.match, a.tolerance) for a in told] == [
        (first.text, RIGHT, first.feedback, first.match, first.tolerance)
    ] * 2


def test_a_question_that_the_form_would_cut_is_not_edited() -> None:
    answer = ParsedAnswer(text="а", fraction=RIGHT)

    assert is_editable(choice())
    assert not is_editable(choice(kind=Kind.ESSAY, answers=()))
    assert not is_editable(choice(answers=(answer,) * MOST_ROWS))
    assert not is_editable(choice(text="а" * 20_001))


def test_an_edit_keeps_the_fingerprint_right(bank, author) -> None:
    made = add_question(bank=bank, question=choice(), by=author)
    assert made.fingerprint == fingerprint(choice())
    changed = choice(text="Иначе?")
    change_question(
        bank=bank, question=made, content=changed, seen=content_mark(made), by=author
    )

    stored = Question.objects.get()
    assert (stored.text, stored.fingerprint) == ("Иначе?", fingerprint(changed))
    assert parsed_question(stored, category="").answers == changed.answers


def test_a_stale_edit_is_refused_with_the_text_that_stands_now(bank, author) -> None:
    made = add_question(bank=bank, question=choice(), by=author)
    with pytest.raises(QuestionChanged, match="Верно ли"):
        change_question(
            bank=bank, question=made, content=choice(text="Иначе?"), seen="", by=author
        )


def test_a_question_that_is_gone_is_told(bank, author) -> None:
    made = add_question(bank=bank, question=choice(), by=author)
    Question.objects.all().delete()
    with pytest.raises(Question.DoesNotExist):
        change_question(
            bank=bank,
            question=made,
            content=choice(),
            seen=content_mark(made),
            by=author,
        )
    bank.delete()
    with pytest.raises(QuestionBank.DoesNotExist):
        add_question(
            bank=QuestionBank(pk=0, version=bank.version), question=choice(), by=author
        )


def test_only_authors_write_questions_while_the_passport_is_open(
    version, bank, author, stranger, at
) -> None:
    made = add_question(bank=bank, question=choice(), by=author)
    writes = (
        lambda by: add_question(bank=bank, question=choice(), by=by),
        lambda by: change_question(
            bank=bank, question=made, content=choice(), seen=content_mark(made), by=by
        ),
    )
    for write in writes:
        with pytest.raises(PermissionDenied):
            write(stranger)
    life.at_stage(version, "expertise", author, at)
    bank.version.refresh_from_db()
    for write in writes:
        with pytest.raises(PassportLocked):
            write(author)


def test_a_question_is_written_and_edited_on_its_pages(
    version, bank, author, client: Client
) -> None:
    client.force_login(author)
    url = f"/courses/{version.pk}/banks/{bank.pk}/questions/add/?kind=shortanswer"
    kinds = client.get(url).context["kinds"]
    assert [kind["is_current"] for kind in kinds].index(True) == 2
    sent = {"text": "Столица?\r\nКакая?", **rows({"text": "Астана"})}
    done = client.post(url, sent, follow=True)
    assert "The question is added." in done.text
    made = Question.objects.get()
    assert (made.kind, made.text, made.position, made.source) == (
        "shortanswer",
        "Столица?\nКакая?",
        1,
        None,
    )

    edit = f"/courses/{version.pk}/banks/{bank.pk}/questions/{made.pk}/"
    page = client.get(edit)
    seen = page.context["editor"].seen
    sent = rows({"text": "Астана"}, initial=1)
    stale = client.post(edit, {**sent, "text": "Иное?", "seen": "x"})
    assert "Somebody has changed the question meanwhile" in stale.text
    assert Question.objects.get().text == made.text
    saved = client.post(edit, {**sent, "text": "Иное?", "seen": seen}, follow=True)
    assert "Saved." in saved.text
    assert Question.objects.get().text == "Иное?"


def test_the_kind_in_the_address_is_choice_where_it_makes_no_sense(
    version, bank, author, client: Client
) -> None:
    client.force_login(author)
    url = f"/courses/{version.pk}/banks/{bank.pk}/questions/add/"
    for query in ("", "?kind=nonsense", "?kind=essay"):
        editor = client.get(url + query).context["editor"]
        assert editor.question.kind is Kind.MULTICHOICE


@pytest.mark.parametrize("total", ["x", "99999999", "-1", "9" * 5000])
def test_a_forged_count_of_rows_is_no_error_of_ours(
    total, version, bank, author, client: Client
) -> None:
    client.force_login(author)
    url = f"/courses/{version.pk}/banks/{bank.pk}/questions/add/"
    sent = {**rows(), "text": "Да?", "answers-TOTAL_FORMS": total}

    assert client.post(url, sent).status_code == 200
    assert Question.objects.count() == 0


def test_a_kind_that_is_not_edited_is_shown_whole(
    version, author, at, client: Client
) -> None:
    text = "::Имя:: Опишите. {}\n"
    import_questions(
        version=version, name="x.gift", content=text.encode(), by=author, at=at
    )
    question = Question.objects.get()
    client.force_login(author)
    url = f"/courses/{version.pk}/banks/{question.bank_id}/questions/{question.pk}/"
    page = client.get(url)

    assert "Questions of this kind are edited where they were made" in page.text
    assert "::Имя:: Опишите. {}" in page.text
    assert client.post(url, {"text": "Иначе"}).status_code == 403
    assert Question.objects.get().text == "Опишите."


def test_a_question_that_went_while_it_was_edited_is_not_found(
    version, bank, author, client: Client
) -> None:
    made = add_question(bank=bank, question=choice(), by=author)
    client.force_login(author)
    made.delete()
    url = f"/courses/{version.pk}/banks/{bank.pk}/questions/{made.pk or 1}/"

    assert client.post(url, {"text": "Иначе"}).status_code == 404
