from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from certificates.enums import Standing
from certificates.forms import RevokeForm
from certificates.models import Certificate
from certificates.selectors import standing_of
from certificates.services import AlreadyRevoked, revoke_certificate
from core.admin import ReadOnlyAdmin
from courses.enums import CourseType


class StandingFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "standing"

    def lookups(
        self, request: HttpRequest, model_admin: Any
    ) -> list[tuple[Standing, Any]]:
        kept = (Standing.GENUINE, Standing.REVOKED, Standing.NOT_READY)
        return [(standing, standing.label) for standing in kept]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        conditions: dict[str | None, dict[str, Any]] = {
            Standing.GENUINE: {"revocation": None, "file__isnull": False},
            Standing.REVOKED: {"revocation__isnull": False},
            Standing.NOT_READY: {"revocation": None, "file": None},
        }
        return queryset.filter(**conditions.get(self.value(), {}))


@admin.register(Certificate)
class CertificateAdmin(ReadOnlyAdmin):
    """The register of certificates: looked at; ended by a revocation, never edited."""

    list_display = (
        "display_number",
        "full_name",
        "course_title",
        "run",
        "issued_on",
        "standing",
    )
    list_filter = (StandingFilter, "language", "issued_on")
    list_select_related = ("run", "file", "revocation")
    search_fields = ("=number", "surname", "given_name", "course_title", "=code")
    search_help_text = _("Number, name, title of the course, or code")
    date_hierarchy = "issued_on"
    fields = (
        *("display_number", "code", "standing", "revocation_facts"),
        *("learner", "surname", "given_name", "patronymic"),
        *(
            "run",
            "course_title",
            "type_of_course",
            "workload_hours",
            "workload_credits",
        ),
        *("language", "completed_on", "issued_on", "issued_at", "issued_by"),
        *("university", "centre", "city", "signatory_name", "signatory_position"),
        *("verification_url", "file_facts"),
    )
    readonly_fields = (
        *("display_number", "standing", "type_of_course"),
        *("revocation_facts", "file_facts"),
    )
    list_per_page = 25

    @admin.display(description=_("number"), ordering="number")
    def display_number(self, obj: Certificate) -> str:
        return obj.display_number

    @admin.display(description=_("learner"), ordering="surname")
    def full_name(self, obj: Certificate) -> str:
        return obj.full_name

    @admin.display(description=_("state"))
    def standing(self, obj: Certificate) -> str:
        return str(standing_of(obj).label)

    @admin.display(description=_("type of the course"))
    def type_of_course(self, obj: Certificate) -> str:
        return str(CourseType(obj.course_type).label)

    @admin.display(description=_("file"))
    def file_facts(self, obj: Certificate) -> str:
        if not hasattr(obj, "file"):
            return gettext("is being made")
        return f"SHA-256 {obj.file.sha256}"

    @admin.display(description=_("revocation"))
    def revocation_facts(self, obj: Certificate) -> str:
        if not hasattr(obj, "revocation"):
            return "—"
        revocation = obj.revocation
        day = timezone.localtime(revocation.revoked_at)
        return f"{day:%d.%m.%Y}, {revocation.revoked_by}: {revocation.reason}"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.revoke_view)
        name = "certificates_certificate_revoke"
        return [path("<int:pk>/revoke/", view, name=name), *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        obj = self.get_object(request, object_id)
        context = {
            **(extra_context or {}),
            "has_file": hasattr(obj, "file"),
            "may_revoke": not hasattr(obj, "revocation")
            and request.user.has_perm("certificates.revoke", obj),
        }
        response: HttpResponse = super().change_view(
            request, object_id, form_url, context
        )
        return response

    def revoke_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the reason once more, then revoke."""
        certificate = get_object_or_404(self.get_queryset(request), pk=pk)
        if not request.user.has_perm("certificates.revoke", certificate):
            raise PermissionDenied
        form = RevokeForm(request.POST or None)
        refusal: list[str] = []
        if request.method == "POST" and form.is_valid():
            try:
                revoke_certificate(
                    certificate=certificate,
                    reason=form.cleaned_data["reason"],
                    by=cast("User", request.user),
                    at=timezone.now(),
                )
            except AlreadyRevoked as error:
                refusal = [str(error)]
            else:
                messages.success(request, gettext("The certificate is revoked."))
                return HttpResponseRedirect(self._own_url(certificate))
        return self._confirm_page(request, certificate, form, refusal)

    def _confirm_page(
        self,
        request: HttpRequest,
        certificate: Certificate,
        form: RevokeForm,
        refusal: list[str],
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Revoke"),
            "opts": self.opts,
            "original": f"{certificate.display_number} {certificate.full_name}",
            "transition": {"label": gettext("Revoke"), "clause": ""},
            "form": form,
            "refusal": refusal,
            "back_url": self._own_url(certificate),
        }
        status = 409 if refusal else 200
        return render(request, "admin/portal_transition.html", context, status=status)

    def _own_url(self, certificate: Certificate) -> str:
        return reverse("admin:certificates_certificate_change", args=[certificate.pk])
