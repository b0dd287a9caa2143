"""What is typed and dropped to verify a certificate, and why one is revoked."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from certificates.codes import as_typed
from certificates.references import Reference
from core.uploads import MEGABYTE, CheckedFile, FileKind, FileRefused, check_upload

MAX_BYTES = 10 * MEGABYTE

# The number, then the twelve signs of the code: apart, or written as one word.
_APART = re.compile(r"(?<!\d)(\d{1,9})[\W_]+((?:[^\W_][\W_]*){12})\Z")
_TOGETHER = re.compile(r"\W*(\d{1,9})([^\W_]{12})\Z")


class ReferenceForm(forms.Form):
    """The number and the code as they stand on a certificate, or its whole address."""

    certificate = forms.CharField(
        label=_("Number and code"),
        help_text=_("As printed on the certificate: 000123 K7PX-3MWA-QF9T"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_certificate(self) -> Reference:
        """Read the number and the code.

        Raises:
            ValidationError: one of them is missing, or signs are.
        """
        typed = self.cleaned_data["certificate"]
        match = _APART.search(typed) or _TOGETHER.match(typed)
        if match is None:
            raise ValidationError(
                _("Type the number, then all twelve signs of the code."),
                code="unreadable",
            )
        return Reference(int(match[1]), as_typed(match[2]))


class FileForm(forms.Form):
    """The PDF of a certificate."""

    file = forms.FileField(
        label=_("The file of the certificate"),
        allow_empty_file=True,  # the guard says which one it is
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
    )

    def clean_file(self) -> CheckedFile:
        """Let nothing but a PDF of a sensible size in.

        Raises:
            ValidationError: the guard refused it; the text says why.
        """
        try:
            return check_upload(
                self.cleaned_data["file"], allowed={FileKind.PDF}, max_bytes=MAX_BYTES
            )
        except FileRefused as error:
            raise ValidationError(str(error), code="refused") from error


class RevokeForm(forms.Form):
    """Why a certificate loses its force."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The learner reads it; whoever verifies sees only the date."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
