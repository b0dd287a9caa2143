"""What people type about the register; a form validates and never saves."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.uploads import MEGABYTE, CheckedFile, FileKind, FileRefused, check_upload
from courses.enums import ContentLanguage, CourseType
from registry.enums import DocumentKind, EntryState
from registry.services import DOCUMENT_KINDS, DOCUMENT_MAX_BYTES, RESULTS_MAX_BYTES

WORDS_LENGTH = 200


class CourseSearchForm(forms.Form):
    q = forms.CharField(required=False, max_length=WORDS_LENGTH)
    type = forms.ChoiceField(required=False, choices=CourseType)
    language = forms.ChoiceField(required=False, choices=ContentLanguage)
    unit = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)


class RegisterSearchForm(forms.Form):
    q = forms.CharField(required=False, max_length=WORDS_LENGTH)
    state = forms.ChoiceField(required=False, choices=EntryState)


class LearnerSearchForm(forms.Form):
    q = forms.CharField(required=False, max_length=WORDS_LENGTH)
    group = forms.CharField(required=False, max_length=20)


def asked(form: forms.Form) -> dict[str, str]:
    """Return what a search asks, as text; what makes no sense is passed over."""
    form.is_valid()
    values = {name: form.cleaned_data.get(name) for name in form.fields}
    return {name: "" if value is None else str(value) for name, value in values.items()}


class EnrolForm(forms.Form):
    language = forms.ChoiceField(
        label=_("Language of the certificate"), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of the certificate"),
            choices=[(code, ContentLanguage(code).label) for code in languages],
            widget=forms.RadioSelect,
        )


def _checked(upload: Any, kinds: Collection[FileKind], max_bytes: int) -> CheckedFile:
    try:
        return check_upload(upload, allowed=kinds, max_bytes=max_bytes)
    except FileRefused as error:
        raise forms.ValidationError(str(error), code="refused") from error


class DocumentForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind of document"), choices=DocumentKind)
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,  # the guard says which one it is
        help_text=_("PDF, DOCX, JPEG or PNG, up to %(limit)d MB.")
        % {"limit": DOCUMENT_MAX_BYTES // MEGABYTE},
    )

    def clean_file(self) -> CheckedFile:
        return _checked(self.cleaned_data["file"], DOCUMENT_KINDS, DOCUMENT_MAX_BYTES)


class ResultsForm(forms.Form):
    file = forms.FileField(label=_("Table of results, XLSX"), allow_empty_file=True)

    def clean_file(self) -> CheckedFile:
        return _checked(self.cleaned_data["file"], (FileKind.XLSX,), RESULTS_MAX_BYTES)
