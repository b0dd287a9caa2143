"""Paid services, contracts, payments, the centre's budget, the monthly report."""

from finance.models.budget import Budget, ExpenseItem
from finance.models.contract import Contract, PaidService, Tariff
from finance.models.payment import MonthClosing, Payment, PaymentImport
from finance.models.report import MonthlyReport

__all__ = [
    "Budget",
    "Contract",
    "ExpenseItem",
    "MonthClosing",
    "MonthlyReport",
    "PaidService",
    "Payment",
    "PaymentImport",
    "Tariff",
]
