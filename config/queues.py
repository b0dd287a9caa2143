"""The staff's desk in the admin: what stands in which state, what happened last."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite
from django.db.models import Count, Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst

from core.models import TransitionLog
from core.workflow import Workflow, all_workflows

EVENTS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Queue:
    """The objects of one kind that are on their way, by state."""

    title: str
    url: str
    states: list[dict[str, Any]]


def queues_of(request: HttpRequest, site: AdminSite) -> list[Queue]:
    """Return the queues that a person may see and that are not empty; one query each."""
    return [
        Queue(
            title=capfirst(str(table.model._meta.verbose_name_plural)),
            url=_list_url(table.model),
            states=states,
        )
        for table in all_workflows()
        if _may_view(request, site, table.model) and (states := list(_states(table)))
    ]


def last_events(request: HttpRequest, site: AdminSite) -> list[dict[str, Any]]:
    """Return the last changes of state that a person may see, as the log shows them."""
    tables = {
        table.model._meta.label: table
        for table in all_workflows()
        if _may_view(request, site, table.model)
    }
    logs = list(
        TransitionLog.objects.filter(subject_model__in=tables)
        .select_related("by")
        .order_by("-at", "-pk")[:EVENTS_SHOWN]
    )
    subjects = {
        (label, pk): subject
        for label, table in tables.items()
        for pk, subject in _subjects(table, logs).items()
    }
    return [
        {
            "at": log.at,
            "by": log.by,
            "action": tables[log.subject_model].transitions[log.name].label,
            "subject": subjects.get((log.subject_model, log.subject_id)),
            "url": _object_url(tables[log.subject_model].model, log.subject_id),
            "comment": log.comment,
        }
        for log in logs
    ]


def _may_view(request: HttpRequest, site: AdminSite, model: type[Model]) -> bool:
    return site.is_registered(model) and site.get_model_admin(
        model
    ).has_view_permission(request)


def _states(table: Workflow) -> Iterator[dict[str, Any]]:
    """Count the states from which something still leads on."""
    leading = {source for row in table for source in row.sources}
    rows = table.model._default_manager.order_by().values_list(table.state)
    counts = dict(rows.annotate(Count("pk")))
    field: Any = table.model._meta.get_field(table.state)
    for state, label in field.flatchoices:
        if state in leading and counts.get(state):
            yield {
                "label": label,
                "count": counts[state],
                "url": f"{_list_url(table.model)}?{table.state}__exact={state}",
            }


def _subjects(table: Workflow, logs: list[TransitionLog]) -> dict[int, Model]:
    label = table.model._meta.label
    wanted = [log.subject_id for log in logs if log.subject_model == label]
    if not wanted:
        return {}
    return table.model._default_manager.select_related().in_bulk(wanted)


def _list_url(model: type[Model]) -> str:
    meta = model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")


def _object_url(model: type[Model], pk: int) -> str:
    meta = model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[pk])
