"""Rows of answers in the form of a question, by its kind."""

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, RegexValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.formats.question import ParsedAnswer, TextFormat
from courses.formats.reasons import REASON_TEXTS, Reason
from courses.forms.base import NumberField

WHOLE = Decimal(100)
NOTHING = Decimal(0)
ANY_OTHER = "*"
FEWEST = 2
MOST_SIGNS = 20_000
# Signs that neither a text column nor an XML file can carry.
PRINTABLE = RegexValidator(
    r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]*\Z",
    _("There is a sign in it that cannot be printed. Type it anew."),
)


class LinesField(forms.CharField):
    """A text of several lines; browsers end them with CR LF, files do not."""

    def to_python(self, value: Any) -> Any:
        """End lines with LF."""
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if isinstance(text, str) else text


def text_field(label: Any, *, rows: int = 1, **kwargs: Any) -> LinesField:
    """Return a field for a text of several lines, not without end."""
    return LinesField(
        label=label,
        widget=forms.Textarea(attrs={"rows": rows}),
        validators=[MaxLengthValidator(MOST_SIGNS), PRINTABLE],
        **kwargs,
    )


def weight_field() -> NumberField:
    """Return a field for per cent of the question's points."""
    return NumberField(
        label=_("Weight, %"),
        required=False,
        min_value=-WHOLE,
        max_value=WHOLE,
        max_digits=8,
        decimal_places=5,
    )


class AnswerForm(forms.Form):
    """A row of answers; an empty one is passed over."""

    text = text_field(_("Answer"), required=False)

    def answer(self, known: ParsedAnswer) -> ParsedAnswer | None:
        """Return the answer that the row says, its formats kept; None of an empty one."""
        told = self.cleaned_data
        if not told.get("text"):
            return None
        return replace(
            known,
            text=told["text"],
            fraction=self.fraction(),
            feedback=told.get("feedback", ""),
        )

    def fraction(self) -> Decimal:
        """Return the weight of the answer; a right one of no weight is worth all."""
        weight: Decimal | None = self.cleaned_data.get("weight")
        return WHOLE if weight is None else weight

    @staticmethod
    def initial_of(answer: ParsedAnswer) -> dict[str, Any]:
        """Return the values of the row of an answer."""
        weight = None if answer.fraction == WHOLE else answer.fraction
        return {"text": answer.text, "weight": weight, "feedback": answer.feedback}


class ChoiceForm(AnswerForm):
    """An answer to choose, right or wrong."""

    is_right = forms.BooleanField(label=_("Right"), required=False)
    weight = weight_field()
    feedback = text_field(_("Remark on it"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a weight that says another thing than the tick."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        weight = told.get("weight")
        if weight is not None and (weight > 0) != told["is_right"]:
            self.add_error(
                "weight", _("A right answer weighs more than 0, a wrong one does not.")
            )
        return told

    def fraction(self) -> Decimal:
        """Return the weight; where none is told, all or nothing."""
        weight: Decimal | None = self.cleaned_data.get("weight")
        if weight is not None:
            return weight
        return WHOLE if self.cleaned_data["is_right"] else NOTHING

    @staticmethod
    def initial_of(answer: ParsedAnswer) -> dict[str, Any]:
        """Return the values of the row; a weight only where the tick says not all."""
        is_plain = answer.fraction in (WHOLE, NOTHING)
        return {
            "text": answer.text,
            "is_right": answer.fraction > 0,
            "weight": None if is_plain else answer.fraction,
            "feedback": answer.feedback,
        }


class ShortAnswerForm(AnswerForm):
    """An answer that is accepted; `*` in it stands for any signs."""

    weight = weight_field()
    feedback = text_field(_("Remark on it"), required=False)


class NumberForm(AnswerForm):
    """A number that is accepted, and how far an answer may lie from it."""

    text = text_field(_("Number"), required=False)
    tolerance = NumberField(
        label=_("Tolerance"),
        required=False,
        min_value=0,
        max_digits=24,
        decimal_places=12,
    )
    weight = weight_field()
    feedback = text_field(_("Remark on it"), required=False)

    def clean_text(self) -> str:
        """Read the number; `*` is any other answer."""
        text: str = self.cleaned_data["text"]
        if text in ("", ANY_OTHER):
            return text
        try:
            number = NumberField(max_digits=24, decimal_places=12).clean(text)
        except (ValidationError, InvalidOperation):
            raise ValidationError(gettext(REASON_TEXTS[Reason.NOT_A_NUMBER])) from None
        return f"{number:f}"

    def answer(self, known: ParsedAnswer) -> ParsedAnswer | None:
        """Return the number with its tolerance."""
        answer = super().answer(known)
        if answer is None:
            return None
        tolerance = self.cleaned_data.get("tolerance") or NOTHING
        return replace(
            answer,
            text_format=TextFormat.PLAIN,
            tolerance=None if answer.text == ANY_OTHER else tolerance,
        )

    @staticmethod
    def initial_of(answer: ParsedAnswer) -> dict[str, Any]:
        """Return the values of the row of a number."""
        return {
            **AnswerForm.initial_of(answer),
            "tolerance": answer.tolerance or None,
        }


class PairForm(AnswerForm):
    """Two halves that belong together; a match of nothing only misleads."""

    text = text_field(_("This"), required=False)
    match = text_field(_("matches this"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a left half alone."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("text") and not told.get("match"):
            self.add_error("match", _("Write what it matches."))
        return told

    def answer(self, known: ParsedAnswer) -> ParsedAnswer | None:
        """Return the pair."""
        match = self.cleaned_data.get("match")
        if not match:
            return None
        return replace(
            known, text=self.cleaned_data["text"], match=match, fraction=WHOLE
        )

    @staticmethod
    def initial_of(answer: ParsedAnswer) -> dict[str, Any]:
        """Return the values of the row of a pair."""
        return {"text": answer.text, "match": answer.match}


class AnswersFormSet(forms.BaseFormSet):  # type: ignore[type-arg]  # Django's own is not generic at run time
    """The answers of a question, a row each, with empty rows for more."""

    known: tuple[ParsedAnswer, ...] = ()
    reason_if_few: ClassVar[Reason] = Reason.TOO_FEW_ANSWERS
    fewest: ClassVar[int] = 1
    is_weighed: ClassVar[bool] = True

    def clean(self) -> None:
        """Refuse answers that make no question."""
        if any(self.errors):
            return
        answers = self.answers()
        if len(answers) < self.fewest:
            raise ValidationError(gettext(REASON_TEXTS[self.reason_if_few]))
        if self.is_weighed and all(answer.fraction <= 0 for answer in answers):
            raise ValidationError(_("No answer is right: say which one is."))

    def answers(self) -> tuple[ParsedAnswer, ...]:
        """Return the answers of the rows that are not empty, in their order."""
        empty = ParsedAnswer(text="", fraction=NOTHING)
        known = (*self.known, *[empty] * len(self.forms))
        told = (
            form.answer(before)
            for form, before in zip(self.forms, known, strict=False)
            if hasattr(form, "cleaned_data")
        )
        return tuple(answer for answer in told if answer is not None)


class ChoicesFormSet(AnswersFormSet):
    """Answers to choose from."""

    fewest = FEWEST


class PairsFormSet(AnswersFormSet):
    """Pairs to put together."""

    fewest = FEWEST
    is_weighed = False


class AcceptedFormSet(AnswersFormSet):
    """Answers that are accepted."""

    reason_if_few = Reason.NO_ANSWER
