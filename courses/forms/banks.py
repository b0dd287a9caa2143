"""Forms of question banks: the file, the topics of its categories, the search."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.enums import QuestionKind
from courses.models import CourseVersion, Topic
from courses.selectors.question_files import CategoryPreview

WHOLE_COURSE = _("The whole course")


class QuestionFileForm(forms.Form):
    """A file of questions to look at."""

    file = forms.FileField(
        label=_("File of questions"),
        help_text=_("GIFT, .gift or .txt, at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".gift,.txt,text/plain"}),
    )


class CategoryTopicsForm(forms.Form):
    """A topic for each category of a file; `token` names the file looked at."""

    token = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        version: CourseVersion,
        categories: list[CategoryPreview],
        default: Topic | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.categories = categories
        topics = version.topics.all()
        for number, category in enumerate(categories):
            self.fields[f"topic_{number}"] = forms.ModelChoiceField(
                topics,
                label=category.name,
                required=False,
                empty_label=str(WHOLE_COURSE),
                initial=category.topic or default,
            )

    def rows(self) -> list[tuple[CategoryPreview, forms.BoundField]]:
        """Return each category beside its field."""
        return [
            (category, self[f"topic_{number}"])
            for number, category in enumerate(self.categories)
        ]

    def topics(self) -> dict[str, Topic | None]:
        """Return the topic chosen for each category."""
        return {
            category.name: self.cleaned_data[f"topic_{number}"]
            for number, category in enumerate(self.categories)
        }


class BankForm(forms.Form):
    """The topic that a bank serves."""

    def __init__(self, *args: Any, version: CourseVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"] = forms.ModelChoiceField(
            version.topics.all(),
            label=_("Topic"),
            required=False,
            empty_label=str(WHOLE_COURSE),
            help_text=_("Tests of the topic draw from the bank (MIN 3.3.3.17)."),
        )


class QuestionSearchForm(forms.Form):
    """What is looked for in a bank."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200)
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("all")), *QuestionKind.choices],
    )
