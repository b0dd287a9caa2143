"""Forms of what the authors declare beside the topics (MIN 3.2.4.5, 4.3, 4.4, 5.3)."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.uploads import MEGABYTE, CheckedFile, FileKind, FileRefused, check_upload
from courses.forms.base import PassportForm
from courses.forms.parts import PartForm
from courses.models import (
    BorrowedItem,
    CommunicationElement,
    CourseVersion,
    EducationalProgramme,
    SoftwareRequirement,
)

CONSENT_KINDS = {FileKind.PDF, FileKind.DOCX, FileKind.JPEG, FileKind.PNG}
CONSENT_BYTES = 10 * MEGABYTE
NAME_LENGTH = BorrowedItem._meta.get_field("consent_name").max_length


class ProgrammeForm(PartForm):
    """A programme that recognises the results of the course (MIN 3.2.4.5)."""

    class Meta(PassportForm.Meta):
        model = EducationalProgramme
        fields = ("code", "title")
        help_texts = {"code": _("As in the list of programmes, «09.03.01».")}


class SoftwareForm(PartForm):
    """Software that a learner needs besides a browser (MIN 4.3)."""

    class Meta(PassportForm.Meta):
        model = SoftwareRequirement
        fields = ("name", "requirements", "browser", "official_url", "instruction")
        help_texts = {
            "requirements": _("Operating system, memory, anything to buy."),
            "browser": _("The browser and its version, where one is needed."),
            "official_url": _("Where the maker gives it out (MIN 4.3)."),
        }


class CommunicationForm(PartForm):
    """A means by which learners and authors talk (MIN 4.4)."""

    class Meta(PassportForm.Meta):
        model = CommunicationElement
        fields = ("mode", "kind", "title", "url", "schedule")
        help_texts = {
            "mode": _("A course has means of both modes (MIN 4.4)."),
            "schedule": _("Days and hours, or how fast an answer comes."),
        }


class BorrowedForm(PartForm):
    """Somebody else's material; `consent` is a file that passed the guard.

    Among the cleaned values `consent` is there only when it changes: a `CheckedFile`, or
    `None` where the one that is kept is to go.
    """

    groups = (
        (_("What is borrowed"), ("title", "topic", "reference", "url")),
        (_("Consent"), ("is_consent_needed", "consent", "is_consent_removed")),
    )
    consent = forms.FileField(
        label=_("Written consent of the author"),
        required=False,
        allow_empty_file=True,  # the guard says which one it is
        max_length=NAME_LENGTH,
        help_text=_("PDF, DOCX, JPEG or PNG, at most 10 MB (MIN 5.3.4)."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.jpg,.jpeg,.png"}),
    )
    is_consent_removed = forms.BooleanField(
        label=_("Take the kept consent away"), required=False
    )

    class Meta(PassportForm.Meta):
        model = BorrowedItem
        fields = ("title", "topic", "reference", "url", "is_consent_needed")
        help_texts = {
            "title": _("A text, a picture, a film, a table."),
            "reference": _("Author, title, year, pages (MIN 5.3.2)."),
        }

    def __init__(self, *args: Any, version: CourseVersion, **kwargs: Any) -> None:
        super().__init__(*args, version=version, **kwargs)
        topic: Any = self.fields["topic"]
        topic.queryset = version.topics.all()
        topic.empty_label = gettext("The whole course")
        self.initial["consent"] = self.instance.consent_name
        if not self.instance.consent_name:
            del self.fields["is_consent_removed"]

    def clean_consent(self) -> CheckedFile | None:
        """Let the file through the guard; no file is no change."""
        upload = self.cleaned_data["consent"]
        if not isinstance(upload, UploadedFile):
            return None
        try:
            return check_upload(upload, allowed=CONSENT_KINDS, max_bytes=CONSENT_BYTES)
        except FileRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean(self) -> dict[str, Any]:
        """Leave the consent out of the values where it stays as it is."""
        values: dict[str, Any] = super().clean() or {}
        is_removed = values.pop("is_consent_removed", False)
        if not values.get("consent") and not is_removed:
            values.pop("consent", None)
        return values
