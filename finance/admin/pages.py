"""A form of the admin whose values go to a service."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from accounts.models import User
from finance.services import (
    ContractRefused,
    PaymentRefused,
)

Act = Callable[[Any], Model]


def person(request: HttpRequest) -> User:
    """Return who is signed in: the admin lets in nobody else."""
    return cast("User", request.user)


def service_page(
    model_admin: Any,
    request: HttpRequest,
    *,
    title: str,
    action: str,
    form: forms.Form,
    act: Act,
) -> HttpResponse:
    """Show a form whose values go to a service; a refusal is told on the page."""
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            made = act(form)
        except (ContractRefused, PaymentRefused) as error:
            form.add_error(None, str(error))
            status = 409
        else:
            messages.success(request, gettext("Done: %(what)s.") % {"what": made})
            names = (made._meta.app_label, made._meta.model_name)
            name = "admin:{}_{}_change".format(*names)
            return HttpResponseRedirect(reverse(name, args=[made.pk]))
    opts = model_admin.model._meta
    context = {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "action": action,
        "opts": opts,
        "form": form,
        "back_url": reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist"),
    }
    return render(request, "finance/admin/service_form.html", context, status=status)
