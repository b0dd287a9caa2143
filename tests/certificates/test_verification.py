"""Verification: by number and code, by file; wrong codes; what is dropped in bad faith."""

import zlib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from certificates.codes import ALPHABET, as_typed, new_code
from certificates.enums import Standing
from certificates.forms import MAX_BYTES, ReferenceForm
from certificates.models import WrongCode
from certificates.references import MAX_REFERENCES, MAX_STREAMS, references_in
from certificates.selectors import (
    WRONG_CODES_OF_ADDRESS,
    WRONG_CODES_OF_NUMBER,
    WRONG_CODES_WINDOW,
    certificate_numbered,
    verify_content,
)
from certificates.services import (
    TooManyWrongCodes,
    issue_certificates,
    keep_file,
    revoke_certificate,
    verify_code,
    verify_pdf,
)
from certificates.tasks import render_certificate
from core.addresses import client_address
from tests.certificates.conftest import pdf_of
from tests.certificates.life import add_learner, make_run

HERE = "192.0.2.7"
WRONG = "AAAA-AAAA-AAAA"


def page_of(certificate, code: str | None = None) -> str:
    return reverse(
        "certificates:verified", args=[certificate.number, code or certificate.code]
    )


def upload(client, content: bytes, name: str = "certificate.pdf"):
    file = SimpleUploadedFile(name, content, "application/pdf")
    return client.post(reverse("certificates:verify"), {"file": file})


# --- Codes ------------------------------------------------------------------------


def test_a_code_is_twelve_signs_none_like_another():
    code = new_code()
    assert [len(part) for part in code.split("-")] == [4, 4, 4]
    assert set(code) <= {*ALPHABET, "-"}
    assert not set("0O1IL5S8B2Z") & set(ALPHABET)


@pytest.mark.parametrize(
    "typed", ["k7px3mwaqf9t", "K7PX 3MWA QF9T", " k7px-3mwa-qf9t ", "К7РХ-3МWА-QF9Т"]
)
def test_a_code_is_read_however_it_was_typed(typed):
    assert as_typed(typed) == "K7PX-3MWA-QF9T"


@pytest.mark.parametrize(
    "typed",
    [
        "000123 K7PX-3MWA-QF9T",
        "№ 000123, K7PX 3MWA QF9T",
        "123k7px3mwaqf9t",
        "https://portal.example:8000/certificates/verify/123/K7PX-3MWA-QF9T/",
    ],
)
def test_number_and_code_are_read_from_one_line(typed):
    form = ReferenceForm({"certificate": typed})
    assert form.is_valid()
    assert form.cleaned_data["certificate"] == (123, "K7PX-3MWA-QF9T")


@pytest.mark.parametrize(
    "typed",
    ["", "123", "K7PX-3MWA-QF9T", "123 K7PX-3MWA-QF9", "1234567890123 K7PX", "x" * 301],
)
def test_half_a_reference_is_an_error_that_says_what_is_missing(typed, client, db):
    answer = client.get(reverse("certificates:verify"), {"certificate": typed})
    assert answer.status_code == 400
    assert answer.context["code_form"].errors["certificate"]


# --- By number and code -----------------------------------------------------------


def test_the_right_code_is_answered_in_two_queries(
    certificate, client, django_assert_num_queries
):
    with django_assert_num_queries(2):
        answer = client.get(page_of(certificate))
    assert answer.status_code == 200
    assert answer.context["tone"] == "genuine"
    assert certificate.full_name in answer.content.decode()


def test_the_line_typed_leads_to_the_page_of_the_certificate(certificate, client):
    typed = f"{certificate.display_number} {certificate.code.lower()}"
    answer = client.get(reverse("certificates:verify"), {"certificate": typed})
    assert (answer.status_code, answer.url) == (302, page_of(certificate))


def test_a_certificate_without_credits_tells_the_hours_alone(db, staff, client, at):
    run = make_run()
    run.entry.version.credits = None
    run.entry.version.save()
    add_learner(run)
    made = issue_certificates(run=run, by=staff, at=at).certificates[0]
    facts = client.get(page_of(made)).context["facts"]
    assert [fact["value"] for fact in facts][3].startswith("144")


def test_a_revoked_certificate_says_so_and_hides_the_reason(
    certificate, client, staff, at
):
    revoke_certificate(certificate=certificate, reason="Тайна", by=staff, at=at)
    answer = client.get(page_of(certificate))
    assert (answer.status_code, answer.context["tone"]) == (200, "revoked")
    assert "14.09.2026" in answer.content.decode()
    assert "Тайна" not in answer.content.decode()


def test_an_issued_certificate_without_a_file_is_genuine_already(unready, client):
    answer = client.get(page_of(unready))
    assert (answer.status_code, answer.context["tone"]) == (200, "wait")


@pytest.mark.parametrize("code", [WRONG, "x", "a_b"])
def test_a_wrong_code_is_not_found_and_tells_nothing(certificate, client, code):
    answer = client.get(page_of(certificate, code))
    assert (answer.status_code, answer.context["facts"]) == (404, [])
    assert certificate.surname not in answer.content.decode()


def test_a_number_beyond_any_register_is_no_page(client, db):
    path = f"/certificates/verify/{10**30}/{WRONG}/"
    assert client.get(path).status_code == 404
    assert not WrongCode.objects.exists()


def test_the_code_of_another_certificate_is_wrong(certificate, run, staff, client, at):
    add_learner(run)
    other = issue_certificates(run=run, by=staff, at=at).certificates[0]
    assert client.get(page_of(certificate, other.code)).status_code == 404


def test_a_number_alone_is_enough_for_those_who_keep_the_register(certificate):
    assert certificate_numbered(certificate.number).standing == Standing.GENUINE
    assert certificate_numbered(10**30).standing == Standing.UNKNOWN


# --- Wrong codes are throttled ----------------------------------------------------


def guess(number: int, at, *, address: str = HERE) -> None:
    verify_code(number=number, code=WRONG, address=address, at=at)


def test_after_ten_wrong_codes_even_the_right_one_gets_no_answer(certificate, at):
    for number in range(WRONG_CODES_OF_ADDRESS):
        guess(number + 100, at)
    with pytest.raises(TooManyWrongCodes):
        verify_code(
            number=certificate.number, code=certificate.code, address=HERE, at=at
        )
    answer = verify_code(
        number=certificate.number, code=certificate.code, address="192.0.2.8", at=at
    )
    assert answer.standing == Standing.GENUINE
    assert WrongCode.objects.count() == WRONG_CODES_OF_ADDRESS


def test_a_number_that_many_guess_at_is_closed_to_all(certificate, at):
    for host in range(WRONG_CODES_OF_NUMBER):
        guess(certificate.number, at, address=f"192.0.2.{host}")
    with pytest.raises(TooManyWrongCodes):
        guess(certificate.number, at, address="198.51.100.1")


def test_wrong_codes_are_forgotten_after_a_quarter_of_an_hour(certificate, at):
    for number in range(WRONG_CODES_OF_ADDRESS):
        guess(number + 100, at)
    guess(1, at + WRONG_CODES_WINDOW)
    assert WrongCode.objects.count() == 1
    assert str(WrongCode.objects.get()) == f"1: {HERE}"


def test_who_guesses_is_told_to_come_later(certificate, client):
    for number in range(WRONG_CODES_OF_ADDRESS):
        client.get(f"/certificates/verify/{number + 100}/{WRONG}/")
    answer = client.get(page_of(certificate))
    assert (answer.status_code, answer["Retry-After"]) == (429, "900")
    assert upload(client, pdf_of(certificate)).context["tone"] == "genuine"
    assert upload(client, pdf_of(certificate) + b" ").status_code == 429


@pytest.mark.parametrize(
    ("headers", "is_behind_proxy", "address"),
    [
        ({"REMOTE_ADDR": "192.0.2.1"}, False, "192.0.2.1"),
        (
            {"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": "8.8.8.8"},
            False,
            "192.0.2.1",
        ),
        (
            {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "8.8.8.8, 192.0.2.1"},
            True,
            "192.0.2.1",
        ),
        ({"REMOTE_ADDR": "2001:db8::1:2"}, False, "2001:db8::/64"),
        ({"REMOTE_ADDR": ""}, False, ""),
    ],
)
def test_the_address_is_the_real_one(rf, settings, headers, is_behind_proxy, address):
    settings.SECURE_PROXY_SSL_HEADER = ("A", "https") if is_behind_proxy else None
    assert client_address(rf.get("/", **headers)) == address


# --- By file ----------------------------------------------------------------------


def test_the_file_that_was_issued_is_genuine(certificate, client):
    answer = upload(client, pdf_of(certificate))
    assert (answer.status_code, answer.context["tone"]) == (200, "genuine")
    assert answer.context["facts"]


def test_a_changed_byte_makes_it_altered(certificate, client):
    answer = upload(client, pdf_of(certificate) + b" ")
    assert (answer.status_code, answer.context["tone"]) == (200, "altered")
    assert certificate.full_name in answer.content.decode()


def test_a_real_certificate_is_known_again_after_a_change(unready, at):
    pdf = render_certificate(unready.pk)
    keep_file(certificate_id=unready.pk, pdf=pdf, at=at)
    assert verify_content(pdf).standing == Standing.GENUINE
    assert verify_content(pdf + b"\n%").standing == Standing.ALTERED


def test_the_file_of_a_revoked_certificate_is_revoked(certificate, client, staff, at):
    revoke_certificate(certificate=certificate, reason="Ошибка", by=staff, at=at)
    assert upload(client, pdf_of(certificate)).context["tone"] == "revoked"


def test_a_file_of_others_is_unknown(certificate, client):
    answer = upload(client, b"%PDF-1.4\n%%EOF")
    assert (answer.status_code, answer.context["tone"]) == (200, "stop")
    assert answer.context["facts"] == []


def test_invented_codes_in_files_count_as_wrong_codes(certificate, at):
    pdf = f"%PDF-1.4 /verify/{certificate.number}/{WRONG}/".encode()
    for _ in range(WRONG_CODES_OF_ADDRESS):
        assert verify_pdf(pdf=pdf, address=HERE, at=at).standing == Standing.UNKNOWN
    with pytest.raises(TooManyWrongCodes):
        verify_pdf(pdf=pdf, address=HERE, at=at + timedelta(minutes=1))


# --- References -------------------------------------------------------------------


def stream(content: bytes) -> bytes:
    return b"stream\n" + content + b"\nendstream "


def test_references_are_found_in_plain_and_in_deflated_parts():
    plain = b"/verify/7/K7PX-3MWA-QF9T "
    deflated = stream(zlib.compress(b"(https://a.example/verify/8/AAAA-CCCC-DDDD/)"))
    found = references_in(b"%PDF-1.7 " + plain + stream(b"not deflated") + deflated)
    assert found == [(7, "K7PX-3MWA-QF9T"), (8, "AAAA-CCCC-DDDD")]


@pytest.mark.parametrize(
    "text",
    [
        b"/verify/7/K7PX-3MWA-QF9T-AAAA",
        b"/verify/1234567890/K7PX-3MWA-QF9T",
        b"verify/7/K7PX-3MWA-QF9T",
        b"stream\n" + zlib.compress(b"/verify/7/K7PX-3MWA-QF9T"),
    ],
)
def test_what_is_no_address_of_ours_is_no_reference(text):
    assert references_in(text) == []


def test_only_the_first_few_references_are_asked_about():
    many = b" ".join(b"/verify/%d/K7PX-3MWA-QF9T" % number for number in range(50))
    assert len(references_in(many)) == MAX_REFERENCES


def test_a_bomb_ends_soon(monkeypatch):
    monkeypatch.setattr("certificates.references.MAX_INFLATED_BYTES", 100_000)
    bomb = stream(zlib.compress(bytes(5_000_000)))
    late = stream(zlib.compress(b"/verify/7/K7PX-3MWA-QF9T"))
    assert references_in(bomb + late) == []


def test_a_file_of_a_million_streams_ends_soon():
    late = stream(zlib.compress(b"/verify/7/K7PX-3MWA-QF9T"))
    assert references_in(stream(b"x") * MAX_STREAMS + late) == []


# --- Files dropped in bad faith ---------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<html><script>alert(1)</script></html>", "certificate.pdf"),
        (b"Plain text", "certificate.pdf"),
        (b"%PDF-1.7\n", "certificate.html"),
        (b"%PDF-1.7\n", "..\\x"),
        (b"", "certificate.pdf"),
        (b"PK\x03\x04", "certificate.pdf"),
    ],
)
def test_what_is_no_pdf_is_refused_with_words(db, client, content, name):
    answer = upload(client, content, name)
    assert answer.status_code == 400
    assert answer.context["file_form"].errors["file"]


def test_a_file_past_ten_megabytes_is_refused(db, client):
    answer = upload(client, b"%PDF-1.7\n" + bytes(MAX_BYTES))
    assert answer.status_code == 400


def test_no_file_at_all_is_refused(db, client):
    assert client.post(reverse("certificates:verify")).status_code == 400
