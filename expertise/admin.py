from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.admin import PortalAdmin, ReadOnlyAdmin, TransitionForm
from expertise.forms import AppointForm
from expertise.models import Criterion, Expertise, Indicator, Remark, Verdict
from expertise.services import appoint_expert, default_due_on


class AppointTransitionForm(AppointForm, TransitionForm):
    """The admin's form: the expert, the day, and a comment for the log."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].initial = default_due_on(timezone.now())


@admin.register(Expertise)
class ExpertiseAdmin(PortalAdmin):
    list_display = ("course", "title", "round", "state", "expert", "due_on", "verdict")
    list_filter = ("state", "verdict__kind", "version__course__unit")
    search_fields = (
        "version__course__code",
        "version__texts__title",
        "expert__surname",
    )
    date_hierarchy = "requested_at"
    service_argument = "expertise"
    transition_forms: ClassVar = {"appoint_expert": AppointTransitionForm}
    transition_services: ClassVar = {"appoint_expert": appoint_expert}
    # A round is concluded by its signed verdict and by nothing else (MIN 5.4.6).
    made_elsewhere: ClassVar = frozenset({"conclude"})
    fields = (
        *("page", "course", "title", "round", "state", "requested_by", "requested_at"),
        *("expert", "appointed_at", "due_on", "concluded_at", "dossier_sha256"),
    )
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Any | None = None
    ) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Expertise]:
        rounds: QuerySet[Expertise] = super().get_queryset(request)
        return rounds.select_related(
            "version__course", "expert", "verdict"
        ).prefetch_related("version__texts")

    @admin.display(description=_("course"), ordering="version__course__code")
    def course(self, obj: Expertise) -> str:
        return obj.version.course.code

    @admin.display(description=_("title"))
    def title(self, obj: Expertise) -> str:
        return obj.version.title

    @admin.display(description=_("page"))
    def page(self, obj: Expertise) -> SafeString:
        url = reverse("expertise:expertise_detail", args=[obj.pk])
        return format_html('<a href="{}">{}</a>', url, _("The dossier and the verdict"))


class CriterionInline(admin.TabularInline):  # type: ignore[type-arg]  # not generic at run time
    model = Criterion
    fields = ("position", "code", "clause", "text_ru", "is_in_use")
    extra = 0
    show_change_link = True


@admin.register(Indicator)
class IndicatorAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    list_display = ("position", "title_ru", "code")
    list_display_links = ("title_ru",)
    search_fields = ("title_ru", "title_en", "code")
    inlines = (CriterionInline,)

    def has_delete_permission(
        self, request: HttpRequest, obj: Any | None = None
    ) -> bool:
        return False


@admin.register(Criterion)
class CriterionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    list_display = ("text_ru", "indicator", "clause", "is_in_use")
    list_filter = ("is_in_use", "indicator")
    search_fields = ("text_ru", "text_en", "code", "clause")
    list_select_related = ("indicator",)

    def has_delete_permission(
        self, request: HttpRequest, obj: Any | None = None
    ) -> bool:
        return False


@admin.register(Remark)
class RemarkAdmin(ReadOnlyAdmin):
    list_display = ("text", "expertise", "state", "written_at", "answered_at")
    list_filter = ("state",)
    search_fields = ("text", "answer", "expertise__version__course__code")
    list_select_related = ("expertise__version__course",)


@admin.register(Verdict)
class VerdictAdmin(ReadOnlyAdmin):
    list_display = ("expertise", "kind", "signed_by", "signed_at")
    list_filter = ("kind",)
    search_fields = ("expertise__version__course__code", "signature__user__surname")
    list_select_related = ("expertise__version__course", "signature__user")

    @admin.display(description=_("signed by"), ordering="signature__user__surname")
    def signed_by(self, obj: Verdict) -> str:
        return str(obj.signature.user)

    @admin.display(description=_("signed at"), ordering="signature__signed_at")
    def signed_at(self, obj: Verdict) -> Any:
        return obj.signature.signed_at
