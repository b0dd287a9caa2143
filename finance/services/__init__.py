"""Writes of money: contracts, payments, the month's report and closing."""

from finance.services.contracts import ContractRefused, NoTariff, conclude_contract
from finance.services.payments import (
    NewPayment,
    PaymentRefused,
    correct_payment,
    keep_import,
    post_payment,
)
from finance.services.reports import (
    ClosingRefused,
    MadeReport,
    ReportRefused,
    close_month,
    freeze_report,
    order_report,
)

__all__ = [
    "ClosingRefused",
    "ContractRefused",
    "MadeReport",
    "NewPayment",
    "NoTariff",
    "PaymentRefused",
    "ReportRefused",
    "close_month",
    "conclude_contract",
    "correct_payment",
    "freeze_report",
    "keep_import",
    "order_report",
    "post_payment",
]
