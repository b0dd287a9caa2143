"""Tags and filters of the portal's pages: statuses, counts, tables, theme."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.templatetags import figures, icons

register = template.Library()

# A word of a state → its tone and its shape: colour never speaks alone.
TONES = {
    "ok": ("ok", "check-circle"),
    "warn": ("warn", "exclamation-triangle"),
    "stop": ("stop", "x-circle"),
    "info": ("info", "information-circle"),
    "wait": ("wait", "clock"),
    "neutral": ("neutral", "minus-circle"),
    # of courses and their entries
    "draft": ("neutral", "pencil-square"),
    "expertise": ("info", "arrow-right-circle"),
    "rework": ("warn", "arrow-uturn-left"),
    "recommended": ("ok", "check-circle"),
    "rejected": ("stop", "no-symbol"),
    "documents": ("wait", "document-text"),
    "open": ("ok", "book-open"),
    "suspended": ("warn", "pause-circle"),
    "archived": ("neutral", "archive-box"),
    "removed": ("stop", "no-symbol"),
    # of expertise, remarks, runs, jobs
    "requested": ("wait", "clock"),
    "review": ("info", "arrow-right-circle"),
    "concluded": ("ok", "check-circle"),
    "withdrawn": ("neutral", "arrow-uturn-left"),
    "answered": ("info", "chat-bubble-left"),
    "accepted": ("ok", "check-circle"),
    "planned": ("wait", "calendar"),
    "closed": ("neutral", "lock-closed"),
    "queued": ("wait", "clock"),
    "running": ("info", "arrow-right-circle"),
    "done": ("ok", "check-circle"),
    # of materials
    "waiting": ("wait", "clock"),
    "measured": ("ok", "check-circle"),
    "unreadable": ("stop", "x-circle"),
    "declared": ("info", "link"),
    # of findings and of verification
    "passed": ("ok", "check-circle"),
    "failed": ("stop", "x-circle"),
    "cannot_tell": ("wait", "question-mark-circle"),
    "not_applicable": ("neutral", "minus-circle"),
    "genuine": ("ok", "check-badge"),
    "replaced": ("warn", "arrow-path"),
    "altered": ("stop", "x-circle"),
    "revoked": ("stop", "no-symbol"),
    # of messages
    "success": ("ok", "check-circle"),
    "warning": ("warn", "exclamation-triangle"),
    "error": ("stop", "x-circle"),
}
STEP_WORDS = {
    "done": _("done"),
    "now": _("now"),
    "stopped": _("stopped"),
    "ahead": _("ahead"),
}
MICRO_ICON_PIXELS = 16
# With so few working days left a deadline is shown as a warning.
SOON_WORKING_DAYS = 2

register.filter("number", figures.number)
register.filter("money", figures.money)
register.filter("day", figures.day)
register.filter("moment", figures.moment)
register.filter("working_days", figures.working_days)


@register.filter
def tone(word: str) -> str:
    """Return the tone of a state: ok, warn, stop, info, wait or neutral."""
    return TONES.get(str(word), TONES["neutral"])[0]


@register.simple_tag
def tone_icon(word: str, size: int = MICRO_ICON_PIXELS) -> str:
    """Draw the shape of a state, 16 pixels or larger."""
    name = TONES.get(str(word), TONES["neutral"])[1]
    draw = icons.micro if size <= MICRO_ICON_PIXELS else icons.mini
    icon: str = draw(name, size=size)
    return icon


@register.inclusion_tag("components/badge.html")
def badge(word: str, label: object) -> dict[str, Any]:
    """Draw a status by a tone or a state's value, and its word on the screen."""
    return {"tone": word, "label": label}


@register.inclusion_tag("components/due.html")
def due(on: date, days_left: int | None = None) -> dict[str, Any]:
    """Draw a deadline: «3 working days, until 26.11.2026»; negative days are late."""
    if days_left is None:
        word = "wait"
    elif days_left < 0:
        word = "stop"
    else:
        word = "warn" if days_left <= SOON_WORKING_DAYS else "wait"
    return {
        "on": on,
        "days_left": days_left,
        "days_late": -(days_left or 0),
        "tone": word,
    }


@register.inclusion_tag("components/ring.html")
def ring(done: int, total: int) -> dict[str, Any]:
    """Draw a ring of progress with its count."""
    return {
        "done": done,
        "total": total,
        "percent": _percent(done, total),
        "tone": "ok" if done >= total else "info",
    }


@register.inclusion_tag("components/bar.html")
def bar(done: float, total: float, word: str = "") -> dict[str, Any]:
    """Draw a bar of progress; the words beside it must say the same."""
    return {
        "percent": _percent(done, total),
        "tone": word or ("ok" if done >= total else "info"),
    }


@register.simple_tag
def step_word(state: str) -> str:
    """Say the state of a step of the timeline to those who see no colour."""
    return str(STEP_WORDS[state])


@register.inclusion_tag("components/sort_header.html", takes_context=True)
def sort_header(
    context: Context, key: str, label: str, css_class: str = ""
) -> dict[str, Any]:
    """Draw a column's head that sorts: `?sort=key`, then `?sort=-key`.

    The present order is `sort` of the context, or else of the query.
    """
    query = context["request"].GET.copy()
    current = context.get("sort") or query.get("sort", "")
    query["sort"] = f"-{key}" if current == key else key
    query.pop("page", None)
    order = {key: "ascending", f"-{key}": "descending"}.get(str(current), "")
    return {
        "label": label,
        "order": order,
        "css_class": css_class,
        "url": f"?{query.urlencode()}",
    }


@register.filter
def is_checkbox(field: forms.BoundField) -> bool:
    """Tell whether a field is one checkbox, whose label stands after it."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def elided_pages(page: Page[Any]) -> Iterator[int | str]:
    """Return the numbers of the pages about this one, the ends, and gaps."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.simple_tag(takes_context=True)
def theme_attribute(context: Context) -> SafeString | str:
    """Return ` data-theme="…"` where the person chose a theme (a cookie)."""
    request = context.get("request")
    theme = request.COOKIES.get("theme", "") if request else ""
    if theme not in {"light", "dark"}:
        return ""
    return format_html(' data-theme="{}"', theme)


def _percent(done: float, total: float) -> int:
    if not total:
        return 100
    return max(0, min(100, int(100 * done / total)))
