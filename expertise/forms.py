"""What experts, authors and staff type; nothing here saves."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.models import CourseVersion
from expertise.enums import Mark, VerdictKind
from expertise.models import Criterion, Expertise, Rating, Remark, Verdict
from expertise.places import place_choices, place_of_value
from expertise.selectors import RatedIndicator, expert_candidates

COMMENT_LENGTH = Rating._meta.get_field("comment").max_length
REMARK_LENGTH = Remark._meta.get_field("text").max_length
ANSWER_LENGTH = Remark._meta.get_field("answer").max_length
CONCLUSION_LENGTH = Verdict._meta.get_field("conclusion").max_length


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """People by full name, with what tells namesakes apart."""

    def label_from_instance(self, obj: Any) -> str:
        parts = (obj.full_name, obj.position, obj.degree)
        return ", ".join(part for part in parts if part)


class AppointForm(forms.Form):
    expert = PersonChoice(label=_("Expert"), queryset=User.objects.none())
    due_on = forms.DateField(
        label=_("Ready by"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(
        self, *args: Any, expertise: Expertise | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["expert"]
        people.queryset = expert_candidates(expertise)


class RatingForm(forms.Form):
    """A mark and a comment for each criterion; any part of them may be saved."""

    def __init__(self, *args: Any, sheet: list[RatedIndicator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        for group in sheet:
            for criterion, rating in group.rows:
                self._add_fields(criterion, rating)

    def _add_fields(self, criterion: Criterion, rating: Rating | None) -> None:
        self.fields[f"mark_{criterion.pk}"] = forms.ChoiceField(
            label=criterion.text,
            choices=Mark.choices,
            required=False,
            widget=forms.RadioSelect,
            initial=rating.mark if rating else None,
        )
        self.fields[f"comment_{criterion.pk}"] = forms.CharField(
            label=_("Comment"),
            required=False,
            max_length=COMMENT_LENGTH,
            widget=forms.Textarea(
                attrs={
                    "rows": 2,
                    "class": "input",
                    "aria-label": _("Comment: %(criterion)s")
                    % {"criterion": criterion.text},
                }
            ),
            initial=rating.comment if rating else "",
        )

    def groups(self) -> list[dict[str, Any]]:
        """Return the fields by indicator, as the page draws them."""
        return [
            {
                "title": group.indicator.title,
                "rows": [
                    {
                        "clause": criterion.clause,
                        "mark": self[f"mark_{criterion.pk}"],
                        "comment": self[f"comment_{criterion.pk}"],
                    }
                    for criterion, _rating in group.rows
                ],
            }
            for group in self.sheet
        ]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        for name in [name for name in self.fields if name.startswith("comment_")]:
            mark = name.replace("comment_", "mark_")
            if values.get(name) and not values.get(mark) and mark not in self.errors:
                self.add_error(mark, _("A comment stands here: choose the mark."))
        return values

    def marks(self) -> Mapping[Criterion, tuple[Mark, str]]:
        """Return the marks that were chosen, with their comments."""
        values = self.cleaned_data
        return {
            criterion: (
                Mark(values[f"mark_{criterion.pk}"]),
                values[f"comment_{criterion.pk}"],
            )
            for group in self.sheet
            for criterion, _rating in group.rows
            if values[f"mark_{criterion.pk}"]
        }


class RemarkForm(forms.Form):
    place = forms.ChoiceField(label=_("Place in the passport"), required=False)
    text = forms.CharField(
        label=_("Remark"),
        help_text=_("One thing to mend: what is wrong, and what would be right."),
        max_length=REMARK_LENGTH,
        widget=_area(4),
    )

    def __init__(self, *args: Any, version: CourseVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place: Any = self.fields["place"]
        place.choices = place_choices(version)

    def place_named(self) -> tuple[str, int | None]:
        """Return the section and the row that were chosen."""
        return place_of_value(self.cleaned_data["place"])


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Answer"),
        help_text=_("What was mended and where, or why not."),
        max_length=ANSWER_LENGTH,
        widget=_area(4),
    )


class VerdictForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Verdict"), choices=VerdictKind.choices, widget=forms.RadioSelect
    )
    conclusion = forms.CharField(
        label=_("Conclusion"),
        help_text=_("Why the verdict is what it is; printed and signed with it."),
        max_length=CONCLUSION_LENGTH,
        widget=_area(8),
    )


class VerdictSignForm(VerdictForm):
    """What was shown, carried along hidden, and the password that signs it."""

    seen_sha256 = forms.CharField(widget=forms.HiddenInput)
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("kind", "conclusion"):
            self.fields[name].widget = forms.HiddenInput()
