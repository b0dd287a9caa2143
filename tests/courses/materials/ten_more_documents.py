"""Ten texts of other shapes, made after the layout was tuned on the first ten."""

import random
import zipfile
from collections.abc import Callable
from io import BytesIO

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from tests.courses.materials.ten_documents import picture, prose, words

KAZAKH = (
    "қа ла жә не бі лім бер у үй рен құ рал ғы лым дә ріс тап сыр ма өз ін дік "
    "ұй ым дас тыр әлеу мет тік ңыз шы ғар ма шы лық"
)
FAMILIES = ("Times New Roman", "Arial", "Calibri", "Courier New")
NOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
W_NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def merged(book: Docx, chance: random.Random) -> None:
    """Tables with cells merged over columns and rows, and columns of unlike widths."""
    for _number in range(5):
        prose(book, chance, 2)
        grid = book.add_table(9, 4, "Table Grid")
        grid.autofit = False
        for column, width in enumerate((2, 7, 3, 4)):
            grid.columns[column].width = Cm(width)
            for cell in grid.columns[column].cells:
                cell.width = Cm(width)
        grid.cell(0, 0).merge(grid.cell(0, 3)).text = words(chance, 12)
        grid.cell(1, 0).merge(grid.cell(4, 0)).text = words(chance, 10)
        grid.cell(5, 1).merge(grid.cell(6, 2)).text = words(chance, 30)
        for row in range(1, 9):
            for column in (1, 3) if row < 5 else (0, 3):
                grid.cell(row, column).text = words(chance, chance.randint(1, 14))


def nested_lists(book: Docx, chance: random.Random) -> None:
    """Lists of three levels, bulleted and numbered, items of a word and of lines."""
    for _number in range(7):
        prose(book, chance, 1)
        for kind in ("Bullet", "Number"):
            for level in ("", " 2", " 3", " 3", " 2", ""):
                text = words(chance, chance.choice((1, 4, 30, 45)))
                book.add_paragraph(text, f"List {kind}{level}")


def pictures_of_sizes(book: Docx, chance: random.Random) -> None:
    """Pictures in a line of text, two in a row, across the page, higher than half."""
    for number in range(6):
        prose(book, chance, 2)
        line = book.add_paragraph(words(chance, 8))
        line.add_run().add_picture(picture(20, 20), width=Cm(0.8), height=Cm(0.8))
        line.add_run(words(chance, 15))
        pair = book.add_paragraph()
        for _each in range(2):
            pair.add_run().add_picture(picture(80, 60), width=Cm(7), height=Cm(4))
        if number % 2:
            book.add_picture(picture(160, 90), width=Cm(17), height=Cm(9))
        if number == 3:
            book.add_picture(picture(90, 160), width=Cm(9), height=Cm(18))
        book.add_paragraph(f"Рис. {number}. {words(chance, 5)}")


def of_kazakh(book: Docx, chance: random.Random) -> None:
    """Long paragraphs in Kazakh and Russian by turns."""
    for number in range(16):
        count = chance.randint(100, 260)
        made = (
            "".join(chance.choices(KAZAKH.split(), k=chance.randint(1, 5)))
            for _word in range(count)
        )
        book.add_paragraph(
            " ".join(made) if number % 2 else words(chance, count), "Body Text"
        )


def noted(book: Docx, chance: random.Random) -> None:
    """Some thirty footnotes of one line and of three."""
    for _number in range(24):
        paragraph = book.add_paragraph(words(chance, chance.randint(40, 90)))
        for _each in range(chance.randint(0, 2)):
            _add_note(paragraph)
            paragraph.add_run(" " + words(chance, 20))


def in_columns(book: Docx, chance: random.Random) -> None:
    """A part of two columns between parts of one."""
    prose(book, chance, 6)
    for count in (2, 1):
        section = book.add_section(WD_SECTION.CONTINUOUS)
        columns = section._sectPr.find(qn("w:cols"))
        columns.set(qn("w:num"), str(count))
        columns.set(qn("w:space"), "708")
        # What stands before a section's end is of that section.
        prose(book, chance, 14 if count == 2 else 6)


def turned(book: Docx, chance: random.Random) -> None:
    """A sheet across between upright ones, and pages ended by hand."""
    prose(book, chance, 6)
    section = book.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    grid = book.add_table(12, 6, "Table Grid")
    for row in grid.rows:
        for cell in row.cells:
            cell.text = words(chance, chance.randint(1, 8))
    section = book.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = section.page_height, section.page_width
    for _number in range(3):
        prose(book, chance, 3)
        book.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
    prose(book, chance, 4)


def of_many_families(book: Docx, chance: random.Random) -> None:
    """Families that change within a paragraph, bold and italic among them."""
    for _number in range(26):
        paragraph = book.add_paragraph()
        for family in chance.sample(FAMILIES, 3):
            run = paragraph.add_run(words(chance, chance.randint(8, 30)) + " ")
            run.font.name = family
            run.bold, run.italic = chance.random() < 0.3, chance.random() < 0.3


def spaced(book: Docx, chance: random.Random) -> None:
    """Headings of four levels, quotations, indents, spaces before and after, tabs."""
    book.add_heading(words(chance, 4), 0)
    for number in range(14):
        book.add_heading(words(chance, 6), 1 + number % 4)
        prose(book, chance, 2)
        quote = book.add_paragraph(words(chance, 30), "Intense Quote")
        quote.paragraph_format.keep_together = True
        aside = book.add_paragraph(words(chance, 40))
        aside.paragraph_format.left_indent = Cm(3)
        aside.paragraph_format.right_indent = Cm(2)
        aside.paragraph_format.space_before = Pt(18)
        aside.paragraph_format.space_after = Pt(12)
        book.add_paragraph(f"{words(chance, 2)}\t{words(chance, 3)}\t{number}")


def table_in_table(book: Docx, chance: random.Random) -> None:
    """A long table with its head on each page, rows kept whole, a table in a cell."""
    prose(book, chance, 1)
    grid = book.add_table(28, 3, "Table Grid")
    _switch(grid.rows[0], "tblHeader")
    for number, row in enumerate(grid.rows):
        for cell in row.cells:
            cell.text = words(chance, chance.randint(2, 30))
        if number % 3 == 1:
            _switch(row, "cantSplit")
        if number % 7 == 5:
            row.height = Cm(4)
    inner = grid.cell(9, 1).add_table(4, 2)
    for cell in inner._cells:
        cell.text = words(chance, 4)
    prose(book, chance, 2)


MAKERS: tuple[Callable[[Docx, random.Random], None], ...] = (
    *(merged, nested_lists, pictures_of_sizes, of_kazakh, noted),
    *(in_columns, turned, of_many_families, spaced, table_in_table),
)


def make(maker: Callable[[Docx, random.Random], None]) -> bytes:
    """Make a text; authors set them in Times New Roman unless said otherwise."""
    chance = random.Random(maker.__name__)  # noqa: S311
    book = Document()
    book.styles["Normal"].font.name = "Times New Roman"
    maker(book, chance)
    stream = BytesIO()
    book.save(stream)
    return (
        _with_notes(stream.getvalue(), chance) if maker is noted else stream.getvalue()
    )


def _switch(row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(f"w:{name}"))


def _add_note(paragraph) -> None:
    body = paragraph._p.getroottree().getroot()
    number = len(list(body.iter(qn("w:footnoteReference")))) + 1
    mark = OxmlElement("w:footnoteReference")
    mark.set(qn("w:id"), str(number))
    paragraph.add_run()._r.append(mark)


def _with_notes(docx: bytes, chance: random.Random) -> bytes:
    """Add the part of the footnotes: python-docx writes none."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(docx)) as old, zipfile.ZipFile(made, "w") as new:
        parts = {name: old.read(name) for name in old.namelist()}
        count = parts["word/document.xml"].count(b"<w:footnoteReference")
        notes = "".join(
            f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r>'
            f"<w:r><w:t>{words(chance, chance.choice((6, 30)))}</w:t></w:r></w:p>"
            "</w:footnote>"
            for number in range(1, count + 1)
        )
        parts["word/footnotes.xml"] = (
            f"<w:footnotes {W_NAMES}>{notes}</w:footnotes>".encode()
        )
        link = f'<Relationship Id="rIdN" Type="{NOTES}" Target="footnotes.xml"/>'
        kind = (
            '<Override PartName="/word/footnotes.xml" ContentType="application/vnd.'
            'openxmlformats-officedocument.wordprocessingml.footnotes+xml"/>'
        )
        for name, end, more in (
            ("word/_rels/document.xml.rels", "</Relationships>", link),
            ("[Content_Types].xml", "</Types>", kind),
        ):
            parts[name] = parts[name].replace(end.encode(), (more + end).encode())
        for name, content in parts.items():
            new.writestr(name, content)
    return made.getvalue()
