"""Payments in tables of a bank or of 1C: read, previewed, posted by the service."""

import csv
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from import_export import fields, resources, widgets
from import_export.formats.base_formats import Format
from tablib import Dataset

from core.sheets import MAX_ROWS, SheetRow, read_rows
from core.uploads import FileKind, FileRefused, check_content, kind_of
from finance.amounts import read_amount, read_day
from finance.models import Contract, Payment, PaymentImport
from finance.months import lock_postings
from finance.selectors import contract_by_number
from finance.services import NewPayment, PaymentRefused, keep_import, post_payment
from finance.services.payments import refuse_known_file

MAX_FILE_BYTES = 5 * 1024 * 1024
# A table names its columns by the keys, or by their words in the reader's language.
COLUMNS = {
    "contract": _("Contract"),
    "document": _("Payment document"),
    "paid_on": _("Paid on"),
    "amount": _("Amount"),
    "comment": _("Comment"),
}
ROW = "row"


class PaymentTable(Format):  # type: ignore[misc]  # import-export has no types
    """An XLSX or a CSV with «;», told apart by content; each row knows its number.

    `name` is that of the file, for those who are told that it is refused.
    """

    name = "payments.xlsx"

    def __init__(self, encoding: str | None = None) -> None:
        """Take what import-export gives every format; a table tells its own."""

    def get_title(self) -> str:
        """What the form calls it."""
        return "XLSX, CSV"

    def can_import(self) -> bool:
        """It is read, never written."""
        return True

    def create_dataset(self, in_stream: bytes) -> Dataset:
        """Return the rows under the guard for uploads.

        Raises:
            FileRefused: too large, no table, or a column is missing.
        """
        rows = _read(in_stream, self.name)
        dataset = Dataset(
            *([row.number, *(row.cells[key] for key in COLUMNS)] for row in rows),
            headers=[ROW, *COLUMNS],
        )
        dataset.original = in_stream
        return dataset


def _read(content: bytes, name: str) -> list[SheetRow]:
    if len(content) > MAX_FILE_BYTES:
        raise FileRefused(
            gettext("The file is too large: at most %(limit)s MB are taken.")
            % {"limit": MAX_FILE_BYTES // 1024 // 1024}
        )
    if kind_of(content) == FileKind.TEXT:
        return _by_key(_csv_rows(content), list(COLUMNS))
    check_content(content, name=name, allowed={FileKind.XLSX})
    words = [str(label) for label in COLUMNS.values()]
    try:
        return _by_key(read_rows(content, columns=list(COLUMNS)), list(COLUMNS))
    except FileRefused:
        return _by_key(read_rows(content, columns=words), words)


def _csv_rows(content: bytes) -> list[SheetRow]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1251", errors="replace")
    lines = list(csv.reader(StringIO(text, newline=""), delimiter=";"))
    if len(lines) > MAX_ROWS:
        raise FileRefused(
            gettext("The table is too long: at most %(limit)s rows.")
            % {"limit": MAX_ROWS}
        )
    keys = {str(label): key for key, label in COLUMNS.items()}
    header = [keys.get(cell.strip(), cell.strip()) for cell in lines[0]]
    missing = [str(COLUMNS[key]) for key in COLUMNS if key not in header]
    if missing:
        raise FileRefused(
            gettext("The first row lacks the columns: %(columns)s.")
            % {"columns": ", ".join(missing)}
        )
    return [
        SheetRow(number, dict(zip(header, line + [""] * len(header), strict=False)))
        for number, line in enumerate(lines[1:], start=2)
        if any(cell.strip() for cell in line)
    ]


def _by_key(rows: Sequence[SheetRow], names: Sequence[str]) -> list[SheetRow]:
    return [
        SheetRow(
            row.number,
            {key: row.cells[name] for key, name in zip(COLUMNS, names, strict=True)},
        )
        for row in rows
    ]


class ContractWidget(widgets.Widget):  # type: ignore[misc]  # import-export has no types
    """A contract by its number."""

    def clean(self, value: Any, row: Any = None, **_options: Any) -> Contract:
        """Find the contract."""
        contract = contract_by_number(str(value if value is not None else ""))
        if contract is None:
            raise ValueError(gettext("There is no contract of this number."))
        return contract


class AmountWidget(widgets.Widget):  # type: ignore[misc]  # import-export has no types
    """An amount: a number, or “1 234,50”."""

    def clean(self, value: Any, row: Any = None, **_options: Any) -> Any:
        """Read the amount."""
        return read_amount(value)


class DayWidget(widgets.Widget):  # type: ignore[misc]  # import-export has no types
    """A day: a date of a spreadsheet, or 01.03.2026."""

    def clean(self, value: Any, row: Any = None, **_options: Any) -> Any:
        """Read the day."""
        return read_day(value)


class TextWidget(widgets.Widget):  # type: ignore[misc]  # import-export has no types
    """A line of text; a number of a spreadsheet without its “.0”."""

    def clean(self, value: Any, row: Any = None, **_options: Any) -> str:
        """Read the text."""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return str(value if value is not None else "").strip()


class PaymentResource(resources.ModelResource):  # type: ignore[misc]  # import-export has no types
    """Rows that the service posts: the preview posts them too, and rolls back.

    So the preview refuses exactly what posting would refuse.
    """

    contract = fields.Field("contract", "contract", widget=ContractWidget())
    document_number = fields.Field("document_number", "document", widget=TextWidget())
    paid_on = fields.Field("paid_on", "paid_on", widget=DayWidget())
    amount = fields.Field("amount", "amount", widget=AmountWidget())
    comment = fields.Field("comment", "comment", widget=TextWidget())

    class Meta:
        model = Payment
        fields = ("contract", "document_number", "paid_on", "amount", "comment")
        import_id_fields = ()
        skip_diff = True
        store_instance = True
        use_transactions = True

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.source: PaymentImport | None = None
        self.is_preview = False
        self.at = timezone.now()  # noqa: TID251 (made anew for each upload of the admin)

    def get_diff_headers(self) -> list[str]:
        """Name a bad row's values, which begin with its number in the file."""
        return [ROW, *COLUMNS]

    def import_data(self, dataset: Dataset, *, dry_run: bool, **options: Any) -> Any:
        """Note whether this is the preview: the file is kept with the real one only."""
        self.is_preview = dry_run
        return super().import_data(
            dataset, dry_run=dry_run, rollback_on_validation_errors=True, **options
        )

    def before_import(self, dataset: Dataset, **options: Any) -> None:
        """Keep the file as it came, and refuse one that was posted before."""
        # Rows lock their contracts in the file's order: two files at once would deadlock.
        lock_postings(alone=True)
        refuse_known_file(dataset.original)
        if not self.is_preview:
            self.source = keep_import(
                content=dataset.original,
                name=options["file_name"],
                by=options["user"],
                at=self.at,
            )

    def save_instance(
        self,
        instance: Payment,
        is_create: bool,  # noqa: FBT001 (the signature is import-export's)
        row: Mapping[str, Any],
        **options: Any,
    ) -> None:
        """Post the row; what the service refuses is an error of this row."""
        try:
            posted = post_payment(
                payment=NewPayment(
                    contract=instance.contract,
                    amount=instance.amount,
                    paid_on=instance.paid_on,
                    document_number=instance.document_number,
                    comment=instance.comment,
                    source=self.source,
                ),
                by=options["user"],
                at=self.at,
            )
        except PaymentRefused as error:
            raise ValidationError(str(error)) from error
        instance.kind, instance.month = posted.kind, posted.month

    def after_import(self, dataset: Dataset, result: Any, **options: Any) -> None:
        """Leave the sequences alone: the application's role may not set them."""
