"""The house keeps its own rules: read from the code and from the models."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from core.immutable import insert_only_models
from core.workflow import all_workflows

APPS = (
    "accounts",
    "courses",
    "expertise",
    "registry",
    "certificates",
    "finance",
)
# Rows that are plumbing of a person or of a job, not of the university's business.
# How far a job is with a file is no state that people move (docs/adr/0005).
PROGRESS_OF_JOBS = {
    "courses/services/course_import/applying.py",
    "courses/services/course_import/reading.py",
    "courses/services/materials.py",
}
UNTRACKED = {
    "accounts.PasswordHash",
    "certificates.WrongCode",
    "courses.EditionPreviewLine",
    "courses.SectionDraft",
}


def sources(*folders: str) -> list[Path]:
    return [
        path
        for folder in folders
        for path in sorted((Path(settings.BASE_DIR) / folder).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def lines_with(pattern: str, paths: list[Path]) -> list[str]:
    return [
        f"{path.relative_to(settings.BASE_DIR)}: {line.strip()}"
        for path in paths
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(pattern, line)
    ]


def test_the_printed_diagrams_are_those_of_the_tables() -> None:
    call_command("print_workflows", check=True)


def test_nothing_but_the_workflow_assigns_a_state() -> None:
    found = lines_with(r"\.(state|stage) = ", sources(*APPS))

    assert {line.partition(":")[0] for line in found} == PROGRESS_OF_JOBS


def test_nothing_outside_the_rules_asks_for_a_role_by_name() -> None:
    paths = [
        path
        for path in sources(*APPS, "config")
        if path.name not in ("rules.py", "selectors.py", "models.py", "enums.py")
    ]

    assert lines_with(r"\bRole\.[A-Z]", paths) == []


def test_services_take_the_time_and_never_read_the_clock() -> None:
    paths = [
        path
        for path in sources(*APPS)
        if path.name in ("services.py", "workflow.py", "rules.py")
        or path.parent.name == "services"
    ]

    assert lines_with(r"timezone\.now\(|datetime\.now\(", paths) == []


@pytest.mark.parametrize("app", APPS)
def test_every_domain_row_leaves_a_trail(app: str) -> None:
    models = list(apps.get_app_config(app).get_models())
    tracked = {
        model.pgh_tracked_model._meta.label
        for model in models
        if hasattr(model, "pgh_tracked_model")
    }
    domain = {
        model._meta.label for model in models if not hasattr(model, "pgh_tracked_model")
    }

    assert domain - tracked - UNTRACKED == set()


def test_every_state_of_a_table_can_be_reached() -> None:
    unreachable = {
        f"{table.model._meta.label}: {value}"
        for table in all_workflows()
        for place, (value, _label) in enumerate(
            table.model._meta.get_field(table.state).flatchoices
        )
        if place > 0 and value not in {row.target for row in table}
    }

    assert unreachable == set()


def test_verdicts_certificates_signatures_and_closed_months_are_insert_only() -> None:
    names = {model._meta.label for model in insert_only_models()}

    assert {
        "accounts.Signature",
        "certificates.Certificate",
        "certificates.CertificateFile",
        "certificates.Revocation",
        "courses.Check",
        "courses.PassportSnapshot",
        "expertise.Verdict",
        "finance.MonthClosing",
        "finance.MonthlyReport",
        "finance.Payment",
    } <= names


def test_the_printed_list_of_the_admin_is_that_of_its_classes() -> None:
    call_command("print_admin", check=True)
