"""Forms of the passport's own texts and numbers (MIN 3.2, 3.4)."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.text import refuse_hidden_signs
from courses.enums import ContentLanguage
from courses.forms.base import FieldGroup, PassportForm
from courses.models import CourseText, CourseVersion, FinalAttestation
from courses.regulation.place import Section
from courses.services.passport import SECTION_FIELDS

TITLE_LENGTH = CourseText._meta.get_field("title").max_length
DESCRIPTION_LENGTH = CourseText._meta.get_field("short_description").max_length


class IntroductionForm(PassportForm):
    """The block of introduction but its description (MIN 3.2)."""

    class Meta(PassportForm.Meta):
        model = CourseVersion
        fields = SECTION_FIELDS[Section.INTRODUCTION]
        help_texts = {
            "annotation": _("What the course is for, in a few sentences (MIN 3.2.1)."),
            "announcements_url": _("Address of the forum in the LMS (MIN 3.2.2)."),
            "learners_forum_url": _("Address of the forum in the LMS (MIN 3.2.11)."),
            "programme_url": _(
                "Address of the approved programme; needed for open learning, "
                "professional development and retraining (MIN 3.2.7)."
            ),
            "literature": _("Main and additional, and links (MIN 3.2.9)."),
            "entry_questionnaire": _("May be left out (MIN 3.2.6)."),
            "recommendations": _(
                "May be left out; name here what software a learner needs "
                "(MIN 3.2.8, 4.3)."
            ),
        }


class DescriptionForm(PassportForm):
    """Description and declared workload (MIN 3.2.4)."""

    groups = (
        (
            _("Language"),
            ("language", "is_language_course"),
        ),
        (
            _("For whom and what for"),
            ("audience", "prerequisites", "aims", "tasks"),
        ),
        (_("How it is taught"), ("class_kinds", "control_forms", "technologies")),
        (
            _("Workload"),
            ("study_model", "credits", "hours", "weeks", "weekly_hours"),
        ),
    )

    class Meta(PassportForm.Meta):
        model = CourseVersion
        fields = SECTION_FIELDS[Section.DESCRIPTION]
        help_texts = {
            "is_language_course": _("Then it may be in another language (MIN 4.2)."),
            "prerequisites": _("What a learner must know beforehand."),
            "credits": _("Credits, hours or both; both must agree (MIN 3.2.4.2)."),
            "weeks": _("As many as the topics have (MIN 3.2.4.2)."),
        }


class GradingForm(PassportForm):
    """The grading system (MIN 3.2.5, 4.9)."""

    class Meta(PassportForm.Meta):
        model = CourseVersion
        fields = SECTION_FIELDS[Section.GRADING]
        help_texts = {
            "documents_issued": _("Which document a learner receives (MIN 3.2.5)."),
            "grade_formation": _("From which tasks and with what weights (MIN 3.2.5)."),
            "completion_criterion": _("How many points earn the document (MIN 4.9)."),
        }


SECTION_FORMS: dict[Section, type[PassportForm]] = {
    Section.INTRODUCTION: IntroductionForm,
    Section.DESCRIPTION: DescriptionForm,
    Section.GRADING: GradingForm,
}


class AttestationForm(PassportForm):
    """The block “Final attestation” (MIN 3.4)."""

    groups = (
        (_("What it is"), ("form", "title", "content")),
        (
            _("How it is graded"),
            ("criteria", "scoring", "grading", "in_gradebook", "points"),
        ),
        (
            _("If it is a test"),
            ("questions_drawn", "minutes", "attempts", "is_random"),
        ),
    )
    shown_for = {"questions_drawn": "form=test"}

    class Meta(PassportForm.Meta):
        model = FinalAttestation
        fields = (
            "form",
            "title",
            "content",
            "criteria",
            "scoring",
            "grading",
            "in_gradebook",
            "points",
            "questions_drawn",
            "minutes",
            "attempts",
            "is_random",
        )
        help_texts = {
            "content": _("Advice, tasks, surveys (MIN 3.4.1)."),
            "points": _("All points of the course add up to 100 (MIN 4.6)."),
        }


class TextsForm(forms.Form):
    """Title and short description in each language; no title, no certificate in it."""

    def __init__(self, *args: Any, version: CourseVersion, **kwargs: Any) -> None:
        self.version = version
        # Asked anew: others may have saved since the version was loaded.
        kept = {text.language: text for text in version.texts.order_by("pk")}
        super().__init__(*args, **kwargs)
        for language in self._languages():
            text = kept.get(language)
            is_own = language == version.language
            self.fields[f"title_{language}"] = forms.CharField(
                label=_("Title"),
                max_length=TITLE_LENGTH,
                required=is_own,
                initial=text.title if text else "",
                validators=[refuse_hidden_signs],
                widget=forms.TextInput(attrs={"lang": language.value}),
            )
            self.fields[f"short_description_{language}"] = forms.CharField(
                label=_("Short description"),
                max_length=DESCRIPTION_LENGTH,
                required=False,
                initial=text.short_description if text else "",
                widget=forms.Textarea(attrs={"lang": language.value}),
            )

    def _languages(self) -> list[ContentLanguage]:
        """Return the language of the course first, then the others."""
        return sorted(
            ContentLanguage, key=lambda language: language != self.version.language
        )

    def field_groups(self) -> list[FieldGroup]:
        """Return two fields a language under its name."""
        return [
            FieldGroup(
                language.label,
                [self[f"title_{language}"], self[f"short_description_{language}"]],
            )
            for language in self._languages()
        ]

    def values(self) -> list[dict[str, Any]]:
        """Return what is written, for who may read but not edit."""
        return [
            {"label": f"{group.title}: {field.label}", "value": field.initial or "—"}
            for group in self.field_groups()
            for field in group.fields
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse a description whose language has no title."""
        values: dict[str, Any] = super().clean() or {}
        for language in self._languages():
            name = f"short_description_{language}"
            if values.get(name) and not values.get(f"title_{language}"):
                self.add_error(
                    f"title_{language}",
                    gettext("Give the title in this language, too."),
                )
        return values

    def texts(self) -> dict[str, tuple[str, str]]:
        """Return title and description by language."""
        return {
            language.value: (
                self.cleaned_data[f"title_{language}"],
                self.cleaned_data[f"short_description_{language}"],
            )
            for language in self._languages()
        }


class AuthorForm(forms.Form):
    """A person to bring into the author team, by the e-mail of the account."""

    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("The person must have an account on the portal."),
    )
