"""Payments: posted once, never changed; a mistake is made good by a row of its own."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.storage import store_bytes
from finance.enums import PaymentKind
from finance.models import Contract, Payment, PaymentImport
from finance.months import lock_postings
from finance.selectors import open_month_for, received_on
from finance.services.refusals import field_refusals


class PaymentRefused(Exception):
    """A payment that cannot be posted; the text says why."""


@dataclass(frozen=True, slots=True)
class NewPayment:
    """A payment as it comes from the bank; a refund is negative."""

    contract: Contract
    amount: Decimal
    paid_on: date
    document_number: str
    comment: str = ""
    source: PaymentImport | None = None


@transaction.atomic
def post_payment(*, payment: NewPayment, by: User, at: datetime) -> Payment:
    """Post a payment, or a refund where the amount is negative.

    It is reported in the month it was paid in, or in the next open one when that month
    is closed: then the report shows it as a later correction.

    Raises:
        PermissionDenied: payments are not this person's business.
        PaymentRefused: the contract is not in force yet, the amount is nought or no
            amount of money, the day lies ahead, more is given back than was received,
            or the document is posted already.
    """
    if not by.has_perm("finance.post_payment"):
        raise PermissionDenied
    lock_postings(alone=False)
    return _post(payment, kind=_kind_of(payment), corrects=None, by=by, at=at)


@transaction.atomic
def correct_payment(
    *,
    payment: Payment,
    amount: Decimal,
    corrected_on: date,
    document_number: str,
    comment: str,
    by: User,
    at: datetime,
) -> Payment:
    """Make a wrong payment good by posting the difference, which says why.

    Raises:
        PermissionDenied: payments are not this person's business.
        PaymentRefused: no reason is given; and see `post_payment`.
    """
    if not by.has_perm("finance.post_payment"):
        raise PermissionDenied
    if not comment.strip():
        raise PaymentRefused(_("Say what was wrong."))
    lock_postings(alone=False)
    difference = NewPayment(
        contract=payment.contract,
        amount=amount,
        paid_on=corrected_on,
        document_number=document_number,
        comment=comment,
    )
    return _post(
        difference, kind=PaymentKind.CORRECTION, corrects=payment, by=by, at=at
    )


def refuse_known_file(content: bytes) -> None:
    """Refuse a file that was posted before.

    Raises:
        PaymentRefused: this very file was.
    """
    digest = hashlib.sha256(content).hexdigest()
    if PaymentImport.objects.filter(sha256=digest).exists():
        raise PaymentRefused(_("This file was posted before."))


@transaction.atomic
def keep_import(*, content: bytes, name: str, by: User, at: datetime) -> PaymentImport:
    """Keep a file of payments as it came; its payments point at it.

    Raises:
        PermissionDenied: payments are not this person's business.
        PaymentRefused: this very file was posted before.
    """
    if not by.has_perm("finance.import_payment"):
        raise PermissionDenied
    stored_as, digest = store_bytes(content, folder="payments", ending="import")
    try:
        with transaction.atomic():
            return PaymentImport.objects.create(
                name=name[:250],
                stored_as=stored_as,
                sha256=digest,
                imported_at=at,
                imported_by=by,
            )
    except IntegrityError as error:
        raise PaymentRefused(_("This file was posted before.")) from error


def _kind_of(payment: NewPayment) -> PaymentKind:
    is_refund = payment.amount.is_finite() and payment.amount < 0
    return PaymentKind.REFUND if is_refund else PaymentKind.PAYMENT


def _post(
    payment: NewPayment,
    *,
    kind: PaymentKind,
    corrects: Payment | None,
    by: User,
    at: datetime,
) -> Payment:
    contract = Contract.objects.select_for_update().get(pk=payment.contract.pk)
    _refuse_unfit(payment, contract, today=timezone.localdate(at))
    row = Payment(
        contract=contract,
        kind=kind,
        amount=payment.amount,
        paid_on=payment.paid_on,
        month=open_month_for(payment.paid_on),
        document_number=payment.document_number.strip(),
        corrects=corrects,
        comment=payment.comment.strip(),
        source=payment.source,
        posted_at=at,
        posted_by=by,
    )
    _insert(row)
    return row


def _refuse_unfit(payment: NewPayment, contract: Contract, *, today: date) -> None:
    if contract.activated_at is None:
        raise PaymentRefused(
            _("The contract %(number)s is not in force: put it in force first.")
            % {"number": contract.number}
        )
    if not payment.amount.is_finite():
        raise PaymentRefused(_("The amount is no amount of money."))
    if payment.amount == 0:
        raise PaymentRefused(_("The amount is nought."))
    if payment.paid_on > today:
        raise PaymentRefused(_("The day lies ahead."))
    if payment.paid_on < contract.concluded_on:
        raise PaymentRefused(
            _("The contract %(number)s was concluded later than this day.")
            % {"number": contract.number}
        )
    if payment.amount < 0 and received_on(contract) + payment.amount < 0:
        raise PaymentRefused(
            _("More would be given back on %(number)s than was received.")
            % {"number": contract.number}
        )


def _insert(row: Payment) -> None:
    try:
        row.clean_fields(exclude=("contract", "corrects", "source", "posted_by"))
        with transaction.atomic():
            row.save(force_insert=True)
    except ValidationError as error:
        raise PaymentRefused(field_refusals(row, error)) from error
    except IntegrityError as error:
        raise PaymentRefused(
            _("The document %(document)s is posted on %(number)s already.")
            % {"document": row.document_number, "number": row.contract.number}
        ) from error
