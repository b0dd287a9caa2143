"""Pages of DOCX agree with LibreOffice within one page, on twenty texts of our own.

The layout was tuned on the first ten; the others were made afterwards.

The figures beside were counted by LibreOffice 7.4.7 (Debian 12, with Liberation and
Carlito installed) in the same texts set in the regulation's format: `bench/documents.py`
counts them anew where LibreOffice is installed.
"""

from math import ceil

import pytest

from courses.formats.docx import measure_docx
from courses.formats.pages import PageFormat
from tests.courses.materials import ten_documents, ten_more_documents
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
    "merged": 13,
    "nested_lists": 11,
    "pictures_of_sizes": 7,
    "of_kazakh": 10,
    "noted": 9,
    "in_columns": 7,
    "turned": 8,
    "of_many_families": 6,
    "spaced": 13,
    "table_in_table": 14,
}
MAKERS = [
    *((ten_documents.make, maker) for maker in ten_documents.MAKERS),
    *((ten_more_documents.make, maker) for maker in ten_more_documents.MAKERS),
]
of_every_text = pytest.mark.parametrize(
    ("make", "maker"), MAKERS, ids=lambda each: each.__name__
)


@of_every_text
def test_a_text_has_as_many_pages_as_libreoffice_lays_out_give_or_take_one(
    make, maker, tmp_path
):
    """MIN 3.3.3.8: pages are counted at 12 pt, spacing 1.5, margins of 2 cm."""
    path = written(tmp_path, "x.docx", make(maker))
    found = measure_docx(path, PageFormat())
    assert abs(ceil(found.pages) - LIBREOFFICE_PAGES[maker.__name__]) <= 1


@of_every_text
def test_a_text_in_the_format_already_has_the_same_pages(make, maker, tmp_path):
    own = make(maker)
    reset = ten_documents.in_the_edition_s_format(own)
    before = measure_docx(written(tmp_path, "own.docx", own), PageFormat())
    after = measure_docx(written(tmp_path, "reset.docx", reset), PageFormat())
    assert after.pages == before.pages
    assert (after.layout.size_pt, after.layout.spacing) == (12, 1.5)
    assert after.layout.margins_cm == (2, 2, 2, 2)
