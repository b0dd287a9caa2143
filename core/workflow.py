"""State: the only place where the state of anything changes.

Each app declares one table of transitions per model in its `workflow.py`. `apply` locks
the row, asks who may and whether it may be now, and writes the log.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction
from django.dispatch import Signal
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.actors import Actor
from core.models import TransitionLog

ModelT = TypeVar("ModelT", bound=models.Model)
Guard = Callable[[Any, Any, datetime], list[str]]
Stamp = Callable[[Any, Any, datetime], None]

# Sent after each transition, in its transaction: obj, log. The only signal of ours.
transitioned = Signal()

_WORKFLOWS: dict[type[models.Model], "Workflow"] = {}


class TransitionRefused(Exception):
    """A transition that did not happen; its text says why, in words for the page."""


class WrongState(TransitionRefused):
    """The object is in a state from which this transition does not go."""


class NotAllowed(TransitionRefused):
    """The rules do not let this actor make the transition."""


class GuardsUnmet(TransitionRefused):
    """The object is not ready; `reasons` says what is missing, one a line."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of a transition table.

    `permission` is asked of django-rules with the object; each guard returns reasons
    why not; each stamp sets the dates and people that the target state implies;
    `fields` names those that whoever makes the transition chooses.
    """

    name: str
    label: Promise
    sources: tuple[str, ...]
    target: str
    permission: str
    guards: tuple[Guard, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    fields: tuple[str, ...] = ()
    clause: str = ""
    needs_comment: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """A transition an actor may make from here, with the reasons why not yet."""

    transition: Transition
    reasons: list[str] = field(default_factory=list)


class Workflow:
    """The transition table of one model."""

    def __init__(
        self, model: type[models.Model], *, state: str, transitions: list[Transition]
    ) -> None:
        self.model = model
        self.state = state
        self.transitions = {row.name: row for row in transitions}
        _WORKFLOWS[model] = self

    def __iter__(self) -> Iterator[Transition]:
        return iter(self.transitions.values())

    def state_label(self, value: str) -> str:
        """Return the words for a state."""
        return str(dict(self._choices()).get(value, value))

    def diagram(self) -> str:
        """Return the table as a Mermaid state diagram."""
        states = [value for value, _label in self._choices()]
        lines = ["stateDiagram-v2", f"    [*] --> {states[0]}"]
        for row in self:
            clause = f" ({row.clause})" if row.clause else ""
            lines.extend(
                f"    {source} --> {row.target}: {row.name}{clause}"
                for source in row.sources
            )
        return "\n".join(lines)

    def _choices(self) -> list[tuple[str, Any]]:
        field: Any = self.model._meta.get_field(self.state)
        return list(field.flatchoices)


def workflow_of(model: type[models.Model]) -> Workflow:
    """Return the transition table of a model."""
    return _WORKFLOWS[model]


def all_workflows() -> tuple[Workflow, ...]:
    """Return every transition table there is."""
    return tuple(_WORKFLOWS.values())


def apply(
    obj: ModelT,
    name: str,
    *,
    by: Actor,
    at: datetime,
    comment: str = "",
    values: Mapping[str, Any] | None = None,
) -> TransitionLog:
    """Take `obj` through the transition `name`, in one transaction.

    The row is locked and read anew; `values` fills the transition's `fields` before
    the guards look; `obj` is refreshed afterwards.

    Raises:
        KeyError: `values` lacks one of the transition's fields.
        WrongState: the object's state is not one the transition starts from.
        NotAllowed: the rules refuse the actor.
        GuardsUnmet: a guard gave reasons, or a comment is missing.
    """
    workflow = workflow_of(type(obj))
    transition = workflow.transitions[name]
    with transaction.atomic():
        locked = _locked(obj)
        source = getattr(locked, workflow.state)
        _refuse_unless_possible(workflow, transition, locked, by=by)
        for field_name in transition.fields:
            setattr(locked, field_name, (values or {})[field_name])
        _refuse_unless_ready(transition, locked, by=by, at=at, comment=comment)
        setattr(locked, workflow.state, transition.target)
        for stamp in transition.stamps:
            stamp(locked, by, at)
        locked.save()
        log = _log(locked, transition, source=source, by=by, at=at, comment=comment)
        transitioned.send(sender=type(obj), obj=locked, log=log)
    obj.refresh_from_db()
    return log


def offers(obj: models.Model, *, by: Actor, at: datetime) -> list[Offer]:
    """Return the transitions that `by` may make from the present state."""
    workflow = workflow_of(type(obj))
    state = getattr(obj, workflow.state)
    return [
        Offer(row, _reasons(row, obj, by=by, at=at))
        for row in workflow
        if state in row.sources and by.has_perm(row.permission, obj)
    ]


def history_of(obj: models.Model) -> models.QuerySet[TransitionLog]:
    """Return the transitions that an object went through, oldest first."""
    return TransitionLog.objects.filter(
        subject_model=obj._meta.label, subject_id=obj.pk
    ).select_related("by")


def _log(
    obj: models.Model,
    transition: Transition,
    *,
    source: str,
    by: Actor,
    at: datetime,
    comment: str,
) -> TransitionLog:
    return TransitionLog.objects.create(
        subject_model=obj._meta.label,
        subject_id=obj.pk,
        name=transition.name,
        source=source,
        target=transition.target,
        by_id=by.pk,
        at=at,
        comment=comment,
    )


def _locked(obj: ModelT) -> ModelT:
    manager: models.Manager[ModelT] = type(obj)._default_manager
    return manager.select_for_update(of=("self",)).get(pk=obj.pk)


def _reasons(
    transition: Transition, obj: models.Model, *, by: Actor, at: datetime
) -> list[str]:
    return [reason for guard in transition.guards for reason in guard(obj, by, at)]


def _refuse_unless_possible(
    workflow: Workflow, transition: Transition, obj: models.Model, *, by: Actor
) -> None:
    state = getattr(obj, workflow.state)
    if state not in transition.sources:
        raise WrongState(
            _("“%(action)s” is not possible now: the state is “%(state)s”.")
            % {"action": transition.label, "state": workflow.state_label(state)}
        )
    if not by.has_perm(transition.permission, obj):
        raise NotAllowed(
            _("You have no right to do this: “%(action)s”.")
            % {"action": transition.label}
        )


def _refuse_unless_ready(
    transition: Transition, obj: models.Model, *, by: Actor, at: datetime, comment: str
) -> None:
    reasons = _reasons(transition, obj, by=by, at=at)
    if transition.needs_comment and not comment.strip():
        reasons.append(_("Say why: a comment is needed."))
    if reasons:
        raise GuardsUnmet(reasons)
