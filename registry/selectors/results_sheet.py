"""The table that results are written in: prefilled, with its help in the table."""

from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from registry.models import Run
from registry.selectors.results import COLUMNS, MAX_POINTS
from registry.selectors.runs import learners_of

WIDTHS = (32, 20, 20, 20, 10, 16)
# Rows below the learners that also tell a wrong value while it is typed.
SPARE_ROWS = 100


def results_template(run: Run) -> bytes:
    """Make the XLSX template of a run: its learners by name, points to be filled in."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(
        stream,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    sheet = book.add_worksheet("results")
    _write_head(book, sheet)
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    last = 0
    for last, enrolment in enumerate(learners_of(run), start=1):
        learner = enrolment.learner
        names = (learner.email, learner.surname, learner.given_name, learner.patronymic)
        for column, text in enumerate(names):
            sheet.write_string(last, column, text)
        result = getattr(enrolment, "result", None)
        if result is not None:
            sheet.write_number(last, COLUMNS.index("points"), result.points)
        done_on = result.completed_on if result is not None else run.ends_on
        sheet.write_datetime(last, COLUMNS.index("completed_on"), done_on, day)
    _check_while_typed(sheet, run, last + SPARE_ROWS)
    _write_help(book, run)
    book.close()
    return stream.getvalue()


def _write_head(book: Any, sheet: Any) -> None:
    head = book.add_format({"bold": True, "bg_color": "#eeeeee", "bottom": 1})
    for column, (key, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
        sheet.write_string(0, column, key, head)
        sheet.write_comment(0, column, _words()[key], {"x_scale": 2})
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)


def _check_while_typed(sheet: Any, run: Run, last: int) -> None:
    points, day = COLUMNS.index("points"), COLUMNS.index("completed_on")
    sheet.data_validation(
        1,
        points,
        last,
        points,
        {
            "validate": "decimal",
            "criteria": "between",
            "minimum": 0,
            "maximum": int(MAX_POINTS),
            "error_message": _("A number from 0 to 100."),
        },
    )
    sheet.data_validation(
        1,
        day,
        last,
        day,
        {
            "validate": "date",
            "criteria": ">=",
            "value": run.starts_on,
            "error_message": _("A date not before the beginning of the run."),
        },
    )


def _write_help(book: Any, run: Run) -> None:
    sheet = book.add_worksheet(_("How to fill in")[:31])
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 80)
    sheet.write_string(0, 0, run.title, bold)
    for line, (key, words) in enumerate(_words().items(), start=2):
        sheet.write_string(line, 0, key, bold)
        sheet.write_string(line, 1, words, wrapped)
    sheet.write_string(
        len(COLUMNS) + 3,
        1,
        _(
            "Take out the rows of learners without a result. The table is taken in as "
            "a whole: where one row is wrong, nothing is."
        ),
        wrapped,
    )


def _words() -> dict[str, str]:
    return {
        "email": _("E-mail of the learner's account: it tells whose result this is."),
        "surname": _("Surname; may be empty. It is compared with the account's."),
        "given_name": _("Given name; may be empty."),
        "patronymic": _("Patronymic; may be empty."),
        "points": _("Points from 0 to 100, at most two decimals: 85 or 85,5."),
        "completed_on": _("The day the course was completed: 21.11.2026."),
    }
