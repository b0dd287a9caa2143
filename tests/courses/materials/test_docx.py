"""The text of a DOCX laid out anew, and the format that it is set in itself.

Source: MIN 3.3.3.8.
"""

from decimal import Decimal

import pytest

from courses.formats.docx import measure_docx
from courses.formats.measures import FileUnreadable, Layout, UnreadableReason
from courses.formats.pages import PageFormat
from tests.courses.materials import word
from tests.courses.materials.word import docx, drawing, paragraph, run

LINES_A_PAGE = 35
LINE = Decimal(207) / 10 / Decimal("728.50")  # of a page
TWO_LINES = "о" * 100
NUMBERING = (
    '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:pPr>'
    '<w:ind w:left="4000" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
)


@pytest.fixture
def measured(tmp_path):
    def measure(body: str, **parts: str):
        path = word.saved(tmp_path, docx(body, **parts))
        return measure_docx(path, PageFormat())

    return measure


@pytest.fixture
def lines(measured):
    """Return how many lines of the regulated format a body is as high as."""

    def count(body: str, **parts: str) -> int:
        return round(measured(body, **parts).pages / LINE)

    return count


def test_lines_fill_a_page_and_go_on_in_the_next(measured):
    assert measured(paragraph() * LINES_A_PAGE).pages == Decimal("0.99")
    assert measured(paragraph() * (LINES_A_PAGE + 1)).pages == Decimal("1.03")


def test_an_empty_paragraph_is_a_line(lines):
    assert lines(paragraph("")) == 1
    assert lines("<w:p/>") == 1


def test_neither_the_size_nor_the_spacing_of_the_author_counts(lines):
    large = '<w:sz w:val="72"/>'
    spaced = '<w:spacing w:line="720" w:lineRule="auto"/>'
    assert lines(paragraph(run(word.LINE, large), spaced)) == 1


@pytest.mark.parametrize(
    "hidden",
    [
        run(TWO_LINES, "<w:vanish/>"),
        f"<w:del>{run(TWO_LINES)}</w:del>",
        f"<w:r><w:instrText>{TWO_LINES}</w:instrText></w:r>",
        f"<w:moveFrom>{run(TWO_LINES)}</w:moveFrom>",
    ],
)
def test_what_nobody_sees_counts_for_nothing(lines, hidden):
    assert lines(paragraph(run() + hidden)) == 1


@pytest.mark.parametrize("holder", ["ins", "hyperlink", "smartTag", "fldSimple"])
def test_text_within_a_holder_counts(lines, holder):
    assert lines(paragraph(f"<w:{holder}>{run(TWO_LINES)}</w:{holder}>")) == 2


def test_blocks_within_a_control_count(lines):
    body = f"<w:sdt><w:sdtContent>{paragraph() * 3}</w:sdtContent></w:sdt>"
    assert lines(body) == 3


def test_a_formula_is_as_long_as_its_letters(lines):
    formula = f"<m:oMath><m:r><m:t>{TWO_LINES}</m:t></m:r></m:oMath>"
    assert lines(paragraph(formula)) == 2


def test_a_break_of_the_line_and_a_tab_take_their_room(lines):
    assert lines(paragraph(run() + "<w:r><w:br/></w:r>" + run())) == 2
    tabs = "<w:r>" + "<w:tab/>" * 13 + "</w:r>"
    assert lines(paragraph(tabs + run("о" * 6))) == 2


def test_a_word_made_of_two_runs_is_not_broken_between_them(lines):
    halves = run("о" * 50) + run("о" * 20)
    assert lines(paragraph(run("о" * 20 + " ") + halves)) == 2


@pytest.mark.parametrize(
    "body",
    [
        paragraph() + paragraph('<w:r><w:br w:type="page"/></w:r>') + paragraph(),
        paragraph() + paragraph(None, "<w:pageBreakBefore/>"),
        paragraph(None, "<w:sectPr/>") + paragraph(),
    ],
    ids=["break", "before the paragraph", "section"],
)
def test_a_break_begins_a_page(measured, body):
    assert measured(body).pages == Decimal("1.03")


def test_a_section_that_goes_on_begins_no_page(lines):
    section = '<w:sectPr><w:type w:val="continuous"/></w:sectPr>'
    assert lines(paragraph(None, section) + paragraph()) == 2


def test_a_break_before_the_first_paragraph_makes_no_empty_page(lines):
    assert lines(paragraph(None, "<w:pageBreakBefore/>")) == 1


def test_space_between_paragraphs_is_the_larger_of_the_two(measured):
    above = paragraph(None, '<w:spacing w:after="400"/>')
    below = paragraph(None, '<w:spacing w:before="1000"/>')
    together = measured(above + below).pages
    assert together == (2 * LINE + Decimal(50) / Decimal("728.5")).quantize(
        Decimal("0.01")
    )


def test_between_two_of_a_list_there_is_no_space(lines):
    alike = '<w:spacing w:after="2000"/><w:contextualSpacing/>'
    assert lines(paragraph(None, alike) * 3) == 3


def test_automatic_space_is_that_of_a_browser(measured):
    auto = '<w:spacing w:afterAutospacing="1"/>'
    assert measured(paragraph(None, auto) + paragraph()).pages == Decimal("0.08")


def test_no_line_of_a_paragraph_stands_alone_on_a_page(measured):
    three = paragraph(run("о" * 200))
    alone_above = paragraph() * 34 + three
    assert measured(alone_above).pages == Decimal("1.09")
    alone_below = paragraph() * 33 + three
    assert measured(alone_below).pages == Decimal("1.09")
    two_and_two = paragraph() * 33 + paragraph(run("о" * 300))
    assert measured(two_and_two).pages == Decimal("1.06")


def test_a_paragraph_kept_together_goes_to_the_next_page_whole(measured):
    kept = paragraph(run("о" * 300), "<w:keepLines/>")
    assert measured(paragraph() * 33 + kept).pages == Decimal("1.11")


def test_headings_go_with_what_they_head(measured):
    heading = paragraph(None, "<w:keepNext/>")
    four = paragraph(run("о" * 300))
    assert measured(paragraph() * 33 + heading * 2 + four).pages == Decimal("1.17")
    assert measured(heading + four).pages == Decimal("0.14")


def test_indents_make_lines_shorter(lines):
    half = "<w:ind {}/>"
    for sides in ('w:left="4800"', 'w:start="2400" w:end="2400"'):
        assert lines(paragraph(run("о" * 70), half.format(sides))) == 2
    assert lines(paragraph(run("о " * 100))) == 2
    first = '<w:ind w:firstLine="2400"/>'
    assert lines(paragraph(run("о " * 100), first)) == 3
    hanging = '<w:ind w:left="1000" w:hanging="1000"/>'
    assert lines(paragraph(run("о" * 80), hanging)) == 1
    assert lines(paragraph(run("о" * 160), hanging)) == 3


def test_the_indent_of_a_list_is_that_of_its_numbering(lines):
    of_list = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    text = run("о" * 60)
    assert lines(paragraph(text, of_list), numbering=NUMBERING) == 2
    none = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    assert lines(paragraph(text, none), numbering=NUMBERING) == 1
    own = of_list + '<w:ind w:left="0"/>'
    assert lines(paragraph(text, own), numbering=NUMBERING) == 1


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def table(*rows: str, widths: tuple[int, ...] = (4000, 4000)) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    made = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{made}</w:tbl>"


def test_a_row_is_as_high_as_its_highest_cell(lines):
    assert lines(table(cell(paragraph() * 3) + cell(paragraph()))) == 3


def test_text_of_a_cell_is_as_wide_as_the_cell(lines):
    wide = cell(paragraph(run("о" * 40)))
    assert lines(table(wide)) == 2
    spread = cell(paragraph(run("о" * 40)), '<w:gridSpan w:val="2"/>')
    assert lines(table(spread)) == 1
    stated = cell(paragraph(run("о" * 40)), '<w:tcW w:w="8000" w:type="dxa"/>')
    assert lines(table(stated)) == 1
    unknown = cell(paragraph(run("о" * 40))) * 2
    assert lines(table(unknown, widths=())) == 2


def test_a_cell_merged_with_the_one_above_adds_nothing(lines):
    row = cell(paragraph() * 3, "<w:vMerge/>") + cell(paragraph())
    assert lines(table(row)) == 1
    first = cell(paragraph() * 3, '<w:vMerge w:val="restart"/>') + cell(paragraph())
    assert lines(table(first)) == 3


def test_a_table_within_a_table_has_its_height(lines):
    inner = table(cell(paragraph()), cell(paragraph()))
    assert lines(table(cell(paragraph() + inner + paragraph()))) == 4


def test_a_row_goes_over_to_the_next_page_unless_it_must_be_whole(measured):
    above = paragraph() * 30
    height = table(cell(paragraph() * 10))
    assert measured(above + height).pages == Decimal("1.14")
    whole = height.replace("<w:tr>", "<w:tr><w:trPr><w:cantSplit/></w:trPr>")
    assert measured(above + whole).pages == Decimal("1.28")


def test_the_head_of_a_table_is_repeated_on_each_page(measured):
    head = "<w:trPr><w:tblHeader/></w:trPr>" + cell(paragraph() * 2)
    rows = [cell(paragraph())] * 40
    without = measured(table(*rows[:2], *rows)).pages
    assert measured(table(head, *rows)).pages - without == Decimal("0.06")


def test_a_row_higher_than_pages_fills_them(measured):
    assert measured(table(cell(paragraph() * 80))).pages == Decimal("2.27")


def test_a_row_has_at_least_the_height_that_is_stated(measured):
    row = '<w:trPr><w:trHeight w:val="7280"/></w:trPr>' + cell(paragraph())
    assert measured(table(row)).pages == Decimal("0.50")


def test_a_picture_takes_its_box(measured):
    picture = drawing("inline", width_cm=10, height_cm=12.85)
    assert measured(paragraph(picture)).pages == Decimal("0.50")
    # Two that do not stand beside each other.
    assert measured(paragraph(picture * 2)).pages == Decimal("1.00")
    over = drawing("inline", width_cm=10, height_cm=90)
    assert measured(paragraph(over)).pages == Decimal("1.00")


def test_a_picture_beside_the_text_takes_its_share_of_the_width(measured):
    beside = {"width_cm": 8.5, "height_cm": 10.28}
    floating = drawing("anchor", **beside)
    assert measured(paragraph(floating)).pages == Decimal("0.23")
    apart = drawing("anchor", **beside, wrap="<wp:wrapTopAndBottom/>")
    assert measured(paragraph(apart)).pages == Decimal("0.40")
    over = drawing("anchor", **beside, wrap="<wp:wrapNone/>")
    assert measured(paragraph(over)).pages == Decimal("0.03")


def test_a_picture_of_an_old_kind_and_one_of_two_variants_count_once(measured):
    old = '<w:r><w:pict><v:shape style="width:200pt;height:364.25pt"/></w:pict></w:r>'
    assert measured(paragraph(old)).pages == Decimal("0.50")
    drawn = drawing("inline", width_cm=10, height_cm=12.85)
    inner = drawn.removeprefix("<w:r>").removesuffix("</w:r>")
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice>{inner}</mc:Choice>"
        f"<mc:Fallback>{inner}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert measured(paragraph(both)).pages == Decimal("0.50")
    formless = "<w:r><w:pict><v:shape/></w:pict></w:r>"
    assert measured(paragraph(formless)).pages == Decimal("0.03")


STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="20"/>
  <w:rFonts w:asciiTheme="minorHAnsi"/></w:rPr></w:rPrDefault>
  <w:pPrDefault><w:pPr><w:spacing w:line="259" w:lineRule="auto"/></w:pPr></w:pPrDefault>
</w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:rPr><w:sz w:val="22"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Body"><w:basedOn w:val="Normal"/>
  <w:pPr><w:spacing w:line="360"/></w:pPr><w:rPr><w:sz w:val="28"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Child"><w:basedOn w:val="Body"/></w:style>
<w:style w:type="paragraph" w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>
<w:style w:type="character" w:styleId="Small"><w:rPr><w:sz w:val="18"/></w:rPr></w:style>
<w:style w:type="table" w:styleId="Grid"><w:pPr><w:spacing w:line="240"/></w:pPr></w:style>
"""
STYLED_TABLE = (
    "<w:tbl><w:tblPr><w:tblStyle w:val='Grid'/></w:tblPr><w:tr><w:tc>"
    f"{paragraph()}</w:tc></w:tr></w:tbl>"
)


def style(name: str, more: str = "") -> str:
    return f'<w:pStyle w:val="{name}"/>{more}'


@pytest.mark.parametrize(
    ("body", "size", "spacing"),
    [
        (paragraph(), "11", "1.08"),
        (paragraph(None, style("Body")), "14", "1.5"),
        (paragraph(None, style("Child")), "14", "1.5"),
        (paragraph(None, style("Loop")), "10", "1.08"),
        (paragraph(None, style("Nowhere")), "11", "1.08"),
        (paragraph(run("а", '<w:rStyle w:val="Small"/>'), style("Child")), "9", "1.5"),
        (
            paragraph(run("а", '<w:rStyle w:val="Small"/><w:sz w:val="24"/>')),
            "12",
            "1.08",
        ),
        (paragraph(None, style("Body", '<w:spacing w:line="480"/>')), "14", "2"),
        (
            paragraph(None, '<w:spacing w:line="380" w:lineRule="exact"/>'),
            "11",
            "1.5",
        ),
        (
            STYLED_TABLE,
            "11",
            "1",
        ),
        (
            paragraph(run("много букв")) + paragraph(run("а"), style("Body")),
            "11",
            "1.08",
        ),
    ],
)
def test_its_own_size_and_spacing_are_inherited(measured, body, size, spacing):
    layout = measured(body, styles=STYLES).layout
    assert (layout.size_pt, layout.spacing) == (Decimal(size), Decimal(spacing))


def test_its_own_margins_are_those_of_its_section(measured):
    section = (
        '<w:sectPr><w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701"/>'
        "</w:sectPr>"
    )
    margins = tuple(map(Decimal, ("2", "1.5", "2", "3")))
    assert measured(paragraph() + section).layout.margins_cm == margins


def test_a_file_that_states_nothing_has_what_word_begins_with(measured):
    usual = Decimal("2.54")
    assert measured("").layout == Layout(Decimal(0), Decimal(1), (usual,) * 4)
    assert measured("").pages == Decimal("0.00")


def test_a_bold_theme_family_is_wider(lines):
    theme = (
        '<a:fontScheme><a:minorFont><a:latin typeface="Arial"/></a:minorFont>'
        "<a:majorFont/></a:fontScheme>"
    )
    text = paragraph(run("о" * 78))
    assert lines(text, styles=STYLES) == 1
    assert lines(text, styles=STYLES, theme=theme) == 2
    assert lines(paragraph(run("ш" * 50, "<w:b/>"))) == 2
    assert lines(paragraph(run("ш" * 50, '<w:b w:val="0"/>'))) == 1


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"word/document.xml": "<w:document"}, UnreadableReason.DAMAGED),
        ({"word/document.xml": "<document/>"}, UnreadableReason.DAMAGED),
        ({"word/other.xml": "<a/>"}, UnreadableReason.DAMAGED),
        (
            {"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'},
            UnreadableReason.DAMAGED,
        ),
        (
            {"word/document.xml": "<a>" + " " * (24 * 1024 * 1024) + "</a>"},
            UnreadableReason.TOO_DEAR,
        ),
    ],
    ids=["cut XML", "no body", "no text", "document type", "giant"],
)
def test_what_is_no_text_of_word_cannot_be_read(tmp_path, members, reason):
    path = word.saved(tmp_path, word.archive(members))
    with pytest.raises(FileUnreadable) as refused:
        measure_docx(path, PageFormat())
    assert refused.value.reason == reason


def test_a_cut_archive_and_a_locked_one_cannot_be_read(tmp_path):
    content = docx(paragraph())
    with pytest.raises(FileUnreadable) as refused:
        measure_docx(word.saved(tmp_path, content[:-40]), PageFormat())
    assert refused.value.reason == UnreadableReason.CUT
    locked = bytearray(content)
    locked[6] |= 1
    locked[content.find(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(FileUnreadable) as refused:
        measure_docx(word.saved(tmp_path, bytes(locked)), PageFormat())
    assert refused.value.reason == UnreadableReason.ENCRYPTED


# --- Cells merged downwards, footnotes --------------------------------------------


BEGUN, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_a_cell_merged_downwards_is_as_high_as_its_rows(lines):
    rows = (
        cell(paragraph() * 3, BEGUN) + cell(paragraph()),
        cell("<w:p/>", GOES_ON) + cell(paragraph()),
        cell("<w:p/>", GOES_ON) + cell(paragraph()),
    )
    assert lines(table(*rows)) == 3


def test_what_a_merged_cell_needs_more_its_last_row_gives(lines):
    rows = (
        cell(paragraph() * 5, BEGUN) + cell(paragraph()),
        cell("<w:p/>", GOES_ON) + cell(paragraph()),
        cell(paragraph()) + cell(paragraph()),
    )
    assert lines(table(*rows)) == 6


def test_a_merge_ends_where_another_begins(lines):
    rows = (
        cell(paragraph() * 3, BEGUN) + cell(paragraph()),
        cell(paragraph() * 3, BEGUN) + cell(paragraph()),
        cell("<w:p/>", GOES_ON) + cell(paragraph()),
    )
    assert lines(table(*rows)) == 6


def noted(text: str) -> str:
    return paragraph(f'{run(text)}<w:r><w:footnoteReference w:id="2"/></w:r>')


def note(content: str) -> str:
    return f'<w:footnote w:id="2">{content}</w:footnote>'


def test_a_footnote_takes_its_lines_on_the_page(lines):
    assert lines(noted(word.LINE), footnotes=note(paragraph())) == 2
    assert lines(noted(word.LINE), footnotes=note(paragraph() * 3)) == 4
    assert lines(noted(word.LINE), footnotes="") == 1


def test_a_footnote_that_notes_itself_is_read_once(lines):
    assert lines(noted(word.LINE), footnotes=note(noted(word.LINE))) == 2


def test_a_line_goes_to_the_next_page_with_its_footnote(measured):
    body = paragraph() * (LINES_A_PAGE - 1) + noted(word.LINE)
    found = measured(body, footnotes=note(paragraph() * 2))
    assert found.pages == Decimal("1.09")


@pytest.mark.parametrize("family", ["Courier New", "Consolas"])
def test_letters_of_one_width_are_as_wide_as_one_another(lines, family):
    """481.9 pt of a line hold 66 letters of 7.2 pt."""
    kept = f'<w:rFonts w:ascii="{family}"/>'
    assert lines(paragraph(run("i" * 66, kept))) == 1
    assert lines(paragraph(run("i" * 67, kept))) == 2
