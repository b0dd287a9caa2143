"""An admin site over the toy table of transitions, beside the portal's own pages."""

from typing import ClassVar

from django import forms
from django.urls import path

from config.admin_site import PortalAdminSite
from config.urls import urlpatterns as portal
from core import workflow
from core.admin import PortalAdmin, TransitionForm
from core.models import Job


class GiveUpForm(TransitionForm):
    last_error = forms.CharField(required=False)


def begin_anew(*, job, by, at, comment) -> None:
    """Do through a service what the table would do alone."""
    workflow.apply(job, "begin_anew", by=by, at=at, comment=f"{comment} (service)")


class ToyAdmin(PortalAdmin):
    service_argument = "job"
    transition_forms: ClassVar = {"give_up": GiveUpForm}
    transition_services: ClassVar = {"begin_anew": begin_anew}

    def has_view_permission(self, request, obj=None):
        return True

    has_change_permission = has_view_permission


site = PortalAdminSite()
site.register(Job, ToyAdmin)

urlpatterns = [
    *(pattern for pattern in portal if getattr(pattern, "app_name", "") != "admin"),
    path("admin/", site.urls),
]
