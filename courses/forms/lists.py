"""The filter of the list of versions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.enums import CourseType, Stage


class VersionFilterForm(forms.Form):
    """What is looked for among the passports; the order is the address's own."""

    q = forms.CharField(label=_("Title or code"), required=False, max_length=200)
    stage = forms.ChoiceField(
        label=_("Stage"), required=False, choices=[("", _("all")), *Stage.choices]
    )
    type = forms.ChoiceField(
        label=_("Type"), required=False, choices=[("", _("all")), *CourseType.choices]
    )
