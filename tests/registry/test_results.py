"""Results come in as a table: every bad row named, all of it or nothing."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from openpyxl import load_workbook

from core.storage import read_bytes
from core.uploads import FileRefused
from registry import services
from registry.models import Result, ResultImport
from registry.selectors import locks_results, preview_results, results_template
from registry.selectors import results as reading
from registry.selectors.results import COLUMNS
from registry.services import ResultsRefused, UploadForgotten
from tests import factories
from tests.registry import life

ON = date(2026, 9, 14)


def _errors(run, *rows):
    preview = preview_results(run, life.table(*rows), on=ON)
    return {row.number: len(row.errors) for row in preview.rows}


def test_results_are_taken_in_with_their_original(enrolment, learner, staff, at):
    content = life.table(life.row(learner, 85.5))
    source = services.import_results(
        run=enrolment.run, file=life.checked(content), by=staff, at=at
    )
    result = Result.objects.get()
    assert (result.points, result.is_passed, result.source) == (
        Decimal("85.50"),
        True,
        source,
    )
    assert read_bytes(source.stored_as) == content
    assert (str(source), str(result)) == ("results.xlsx", f"{enrolment}: 85.50")


@pytest.mark.parametrize(
    ("points", "is_passed"), [(60, True), ("59,99", False), (0, False), (100, True)]
)
def test_to_pass_one_needs_the_points_of_the_run(
    enrolment, learner, staff, at, points, is_passed
):
    life.take_in(enrolment.run, life.row(learner, points), staff=staff, at=at)
    assert Result.objects.get().is_passed is is_passed


@pytest.mark.parametrize(
    "points", ["abc", 101, -1, None, "", True, "1e999", "NaN", 85.123, "8 5 0"]
)
def test_points_that_are_none_name_their_row(enrolment, learner, points):
    """MIN 4.6: the scale is of 100 points."""
    assert _errors(enrolment.run, life.row(learner, points)) == {2: 1}


@pytest.mark.parametrize(
    "day", [None, "yesterday", date(2026, 8, 31), date(2026, 9, 15), 45000]
)
def test_day_of_completion_that_is_none_names_its_row(enrolment, learner, day):
    assert _errors(enrolment.run, life.row(learner, completed_on=day)) == {2: 1}


@pytest.mark.parametrize("day", [date(2026, 9, 1), "14.09.2026", "2026-09-14"])
def test_day_of_completion_may_be_written_in_several_ways(enrolment, learner, day):
    assert _errors(enrolment.run, life.row(learner, completed_on=day)) == {2: 0}


def test_unknown_learner_names_the_row(enrolment, stranger):
    assert _errors(enrolment.run, life.row(stranger)) == {2: 1}


def test_learner_without_an_email_names_the_row(enrolment, learner):
    assert _errors(enrolment.run, life.row(learner, email=None)) == {2: 1}


def test_email_is_found_in_any_case(enrolment, learner):
    row = life.row(learner, email=f" {learner.email.upper()} ")
    assert _errors(enrolment.run, row) == {2: 0}


def test_withdrawn_learner_names_the_row(enrolment, learner, at):
    services.withdraw(enrolment=enrolment, by=learner, at=at)
    assert _errors(enrolment.run, life.row(learner)) == {2: 1}


def test_learner_twice_names_both_rows(enrolment, learner):
    rows = life.row(learner, 70), life.row(learner, 80)
    assert _errors(enrolment.run, *rows) == {2: 1, 3: 1}


def test_surname_of_another_tells_that_rows_slipped(enrolment, learner):
    assert _errors(enrolment.run, life.row(learner, surname="Другова")) == {2: 1}
    assert _errors(enrolment.run, life.row(learner, surname=None)) == {2: 0}


def test_surname_is_the_same_with_and_without_dots_over_e(run, at):
    learner = factories.UserFactory(surname="Королёва")
    life.enrolled(run, learner, at=at)
    assert _errors(run, life.row(learner, surname="КОРОЛЕВА")) == {2: 0}


def test_one_bad_row_and_nothing_is_taken_in(enrolment, learner, stranger, staff, at):
    with pytest.raises(ResultsRefused) as refusal:
        life.take_in(
            enrolment.run,
            life.row(learner),
            life.row(stranger, "abc"),
            staff=staff,
            at=at,
        )
    assert [row.number for row in refusal.value.preview.bad_rows] == [3]
    assert not Result.objects.exists()
    assert not ResultImport.objects.exists()


def test_empty_table_is_refused(enrolment, staff, at):
    with pytest.raises(ResultsRefused):
        life.take_in(enrolment.run, staff=staff, at=at)


def test_table_without_a_column_is_refused(enrolment):
    content = life.table(header=COLUMNS[1:])
    with pytest.raises(FileRefused):
        preview_results(enrolment.run, content, on=ON)


def test_closed_run_takes_no_results(enrolment, learner, staff, at):
    services.close_run(run=enrolment.run, by=staff, at=at)
    with pytest.raises(ResultsRefused):
        life.take_in(enrolment.run, life.row(learner), staff=staff, at=at)


def test_learner_takes_no_results_in(enrolment, learner, at):
    with pytest.raises(PermissionDenied):
        life.take_in(enrolment.run, life.row(learner), staff=learner, at=at)


def test_second_table_brings_results_up_to_date(enrolment, learner, staff, at):
    life.take_in(enrolment.run, life.row(learner, 50), staff=staff, at=at)
    content = life.table(life.row(learner, 90))
    preview = preview_results(enrolment.run, content, on=ON)
    assert (preview.changed_count, preview.passed_count) == (1, 1)
    second = life.take_in(enrolment.run, life.row(learner, 90), staff=staff, at=at)
    result = Result.objects.get()
    assert (result.points, result.source) == (Decimal(90), second)


def test_same_result_again_changes_nothing(enrolment, learner, staff, at):
    first = life.take_in(enrolment.run, life.row(learner), staff=staff, at=at)
    life.take_in(enrolment.run, life.row(learner), staff=staff, at=at)
    assert Result.objects.get().source == first


def test_result_that_something_is_built_on_stays(
    enrolment, learner, staff, at, monkeypatch
):
    life.take_in(enrolment.run, life.row(learner, 90), staff=staff, at=at)
    monkeypatch.setattr(reading, "_LOCKS", [])
    locks_results(set)
    assert _errors(enrolment.run, life.row(learner, 95)) == {2: 1}
    assert _errors(enrolment.run, life.row(learner, 90)) == {2: 0}


def test_template_is_prefilled_and_comes_back_as_it_went(enrolment, learner, staff, at):
    book = load_workbook(BytesIO(results_template(enrolment.run)))
    sheet = book.worksheets[0]
    rows = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert rows[0] == list(COLUMNS)
    assert rows[1][:4] == [
        learner.email,
        learner.surname,
        learner.given_name,
        learner.patronymic,
    ]
    assert (rows[1][4], rows[1][5].date()) == (None, date(2026, 12, 20))
    assert sheet.cell(1, 5).comment is not None
    life.take_in(enrolment.run, life.row(learner, 77.5), staff=staff, at=at)
    filled = results_template(enrolment.run)
    assert preview_results(enrolment.run, filled, on=ON).is_clean


def test_template_takes_no_formula_from_a_name(run, at):
    life.enrolled(run, factories.UserFactory(surname="=HYPERLINK(1)"), at=at)
    book = load_workbook(BytesIO(results_template(run)))
    assert book.worksheets[0].cell(2, 2).data_type == "s"


def test_template_leaves_out_who_has_withdrawn(enrolment, learner, at):
    services.withdraw(enrolment=enrolment, by=learner, at=at)
    book = load_workbook(BytesIO(results_template(enrolment.run)))
    assert book.worksheets[0].max_row == 1


def test_held_table_comes_back_to_who_looked_at_it(run, opened, staff, at):
    file = life.checked(life.table())
    note = services.hold_upload(run=run, file=file, by=staff)
    assert services.held_upload(note, run=run, by=staff).content == file.content
    other_run = life.planned(opened, staff=staff, at=at)
    other_staff = factories.StaffFactory()
    for run_asked, by, asked in (
        (other_run, staff, note),
        (run, other_staff, note),
        (run, staff, f"{note}x"),
        (run, staff, ""),
    ):
        with pytest.raises(UploadForgotten):
            services.held_upload(asked, run=run_asked, by=by)
