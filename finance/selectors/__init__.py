"""Reads of money: tariffs, balances, the figures of a month."""

from finance.selectors.figures import figures_of, net_by_month
from finance.selectors.ledger import (
    closing_of,
    contract_by_number,
    last_report_of,
    months_to_close,
    months_with_payments,
    open_month_for,
    received_on,
    reports_visible_to,
    tariffs_on,
)

__all__ = [
    "closing_of",
    "contract_by_number",
    "figures_of",
    "last_report_of",
    "months_to_close",
    "months_with_payments",
    "net_by_month",
    "open_month_for",
    "received_on",
    "reports_visible_to",
    "tariffs_on",
]
