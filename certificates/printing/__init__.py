"""Printing of certificates: a pure function from a frozen row to the bytes of a PDF."""

from certificates.printing.fields import CertificateFields, Language
from certificates.printing.press import check, preload, render

__all__ = ["CertificateFields", "Language", "check", "preload", "render"]
