"""Money in the admin: rows that services own are written by forms of their own."""

from finance.admin import contracts, months, payments

__all__ = ["contracts", "months", "payments"]
