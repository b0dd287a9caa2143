"""Forms of the parts of a passport (MIN 3.2.4.1, 3.2.10, 3.3)."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.templatetags.figures import number
from courses.forms.base import PassportForm
from courses.models import (
    ControlTask,
    CourseVersion,
    GlossaryTerm,
    LearningOutcome,
    Longread,
    Practicum,
    Topic,
)

# A course of a year; a place past the last one is the last one.
LAST_WEEK, LAST_PLACE = 60, 1000


class PartForm(PassportForm):
    """A form of a part: it knows the version that the part is for."""

    def __init__(self, *args: Any, version: CourseVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version


class OutcomeForm(PartForm):
    """A learning outcome (MIN 3.2.4.1)."""

    class Meta(PassportForm.Meta):
        model = LearningOutcome
        fields = ("text",)
        help_texts = {
            "text": _("One outcome: what a learner will know or be able to do.")
        }


class TermForm(PartForm):
    """A term of the glossary (MIN 3.2.10)."""

    class Meta(PassportForm.Meta):
        model = GlossaryTerm
        fields = ("term", "definition")

    def clean_term(self) -> str:
        """Refuse a term that the glossary has."""
        term: str = self.cleaned_data["term"]
        others = self.version.glossary.exclude(pk=self.instance.pk)
        if others.filter(term__iexact=term).exists():
            raise forms.ValidationError(gettext("The glossary has this term already."))
        return term


class TopicForm(PartForm):
    """A topic, its week, its hours, what it aims at (MIN 3.3.3)."""

    class Meta(PassportForm.Meta):
        model = Topic
        fields = ("week", "title", "hours", "outcomes", "assessed_in")
        widgets = {"outcomes": forms.CheckboxSelectMultiple}
        help_texts = {
            "hours": _("All work of a learner on the topic (MIN 3.3.3.1, 3.3.3.3)."),
            "outcomes": _("Those of the course that the topic aims at (MIN 3.3.3.7)."),
        }

    def __init__(self, *args: Any, version: CourseVersion, **kwargs: Any) -> None:
        super().__init__(*args, version=version, **kwargs)
        self.fields["week"].validators.append(MaxValueValidator(LAST_WEEK))
        outcomes: Any = self.fields["outcomes"]
        outcomes.queryset = version.outcomes.all()
        assessed_in: Any = self.fields["assessed_in"]
        assessed_in.queryset = version.topics.exclude(pk=self.instance.pk)
        assessed_in.empty_label = gettext("It has control of its own")


class TopicPlaceForm(forms.Form):
    """Where a topic goes: a week, and a place among its topics."""

    week = forms.IntegerField(label=_("Week"), min_value=1, max_value=LAST_WEEK)
    place = forms.IntegerField(label=_("Place"), min_value=1, max_value=LAST_PLACE)


class LongreadForm(PartForm):
    """A piece of theory (MIN 3.3.3.8)."""

    measured = ("body",)

    class Meta(PassportForm.Meta):
        model = Longread
        fields = ("title", "body", "url")
        help_texts = {
            "body": _("The text itself, or a link to where it stands (MIN 3.3.3.8)."),
        }

    def __init__(self, *args: Any, version: CourseVersion, **kwargs: Any) -> None:
        super().__init__(*args, version=version, **kwargs)
        if self.instance.pages:
            self.fields["body"].help_text = gettext(
                "Pages on A4, as the regulation lays them out: %(pages)s."
            ) % {"pages": number(self.instance.pages, 1)}


class PracticumForm(PartForm):
    """Practical work (MIN 3.3.3.11–12)."""

    class Meta(PassportForm.Meta):
        model = Practicum
        fields = ("kind", "title", "aim", "content")


class ControlTaskForm(PartForm):
    """Current control of a topic (MIN 3.3.3.14–17)."""

    groups = (
        (_("What it is"), ("kind", "title", "aim", "content", "procedure")),
        (
            _("How it is graded"),
            (
                "criteria",
                "scoring",
                "grading",
                "in_gradebook",
                "points",
                "is_bonus",
            ),
        ),
        (
            _("If it is a test"),
            ("questions_drawn", "minutes", "attempts", "is_random"),
        ),
    )
    shown_for = {"questions_drawn": "kind=test"}

    class Meta(PassportForm.Meta):
        model = ControlTask
        fields = (
            "kind",
            "title",
            "aim",
            "content",
            "procedure",
            "criteria",
            "scoring",
            "grading",
            "in_gradebook",
            "points",
            "is_bonus",
            "questions_drawn",
            "minutes",
            "attempts",
            "is_random",
        )
        help_texts = {
            "procedure": _("In what order and by when it is done (MIN 3.3.3.16)."),
            "points": _("All points of the course add up to 100 (MIN 4.6)."),
            "is_random": _("Each learner is given other questions (MIN 4.11)."),
        }
