"""People, units, roles and signatures, as staff see them."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms import AccountForm
from accounts.http import person_of
from accounts.models import RoleGrant, Signature, Unit, User
from accounts.selectors import users_visible_to
from accounts.services import lock_account, open_account, unlock_account
from core.admin import ReadOnlyAdmin


class LockedFilter(admin.SimpleListFilter):
    title = _("locked")
    parameter_name = "is_locked"

    def lookups(
        self, request: HttpRequest, model_admin: Any
    ) -> Iterator[tuple[str, Any]]:
        yield from (("yes", _("Yes")), ("no", _("No")))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in {"yes", "no"}:
            return queryset
        return queryset.filter(locked_at__isnull=self.value() == "no")


class GrantInline(admin.TabularInline):  # type: ignore[type-arg]  # not generic at run time
    model = RoleGrant
    extra = 0
    autocomplete_fields = ("unit",)


@admin.register(User)
class UserAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    form = AccountForm
    list_display = (
        *("name", "email", "unit"),
        *("role_names", "is_active", "is_locked", "joined_at"),
    )
    list_filter = (LockedFilter, "is_active", "grants__role", "is_author", "unit")
    list_select_related = ("unit",)
    list_per_page = 25
    search_fields = ("email", "surname", "given_name", "patronymic")
    autocomplete_fields = ("unit",)
    inlines = (GrantInline,)
    fieldsets = (
        (None, {"fields": ("email", "is_active", "is_author", "language")}),
        (_("Full name"), {"fields": ("surname", "given_name", "patronymic")}),
        (
            _("At the university"),
            {"fields": ("unit", "position", "degree", "academic_title")},
        ),
        (_("Phones"), {"fields": ("office_phone", "mobile_phone")}),
        (_("The way in"), {"fields": ()}),
    )
    readonly_fields = (
        *("joined_at", "email_confirmed_at", "password_changed_at"),
        *("last_login", "failed_sign_ins", "locked_at"),
    )

    @admin.display(description=_("full name"), ordering="surname")
    def name(self, user: User) -> str:
        return user.full_name

    @admin.display(description=_("roles"))
    def role_names(self, user: User) -> str:
        return ", ".join(grant.get_role_display() for grant in user.grants.all())

    @admin.display(description=_("locked"), boolean=True)
    def is_locked(self, user: User) -> bool:
        return user.locked_at is not None

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return users_visible_to(person_of(request)).prefetch_related("grants")

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """Show the way in only of an account that is there."""
        *common, (title, _options) = self.fieldsets
        if obj is None:
            return common
        return [*common, (title, {"fields": self.readonly_fields})]

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> Any:
        """Keep the login as it was made: letters and signatures name it."""
        return self.readonly_fields if obj is None else (*self.readonly_fields, "email")

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        *args: Any,
        **kwargs: Any,
    ) -> Any:
        may_lock = request.user.has_perm("accounts.lock_user", kwargs.get("obj"))
        context["may_lock"] = may_lock
        return super().render_change_form(request, context, *args, **kwargs)

    def get_inlines(self, request: HttpRequest, obj: Model | None) -> Any:
        """Grant roles to an account that is there."""
        return self.inlines if obj else ()

    def save_model(
        self,
        request: HttpRequest,
        obj: User,
        form: "ModelForm[User]",
        change: bool,  # noqa: FBT001 (Django's signature)
    ) -> None:
        if change:
            # What was typed and no more: the account may be locked by this moment.
            obj.save(update_fields=form.changed_data)
            return
        open_account(user=obj, by=person_of(request), at=timezone.now())
        messages.info(
            request, gettext("A letter with a link to the password goes out.")
        )

    def get_urls(self) -> list[URLPattern]:
        lock = self.admin_site.admin_view(self.lock_view)
        unlock = self.admin_site.admin_view(self.unlock_view)
        return [
            path("<int:user_id>/lock/", lock, name="accounts_user_lock"),
            path("<int:user_id>/unlock/", unlock, name="accounts_user_unlock"),
            *super().get_urls(),
        ]

    def lock_view(self, request: HttpRequest, user_id: int) -> HttpResponse:
        """Close an account's way in (KSTU 6.7)."""
        return self._confirmed(request, user_id, _("Lock the account"), lock_account)

    def unlock_view(self, request: HttpRequest, user_id: int) -> HttpResponse:
        """Open a locked account again (KSTU 5.7)."""
        return self._confirmed(
            request, user_id, _("Unlock the account"), unlock_account
        )

    def _confirmed(
        self,
        request: HttpRequest,
        user_id: int,
        action: Promise,
        service: Callable[..., None],
    ) -> HttpResponse:
        """Ask once more what the button says, then do it through its service."""
        person = get_object_or_404(self.get_queryset(request), pk=user_id)
        if not request.user.has_perm("accounts.lock_user", person):
            raise PermissionDenied
        back_url = reverse("admin:accounts_user_change", args=[person.pk])
        if request.method == "POST":
            service(user=person, by=person_of(request), at=timezone.now())
            messages.success(request, gettext("Done: %(action)s.") % {"action": action})
            return HttpResponseRedirect(back_url)
        context = {
            **self.admin_site.each_context(request),
            "title": action,
            "opts": self.opts,
            "original": person,
            "back_url": back_url,
        }
        return render(request, "admin/accounts/user/confirm.html", context)


@admin.register(Unit)
class UnitAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    list_display = ("name", "code", "parent", "people_count")
    list_select_related = ("parent",)
    search_fields = ("name", "code")
    autocomplete_fields = ("parent",)
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Unit]:
        units: QuerySet[Unit] = super().get_queryset(request)
        return units.annotate(people_count=Count("people"))

    @admin.display(description=_("people"), ordering="people_count")
    def people_count(self, unit: Any) -> int:
        return int(unit.people_count)


@admin.register(Signature)
class SignatureAdmin(ReadOnlyAdmin):
    list_display = ("subject", "user", "in_role", "method", "signed_at")
    list_select_related = ("user",)
    list_filter = ("method", "in_role")
    search_fields = ("subject", "sha256", "user__email", "user__surname")
    date_hierarchy = "signed_at"
    list_per_page = 50
