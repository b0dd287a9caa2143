"""The way in and out, the letters' links, one's own record."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.admin.utils import label_for_field
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import capfirst
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts import services
from accounts.forms import (
    ChangePasswordForm,
    ForgottenPasswordForm,
    NewPasswordForm,
    ProfileForm,
    RegistrationForm,
    SignInForm,
)
from accounts.http import SignedInRequest
from accounts.links import LinkRefused
from accounts.models import User
from accounts.selectors import (
    grants_in_force,
    person_of_password_link,
    person_to_confirm,
    users_visible_to,
)

LANGUAGE_COOKIE_SECONDS = 365 * 24 * 3600

View = Callable[..., HttpResponse]

readable_or_sent = require_http_methods(["GET", "HEAD", "POST"])


def _local_target(request: HttpRequest, otherwise: str) -> str:
    """Return where `next` leads when it is a page of ours."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(
        target, {request.get_host()}, require_https=request.is_secure()
    ):
        return target
    return resolve_url(otherwise)


def _refusing_links(view: View) -> View:
    """Answer 410 when the link of a letter is forged, spent or too old."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except LinkRefused:
            return render(request, "accounts/link_refused.html", status=410)

    return guarded


@never_cache
@sensitive_post_parameters("password")
@readable_or_sent
def sign_in(request: HttpRequest) -> HttpResponse:
    target = _local_target(request, settings.LOGIN_REDIRECT_URL)
    if request.user.is_authenticated:
        return redirect(target)
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        user = authenticate(
            request, username=values["email"], password=values["password"]
        )
        if user is not None:
            login(request, user)
            return redirect(target)
        form.refuse()
    return render(request, "accounts/sign_in.html", {"form": form, "next": target})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session (KSTU 5.6)."""
    logout(request)
    messages.success(request, _("You have signed out."))
    return redirect(settings.LOGOUT_REDIRECT_URL)


@never_cache
@sensitive_post_parameters("password", "repeated")
@readable_or_sent
def register(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    form = RegistrationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.receive_registration(
            person=form.person(language=get_language() or settings.LANGUAGE_CODE),
            at=timezone.now(),
        )
        return redirect("accounts:registered")
    return render(request, "accounts/register.html", {"form": form})


@require_safe
def registered(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/registered.html")


@never_cache
@readable_or_sent
@_refusing_links
def email_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show whose e-mail it is; the button confirms, as a GET writes nothing."""
    if request.method == "POST":
        services.confirm_email(token=token, at=timezone.now())
        messages.success(request, _("The e-mail is confirmed. Sign in."))
        return redirect(settings.LOGIN_URL)
    return render(
        request, "accounts/email_confirm.html", {"person": person_to_confirm(token)}
    )


@readable_or_sent
def password_forgotten(request: HttpRequest) -> HttpResponse:
    form = ForgottenPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.ask_for_password(email=form.cleaned_data["email"], at=timezone.now())
        return redirect("accounts:password_letter")
    return render(request, "accounts/password_forgotten.html", {"form": form})


@require_safe
def password_letter(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/password_letter.html")


@never_cache
@sensitive_post_parameters("password", "repeated")
@readable_or_sent
@_refusing_links
def password_new(request: HttpRequest, key: str, token: str) -> HttpResponse:
    person = person_of_password_link(key, token)
    form = NewPasswordForm(request.POST or None, user=person)
    if request.method == "POST" and form.is_valid():
        try:
            services.set_password_by_link(
                key=key,
                token=token,
                password=form.cleaned_data["password"],
                at=timezone.now(),
            )
        except ValidationError as error:
            form.add_error("password", error)
        else:
            messages.success(request, _("The password is set. Sign in."))
            return redirect(settings.LOGIN_URL)
    return render(
        request, "accounts/password_new.html", {"form": form, "person": person}
    )


@never_cache
@sensitive_post_parameters("current", "password", "repeated")
@readable_or_sent
@login_required
def password_change(request: SignedInRequest) -> HttpResponse:
    form = ChangePasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            services.change_own_password(
                by=request.user,
                current=values["current"],
                password=values["password"],
                at=timezone.now(),
            )
        except services.WrongPassword as error:
            form.add_error("current", str(error))
        except ValidationError as error:
            form.add_error("password", error)
        else:
            update_session_auth_hash(request, request.user)
            messages.success(request, _("The password is changed."))
            return redirect("accounts:profile")
    return render(request, "accounts/password_change.html", {"form": form})


@readable_or_sent
@login_required
def profile(request: SignedInRequest) -> HttpResponse:
    person = (
        users_visible_to(request.user).select_related("unit").get(pk=request.user.pk)
    )
    form = ProfileForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        services.change_own_details(by=request.user, **form.cleaned_data)
        with override(form.cleaned_data["language"]):
            messages.success(request, _("Saved."))
        return _speaking(redirect("accounts:profile"), form.cleaned_data["language"])
    return render(
        request, "accounts/profile.html", {"form": form, "facts": _facts(person)}
    )


def _facts(person: User) -> list[dict[str, str]]:
    names = (
        *("email", "given_name", "patronymic", "unit"),
        *("position", "degree", "academic_title"),
    )
    facts = [
        {
            "label": capfirst(str(label_for_field(name, User))),
            "value": str(getattr(person, name) or "—"),
        }
        for name in names
    ]
    roles = [
        f"{grant.get_role_display()} ({grant.unit})"
        if grant.unit
        else grant.get_role_display()
        for grant in grants_in_force(person, timezone.localdate())
    ]
    return [*facts, {"label": _("Roles"), "value": ", ".join(roles) or "—"}]


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Speak another language from here on, on other devices too where signed in."""
    response = redirect(_local_target(request, settings.LOGOUT_REDIRECT_URL))
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        return response
    if request.user.is_authenticated:
        services.choose_language(by=request.user, language=language)
    return _speaking(response, language)


def _speaking(response: HttpResponse, language: str) -> HttpResponse:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=LANGUAGE_COOKIE_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response
