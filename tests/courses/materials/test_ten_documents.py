"""Pages of DOCX agree with LibreOffice within one page, on ten texts of our own.

The figures beside were counted by LibreOffice 7.4.7 (Debian 12, with Liberation and
Carlito installed) in the same texts set in the regulation's format: `bench/documents.py`
counts them anew where LibreOffice is installed.
"""

from math import ceil

import pytest

from courses.formats.docx import measure_docx
from courses.formats.pages import PageFormat
from tests.courses.materials import ten_documents
from tests.courses.materials.media_files import written

LIBREOFFICE_PAGES = {
    "plain": 8,
    "headed": 8,
    "listed": 9,
    "tabled": 9,
    "long_table": 14,
    "pictured": 9,
    "broken": 10,
    "indented": 10,
    "of_arial": 8,
    "mixed": 13,
}


@pytest.mark.parametrize(
    "maker", ten_documents.MAKERS, ids=lambda maker: maker.__name__
)
def test_a_text_has_as_many_pages_as_libreoffice_lays_out_give_or_take_one(
    maker, tmp_path
):
    """MIN 3.3.3.8: pages are counted at 12 pt, spacing 1.5, margins of 2 cm."""
    path = written(tmp_path, "x.docx", ten_documents.make(maker))
    found = measure_docx(path, PageFormat())
    assert abs(ceil(found.pages) - LIBREOFFICE_PAGES[maker.__name__]) <= 1


@pytest.mark.parametrize(
    "maker", ten_documents.MAKERS, ids=lambda maker: maker.__name__
)
def test_a_text_in_the_format_already_has_the_same_pages(maker, tmp_path):
    own = ten_documents.make(maker)
    reset = ten_documents.in_the_edition_s_format(own)
    before = measure_docx(written(tmp_path, "own.docx", own), PageFormat())
    after = measure_docx(written(tmp_path, "reset.docx", reset), PageFormat())
    assert after.pages == before.pages
    assert (after.layout.size_pt, after.layout.spacing) == (12, 1.5)
    assert after.layout.margins_cm == (2, 2, 2, 2)
