"""Forms of one question, by its kind: the text and the answers with their marks."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import refuse_hidden_signs
from courses.enums import QuestionKind
from courses.formats.question import Kind, ParsedAnswer, ParsedQuestion
from courses.forms.answers import (
    FEWEST,
    MOST_SIGNS,
    NOTHING,
    WHOLE,
    AcceptedFormSet,
    AnswerForm,
    AnswersFormSet,
    ChoiceForm,
    ChoicesFormSet,
    NumberForm,
    PairForm,
    PairsFormSet,
    ShortAnswerForm,
    text_field,
)

# Moodle's own precision: a third of the points is 33.33333.
SHARE = Decimal("0.00001")
EMPTY_ROWS = 3
MOST_ROWS = 60


class QuestionForm(forms.Form):
    """What questions of every kind have."""

    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=255,
        validators=[refuse_hidden_signs],
        help_text=_("For lists of questions; learners do not see it."),
    )
    text = text_field(_("Question"), rows=4)
    general_feedback = text_field(
        _("Explanation"),
        rows=2,
        required=False,
        help_text=_("Shown to a learner after the answer, right or wrong."),
    )

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind is Kind.MULTICHOICE:
            self.fields["is_multiple"] = forms.BooleanField(
                label=_("A learner may choose several answers"), required=False
            )
        if kind is Kind.TRUEFALSE:
            self.fields["right"] = forms.ChoiceField(
                label=_("The statement is"),
                choices=(("true", _("true")), ("false", _("false"))),
                widget=forms.RadioSelect,
            )
        self.order_fields(["name", "text", "right", "is_multiple"])


ROWS: dict[Kind, tuple[type[AnswerForm], type[AnswersFormSet]]] = {
    Kind.MULTICHOICE: (ChoiceForm, ChoicesFormSet),
    Kind.SHORTANSWER: (ShortAnswerForm, AcceptedFormSet),
    Kind.NUMERICAL: (NumberForm, AcceptedFormSet),
    Kind.MATCH: (PairForm, PairsFormSet),
}
EDITABLE_KINDS = (Kind.MULTICHOICE, Kind.TRUEFALSE, *list(ROWS)[1:])


def is_editable(question: ParsedQuestion) -> bool:
    """Tell whether a form shows the question whole: one that does not would cut it."""
    texts = (question.text, question.general_feedback)
    return (
        question.kind in EDITABLE_KINDS
        and len(question.answers) <= MOST_ROWS - EMPTY_ROWS
        and all(len(text) <= MOST_SIGNS for text in texts)
    )


class KindForm(forms.Form):
    """The kind of a question to be written."""

    kind = forms.ChoiceField(
        choices=[
            (kind.value, QuestionKind(kind.value).label) for kind in EDITABLE_KINDS
        ]
    )


class QuestionEditor:
    """The form of a question with the rows of its answers.

    `seen` marks what the form shows, so that a stale save is known by it.
    """

    def __init__(
        self, question: ParsedQuestion, *, seen: str = "", data: Any = None
    ) -> None:
        self.question = question
        self.seen = seen
        kind = question.kind
        self.form = QuestionForm(data, kind=kind, initial=_initial(question))
        self.answers = _rows(question, data) if kind in ROWS else None

    def is_valid(self) -> bool:
        """Tell whether it makes a question."""
        is_form_valid = self.form.is_valid()
        return (self.answers is None or self.answers.is_valid()) and is_form_valid

    def content(self) -> ParsedQuestion:
        """Return the question as the form says; what the form does not show stays.

        What stood in the file is no longer this question.
        """
        told = self.form.cleaned_data
        return replace(
            self.question,
            name=told["name"],
            text=told["text"],
            general_feedback=told["general_feedback"],
            is_multiple=told.get("is_multiple", False),
            answers=self._answers(),
            raw="",
            raw_format="",
        )

    def _answers(self) -> tuple[ParsedAnswer, ...]:
        if self.answers is None:
            return _true_or_false(self.question, self.form.cleaned_data["right"])
        answers = self.answers.answers()
        if self.form.cleaned_data.get("is_multiple"):
            return _shared(answers)
        return answers


def _initial(question: ParsedQuestion) -> dict[str, Any]:
    right = [answer.text for answer in question.answers if answer.fraction > 0]
    return {
        "name": question.name,
        "text": question.text,
        "general_feedback": question.general_feedback,
        "is_multiple": question.is_multiple,
        "right": right[0] if right else None,
    }


def _rows(question: ParsedQuestion, data: Any) -> AnswersFormSet:
    form, formset = ROWS[question.kind]
    made: Any = forms.formset_factory(
        form,
        formset=formset,
        extra=EMPTY_ROWS if question.answers else EMPTY_ROWS + 1,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS,
        validate_max=True,
    )
    rows: AnswersFormSet = made(
        data,
        prefix="answers",
        initial=[form.initial_of(answer) for answer in question.answers],
    )
    rows.known = question.answers
    return rows


def _true_or_false(question: ParsedQuestion, right: str) -> tuple[ParsedAnswer, ...]:
    """Return both answers, each with the remark that it had."""
    known = {answer.text: answer for answer in question.answers}
    return tuple(
        replace(
            known.get(text, ParsedAnswer(text=text, fraction=NOTHING)),
            fraction=WHOLE if text == right else NOTHING,
        )
        for text in ("true", "false")
    )


def _shared(answers: tuple[ParsedAnswer, ...]) -> tuple[ParsedAnswer, ...]:
    """Share the points among right answers of which each was worth all of them."""
    whole = [answer for answer in answers if answer.fraction == WHOLE]
    if len(whole) < FEWEST:
        return answers
    share = (WHOLE / len(whole)).quantize(SHARE)
    return tuple(
        replace(answer, fraction=share) if answer.fraction == WHOLE else answer
        for answer in answers
    )
