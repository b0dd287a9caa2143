"""Forms of materials: files that are measured, links with what is stated of them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.text import refuse_hidden_signs
from core.uploads import CheckedStream, FileRefused, check_stream
from courses.enums import MaterialKind, MaterialRights, MeasureState
from courses.forms.base import PassportForm
from courses.forms.parts import PartForm
from courses.material_kinds import KINDS, OF_WHOLE_COURSE, KindOfMaterial
from courses.models import CourseVersion, Material

MAX_FILES = 50
MAX_TITLE = 250
RIGHTS_HELP = _("Borrowed material needs its reference too (MIN 5.3.2).")
TOPIC_HELP = _("Without a topic it is of the whole course.")


class FilesInput(forms.ClearableFileInput):
    """The browser's choice of several files at once."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Several files; each is checked by itself, elsewhere."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the list of the uploads."""
        files = list(data or ())
        if len(files) > MAX_FILES:
            raise forms.ValidationError(
                gettext("At most %(limit)s files are taken at once.")
                % {"limit": MAX_FILES}
            )
        return [
            super(FilesField, self).clean(file, initial) for file in files or [None]
        ]


class MaterialFilesForm(forms.Form):
    """Files of one kind for one topic; their names become their titles."""

    def __init__(
        self, *args: Any, version: CourseVersion, kind: MaterialKind, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        files = KINDS[kind]
        self.fields["files"] = FilesField(
            label=_("Files"),
            allow_empty_file=True,  # the guard says which one it is
            help_text=files_help(files),
            widget=FilesInput(
                attrs={
                    "accept": ",".join(files.endings),
                    "data-bytes": files.max_bytes,
                }
            ),
        )
        if kind not in OF_WHOLE_COURSE:
            self.fields["topic"] = _topic_field(version)
        self.fields["rights"] = forms.ChoiceField(
            label=_("Whose it is"),
            choices=MaterialRights.choices,
            help_text=RIGHTS_HELP,
        )
        self.fields["licence"] = forms.CharField(
            label=_("Licence"),
            required=False,
            max_length=MAX_TITLE,
            validators=[refuse_hidden_signs],
            help_text=_("“CC BY 4.0”, where it is under a free licence."),
        )

    def values(self) -> dict[str, Any]:
        """Return the values that all files share."""
        shared = ("topic", "rights", "licence")
        return {
            "kind": self.kind,
            **{name: self.cleaned_data[name] for name in shared if name in self.fields},
        }


class MaterialForm(PartForm):
    """A material that is there: its title, topic, rights; a link's address too.

    `file` among the cleaned values is one that passed the guard, or `None`.
    """

    file = forms.FileField(
        label=_("Another file in its place"),
        required=False,
        allow_empty_file=True,  # the guard says which one it is
        max_length=MAX_TITLE,
        widget=forms.FileInput,
    )

    class Meta(PassportForm.Meta):
        model = Material
        fields = (
            *("title", "topic", "url"),
            *("declared_minutes", "declared_pages", "declared_slides"),
            *("declared_reason", "rights", "licence"),
        )
        help_texts = {
            "topic": TOPIC_HELP,
            "rights": RIGHTS_HELP,
            "declared_reason": _("The expert reads it."),
        }

    def __init__(self, *args: Any, version: CourseVersion, **kwargs: Any) -> None:
        super().__init__(*args, version=version, **kwargs)
        self.kind = KINDS[MaterialKind(self.instance.kind)]
        topic: Any = self.fields["topic"]
        topic.queryset = version.topics.all()
        topic.empty_label = gettext("The whole course")
        self._leave_out(self._needless())
        file = self.fields["file"]
        file.help_text = files_help(self.kind)
        file.widget.attrs["accept"] = ",".join(self.kind.endings)

    def _needless(self) -> Iterable[str]:
        stated = {"declared_minutes", "declared_pages", "declared_slides"}
        yield from stated - {self.kind.declares}
        if self.instance.state != MeasureState.DECLARED:
            yield from ("url", self.kind.declares, "declared_reason")
        elif not self.kind.declares:
            yield "declared_reason"
        if self.instance.kind in OF_WHOLE_COURSE:
            yield "topic"

    def _leave_out(self, names: Iterable[str]) -> None:
        for name in set(names) & set(self.fields):
            del self.fields[name]

    def clean_file(self) -> CheckedStream | None:
        """Let the file through the guard; no file is no change."""
        upload = self.cleaned_data["file"]
        if upload is None:
            return None
        try:
            return check_file(upload, self.kind)
        except FileRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean(self) -> dict[str, Any]:
        """Ask for a link or a file, and why a length is stated and not measured."""
        values: dict[str, Any] = super().clean() or {}
        is_empty = not values.get("url") and not values.get("file")
        # A file that was refused was named: its own error says enough.
        if "url" in self.fields and is_empty and "file" not in self.errors:
            self.add_error("url", gettext("Name the link, or upload the file."))
        stated = values.get(self.kind.declares)
        if stated is not None and not values.get("declared_reason"):
            self.add_error(
                "declared_reason",
                gettext("Say why it is stated and not measured: the expert reads it."),
            )
        return values

    def values(self) -> list[dict[str, Any]]:
        """Return label and value of each field that is kept."""
        self.fields.pop("file", None)
        return super().values()


class MaterialLinkForm(MaterialForm):
    """A new material behind a link; what is measured elsewhere is stated here."""

    field_order = ("url", "title", "topic")

    def __init__(
        self, *args: Any, version: CourseVersion, kind: MaterialKind, **kwargs: Any
    ) -> None:
        instance = Material(version=version, kind=kind, state=MeasureState.DECLARED)
        super().__init__(*args, version=version, instance=instance, **kwargs)
        del self.fields["file"]
        self.fields["url"].required = True


class MaterialFilterForm(forms.Form):
    """Which materials of the list are shown; what cannot be read shows all."""

    kind = forms.ChoiceField(required=False, choices=MaterialKind.choices)
    state = forms.ChoiceField(required=False, choices=MeasureState.choices)

    def chosen(self) -> dict[str, str]:
        """Return the filters that are set."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def check_file(upload: Any, kind: KindOfMaterial) -> CheckedStream:
    """Let a file through the guard as a material of a kind.

    Raises:
        FileRefused: it is none that the kind takes, or its name is too long or has
            hidden signs.
    """
    file = check_stream(upload, allowed=kind.files, max_bytes=kind.max_bytes)
    if len(file.name) > MAX_TITLE:
        raise FileRefused(
            gettext("The name of the file is too long: “%(name)s…”.")
            % {"name": file.name[:40]}
        )
    try:
        refuse_hidden_signs(file.name)
    except forms.ValidationError as error:
        raise FileRefused(" ".join(error.messages)) from error
    return file


def files_help(kind: KindOfMaterial) -> str:
    """Say which files a kind takes, and how large they may be."""
    return gettext("%(kinds)s; each at most %(limit)s MB.") % {
        "kinds": ", ".join(_names(kind)),
        "limit": kind.max_megabytes,
    }


def _names(kind: KindOfMaterial) -> Sequence[str]:
    return sorted(str(file.value).upper() for file in kind.files)


def _topic_field(version: CourseVersion) -> forms.Field:
    return forms.ModelChoiceField(
        version.topics.all(),
        label=_("Topic"),
        required=False,
        empty_label=gettext("The whole course"),
        help_text=TOPIC_HELP,
    )
