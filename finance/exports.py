"""The report as files: a table for a spreadsheet, a table for 1C."""

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

from django.utils.translation import gettext as _

from core.sheets import write_table

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def report_workbook(content: dict[str, Any]) -> bytes:
    """Return the contracts of a report as XLSX, amounts as real numbers."""
    month = date.fromisoformat(content["month"])
    return write_table(
        title=_("Paid services %(month)s") % {"month": month.strftime("%m.%Y")},
        header=[
            _("Contract"),
            _("Payer"),
            _("Service"),
            _("Currency"),
            _("Received"),
            _("Refunded"),
            _("Corrected"),
            _("Net"),
        ],
        rows=_contract_rows(content),
        total=_total_row(content),
    )


def report_csv(content: dict[str, Any]) -> bytes:
    """Return the contracts of a report for 1C: «;», decimal comma, CRLF, BOM."""
    stream = StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        [
            "contract",
            "payer",
            "service",
            "currency",
            "received",
            "refunded",
            "corrected",
            "net",
        ]
    )
    for row in _contract_rows(content):
        writer.writerow(_csv_cell(cell) for cell in row)
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def _contract_rows(content: dict[str, Any]) -> Iterator[list[Any]]:
    for part in content["parts"]:
        for row in part["contracts"]:
            yield [
                row["code"],
                row["title"],
                row["service"],
                part["currency"],
                *_amounts(row),
            ]


def _total_row(content: dict[str, Any]) -> list[Any] | None:
    """Return the totals; none where currencies differ, as they are never added."""
    if len(content["parts"]) != 1:
        return None
    (part,) = content["parts"]
    return [_("Total"), "", "", part["currency"], *_amounts(part)]


def _amounts(row: dict[str, Any]) -> list[Decimal]:
    return [Decimal(row[key]) for key in ("received", "refunded", "corrected", "net")]


def _csv_cell(cell: Any) -> str:
    if isinstance(cell, Decimal):
        return f"{cell:.2f}".replace(".", ",")
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
