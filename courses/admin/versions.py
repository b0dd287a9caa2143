"""Versions in the admin: opened through the service, looked at with their way."""

from datetime import date
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db.models import Model, Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from core.admin import PortalAdmin
from courses.enums import CourseType
from courses.models import Authorship, CourseVersion
from courses.panels import Debt
from courses.regulation.finding import Gate
from courses.selectors import check_versions, debts_of
from courses.services import open_course
from courses.services.editions import take_edition_in_force
from courses.workflow import VERSION_WORKFLOW


class OpenCourseForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's own is not generic
    """What the centre knows when it opens a course for an author team (MIN 5.2.1)."""

    unit = forms.ModelChoiceField(Unit.objects.all(), label=_("Unit"))
    course_type = forms.ChoiceField(choices=CourseType.choices, label=_("Type"))
    title = forms.CharField(label=_("Title"), max_length=200)
    lead = forms.ModelChoiceField(User.objects.none(), label=_("Leads the team"))
    authors = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Other authors"), required=False
    )

    class Meta:
        model = CourseVersion
        fields = ("language",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True, is_system=False, is_author=True)
        fields: dict[str, Any] = self.fields
        fields["lead"].queryset = people
        fields["authors"].queryset = people


class VersionChangeList(ChangeList):
    """The list of versions, each with its check and who owes its next step."""

    def get_results(self, request: HttpRequest) -> None:
        """Check the rows of the page all at once: as many queries as for one."""
        super().get_results(request)
        versions = list(self.result_list)
        reports, debts = check_versions(versions), debts_of(versions)
        for version in versions:
            version.requirements_left = len(reports[version.pk].blocks(Gate.EXPERTISE))
            version.debt = debts.get(version.pk)
        self.result_list = versions


@admin.register(CourseVersion)
class CourseVersionAdmin(PortalAdmin):
    list_display = (
        "code",
        "shown_title",
        "course_type",
        "unit",
        "stage",
        "edition_code",
        "failed_requirements",
        "owed_by",
        "deadline",
    )
    list_display_links = ("code", "shown_title")
    list_filter = ("stage", "course__type", "edition", "course__unit")
    search_fields = (
        "course__code",
        "texts__title",
        "authorships__user__surname",
        "course__unit__name",
    )
    date_hierarchy = "course__created_at"
    list_per_page = 25
    ordering = ("-course__created_at", "-number")
    actions = ("take_edition_in_force",)
    # A version moves with its round of expertise: by the request, by the signed verdict.
    made_elsewhere = frozenset(VERSION_WORKFLOW.transitions)
    fields = (
        "code",
        "shown_title",
        "number",
        "stage",
        "course_type",
        "unit",
        "team",
        "edition",
        "language",
        "submitted_at",
        "submitted_by",
        "decided_at",
        "passport",
    )

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        """The passport is its authors'; the centre opens courses and moves them on."""
        return False

    def has_open_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("courses.open_course")

    @admin.action(
        description=_("Check drafts by the edition in force"), permissions=["open"]
    )
    def take_edition_in_force(self, request: HttpRequest, queryset: Any) -> None:
        """Move drafts to a newer edition; what was ever sent to expertise stays."""
        asked = list(queryset.values_list("pk", flat=True))
        try:
            edition, count = take_edition_in_force(
                version_ids=asked, by=cast("User", request.user), at=timezone.now()
            )
        except ValidationError as problem:
            messages.error(request, problem.message)
            return
        told = gettext(
            "Moved to “%(edition)s”: %(count)s. Left as they were: %(left)s, because they "
            "were sent to expertise or are checked by it already."
        )
        words = {
            "edition": edition.shown_title,
            "count": count,
            "left": len(asked) - count,
        }
        messages.success(request, told % words)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return (
            super()
            .get_queryset(request)
            .select_related("course__unit", "edition", "submitted_by")
            .prefetch_related(
                "texts",
                Prefetch("authorships", Authorship.objects.select_related("user")),
            )
        )

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return VersionChangeList

    def get_form(
        self,
        request: HttpRequest,
        obj: Any = None,
        change: bool = False,  # noqa: FBT001, FBT002 - Django's own signature
        **kwargs: Any,
    ) -> Any:
        if obj is None:
            return OpenCourseForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        if obj is None:
            return list(OpenCourseForm.base_fields)
        return super().get_fields(request, obj)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> list[str]:
        return [] if obj is None else super().get_readonly_fields(request, obj)

    def save_model(
        self,
        request: HttpRequest,
        obj: Any,
        form: Any,
        change: bool,  # noqa: FBT001 - Django's own signature
    ) -> None:
        """Open the course through its service; nothing else is saved by hand."""
        version = open_course(
            **form.cleaned_data, by=cast("User", request.user), at=timezone.now()
        )
        obj.__dict__.update(version.__dict__)

    def save_related(
        self,
        request: HttpRequest,
        form: Any,
        formsets: Any,
        change: bool,  # noqa: FBT001 - Django's own signature
    ) -> None:
        """The service has made the team and the title."""

    @admin.display(description=_("code"), ordering="course__code")
    def code(self, version: CourseVersion) -> str:
        return version.course.code

    @admin.display(description=_("title"))
    def shown_title(self, version: CourseVersion) -> str:
        return version.title

    @admin.display(description=_("type"), ordering="course__type")
    def course_type(self, version: CourseVersion) -> str:
        return version.course.get_type_display()

    @admin.display(description=_("unit"), ordering="course__unit__name")
    def unit(self, version: CourseVersion) -> Unit:
        return version.course.unit

    @admin.display(description=_("edition"), ordering="edition__code")
    def edition_code(self, version: CourseVersion) -> str:
        return version.edition.code

    @admin.display(description=_("failed requirements"))
    def failed_requirements(self, version: Any) -> int:
        left: int = version.requirements_left
        return left

    @admin.display(description=_("owed by"))
    def owed_by(self, version: Any) -> str:
        debt: Debt | None = version.debt
        return debt.who if debt else ""

    @admin.display(description=_("deadline"))
    def deadline(self, version: Any) -> date | None:
        debt: Debt | None = version.debt
        return debt.due_on if debt else None

    @admin.display(description=_("author team"))
    def team(self, version: CourseVersion) -> str:
        return ", ".join(author.user.full_name for author in version.authorships.all())

    @admin.display(description=_("passport"))
    def passport(self, version: CourseVersion) -> SafeString:
        pages = (
            ("courses:version_detail", _("open the passport")),
            ("courses:check_report", _("the whole check")),
            ("courses:author_list", _("author team")),
        )
        return format_html_join(
            " · ",
            '<a href="{}">{}</a>',
            ((reverse(name, args=[version.pk]), text) for name, text in pages),
        )
