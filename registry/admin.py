"""The register, runs and learners as the centre's staff keep them."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.admin import PortalAdmin, ReadOnlyAdmin, TransitionForm
from core.workflow import WrongState
from courses.enums import ContentLanguage
from registry import services
from registry.enums import (
    CLOSED_ENTRY_STATES,
    REQUIRED_DOCUMENTS,
    EntryState,
    RunState,
)
from registry.models import (
    CourseDocument,
    Enrolment,
    RegisterEntry,
    Result,
    ResultImport,
    Run,
)
from registry.selectors import missing_documents, runs_with_counts


class LinkedAdmin(PortalAdmin):
    """A model whose work is done on a page of the portal: the page is linked."""

    change_form_template = "registry/admin_change_form.html"

    def links(self, obj: Any) -> list[tuple[Any, str]]:
        """Return labels and addresses of the pages of an object; none unless said."""
        return []

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        obj = self.get_object(request, object_id)
        context = {**(extra_context or {}), "links": self.links(obj) if obj else []}
        return super().change_view(request, object_id, form_url, context)


class KeptByServices(LinkedAdmin):
    """Rows that only services make and change: looked at here, moved by buttons."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False


@admin.register(RegisterEntry)
class RegisterEntryAdmin(KeptByServices):
    list_display = (
        "number",
        "title",
        "type",
        "unit",
        "state",
        "documents_in",
        "documents_due_at",
        "opened_at",
    )
    list_display_links = ("number", "title")
    list_filter = ("state", "version__course__type", "version__course__unit")
    search_fields = ("=number", "version__course__code", "version__texts__title")
    date_hierarchy = "opened_at"
    fields = (
        "version",
        "number",
        "state",
        "recommended_at",
        "documents_due_at",
        "missing",
        "opened_at",
        "opened_by",
        "closed_at",
    )
    readonly_fields = ("missing",)
    service_argument = "entry"
    transition_services = {
        "open": services.open_entry,
        "suspend": services.suspend_entry,
        "resume": services.resume_entry,
        "archive": services.archive_entry,
        "remove": services.remove_entry,
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet[RegisterEntry]:
        entries: QuerySet[RegisterEntry] = super().get_queryset(request)
        return entries.select_related("version__course__unit").prefetch_related(
            "version__texts", "documents"
        )

    def links(self, obj: RegisterEntry) -> list[tuple[Any, str]]:
        page = reverse("registry:entry_detail", args=[obj.pk])
        run = reverse("admin:registry_run_add")
        showcase = reverse("courses:opening_edit", args=[obj.version_id])
        links = [(_("Documents of the course"), page)]
        if obj.state == EntryState.DOCUMENTS:
            links.append((_("Short description and illustration"), showcase))
        if obj.number:
            course = reverse("registry:course_detail", args=[obj.number])
            links.append((_("Page of the course"), course))
        links.append((_("Plan a run"), f"{run}?entry={obj.pk}"))
        return links

    @admin.display(description=_("title"))
    def title(self, entry: RegisterEntry) -> str:
        return entry.version.title

    @admin.display(description=_("type"), ordering="version__course__type")
    def type(self, entry: RegisterEntry) -> str:
        return entry.version.course.get_type_display()

    @admin.display(description=_("unit"), ordering="version__course__unit__name")
    def unit(self, entry: RegisterEntry) -> str:
        return entry.version.course.unit.name

    @admin.display(description=_("documents"))
    def documents_in(self, entry: RegisterEntry) -> str:
        received = len(REQUIRED_DOCUMENTS) - len(missing_documents(entry))
        return f"{received} / {len(REQUIRED_DOCUMENTS)}"

    @admin.display(description=_("not received yet"))
    def missing(self, entry: RegisterEntry) -> str:
        return ", ".join(str(kind.label) for kind in missing_documents(entry)) or "—"


@admin.register(Run)
class RunAdmin(LinkedAdmin):
    list_display = (
        "title",
        "course",
        "starts_on",
        "ends_on",
        "state",
        "enrolled",
        "results",
        "passed",
    )
    list_filter = ("state", "entry__version__course__unit")
    search_fields = (
        "title",
        "entry__version__course__code",
        "entry__version__texts__title",
    )
    date_hierarchy = "starts_on"
    fields = (
        "entry",
        "title",
        "starts_on",
        "ends_on",
        "passing_points",
        "lms_url",
        "state",
        "opened_at",
        "closed_at",
    )
    readonly_fields = ("opened_at", "closed_at")
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    service_argument = "run"
    transition_services = {
        "open_enrolment": services.open_run_enrolment,
        "close": services.close_run,
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet[Run]:
        runs: QuerySet[Run] = super().get_queryset(request)
        return runs_with_counts(runs).prefetch_related("entry__version__texts")

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> list[str]:
        fields = super().get_readonly_fields(request, obj)
        if not isinstance(obj, Run):
            return fields
        fixed = (
            ["entry"] if obj.state == RunState.PLANNED else ["entry", "passing_points"]
        )
        return [*fields, *fixed]

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        is_closed = isinstance(obj, Run) and obj.state == RunState.CLOSED
        return not is_closed and super().has_change_permission(request, obj)

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "entry":
            kwargs["queryset"] = RegisterEntry.objects.exclude(
                state__in=CLOSED_ENTRY_STATES
            ).select_related("version__course")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(
        self,
        request: HttpRequest,
        obj: Run,
        form: Any,
        change: bool,  # noqa: FBT001 (Django's own)
    ) -> None:
        by = cast(User, request.user)
        if change:
            services.change_run(run=obj, by=by)
            return
        run = services.plan_run(
            entry=obj.entry,
            title=obj.title,
            starts_on=obj.starts_on,
            ends_on=obj.ends_on,
            passing_points=obj.passing_points,
            lms_url=obj.lms_url,
            by=by,
            at=timezone.now(),
        )
        obj.pk = run.pk

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except WrongState as error:
            # Somebody closed the run or the course while the form was being filled in.
            messages.error(request, str(error))
            return HttpResponseRedirect(reverse("admin:registry_run_changelist"))

    def links(self, obj: Run) -> list[tuple[Any, str]]:
        links = [
            (_("Learners and results"), reverse("registry:run_detail", args=[obj.pk]))
        ]
        if obj.state == RunState.OPEN:
            address = reverse("registry:results_import", args=[obj.pk])
            links.append((_("Take in results"), address))
        return links

    @admin.display(description=_("course"))
    def course(self, run: Run) -> str:
        return run.entry.version.title

    @admin.display(description=_("enrolled"), ordering="enrolled")
    def enrolled(self, run: Any) -> int:
        return int(run.enrolled)

    @admin.display(description=_("with a result"), ordering="results")
    def results(self, run: Any) -> int:
        return int(run.results)

    @admin.display(description=_("passed"), ordering="passed")
    def passed(self, run: Any) -> int:
        return int(run.passed)


class EnrolAgainForm(TransitionForm):
    language = forms.ChoiceField(
        label=_("Language of the certificate"), choices=ContentLanguage
    )


@admin.register(Enrolment)
class EnrolmentAdmin(KeptByServices):
    list_display = ("learner", "run", "language", "state", "enrolled_at", "points")
    list_filter = ("state", "language", "run__state")
    search_fields = (
        "learner__surname",
        "learner__given_name",
        "learner__email",
        "run__title",
    )
    date_hierarchy = "enrolled_at"
    list_select_related = ("learner", "run", "result")
    service_argument = "enrolment"
    transition_services = {"withdraw": services.withdraw}
    transition_forms = {"enrol_again": EnrolAgainForm}

    def links(self, obj: Enrolment) -> list[tuple[Any, str]]:
        page = reverse("registry:run_detail", args=[obj.run_id])
        return [(_("Learners and results"), page)]

    @admin.display(description=_("points"), ordering="result__points")
    def points(self, enrolment: Enrolment) -> object:
        result = getattr(enrolment, "result", None)
        return result.points if result else None


@admin.register(CourseDocument)
class CourseDocumentAdmin(ReadOnlyAdmin):
    list_display = ("entry", "kind", "file_name", "received_at", "received_by")
    list_filter = ("kind",)
    search_fields = ("file_name", "entry__version__course__code")
    date_hierarchy = "received_at"
    list_select_related = ("entry__version__course", "received_by")
    fields = ("entry", "kind", "file_name", "sha256", "received_at", "received_by")


@admin.register(ResultImport)
class ResultImportAdmin(ReadOnlyAdmin):
    list_display = ("file_name", "run", "at", "by")
    search_fields = ("file_name", "run__title")
    date_hierarchy = "at"
    list_select_related = ("run", "by")
    fields = ("run", "file_name", "sha256", "at", "by")


@admin.register(Result)
class ResultAdmin(ReadOnlyAdmin):
    list_display = ("enrolment", "points", "is_passed", "completed_on", "source")
    list_filter = ("is_passed",)
    search_fields = ("enrolment__learner__surname", "enrolment__learner__email")
    date_hierarchy = "completed_on"
    list_select_related = ("enrolment__learner", "enrolment__run", "source")
