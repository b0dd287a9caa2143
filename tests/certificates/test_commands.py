"""Commands: issue_certificates, verify_certificate."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from certificates.forms import MAX_BYTES
from certificates.models import Certificate
from tests.certificates.conftest import pdf_of
from tests.certificates.life import add_learner


def run_command(*words, code: int = 0) -> str:
    out = io.StringIO()
    if code:
        with pytest.raises(SystemExit, match=str(code)):
            call_command(*words, stdout=out)
    else:
        call_command(*words, stdout=out)
    return out.getvalue()


def test_certificates_are_issued_and_told_as_json(run, passed):
    passed(2)
    add_learner(run, language="kk")
    told = json.loads(run_command("issue_certificates", str(run.pk), "--json"))
    assert [each["number"] for each in told["issued"]] == [1, 2]
    assert {each["code"] for each in told["issued"]} == set(
        Certificate.objects.values_list("code", flat=True)
    )
    assert [sorted(each) for each in told["refused"]] == [["learner", "reason"]]
    again = json.loads(run_command("issue_certificates", str(run.pk), "--json"))
    assert again["issued"] == []


def test_certificates_are_issued_and_told_in_lines(run, passed):
    passed(1)
    add_learner(run, language="kk")
    lines = run_command("issue_certificates", str(run.pk)).splitlines()
    assert lines[0] == "Issued: 1."
    assert len(lines) == 3


def test_a_run_that_is_not_there_is_an_error(db):
    with pytest.raises(CommandError, match="404404"):
        call_command("issue_certificates", "404404")


def test_a_certificate_is_verified_by_its_number(certificate):
    told = json.loads(run_command("verify_certificate", "1", "--json"))
    assert (told["standing"], told["learner"]) == ("genuine", certificate.full_name)
    assert told["sha256"] == certificate.file.sha256


def test_a_certificate_is_verified_by_its_file(certificate, tmp_path):
    file = tmp_path / "certificate.pdf"
    file.write_bytes(pdf_of(certificate))
    assert "standing: genuine" in run_command("verify_certificate", str(file))
    file.write_bytes(pdf_of(certificate) + b" ")
    assert "standing: altered" in run_command("verify_certificate", str(file), code=1)


def test_what_is_not_genuine_ends_with_one(unready):
    assert "not_ready" in run_command("verify_certificate", "1", code=1)
    told = json.loads(run_command("verify_certificate", "77", "--json", code=1))
    assert told == {"standing": "unknown", "number": None}


def test_neither_a_file_nor_a_number_is_an_error(db, tmp_path):
    with pytest.raises(CommandError, match="neither"):
        call_command("verify_certificate", str(tmp_path / "none.pdf"))
    large = tmp_path / "large.pdf"
    with large.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    with pytest.raises(CommandError, match="too large"):
        call_command("verify_certificate", str(large))
