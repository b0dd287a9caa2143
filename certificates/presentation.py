"""How certificates and the answers of a verification are told on a page."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.enums import Standing
from certificates.models import Certificate
from certificates.selectors import Verification, standing_of
from core.sheets import write_table
from core.templatetags.figures import day, number
from registry.models import Run

_BY_CODE = {
    Standing.GENUINE: gettext_lazy(
        "The certificate was issued and is in force. Compare what stands below with "
        "the document that you hold."
    ),
    Standing.REVOKED: gettext_lazy(
        "The certificate was issued, and has no force any more."
    ),
    Standing.NOT_READY: gettext_lazy(
        "The certificate is in force. Its file will be there in some minutes."
    ),
    Standing.UNKNOWN: gettext_lazy(
        "There is no certificate with this number and this code. Check each sign and "
        "try again; if it is all as printed, the document is not ours."
    ),
}
_BY_FILE = {
    Standing.GENUINE: gettext_lazy(
        "This is the very file that was issued: not a byte of it is changed."
    ),
    Standing.ALTERED: gettext_lazy(
        "The file refers to our certificate, but it is not the file that was issued. "
        "Trust only what stands below."
    ),
    Standing.REVOKED: gettext_lazy(
        "This is the file that was issued, but the certificate has no force any more."
    ),
    Standing.UNKNOWN: gettext_lazy(
        "We have issued no such file. If it was scanned or saved anew, verify by the "
        "number and the code printed on it."
    ),
}
_TONES = {
    Standing.GENUINE: "genuine",
    Standing.ALTERED: "altered",
    Standing.REVOKED: "revoked",
    Standing.NOT_READY: "wait",
    Standing.UNKNOWN: "stop",
}


def answer_page(answer: Verification, *, is_file: bool) -> dict[str, Any]:
    """Return the context of an answer: the large word, what it means, the facts."""
    words = _BY_FILE if is_file else _BY_CODE
    certificate = answer.certificate
    return {
        "tone": _TONES[answer.standing],
        "word": answer.standing.label,
        "meaning": words[answer.standing],
        "facts": facts_of(certificate) if certificate else [],
    }


def facts_of(certificate: Certificate) -> list[dict[str, Any]]:
    """Return what the register says of a certificate (MIN 5.5.5)."""
    facts = [
        (_("Number"), certificate.display_number),
        (_("Issued to"), certificate.full_name),
        (_("Course"), certificate.course_title),
        (_("Workload"), _workload(certificate)),
        (_("Completed on"), day(certificate.completed_on)),
        (_("Issued on"), day(certificate.issued_on)),
        (_("Issued by"), certificate.university),
    ]
    if hasattr(certificate, "revocation"):
        facts.append((_("Revoked on"), day(certificate.revocation.revoked_at)))
    return [{"label": label, "value": value} for label, value in facts]


def rows_of(certificates: Iterable[Certificate]) -> list[dict[str, Any]]:
    """Return certificates for a list, each with its standing and its tone."""
    rows = []
    for certificate in certificates:
        standing = standing_of(certificate)
        rows.append(
            {
                "certificate": certificate,
                "standing": standing.label,
                "tone": _TONES[standing],
                "has_file": hasattr(certificate, "file"),
                "reason": certificate.revocation.reason
                if standing == Standing.REVOKED
                else "",
            }
        )
    return rows


def file_disposition(certificate: Certificate) -> str:
    """Return the header that names a downloaded file: plain, and with the surname."""
    plain = f"certificate-{certificate.number:06d}.pdf"
    full = quote(f"{certificate.number:06d} {certificate.surname}.pdf", safe="")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{full}"


def _workload(certificate: Certificate) -> str:
    hours = _("%(hours)s hours") % {"hours": _plainly(certificate.workload_hours)}
    if certificate.workload_credits is None:
        return hours
    return _("%(hours)s, %(credits)s credits") % {
        "hours": hours,
        "credits": _plainly(certificate.workload_credits),
    }


def _plainly(value: Decimal) -> str:
    return number(value, 0 if value == value.to_integral_value() else 1)


def register_sheet(run: Run, certificates: Iterable[Certificate]) -> bytes:
    """Return the register of a run's certificates as a workbook."""
    header = [
        _("Number"),
        _("Surname"),
        _("Given name"),
        _("Patronymic"),
        _("Course"),
        _("Language"),
        _("Completed on"),
        _("Issued on"),
        _("State"),
        _("Code"),
    ]
    rows = (
        [
            f"{certificate.number:06d}",
            certificate.surname,
            certificate.given_name,
            certificate.patronymic,
            certificate.course_title,
            certificate.get_language_display(),
            certificate.completed_on,
            certificate.issued_on,
            standing_of(certificate).label,
            certificate.code,
        ]
        for certificate in certificates
    )
    return write_table(
        title=_("Certificates: %(run)s") % {"run": run}, header=header, rows=rows
    )
