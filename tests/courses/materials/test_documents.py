"""Pages of PDF and ODT, slides of presentations, pictures: counted in the content."""

from decimal import Decimal
from io import BytesIO

import pytest
from PIL import ImageFile
from pptx import Presentation
from pypdf import PdfWriter
from pypdf.errors import DependencyError
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

from courses.formats.documents import MAX_PAGES, measure_pdf, measure_pptx
from courses.formats.images import measure_image
from courses.formats.measures import FileUnreadable, Measures, UnreadableReason
from courses.formats.odt import measure_odt
from courses.formats.pages import PageFormat
from tests.courses.materials import media_files, word
from tests.courses.materials.making import pdf
from tests.courses.materials.media_files import written

OASIS = "urn:oasis:names:tc:opendocument:xmlns"
ODT_NAMES = (
    f'xmlns:o="{OASIS}:office:1.0" xmlns:t="{OASIS}:text:1.0" '
    f'xmlns:d="{OASIS}:drawing:1.0" xmlns:s="{OASIS}:svg-compatible:1.0" '
    f'xmlns:m="{OASIS}:manifest:1.0"'
)


def deck(slides: int, hidden: int = 0) -> bytes:
    made = Presentation()
    for number in range(slides + hidden):
        slide = made.slides.add_slide(made.slide_layouts[6])
        if number < hidden:
            slide._element.set("show", "0")
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def refusal(measure, path, *more):
    with pytest.raises(FileUnreadable) as refused:
        measure(path, *more)
    return refused.value.reason


def test_pages_of_a_pdf_are_counted_one_by_one(tmp_path):
    found = measure_pdf(written(tmp_path, "a.pdf", pdf(pages=3)))
    assert found == Measures("pdf", pages=Decimal(3))


def test_a_number_of_pages_that_a_pdf_claims_is_not_believed(tmp_path):
    writer = PdfWriter()
    writer.add_blank_page(width=9, height=9)
    writer.root_object["/Pages"][NameObject("/Count")] = NumberObject(500)
    path = tmp_path / "a.pdf"
    writer.write(path)
    assert b"500" in path.read_bytes()
    assert measure_pdf(path).pages == Decimal(1)


def test_a_pdf_that_only_its_changes_are_locked_of_can_be_read(tmp_path):
    content = pdf(pages=2, owner="secret")
    assert measure_pdf(written(tmp_path, "a.pdf", content)).pages == Decimal(2)


def test_a_pdf_locked_by_a_password_cannot_be_read(tmp_path):
    path = written(tmp_path, "a.pdf", pdf(password="secret"))
    assert refusal(measure_pdf, path) == UnreadableReason.ENCRYPTED


def test_a_pdf_locked_by_a_cipher_that_is_not_at_hand_cannot_be_read(
    tmp_path, monkeypatch
):
    def decrypt(_reader, _password):
        raise DependencyError

    monkeypatch.setattr("pypdf.PdfReader.decrypt", decrypt)
    path = written(tmp_path, "a.pdf", pdf(owner="secret"))
    assert refusal(measure_pdf, path) == UnreadableReason.ENCRYPTED


def test_a_cut_pdf_cannot_be_read(tmp_path):
    content = pdf(pages=9)
    path = written(tmp_path, "a.pdf", content[: len(content) // 2])
    assert refusal(measure_pdf, path) == UnreadableReason.CUT


def test_a_torn_pdf_cannot_be_read(tmp_path):
    path = written(tmp_path, "a.pdf", b"%PDF-1.7\nwords\n%%EOF\n")
    assert refusal(measure_pdf, path) == UnreadableReason.DAMAGED


def forged(tmp_path, change) -> object:
    writer = PdfWriter()
    writer.add_blank_page(width=9, height=9)
    change(writer.root_object["/Pages"])
    path = tmp_path / "a.pdf"
    writer.write(path)
    return path


def test_a_pdf_without_a_page_cannot_be_read(tmp_path):
    path = forged(
        tmp_path, lambda tree: tree.update({NameObject("/Kids"): ArrayObject()})
    )
    assert refusal(measure_pdf, path) == UnreadableReason.NO_PAGES


def test_a_tree_of_pages_that_holds_itself_is_not_walked_for_ever(tmp_path):
    path = forged(
        tmp_path,
        lambda tree: tree["/Kids"].extend([tree["/Kids"][0]]),
    )
    assert refusal(measure_pdf, path) == UnreadableReason.DAMAGED


def test_a_pdf_of_too_many_pages_is_not_counted_to_its_end(tmp_path):
    path = forged(
        tmp_path,
        lambda tree: tree["/Kids"].extend(leaf() for _number in range(MAX_PAGES)),
    )
    assert refusal(measure_pdf, path) == UnreadableReason.TOO_DEAR


def leaf():
    return DictionaryObject({NameObject("/Type"): NameObject("/Page")})


@pytest.mark.parametrize(("slides", "hidden"), [(1, 0), (3, 2), (0, 1)])
def test_hidden_slides_are_counted_apart(tmp_path, slides, hidden):
    """MIN 3.3.3.10: what a learner sees counts."""
    found = measure_pptx(written(tmp_path, "a.pptx", deck(slides, hidden)))
    assert found == Measures("pptx", slides=slides, hidden_slides=hidden)


def test_a_presentation_without_slides_or_cut_cannot_be_read(tmp_path):
    path = written(tmp_path, "a.pptx", deck(0))
    assert refusal(measure_pptx, path) == UnreadableReason.NO_SLIDES
    path = written(tmp_path, "a.pptx", deck(2)[:-100])
    assert refusal(measure_pptx, path) == UnreadableReason.CUT


def test_a_presentation_whose_slide_is_not_there_cannot_be_read(tmp_path):
    slides = (
        '<p:presentation xmlns:p="http://schemas.openxmlformats.org/presentationml/'
        '2006/main"><p:sldIdLst><p:sldId/></p:sldIdLst></p:presentation>'
    )
    lonely = word.archive({"ppt/presentation.xml": slides})
    path = written(tmp_path, "a.pptx", lonely)
    assert refusal(measure_pptx, path) == UnreadableReason.DAMAGED


def test_targets_of_a_presentation_may_begin_at_its_root(tmp_path):
    main = "http://schemas.openxmlformats.org/presentationml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    content = word.archive(
        {
            "ppt/presentation.xml": (
                f'<p:presentation xmlns:p="{main}" xmlns:r="{relations}"><p:sldIdLst>'
                '<p:sldId r:id="a"/></p:sldIdLst></p:presentation>'
            ),
            "ppt/_rels/presentation.xml.rels": (
                '<R><R Id="a" Target="/ppt/one.xml"/>'
                '<R Id="b" Target="http://e.org" TargetMode="External"/></R>'
            ),
            "ppt/one.xml": f'<p:sld xmlns:p="{main}"/>',
        }
    )
    assert measure_pptx(written(tmp_path, "a.pptx", content)).slides == 1


def odt(body: str, manifest: str = "") -> bytes:
    members = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<o:document {ODT_NAMES}>{body}</o:document>",
    }
    if manifest:
        members["META-INF/manifest.xml"] = (
            f"<m:manifest {ODT_NAMES}>{manifest}</m:manifest>"
        )
    return word.archive(members)


def test_words_and_pictures_of_an_odt_are_laid_out(tmp_path):
    path = written(tmp_path, "a.odt", odt("<t:h>Тема</t:h>" + "<t:p>слово</t:p>" * 35))
    assert measure_odt(path, PageFormat()) == Measures("odt", pages=Decimal("1.03"))
    frame = '<t:p><d:frame s:width="10cm" s:height="128.5mm"/></t:p>'
    path = written(tmp_path, "a.odt", odt(frame, "<m:file-entry/>"))
    assert measure_odt(path, PageFormat()).pages == Decimal("0.50")
    formless = '<t:p><d:frame s:width="50%"/></t:p>'
    path = written(tmp_path, "a.odt", odt(formless))
    assert measure_odt(path, PageFormat()).pages == Decimal("0.03")


def test_a_locked_odt_cannot_be_read(tmp_path):
    secret = "<m:file-entry><m:encryption-data/></m:file-entry>"
    path = written(tmp_path, "a.odt", odt("", secret))
    assert refusal(measure_odt, path, PageFormat()) == UnreadableReason.ENCRYPTED


@pytest.mark.parametrize("kind", ["jpeg", "png", "gif", "webp"])
def test_a_picture_has_its_size_and_a_cut_one_none(tmp_path, kind, monkeypatch):
    # WeasyPrint, which this process has imported, lets cut pictures pass everywhere.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)
    content = media_files.picture(kind)
    found = measure_image(written(tmp_path, "a", content), kind)
    assert found == Measures(kind, width=40, height=30)
    cut = written(tmp_path, "b", content[: len(content) // 2])
    assert refusal(measure_image, cut, kind) in {
        UnreadableReason.CUT,
        UnreadableReason.DAMAGED,
    }


def test_a_picture_of_too_many_pixels_is_not_drawn(tmp_path):
    path = written(tmp_path, "a", media_files.picture("gif", (8000, 5001)))
    assert refusal(measure_image, path, "gif") == UnreadableReason.TOO_DEAR
