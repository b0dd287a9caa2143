"""The form of a passport that comes in as a file."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PassportFileForm(forms.Form):
    """A passport as JSON, to be looked at before it is taken in."""

    file = forms.FileField(
        label=_("Passport as JSON"),
        allow_empty_file=True,  # the guard says which one it is
        help_text=_("As this portal writes it (.json), at most 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )
