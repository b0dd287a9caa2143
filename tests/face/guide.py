"""The pages that show every part, drawn without a database."""

from copy import deepcopy
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template.backends.django import DjangoTemplates
from django.test import RequestFactory

from core.templatetags.charts import Series

FOLDER = Path(__file__).parent / "templates"


class TopicForm(forms.Form):
    title = forms.CharField(label="Title of the topic", max_length=200)
    hours = forms.DecimalField(label="Hours", help_text="At most 22 a week")
    kind = forms.ChoiceField(label="Kind", choices=[("test", "Test")])
    outcomes = forms.MultipleChoiceField(
        label="Outcomes",
        widget=forms.CheckboxSelectMultiple,
        choices=[(1, "Describes a sample"), (2, "Tests a hypothesis")],
        help_text="At least one",
    )
    grading = forms.ChoiceField(
        label="Grading", widget=forms.RadioSelect, choices=[("auto", "Automatic")]
    )
    content = forms.CharField(label="Content", widget=forms.Textarea)
    is_random = forms.BooleanField(
        label="Random questions", required=False, help_text="Each attempt its own set"
    )
    token = forms.CharField(widget=forms.HiddenInput, required=False)


class BankForm(forms.Form):
    file = forms.FileField(label="Bank of questions", help_text="GIFT or Moodle XML")


class SignForm(forms.Form):
    password = forms.CharField(label="Password", widget=forms.PasswordInput)


def draw(name: str, query: str = "", **context: object) -> str:
    """Render a page of the guide; an undefined variable is an error."""
    options = deepcopy(settings.TEMPLATES[0])
    options.pop("BACKEND")
    options["NAME"] = "face"
    options["DIRS"] = [FOLDER, *options["DIRS"]]
    options["OPTIONS"]["string_if_invalid"] = "UNDEFINED %s"
    options["OPTIONS"]["context_processors"] = [
        "django.template.context_processors.request",
        "django.template.context_processors.i18n",
    ]
    request = RequestFactory().get(f"/{query}", headers={"cookie": "theme=other"})
    frame = {
        "portal": {"university_name": "Prirechny State University"},
        "navigation": [
            {"label": "Desk", "url": "/desk/", "is_current": True},
            {"label": "Courses", "url": "/", "is_current": False},
        ],
        "user": SimpleNamespace(
            is_authenticated=True,
            get_short_name="E. Sokolova",
            get_full_name="Elena Sokolova",
        ),
        "breadcrumbs": [{"label": "Passports", "url": "/"}],
    }
    template = DjangoTemplates(options).get_template(name)
    return str(template.render({**frame, **context}, request))


def report(*, left: int) -> dict[str, object]:
    """Return findings as the panel takes them."""
    counted = {"more": "", "have": 22, "want": 30}
    plain = {"more": "none in weeks 5 and 6", "have": None, "want": None}
    lines = [
        {"tone": "stop", "text": "Questions of week 3", "url": "#id_title", **counted},
        {"tone": "wait", "text": "A video is being measured", "url": "", **plain},
        {"tone": "ok", "text": "Hours in a week", "url": "#id_hours", **plain},
    ]
    group = {
        "title": "Learning",
        "done": 3,
        "total": 5,
        "is_open": True,
        "unseen": 0,
        "lines": [{**line, "clause": "3.4.2", "is_binding": True} for line in lines],
    }
    return {
        "done": 12 - left,
        "total": 12,
        "left": left,
        "unmet": left,
        "advice": 2,
        "since": None,
        "groups": [group],
    }


def parts() -> dict[str, object]:
    """Return what the page of all parts shows."""
    return {
        "figures": [
            {"label": "courses", "value": 1308, "url": "/", "tone": None},
            {"label": "overdue", "value": 1, "url": None, "tone": "stop"},
        ],
        "tasks": [_task(is_next=True), _task(is_late=True), _task(url="", state="")],
        "steps": [_step(state) for state in ("done", "stopped", "now", "ahead")],
        "events": [
            {
                "at": datetime(2026, 11, 20, 14, 5, tzinfo=UTC),
                "text": "Sent",
                "note": "x",
            }
        ],
        "chips": [{"label": "All", "count": 1240, "url": "?", "is_current": True}],
        "tabs": [
            {"label": "Runs", "url": "#", "is_current": True, "count": 3},
            {"label": "History", "url": "#", "is_current": False, "count": None},
        ],
        "page": Paginator(range(4000), 25).page(4),
        "due_on": date(2026, 11, 26),
        "amount": Decimal("1234567.89"),
        "bars": [("Salaries", Decimal(612000)), ("Travel", Decimal("48000.5"))],
        "labels": ["Sep", "Oct", "Nov"],
        "series": [Series("received", [1, 7, 5]), Series("planned", [2, 6, 5])],
        "facts": [{"label": "Course", "value": "Statistics"}],
        "sign": SignForm(),
        "rows": [{"title": "Annotation", "before": "one two", "after": "one three"}],
        "bank": BankForm(),
    }


def _task(**changes: object) -> dict[str, object]:
    task = {"title": "Topics", "url": "/topics/", "note": "week 3", "count": "6 of 8"}
    state = {"tone": "stop", "state": "3 remarks", "is_next": False, "is_late": False}
    return {**task, **state, **changes}


def _step(state: str) -> dict[str, object]:
    is_now = state == "now"
    return {
        "title": state.capitalize(),
        "state": state,
        "at": None if state == "ahead" else date(2026, 11, 12),
        "who": "V. Kim" if is_now else "",
        "due": "until 26.11" if is_now else "",
        "url": "/expertise/" if is_now else "",
        "action": "Open the conclusion" if is_now else "",
    }
