"""A form of the passport in the hands of a person, as a browser would post it."""

from typing import Any

from django import forms
from django.test import Client

from courses.models import CourseVersion

HTMX = {"HX-Request": "true"}
MANY = (forms.MultipleChoiceField, forms.ModelMultipleChoiceField)


class Form:
    """A form of the passport as a browser holds it: its fields, its marks."""

    def __init__(self, client: Client, user: Any, url: str) -> None:
        self.client, self.url, self.user = client, url, user
        client.force_login(user)
        page = client.get(url)
        self.values = {
            bound.name: "" if bound.value() is None else bound.value()
            for bound in page.context["form"]
            if not isinstance(bound.field, forms.FileField)
            # A box that is not ticked is not sent.
            and not (bound.value() is None and isinstance(bound.field, MANY))
        }
        self.base = page.context.get("base") or ""
        self.page = page

    def autosave(self, **typed: Any) -> Any:
        self.values.update(typed)
        response = self.client.post(
            self.url, {**self.values, "base": self.base, "autosave": "1"}, headers=HTMX
        )
        if "base" in response.context:
            self.base = response.context["base"] or self.base
        return response

    def save(self, **typed: Any) -> Any:
        self.values.update(typed)
        return self.client.post(self.url, {**self.values, "base": self.base})


def open_form(user: Any, version: CourseVersion, path: str) -> Form:
    return Form(Client(), user, f"/courses/{version.pk}/{path}/")
