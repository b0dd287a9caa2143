"""Forms of what is mended after the verdict, before the course opens (MIN 5.4.8.1)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import refuse_hidden_signs
from courses.enums import MaterialKind, MeasureState
from courses.forms.materials import MaterialForm
from courses.forms.sections import DESCRIPTION_LENGTH
from courses.models import CourseVersion, Material

PREFIX = "short_description_"


class ShortDescriptionsForm(forms.Form):
    """The short description in each language that has a title."""

    def __init__(self, *args: Any, version: CourseVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Asked anew: others may have saved since the version was loaded.
        texts = version.texts.order_by("pk")
        for text in sorted(texts, key=lambda row: row.language != version.language):
            self.fields[f"{PREFIX}{text.language}"] = forms.CharField(
                label=text.get_language_display(),
                help_text=text.title,
                max_length=DESCRIPTION_LENGTH,
                required=False,
                initial=text.short_description,
                validators=[refuse_hidden_signs],
                widget=forms.Textarea(attrs={"lang": text.language, "rows": 4}),
            )

    def descriptions(self) -> dict[str, str]:
        """Return the descriptions by language."""
        return {
            name.removeprefix(PREFIX): text for name, text in self.cleaned_data.items()
        }

    def values(self) -> list[dict[str, Any]]:
        """Return what is written, for who may read but not edit."""
        return [
            {"label": field.label, "value": field.initial or "—"}
            for field in self.fields.values()
        ]


class IllustrationForm(MaterialForm):
    """The picture of the showcase: a file, or a link until the file is at hand."""

    field_order = ("file", "url", "title", "rights", "licence")

    def __init__(
        self,
        *args: Any,
        version: CourseVersion,
        instance: Material | None = None,
        **kwargs: Any,
    ) -> None:
        is_new = instance is None
        kept = instance or Material(
            version=version,
            kind=MaterialKind.ILLUSTRATION,
            state=MeasureState.DECLARED,
        )
        super().__init__(*args, version=version, instance=kept, **kwargs)
        if is_new:
            self.fields["file"].label = _("File")
        if "url" in self.fields:
            self.fields["url"].help_text = _(
                "The course opens with a file alone: behind a link nothing is measured."
            )
