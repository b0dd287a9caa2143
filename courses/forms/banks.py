"""Forms of question banks: the file, its categories, a bank, a selection, an export."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.text import refuse_hidden_signs
from courses.enums import QuestionKind
from courses.formats.question import Format
from courses.models import CourseVersion, Question, QuestionBank, Topic
from courses.selectors.banks import questions_found
from courses.selectors.question_files import CategoryPreview

WHOLE_COURSE = _("The whole course")
ALL_BANKS = _("All banks of the course")
ACCEPTED = ".gift,.txt,.xml,.xlsx,text/plain,text/xml"
# A page with more selects than this is not read to its end.
MOST_CATEGORIES = 100
FORMATS = (
    (
        Format.MOODLE_XML.value,
        _("Moodle XML: everything, kinds unknown to the portal too"),
    ),
    (Format.GIFT.value, _("GIFT: text that Moodle and other systems read")),
    (Format.AIKEN.value, _("Aiken: choices of one right answer alone")),
    (Format.XLSX.value, _("XLSX: the portal's own table")),
)
SEARCH_KINDS = [("", _("all")), *QuestionKind.choices]


class QuestionFileForm(forms.Form):
    """A file of questions to look at."""

    file = forms.FileField(
        label=_("File of questions"),
        allow_empty_file=True,  # the guard says which one it is
        help_text=_(
            "GIFT, Aiken, Moodle XML or the portal's own table (.gift, .txt, .xml, "
            ".xlsx), at most 20 MB. The format is told from the content."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )


class CategoryTopicsForm(forms.Form):
    """A topic for each category of a file; `token` names the file looked at.

    Only the first of very many categories are asked about: the others go where their
    names say.
    """

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
        self.categories = categories[:MOST_CATEGORIES]
        self.more_count = len(categories) - len(self.categories)
        self._topics = {str(topic.pk): topic for topic in version.topics.all()}
        choices = [
            ("", str(WHOLE_COURSE)),
            *((key, str(topic)) for key, topic in self._topics.items()),
        ]
        for number, category in enumerate(self.categories):
            topic = category.topic or default
            self.fields[f"topic_{number}"] = forms.ChoiceField(
                choices=choices,
                label=category.name,
                required=False,
                initial=str(topic.pk) if topic else "",
            )

    def rows(self) -> list[tuple[CategoryPreview, forms.BoundField]]:
        """Return each category beside its field."""
        return [
            (category, self[f"topic_{number}"])
            for number, category in enumerate(self.categories)
        ]

    def topics(self) -> dict[str, Topic | None]:
        """Return the topic chosen for each category that was asked about."""
        return {
            category.name: self._topics.get(self.cleaned_data[f"topic_{number}"])
            for number, category in enumerate(self.categories)
        }


class BankForm(forms.Form):
    """The name of a bank and the topic that it serves."""

    category = forms.CharField(
        label=_("Name"),
        max_length=500,
        validators=[refuse_hidden_signs],
        help_text=_("The category in files; “/” parts it from the one it is in."),
    )

    def __init__(self, *args: Any, version: CourseVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"] = forms.ModelChoiceField(
            version.topics.all(),
            label=_("Topic"),
            required=False,
            empty_label=str(WHOLE_COURSE),
            help_text=_("Tests of the topic draw from the bank (MIN 3.3.3.17)."),
        )


class MergeForm(forms.Form):
    """The bank that another one is put into."""

    def __init__(self, *args: Any, bank: QuestionBank, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = QuestionBank.objects.filter(version=bank.version_id)
        self.fields["into"] = forms.ModelChoiceField(
            others.exclude(pk=bank.pk),
            label=_("Put all questions into"),
            empty_label=str(_("Choose a bank")),
        )


class QuestionSearchForm(forms.Form):
    """What is looked for in a bank."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=SEARCH_KINDS)

    def found(self, questions: QuerySet[Question]) -> QuerySet[Question]:
        """Return the questions looked for; a search that makes no sense finds all."""
        if not self.is_valid():
            return questions
        return questions_found(
            questions, words=self.cleaned_data["q"], kind=self.cleaned_data["kind"]
        )


class SelectionForm(QuestionSearchForm):
    """Questions ticked on a page, or all that a search in a bank found."""

    is_all = forms.BooleanField(required=False)

    def __init__(self, *args: Any, version: CourseVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bank"] = forms.ModelChoiceField(
            version.banks.select_related("version"), required=False
        )
        self.fields["questions"] = forms.ModelMultipleChoiceField(
            Question.objects.filter(bank__version=version), required=False
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a selection of nothing."""
        chosen: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not self.chosen().exists():
            raise forms.ValidationError(_("Choose at least one question."))
        return chosen

    def sent(self) -> list[tuple[str, str]]:
        """Return what was sent, to be sent again once it is confirmed."""
        told = cast("QueryDict", self.data)
        return [(name, value) for name in self.fields for value in told.getlist(name)]

    def chosen(self) -> QuerySet[Question]:
        """Return the questions that are meant."""
        bank = self.cleaned_data.get("bank")
        if bank is None or not self.cleaned_data["is_all"]:
            questions: QuerySet[Question] = self.cleaned_data["questions"]
            return questions
        return questions_found(
            bank.questions.all(),
            words=self.cleaned_data["q"],
            kind=self.cleaned_data["kind"],
        )


class MoveForm(SelectionForm):
    """Questions, and the bank they go to."""

    def __init__(self, *args: Any, version: CourseVersion, **kwargs: Any) -> None:
        super().__init__(*args, version=version, **kwargs)
        self.fields["to"] = forms.ModelChoiceField(
            version.banks.select_related("version"),
            label=_("Move to"),
            empty_label=str(_("Choose a bank")),
            error_messages={"required": _("Choose the bank to move them to.")},
        )


class ExportForm(forms.Form):
    """Which banks are written, and how."""

    format = forms.ChoiceField(label=_("Format"), choices=FORMATS, required=False)

    def __init__(self, *args: Any, version: CourseVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version
        self.fields["bank"] = forms.ModelChoiceField(
            version.banks.all(),
            label=_("Bank"),
            required=False,
            empty_label=str(ALL_BANKS),
        )
        self.order_fields(["bank", "format"])

    def chosen(self) -> tuple[QuerySet[QuestionBank], Format]:
        """Return the banks and the format; what makes no sense means all, whole."""
        banks = self.version.banks.all()
        if not self.is_valid():
            return banks, Format.MOODLE_XML
        bank, name = self.cleaned_data["bank"], self.cleaned_data["format"]
        return (
            banks.filter(pk=bank.pk) if bank else banks,
            Format(name or Format.MOODLE_XML),
        )
