"""A table of results, read row by row against the learners of its run."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from core.sheets import SheetRow, read_rows
from registry.enums import EnrolmentState, RunState
from registry.models import Enrolment, Run
from registry.selectors.runs import enrolments_in

COLUMNS = ("email", "surname", "given_name", "patronymic", "points", "completed_on")
HUNDREDTH = Decimal("0.01")
MAX_POINTS = Decimal(100)  # MIN 4.6
DATE_FORMATS = ("%d.%m.%Y", "%Y-%m-%d")

Lock = Callable[[Collection[int]], Collection[int]]

_LOCKS: list[Lock] = []


@dataclass(slots=True)
class ResultRow:
    """One row of the table: what it says, whom it is about, what is wrong with it.

    `before` is the result that the learner has already.
    """

    number: int
    email: str
    name: str
    points: Decimal | None = None
    completed_on: date | None = None
    enrolment: Enrolment | None = None
    is_passed: bool = False
    errors: list[str] = field(default_factory=list)

    @property
    def values(self) -> dict[str, Any]:
        """What the result is to hold; whole only where there are no errors."""
        return {
            "points": self.points,
            "is_passed": self.is_passed,
            "completed_on": self.completed_on,
        }

    @property
    def before(self) -> Decimal | None:
        """The points the learner has already, if any."""
        result = getattr(self.enrolment, "result", None)
        return result.points if result else None

    @property
    def is_new(self) -> bool:
        """Whether the learner has no result yet."""
        return self.before is None

    @property
    def is_changing(self) -> bool:
        """Whether a result that is there would become another."""
        result = getattr(self.enrolment, "result", None)
        return result is not None and any(
            getattr(result, name) != value for name, value in self.values.items()
        )


@dataclass(frozen=True, slots=True)
class Preview:
    """What a table of results would do: nothing, where a single row is wrong."""

    rows: list[ResultRow]
    reasons: list[str]

    @property
    def bad_rows(self) -> list[ResultRow]:
        """The rows that cannot be taken."""
        return [row for row in self.rows if row.errors]

    @property
    def is_clean(self) -> bool:
        """Whether all of it can be taken."""
        return not self.reasons and not self.bad_rows

    @property
    def passed_count(self) -> int:
        """How many of the rows pass."""
        return sum(row.is_passed for row in self.rows)

    @property
    def changed_count(self) -> int:
        """How many results that are there would become others."""
        return sum(row.is_changing for row in self.rows)


def locks_results(function: Lock) -> Lock:
    """Register a function: ids of enrolments → those whose result must stay.

    Apps above tell so what has been built upon a result.
    """
    _LOCKS.append(function)
    return function


def preview_results(run: Run, content: bytes, *, on: date) -> Preview:
    """Read a table of results and tell what is wrong in each of its rows.

    Raises:
        FileRefused: the table cannot be read or lacks columns.
    """
    enrolments = {row.learner.email: row for row in enrolments_in(run)}
    sheet = read_rows(content, columns=COLUMNS)
    rows = [_row(line, run, enrolments, on) for line in sheet]
    _mark_doubles(rows)
    _mark_locked(rows)
    reasons = []
    if run.state != RunState.OPEN:
        reasons.append(_("Results are taken in only while the run is under way."))
    if not rows:
        reasons.append(_("The table has no rows: fill in the template."))
    return Preview(rows, reasons)


def _row(
    line: SheetRow, run: Run, enrolments: dict[str, Enrolment], on: date
) -> ResultRow:
    cells = line.cells
    names = (_text(cells[key]) for key in COLUMNS[1:4])
    row = ResultRow(
        line.number,
        email=_text(cells["email"]),
        name=" ".join(name for name in names if name),
    )
    row.enrolment = enrolments.get(row.email.lower())
    row.errors += _errors_in_learner(row, _text(cells["surname"]))
    try:
        row.points = _points(cells["points"])
        row.is_passed = row.points >= run.passing_points
    except ValueError as error:
        row.errors.append(str(error))
    try:
        row.completed_on = _completed_on(cells["completed_on"], run, on)
    except ValueError as error:
        row.errors.append(str(error))
    return row


def _errors_in_learner(row: ResultRow, surname: str) -> Iterable[str]:
    if not row.email:
        yield _("No e-mail: it tells whose result this is.")
    elif row.enrolment is None:
        yield _("“%(email)s” is not enrolled in this run.") % {"email": row.email[:80]}
    elif row.enrolment.state == EnrolmentState.WITHDRAWN:
        yield _("%(learner)s has withdrawn from this run.") % {
            "learner": row.enrolment.learner
        }
    elif surname and _folded(surname) != _folded(row.enrolment.learner.surname):
        # Names pasted one row lower than points are the usual accident.
        yield _("This e-mail is of %(learner)s: have the rows slipped?") % {
            "learner": row.enrolment.learner
        }


def _points(cell: Any) -> Decimal:
    text = _text(cell).replace(",", ".").replace("\N{NO-BREAK SPACE}", "")
    if not text:
        raise ValueError(_("No points: write 0 or take the row out."))
    try:
        points = Decimal(text)
    except InvalidOperation:
        points = Decimal("NaN")
    if isinstance(cell, bool) or not points.is_finite():
        raise ValueError(
            _("“%(text)s” is not a number of points.") % {"text": text[:40]}
        )
    if not 0 <= points <= MAX_POINTS:
        raise ValueError(
            _("%(text)s points: the scale is from 0 to 100.") % {"text": text[:40]}
        )
    exact = points.quantize(HUNDREDTH)
    if exact != points:
        raise ValueError(
            _("%(text)s points: at most two decimals.") % {"text": text[:40]}
        )
    return exact


def _completed_on(cell: Any, run: Run, on: date) -> date:
    day = _date(cell)
    if day is None:
        raise ValueError(
            _("“%(text)s” is not a date: write it as 21.11.2026.")
            % {"text": _text(cell)[:40]}
            if _text(cell)
            else _("No date of completion.")
        )
    if day < run.starts_on:
        raise ValueError(_("Completed before the run began."))
    if day > on:
        raise ValueError(_("The date of completion is yet to come."))
    return day


def _date(cell: Any) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    for shape in DATE_FORMATS:
        try:
            return datetime.strptime(_text(cell), shape).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    return None


def _mark_doubles(rows: list[ResultRow]) -> None:
    times = Counter(row.email.lower() for row in rows if row.email)
    for row in rows:
        if times[row.email.lower()] > 1:
            row.errors.append(_("This learner stands in the table more than once."))


def _mark_locked(rows: list[ResultRow]) -> None:
    changing = {row.enrolment.pk for row in rows if row.enrolment and row.is_changing}
    locked = {pk for lock in _LOCKS for pk in lock(changing)} if changing else set()
    for row in rows:
        if row.enrolment and row.enrolment.pk in locked:
            row.errors.append(
                _("A certificate has been issued: the result stays as it is.")
            )


def _text(cell: Any) -> str:
    if isinstance(cell, float):
        # What a person sees in the cell, without the noise of binary fractions.
        return f"{cell:.10g}"
    return "" if cell is None else str(cell).strip()


def _folded(name: str) -> str:
    return name.strip().casefold().replace("ё", "е")
