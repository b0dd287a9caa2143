"""Documents: what they look like to a reader of PDF, and what is refused."""

import io
import threading

import pypdf
import pytest

from core import pdf
from core.pdf.engine import MARKUP_LIMIT, TAG_LIMIT
from core.pdf.faces import build_faces, faces_folder, font_file, repertoire
from core.pdf.text import printable_markup

KAZAKH_AND_KYRGYZ = "ӘәҒғҚқҢңӨөҰұҮүҺһІіӨөҮүҢң"
SIGNS = "№₸₽→✓☐☑«»—–…ё"


def opened(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in opened(content).pages)


def test_a_document_is_tagged_and_named_for_screen_readers():
    content = pdf.render_document(
        "<h1>Отчёт</h1><p>Ноябрь</p>", title="Отчёт за ноябрь", language="ru"
    )

    root = opened(content).trailer["/Root"]
    assert root["/MarkInfo"] == {"/Marked": True}
    assert root["/Lang"] == "ru"
    assert root["/StructTreeRoot"]["/Type"] == "/StructTreeRoot"
    assert opened(content).metadata.title == "Отчёт за ноябрь"
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_object().get_data()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", "стр. 2 из 3"),
        ("kk", "2-бет, барлығы 3"),
        ("ky", "2-бет, бардыгы 3"),
        ("en", "page 2 of 3"),
    ],
)
def test_each_page_says_its_number_in_the_language_of_the_document(language, words):
    body = "<p>А</p>" + '<p class="page-break">Б</p>' * 2

    content = pdf.render_document(
        body, title="Отчёт", language=language, header="Приречный", footer="Форма 1"
    )

    second = opened(content).pages[1].extract_text()
    assert words in second
    assert "Приречный" in second
    assert "Форма 1" in second


@pytest.mark.parametrize("is_landscape", [False, True])
def test_a_page_is_a4(is_landscape):
    content = pdf.render_document(
        "<p>А</p>", title="А", language="ru", is_landscape=is_landscape
    )

    box = opened(content).pages[0].mediabox
    sides = [round(float(box.width)), round(float(box.height))]
    assert sides == ([842, 595] if is_landscape else [595, 842])


def test_the_typeface_has_every_letter_of_the_four_languages():
    content = pdf.render_document(
        f"<p>{KAZAKH_AND_KYRGYZ}</p><p>{SIGNS}</p>", title="А", language="kk"
    )

    assert KAZAKH_AND_KYRGYZ in text_of(content)
    assert SIGNS in text_of(content)


def test_only_the_packaged_typeface_is_embedded():
    content = pdf.render_document("<p>А <b>Б</b> 中</p>", title="А", language="ru")

    fonts = opened(content).pages[0]["/Resources"]["/Font"]
    names = {
        font.get_object()["/BaseFont"].partition("+")[2] for font in fonts.values()
    }
    assert names == {"Portal", "Portal-Semi-Bold"}


def test_a_letter_that_the_typeface_lacks_is_printed_as_its_code():
    content = pdf.render_document("<p>Хорошо 🙂</p>", title="А", language="ru")

    assert "Хорошо [U+1F642]" in text_of(content)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("а\x0bб\x00в", "абв"),
        ("а\tб\nв", "а\tб\nв"),
        ("а\u202eб", "а[U+202E]б"),
        ("и\u0306", "й"),
        ("{{7*7}}", "{{7*7}}"),
    ],
)
def test_what_cannot_be_printed_does_not_reach_the_page(typed, printed):
    assert printable_markup(typed) == printed


def test_a_document_that_is_too_long_is_refused_before_it_is_laid_out():
    with pytest.raises(pdf.TextTooLong):
        pdf.render_document("я" * MARKUP_LIMIT, title="А", language="ru")


def test_a_document_of_too_many_elements_is_refused_before_it_is_laid_out():
    with pytest.raises(pdf.TooManyElements):
        pdf.render_document("<p>" * TAG_LIMIT, title="А", language="ru")


def test_a_document_of_too_many_pages_is_refused():
    typesetter = pdf.Typesetter(
        css="@page { size: A4 }", faces=(pdf.REGULAR,), page_limit=1
    )

    with pytest.raises(pdf.TooManyPages) as refusal:
        typesetter.typeset(
            '<html lang="ru"><title>А</title><p>А<p style="break-before: page">Б</html>'
        )

    assert refusal.value.details == {"pages": 2, "limit": 1}


def test_documents_may_be_made_in_several_threads_at_once():
    made: list[str] = []

    def make(number: int) -> None:
        content = pdf.render_document(
            f"<p>Лист {number}</p>" * 20, title="А", language="ru"
        )
        made.append(text_of(content).split("\n")[0])

    threads = [threading.Thread(target=make, args=[number]) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(made) == [f"Лист {number}" for number in range(6)]


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", pdf.EmptyText),
        ("   ", pdf.EmptyText),
        ("я" * 11, pdf.TextTooLong),
        ("я" * 10_000, pdf.TextTooLong),
        ("а\x0bб", pdf.ForbiddenCharacter),
        ("а\nб", pdf.ForbiddenCharacter),
        ("а\u202eб", pdf.ForbiddenCharacter),
        ("а\u2066б", pdf.ForbiddenCharacter),
        ("а\u200bб", pdf.ForbiddenCharacter),
        ("а\u2028б", pdf.ForbiddenCharacter),
        ("а\ud800б", pdf.ForbiddenCharacter),
        ("🙂", pdf.MissingGlyph),
        ("中", pdf.MissingGlyph),
    ],
)
def test_a_line_is_refused_with_its_reason(text, refusal):
    with pytest.raises(refusal) as raised:
        pdf.check_line(text, name="surname", limit=10)

    assert "surname" in str(raised.value)


@pytest.mark.parametrize(
    ("text", "line"),
    [(" Ковалёва ", "Ковалёва"), ("Ни\u0306коль", "Нйколь"), ("я" * 10, "я" * 10)],
)
def test_a_line_is_printed_composed_and_without_outer_spaces(text, line):
    assert pdf.check_line(text, name="surname", limit=10) == line


def test_faces_left_by_the_set_up_are_taken_as_they_are(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    built = list(build_faces(faces_folder()))
    built[0].write_bytes(b"as it stands")
    read = font_file.__wrapped__

    assert [path.parent for path in built] == [tmp_path / "build" / "faces"] * 3
    assert read(pdf.LIGHT) == b"as it stands"
    assert read(pdf.SEMIBOLD) == built[2].read_bytes()


def test_faces_are_cut_where_no_set_up_left_them(settings, tmp_path):
    settings.BASE_DIR = tmp_path

    assert font_file.__wrapped__(pdf.REGULAR).startswith(b"\0\1\0\0")


def test_making_the_faces_ahead_leaves_nothing_to_make():
    pdf.make_faces()

    assert pdf.text_width("Ш", face=pdf.SEMIBOLD) > pdf.text_width("Ш", face=pdf.LIGHT)
    assert ord("Ө") in repertoire()
