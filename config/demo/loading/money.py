"""Half a year of money: tariffs, contracts, payments month by month, closed months."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

from django.utils import timezone

from accounts.models import User
from config.demo.loading.scene import PASSWORD, Scene, read_content
from core.workflow import apply
from finance.enums import PayerKind
from finance.models import Budget, Contract, ExpenseItem, PaidService, Payment, Tariff
from finance.months import next_month
from finance.printing import make_report
from finance.services import (
    NewPayment,
    close_month,
    conclude_contract,
    correct_payment,
    freeze_report,
    post_payment,
)

NOON = timedelta(hours=12)


def load(scene: Scene) -> None:
    """Make the services and the budget, then live through the months."""
    content = read_content("finance.toml")
    accountant = scene.people[content["closing"]["closed_by"]]
    _offer_services(scene, content)
    _approve_budgets(scene, content["budget"], accountant)
    contracts = list(_conclude_all(scene, content))
    first = min(row["month"] for row, _contract in contracts)
    for offset in range(first, 1):
        _post_month(scene, offset, contracts, accountant)
        if offset in content["closing"]["closed_months"]:
            _close(scene, offset, accountant)
    for row, contract in contracts:
        _end_contract(scene, row, contract)


def _offer_services(scene: Scene, content: dict[str, Any]) -> None:
    for row in content["services"]:
        service = PaidService.objects.create(code=row["code"], title=row["title"])
        for tariff in row["tariffs"]:
            until = tariff.get("until_month")
            Tariff.objects.create(
                service=service,
                amount=Decimal(tariff["amount"]),
                currency=content["currency"],
                valid_from=scene.month(tariff["from_month"]),
                valid_until=next_month(scene.month(until)) - timedelta(days=1)
                if until is not None
                else None,
            )


def _approve_budgets(scene: Scene, row: dict[str, Any], accountant: User) -> None:
    years = {scene.month(offset).year for offset in range(-6, 1)}
    for year in sorted(years):
        budget = Budget.objects.create(year=year, currency=row["currency"])
        ExpenseItem.objects.bulk_create(
            ExpenseItem(
                budget=budget,
                code=item["code"],
                kind=item["kind"],
                title=item["title"],
                share_percent=Decimal(item["share_percent"]),
            )
            for item in row["items"]
        )
        apply(budget, "approve", by=accountant, at=scene.days_ago(200))


def _conclude_all(
    scene: Scene, content: dict[str, Any]
) -> Iterator[tuple[dict[str, Any], Contract]]:
    names = {row["key"]: row["name"] for row in content["organisations"]}
    for row in content["contracts"]:
        payer = names[row["organisation"]]
        yield row, _contract(scene, row, payer=payer, number=row["number"])
    learners = iter(scene.learners)
    for group in content["person_contracts"]:
        for place, learner in enumerate(islice(learners, group["count"])):
            day = group["first_day"] + place
            row = {
                **group,
                "day": day,
                "quantity": 1,
                "state": "completed",
                "payments": [
                    {
                        "kind": "payment",
                        "month": group["month"],
                        "day": day + 1,
                        "amount": group["amount"],
                        "document": f"К-{learner.pk:04d}",
                    }
                ],
            }
            yield row, _contract(scene, row, payer=learner.full_name, learner=learner)


def _contract(
    scene: Scene,
    row: dict[str, Any],
    *,
    payer: str,
    number: str = "",
    learner: User | None = None,
) -> Contract:
    day = _day(scene, row)
    at = _noon(day)
    contract = conclude_contract(
        service=PaidService.objects.get(code=row["service"]),
        payer_kind=PayerKind.PERSON if learner else PayerKind.ORGANISATION,
        payer_name=payer,
        learner=learner,
        quantity=row["quantity"],
        number=number,
        concluded_on=day,
        by=scene.staff,
    )
    if row["state"] != "draft":
        apply(contract, "activate", by=scene.staff, at=at)
    return contract


def _post_month(
    scene: Scene,
    offset: int,
    contracts: list[tuple[dict[str, Any], Contract]],
    accountant: User,
) -> None:
    due = [
        (payment, contract)
        for row, contract in contracts
        for payment in row["payments"]
        if payment["month"] == offset
    ]
    for payment, contract in sorted(due, key=lambda pair: pair[0]["day"]):
        if payment["kind"] == "correction":
            _correct(scene, payment, contract, accountant)
        else:
            day = _day(scene, payment)
            post_payment(
                payment=NewPayment(
                    contract=contract,
                    amount=Decimal(payment["amount"]),
                    paid_on=day,
                    document_number=payment["document"],
                    comment=payment.get("comment", ""),
                ),
                by=accountant,
                at=_noon(day),
            )


def _correct(
    scene: Scene, payment: dict[str, Any], contract: Contract, accountant: User
) -> None:
    day = _day(scene, payment)
    correct_payment(
        payment=Payment.objects.get(
            contract=contract, document_number=payment["corrects"]
        ),
        amount=Decimal(payment["amount"]),
        corrected_on=day,
        document_number=payment["document"],
        comment=payment["comment"],
        by=accountant,
        at=_noon(day),
    )


def _close(scene: Scene, offset: int, accountant: User) -> None:
    month = scene.month(offset)
    made = _noon(next_month(month))
    report = freeze_report(made=make_report(month, at=made), by=accountant, at=made)
    close_month(
        month=month,
        seen_sha256=report.sha256,
        password=PASSWORD,
        by=accountant,
        at=made + timedelta(days=1),
    )


def _end_contract(scene: Scene, row: dict[str, Any], contract: Contract) -> None:
    names = {"completed": "complete", "terminated": "terminate"}
    name = names.get(row["state"])
    if name:
        last = max(_day(scene, payment) for payment in row["payments"])
        comment = row["payments"][-1].get("comment", "")
        apply(contract, name, by=scene.staff, at=_noon(last), comment=comment)


def _day(scene: Scene, row: dict[str, Any]) -> date:
    return scene.month(row["month"]).replace(day=row["day"])


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()) + NOON)
