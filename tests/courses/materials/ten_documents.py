"""Ten texts of theory as authors bring them, and each in the edition's own format."""

import random
import zipfile
from collections.abc import Callable
from io import BytesIO

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from lxml import etree
from PIL import Image

SYLLABLES = (
    "ко ра сти не пре до вы по на го ре ло ни те за ме ви да об у чен ный ние ость "
    "ствен про со при раз ак тив мо дуль курс зна тель ква ли фи ка ция"
)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FORMAT = {"size": "24", "line": "360", "margin": "1134"}


def words(chance: random.Random, count: int) -> str:
    made = (
        "".join(chance.choices(SYLLABLES.split(), k=chance.randint(1, 5)))
        for _ in range(count)
    )
    return " ".join(made).capitalize() + "."


def picture(width: int, height: int) -> BytesIO:
    stream = BytesIO()
    Image.new("RGB", (width, height), "grey").save(stream, "PNG")
    stream.seek(0)
    return stream


def prose(book: Docx, chance: random.Random, count: int, style: str | None = None):
    for _number in range(count):
        book.add_paragraph(words(chance, chance.randint(20, 120)), style)


def table(book: Docx, chance: random.Random, rows: int, columns: int, most: int):
    grid = book.add_table(rows, columns, "Table Grid")
    for row in grid.rows:
        for cell in row.cells:
            cell.text = words(chance, chance.randint(1, most))


def plain(book: Docx, chance: random.Random) -> None:
    prose(book, chance, 30)


def headed(book: Docx, chance: random.Random) -> None:
    for number in range(8):
        book.add_heading(f"{number + 1}. {words(chance, 4)}", 1 + number % 2)
        prose(book, chance, 4)


def listed(book: Docx, chance: random.Random) -> None:
    for _number in range(8):
        prose(book, chance, 2)
        for _item in range(6):
            book.add_paragraph(words(chance, chance.randint(5, 25)), "List Bullet")
        for _item in range(4):
            book.add_paragraph(words(chance, chance.randint(5, 25)), "List Number")


def tabled(book: Docx, chance: random.Random) -> None:
    for _number in range(4):
        prose(book, chance, 3)
        table(book, chance, 8, 4, 12)


def long_table(book: Docx, chance: random.Random) -> None:
    prose(book, chance, 2)
    table(book, chance, 60, 3, 20)
    prose(book, chance, 2)


def pictured(book: Docx, chance: random.Random) -> None:
    for number in range(9):
        prose(book, chance, 2)
        book.add_picture(
            picture(160, 90), width=Cm(8 + number), height=Cm(5 + number / 2)
        )
        book.add_paragraph(f"Рис. {number + 1}. {words(chance, 6)}")


def broken(book: Docx, chance: random.Random) -> None:
    for _number in range(5):
        prose(book, chance, 5)
        book.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    book.add_paragraph("Конец.")


def indented(book: Docx, chance: random.Random) -> None:
    style = book.styles["Normal"]
    style.font.size = Pt(14)
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.first_line_indent = Cm(1.25)
    prose(book, chance, 40)


def of_arial(book: Docx, chance: random.Random) -> None:
    book.styles["Normal"].font.name = "Arial"
    for _number in range(5):
        book.add_heading(words(chance, 5), 2)
        prose(book, chance, 3)
        table(book, chance, 3, 2, 30)


def mixed(book: Docx, chance: random.Random) -> None:
    book.styles["Normal"].font.name = "Calibri"
    book.add_heading("Тема", 0)
    for number in range(6):
        book.add_heading(words(chance, 6), 1)
        prose(book, chance, 3)
        paragraph = book.add_paragraph()
        paragraph.add_run(words(chance, 20)).bold = True
        paragraph.add_run(" " + words(chance, 40))
        for _item in range(5):
            book.add_paragraph(words(chance, 15), "List Bullet")
        table(book, chance, 4, 3, 15)
        if number % 2:
            book.add_picture(picture(120, 90), width=Cm(12), height=Cm(9))


MAKERS: tuple[Callable[[Docx, random.Random], None], ...] = (
    *(plain, headed, listed, tabled, long_table),
    *(pictured, broken, indented, of_arial, mixed),
)


def make(maker: Callable[[Docx, random.Random], None]) -> bytes:
    """Make a text; authors set them in Times New Roman unless said otherwise."""
    book = Document()
    book.styles["Normal"].font.name = "Times New Roman"
    maker(book, random.Random(maker.__name__))  # noqa: S311
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def in_the_edition_s_format(docx: bytes) -> bytes:
    """The same text with all letters of 12 pt, lines of 1.5, margins of 2 cm, on A4."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(docx)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name in {"word/document.xml", "word/styles.xml"}:
                content = _reset(etree.fromstring(content))
            new.writestr(name, content)
    return made.getvalue()


def _reset(root: etree._Element) -> bytes:
    for size in root.iter(W + "sz", W + "szCs"):
        size.set(W + "val", FORMAT["size"])
    for spacing in root.iter(W + "spacing"):
        if spacing.getparent().tag == W + "pPr":
            spacing.set(W + "line", FORMAT["line"])
            spacing.set(W + "lineRule", "auto")
    for letters in root.iter(W + "rPrDefault"):
        if letters.find(f".//{W}sz") is None:
            etree.SubElement(letters[0], W + "sz").set(W + "val", FORMAT["size"])
    for section in root.iter(W + "sectPr"):
        page, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
        page.set(W + "w", "11906")
        page.set(W + "h", "16838")
        for side in ("top", "right", "bottom", "left"):
            margins.set(W + side, FORMAT["margin"])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
