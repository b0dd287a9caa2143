"""The way of a contract and of a budget (KAZ 4.5)."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.workflow import Transition, Workflow
from finance.enums import BudgetState, ContractState
from finance.models import Budget, Contract

WHOLE = Decimal(100)


def _guard_shares(budget: Budget, _by: Any, _at: datetime) -> list[str]:
    total = budget.items.aggregate(total=Sum("share_percent"))["total"] or Decimal(0)
    if total == WHOLE:
        return []
    return [
        gettext(
            "The shares of the expense items add up to %(total)s %%, not to 100 %%."
        )
        % {"total": total}
    ]


def _stamp_activated(contract: Contract, _by: Any, at: datetime) -> None:
    contract.activated_at = at


def _stamp_ended(contract: Contract, _by: Any, at: datetime) -> None:
    contract.ended_at = at


def _stamp_reopened(budget: Budget, _by: Any, _at: datetime) -> None:
    budget.approved_at = None
    budget.approved_by = None


def _stamp_approved(budget: Budget, by: Any, at: datetime) -> None:
    budget.approved_at = at
    budget.approved_by = by


CONTRACT_WORKFLOW = Workflow(
    Contract,
    state="state",
    transitions=[
        Transition(
            name="activate",
            label=_("Put in force"),
            sources=(ContractState.DRAFT,),
            target=ContractState.ACTIVE,
            permission="finance.manage_contract",
            stamps=(_stamp_activated,),
        ),
        Transition(
            name="complete",
            label=_("Complete"),
            sources=(ContractState.ACTIVE,),
            target=ContractState.COMPLETED,
            permission="finance.manage_contract",
            stamps=(_stamp_ended,),
        ),
        Transition(
            name="terminate",
            label=_("Terminate"),
            sources=(ContractState.DRAFT, ContractState.ACTIVE),
            target=ContractState.TERMINATED,
            permission="finance.manage_contract",
            stamps=(_stamp_ended,),
            needs_comment=True,
        ),
    ],
)

BUDGET_WORKFLOW = Workflow(
    Budget,
    state="state",
    transitions=[
        Transition(
            name="approve",
            label=_("Approve"),
            sources=(BudgetState.DRAFT,),
            target=BudgetState.APPROVED,
            permission="finance.approve_budget",
            guards=(_guard_shares,),
            stamps=(_stamp_approved,),
            clause="KAZ 4.5",
        ),
        Transition(
            name="reopen",
            label=_("Take back for changes"),
            sources=(BudgetState.APPROVED,),
            target=BudgetState.DRAFT,
            permission="finance.approve_budget",
            stamps=(_stamp_reopened,),
            needs_comment=True,
        ),
    ],
)
