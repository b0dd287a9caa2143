"""The centre's admin site: Django's own, with the portal's rights and face."""

from collections.abc import Callable
from datetime import MAXYEAR
from functools import wraps
from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import views
from accounts.http import person_of
from config.desk import desk_of
from config.queues import last_events, queues_of

View = Callable[..., Any]


class PortalAdminSite(admin.AdminSite):
    """Its front page is the staff's desk; in and out one goes by the portal's door."""

    site_title = _("Open courses centre")
    site_header = _("Open courses centre")
    index_title = _("Centre")
    site_url = "/desk/"
    index_template = "admin/portal_index.html"

    def has_permission(self, request: HttpRequest) -> bool:
        """Let in those to whom the rules open the admin site."""
        user = request.user
        return bool(user.is_active and user.has_perm("accounts.enter_admin"))

    def admin_view(self, view: View, cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002 (Django's own)
        """Guard a view of the admin as Django does; refuse what its lists fail on."""
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            _refuse_the_last_year(request)
            response: HttpResponse = guarded(request, *args, **kwargs)
            return response

        return answer

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Show what the person owes and what waits above the lists."""
        now = timezone.now()  # noqa: TID251 (a view: the clock is read here)
        desk = {
            "desk": desk_of(person_of(request), now),
            "queues": queues_of(request, self),
            "events": last_events(request, self),
        }
        return super().index(request, {**(extra_context or {}), **desk})

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Send to the portal's own sign-in, which locks.

        Raises:
            PermissionDenied: somebody is signed in, whom the rules do not let in here.
        """
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def logout(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Sign out of the whole portal."""
        return views.sign_out(request)

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Send to the portal's own page, which asks the present password first."""
        return redirect("accounts:password_change")


def _refuse_the_last_year(request: HttpRequest) -> None:
    """Answer 400 where a list is to end after the last day that Python counts.

    Raises:
        BadRequest: a hierarchy of dates is asked for the year 9999.
    """
    asked = (str(value) for key, value in request.GET.items() if key.endswith("__year"))
    if any(year.strip().lstrip("0") == str(MAXYEAR) for year in asked):
        raise BadRequest("There is no such year.")
