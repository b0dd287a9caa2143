"""The certificate as a reader of PDF sees it: its fields, its tags, its four faces."""

import io
import re

import pypdf
import pytest

from certificates.printing import check, preload, render
from certificates.printing.labels import LABELS
from certificates.printing.press import ground, typesetter
from core import pdf
from courses.enums import ContentLanguage, CourseType
from tests.certificates.printing.rows import certificate_row

LANGUAGES = [language.value for language in ContentLanguage]
SENTENCES = {
    "ru": "Настоящий сертификат подтверждает, что Верещагина Анна Сергеевна успешно "
    "освоил(а) открытый онлайн-курс «Основы статистики и анализа данных» в объёме "
    "144 часов (4 зачётных единиц) Дата освоения курса: 14 ноября 2026 г.",
    "kk": "Осы сертификат Әбдірахманова Айгерім Серікқызы «Статистика және деректерді "
    "талдау негіздері» атты ашық онлайн-курсты 144 сағат (4 академиялық кредит) "
    "көлемінде табысты меңгергенін растайды Курсты меңгерген күні: 2026 жылғы 14 "
    "қараша",
    "ky": "Ушул сертификат Токтогулова Гүлзада Өмүрбек кызы «Статистиканын жана "
    "маалыматтарды талдоонун негиздери» аттуу ачык онлайн-курсту 144 саат (4 кредит) "
    "көлөмүндө ийгиликтүү өздөштүргөнүн тастыктайт Курсту өздөштүргөн күнү: "
    "2026-жылдын 14-ноябры",
    "en": "This is to certify that Anna Sergeevna Vereshchagina has successfully "
    "completed the open online course “Foundations of Statistics and Data Analysis” "
    "with a workload of 144 hours (4 credits) Completed on 14 November 2026",
}


def opened(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def text_of(content: bytes) -> str:
    (page,) = opened(content).pages
    return " ".join(page.extract_text().split())


def structure(content: bytes) -> list[pypdf.generic.DictionaryObject]:
    """Return all elements of the structure tree, in reading order."""
    found = []

    def walk(node: object) -> None:
        element = node.get_object()
        if not isinstance(element, pypdf.generic.DictionaryObject):
            return
        if "/S" in element:
            found.append(element)
        children = element.get("/K", [])
        for child in children if isinstance(children, list) else [children]:
            walk(child)

    walk(opened(content).trailer["/Root"]["/StructTreeRoot"])
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_reads_as_one_in_each_language(language):
    assert SENTENCES[language] in text_of(render(certificate_row(language)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_of_min_5_5_5_is_printed(language):
    row = certificate_row(language)

    text = text_of(render(row))

    for field in (
        row.surname,
        row.given_name,
        row.patronymic,
        row.course_title,
        "144",
        row.university,
        row.centre,
        row.city,
        row.signatory_name,
        row.signatory_position,
        row.number.replace("\N{NO-BREAK SPACE}", " "),
        row.code,
        "2026",
        "21",
    ):
        assert field in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_certificate_is_one_tagged_page_of_a4_landscape(language):
    content = render(certificate_row(language))

    reader = opened(content)
    root = reader.trailer["/Root"]
    (page,) = reader.pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (842, 595)
    assert root["/Lang"] == language
    assert root["/MarkInfo"] == {"/Marked": True}
    assert root["/ViewerPreferences"] == {"/DisplayDocTitle": True}
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_object().get_data()
    row = certificate_row(language)
    assert reader.metadata.title == (
        f"{LABELS[language].heading} {row.number}. {row.full_name}"
    )


def test_headings_and_paragraphs_are_told_apart():
    kinds = [element["/S"] for element in structure(render(certificate_row()))]

    assert kinds.count("/H1") == 1
    assert kinds.count("/Figure") == 1
    assert kinds.index("/H1") < kinds.index("/Figure")


def test_the_qr_code_is_said_in_words():
    (figure,) = (
        element
        for element in structure(render(certificate_row()))
        if element["/S"] == "/Figure"
    )

    assert figure["/Alt"] == (
        "QR-код с адресом проверки сертификата: "
        "https://portal.university.example/verify/K7QF-3M9X-2RTA"
    )


def test_everything_painted_is_tagged_or_an_artifact():
    (page,) = opened(render(certificate_row())).pages
    depth, naked = 0, []
    for _operands, operator in page.get_contents().operations:
        if operator in {b"BDC", b"BMC"}:
            depth += 1
        elif operator == b"EMC":
            depth -= 1
        elif operator in {b"TJ", b"Tj", b"f", b"S", b"Do", b"B", b"s"} and not depth:
            naked.append(operator)

    assert naked == []
    assert depth == 0


def test_every_mark_on_the_page_has_its_element():
    content = render(certificate_row())
    (page,) = opened(content).pages
    marks = re.findall(rb"/MCID (\d+)", page.get_contents().get_data())
    parents = opened(content).trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]

    assert [int(mark) for mark in marks] == list(range(len(marks)))
    assert len(parents["/Nums"][1]) == len(marks)


def test_the_address_is_a_link():
    (page,) = opened(render(certificate_row())).pages

    targets = {link.get_object()["/A"]["/URI"] for link in page["/Annots"]}
    assert targets == {"https://portal.university.example/verify/K7QF-3M9X-2RTA"}


def test_the_ornament_is_compiled_once_and_stands_in_every_certificate():
    content = render(certificate_row("kk"))

    assert ground() is ground()
    assert ground().content in content
    assert ground().content in render(certificate_row("en"))


def test_preloading_leaves_nothing_to_make_for_the_first_certificate():
    preload()

    assert typesetter() is typesetter()
    assert typesetter.cache_info().currsize == ground.cache_info().currsize == 1


def test_a_certificate_stays_small():
    assert len(render(certificate_row())) < 100_000


def test_a_patronymic_may_be_missing():
    text = text_of(render(certificate_row(patronymic="")))

    assert "что Верещагина Анна успешно" in text


def test_what_the_signatory_leaves_open_is_left_to_be_written():
    row = certificate_row(signatory_name="", signatory_position="", centre="")

    text = text_of(render(row))

    assert "14 ноября 2026 г. подпись М. П." in text


def test_credits_may_be_missing():
    assert "в объёме 144 часов Дата" in text_of(
        render(certificate_row(workload_credits=None))
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("course_type", [kind.value for kind in CourseType])
def test_each_type_of_course_has_its_words(language, course_type):
    row = certificate_row(language, course_type=course_type)

    assert LABELS[language].course_types[course_type] in text_of(render(row))


HOSTILE = [
    "<img src=file:///etc/passwd>",
    "<img src='http://127.0.0.1:9/a.png'>",
    "<link rel=attachment href=file:///etc/passwd>",
    "<style>@import url(http://127.0.0.1:9/a.css)</style>",
    "</p></div><h1>Другое</h1>",
    "<svg><image xlink:href='file:///etc/passwd'/></svg>",
    "&lt;b&gt; & &amp;",
    "{{7*7}} {course_type} %(name)s",
]


@pytest.mark.parametrize("field", ["surname", "course_title", "signatory_position"])
@pytest.mark.parametrize("payload", HOSTILE)
def test_markup_in_a_field_is_printed_literally(field, payload):
    text = text_of(render(certificate_row(**{field: payload})))

    assert "".join(payload.split()) in "".join(text.split())


@pytest.mark.parametrize(
    ("field", "value", "refusal"),
    [
        ("surname", "", pdf.EmptyText),
        ("given_name", "   ", pdf.EmptyText),
        ("city", "", pdf.EmptyText),
        ("surname", "Верещ\x0bагина", pdf.ForbiddenCharacter),
        ("surname", "Верещ\u202eагина", pdf.ForbiddenCharacter),
        ("patronymic", "\u2066Сергеевна", pdf.ForbiddenCharacter),
        ("course_title", "Основы\nстатистики", pdf.ForbiddenCharacter),
        ("surname", "王", pdf.MissingGlyph),
        ("course_title", "Статистика 🙂", pdf.MissingGlyph),
        ("surname", "я" * 121, pdf.TextTooLong),
        ("surname", "я" * 10_000, pdf.TextTooLong),
        ("course_title", "я" * 201, pdf.TextTooLong),
        ("verification_url", "file:///etc/passwd", pdf.ForeignResource),
        ("verification_url", "javascript:alert(1)", pdf.ForeignResource),
    ],
)
@pytest.mark.parametrize("asked", [check, render])
def test_a_row_that_cannot_be_printed_is_refused(asked, field, value, refusal):
    with pytest.raises(refusal):
        asked(certificate_row(**{field: value}))


def test_three_names_of_full_length_do_not_fit_and_say_so():
    row = certificate_row(surname="Щ" * 120, given_name="Щ" * 120, patronymic="Щ" * 120)

    with pytest.raises(pdf.TextDoesNotFit) as refusal:
        check(row)

    assert refusal.value.details == {"name": "full_name"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "changes",
    [
        {"surname": "Ю", "given_name": "О", "patronymic": ""},
        {"surname": "Щ" * 120, "given_name": "Анна", "patronymic": ""},
        {"surname": "Ждановская-" * 10, "given_name": "Анна", "patronymic": ""},
        {"course_title": "Щ" * 200},
        {"course_title": "Ю"},
        {"course_title": "и о ней, и о нём " * 11},
        {"university": "Государственный университет " * 8},
        {"centre": "Центр открытого образования " * 8},
        {"signatory_position": "Проректор по учебной работе " * 8},
        {"signatory_name": "Лесной Иван Константинович " * 5},
        {"verification_url": "https://portal.example/" + "v" * 170},
        {"city": "Приречный " * 11},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_long_and_short_texts_fit_whole_on_one_page(language, changes):
    text = text_of(render(certificate_row(language, **changes)))

    for value in changes.values():
        whole = "".join(value.removeprefix("https://").split())
        assert whole in "".join(text.split())
