"""Forms of an import: the file, what of it is taken, the course that it opens."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from courses.enums import ContentLanguage, CourseType
from courses.services.course_import import NewCourse


class BackupFileForm(forms.Form):
    """A backup of a Moodle course."""

    file = forms.FileField(
        label=_("Backup of a Moodle course"),
        allow_empty_file=True,  # the service says which one it is
        help_text=_("The .mbz file that Moodle wrote, at most 1 GB."),
        widget=forms.FileInput(attrs={"accept": ".mbz"}),
    )


class GlossaryFileForm(forms.Form):
    """An export of a Moodle glossary."""

    file = forms.FileField(
        label=_("Export of a Moodle glossary"),
        allow_empty_file=True,  # the guard says which one it is
        help_text=_("The .xml file that “Export entries” gives, at most 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".xml,text/xml"}),
    )


class TakenForm(forms.Form):
    """The lines of the preview that are ticked; a line that is gone is passed over."""

    def __init__(self, *args: Any, keys: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = frozenset(keys)

    def ticked(self) -> frozenset[str]:
        """Return the keys of lines that were sent."""
        getlist = getattr(self.data, "getlist", None)
        sent = getlist("taken") if getlist is not None else ()
        return self.keys & set(sent)

    def clean(self) -> dict[str, Any]:
        """Refuse to import nothing."""
        if not self.ticked():
            raise forms.ValidationError(_("Nothing is ticked: choose what to take."))
        return {**self.cleaned_data, "keys": self.ticked()}


class NewCourseForm(forms.Form):
    """What the centre knows when an import opens a course (MIN 5.2.1)."""

    title = forms.CharField(label=_("Title"), max_length=200)
    unit = forms.ModelChoiceField(Unit.objects.all(), label=_("Unit"))
    course_type = forms.ChoiceField(choices=CourseType.choices, label=_("Type"))
    language = forms.ChoiceField(
        choices=ContentLanguage.choices, label=_("Language of the course")
    )
    lead = forms.ModelChoiceField(User.objects.none(), label=_("Leads the team"))
    authors = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Other authors"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True, is_system=False, is_author=True)
        fields: dict[str, Any] = self.fields
        fields["lead"].queryset = people
        fields["authors"].queryset = people

    def course(self) -> NewCourse:
        """Return the course to be opened."""
        told = self.cleaned_data
        return NewCourse(**{**told, "authors": tuple(told["authors"])})
