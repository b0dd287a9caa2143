"""Contracts for paid services, at the tariff of the day (KAZ 4.5)."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.counters import next_number
from finance.enums import PayerKind
from finance.models import Contract, PaidService, Tariff
from finance.selectors import tariffs_on
from finance.services.refusals import field_refusals
from registry.models import Run


class ContractRefused(Exception):
    """A contract that cannot be concluded; the text says why."""


class NoTariff(ContractRefused):
    """The service has no tariff in force on the day, or one in several currencies."""


@transaction.atomic
def conclude_contract(
    *,
    service: PaidService,
    payer_kind: PayerKind,
    payer_name: str,
    concluded_on: date,
    by: User,
    quantity: int = 1,
    currency: str = "",
    number: str = "",
    learner: User | None = None,
    run: Run | None = None,
) -> Contract:
    """Draft a contract; its price is the tariff of the day times the quantity.

    Without a number of its own it gets the next free one; the currency is chosen where
    there are tariffs in several.

    Raises:
        PermissionDenied: contracts are not this person's business.
        NoTariff: the service has no approved tariff on that day.
        ContractRefused: the number is taken, or the price is beyond measure.
    """
    if not by.has_perm("finance.manage_contract"):
        raise PermissionDenied
    tariff = _tariff(service, concluded_on, currency)
    return _saved(
        Contract(
            number=number.strip() or _next_contract_number(concluded_on),
            service=service,
            payer_kind=payer_kind,
            payer_name=payer_name.strip(),
            learner=learner,
            run=run,
            quantity=quantity,
            amount=tariff.amount * quantity,
            currency=tariff.currency,
            concluded_on=concluded_on,
        )
    )


def _tariff(service: PaidService, day: date, currency: str) -> Tariff:
    tariffs = tariffs_on(service, day)
    if currency:
        tariffs = [tariff for tariff in tariffs if tariff.currency == currency]
    words = {"service": service.title, "day": day.strftime("%d.%m.%Y")}
    if not tariffs:
        raise NoTariff(_("“%(service)s” has no tariff in force on %(day)s.") % words)
    if len(tariffs) > 1:
        raise NoTariff(
            _("“%(service)s” has tariffs in several currencies: choose one.") % words
        )
    return tariffs[0]


def _saved(contract: Contract) -> Contract:
    try:
        contract.clean_fields(
            exclude=("service", "learner", "run", "activated_at", "ended_at")
        )
        with transaction.atomic():
            contract.save(force_insert=True)
    except ValidationError as error:
        raise ContractRefused(field_refusals(contract, error)) from error
    except IntegrityError as error:
        raise ContractRefused(
            _("There is a contract %(number)s already.") % {"number": contract.number}
        ) from error
    return contract


def _next_contract_number(day: date) -> str:
    while True:
        number = f"{day.year}-{next_number(f'contract-{day.year}'):05d}"
        # One that somebody typed is passed over, or the series would stand still.
        if not Contract.objects.filter(number=number).exists():
            return number
