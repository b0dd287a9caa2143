import json
from decimal import Decimal

import pytest

from courses.regulation.engine import Report, run
from courses.regulation.finding import (
    Counter,
    Finding,
    Gate,
    Outcome,
    Severity,
    Source,
)
from courses.regulation.place import Place, Section
from courses.regulation.texts import Message, message
from tests.courses.regulation.factories import MININ, make_course


def make_finding(**changes) -> Finding:
    values = {
        "clause": "3.3.3.3",
        "code": "weekly_load",
        "severity": Severity.MANDATORY,
        "gate": Gate.EXPERTISE,
        "outcome": Outcome.FAILED,
        "required": message("at most %(hours)s h", hours=22),
        "found": message("%(hours)s h", hours=Decimal("22.5")),
        "source": Source.MEASURED,
        "place": Place(Section.TOPIC, 3, "hours"),
        "advice": Message("Shorten the topic."),
        "counter": Counter(Decimal("22.5"), 22),
    }
    return Finding(**{**values, **changes})


@pytest.mark.parametrize(
    "finding",
    [make_finding(), make_finding(place=None, advice=None, counter=None)],
)
def test_a_finding_comes_back_from_json_as_it_was(finding):
    assert Finding.from_dict(json.loads(json.dumps(finding.to_dict()))) == finding


def test_a_report_comes_back_from_json_as_it_was():
    report = run(make_course(weeks=9, glossary=None), MININ)

    assert Report.from_dict(json.loads(json.dumps(report.to_dict()))) == report


@pytest.mark.parametrize(
    ("severity", "outcome", "is_binding", "is_blocking"),
    [
        (Severity.MANDATORY, Outcome.PASSED, True, False),
        (Severity.MANDATORY, Outcome.FAILED, True, True),
        (Severity.MANDATORY, Outcome.CANNOT_TELL, True, True),
        (Severity.MANDATORY, Outcome.NOT_APPLICABLE, False, False),
        (Severity.OPTIONAL, Outcome.FAILED, True, True),
        (Severity.RECOMMENDED, Outcome.FAILED, False, False),
        (Severity.RECOMMENDED, Outcome.CANNOT_TELL, False, False),
    ],
)
def test_recommendations_only_warn_and_optional_parts_must_be_right_when_present(
    severity, outcome, is_binding, is_blocking
):
    finding = make_finding(severity=severity, outcome=outcome)

    assert finding.is_binding is is_binding
    assert finding.is_blocking is is_blocking
