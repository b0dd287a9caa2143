"""A paragraph broken into lines in one format: one size of type, one spacing."""

from math import ceil

from courses.formats.blocks import Break, Note, Paragraph, Picture, Piece, Text
from courses.formats.pages import PageFormat
from courses.formats.typefaces import Typeface, typeface

TAB_PT = 35.4
_MIN_WIDTH_PT = 20.0
_NO_MATTER = 1e-6  # of a tab: floats do not add up to one


class LineBreaker:
    """Fills lines with the pieces of a paragraph; `pages` are its lines by page.

    Only the size of the type is given: the family is the author's, as are indents.
    """

    def __init__(
        self, paragraph: Paragraph, *, width_pt: float, page: PageFormat
    ) -> None:
        setting = paragraph.setting
        width = width_pt - setting.left_pt - setting.right_pt
        self._size = float(page.font_pt)
        self._spacing = float(page.spacing)
        self._width = max(width, _MIN_WIDTH_PT)
        self._page = page
        self._face = typeface(paragraph.mark.family, is_bold=paragraph.mark.is_bold)
        # The label of a list stands in the indent.
        self._used = 0.0 if setting.is_numbered else setting.first_pt
        self._word = self._gap = self._picture = self._notes = 0.0
        self._is_empty = True
        self.pages: list[list[float]] = [[]]
        for piece in paragraph.pieces:
            self._take(piece)
        # Nothing after a break of the page: the paragraph ends before it.
        if not self._is_empty or self.pages == [[]]:
            self._end_line()

    def _take(self, piece: Piece) -> None:
        if isinstance(piece, Text):
            face = typeface(piece.type.family, is_bold=piece.type.is_bold)
            self._take_text(piece.letters, face)
        elif isinstance(piece, Picture):
            self._take_picture(piece)
        elif isinstance(piece, Note):
            self._take_note(piece)
        else:
            self._take_break(piece)

    def _take_text(self, letters: str, face: Typeface) -> None:
        self._face = face
        self._is_empty = False
        words = letters.replace("\n", " ").replace("\t", " ").split(" ")
        for number, word in enumerate(words):
            if number:
                self._end_word()
                self._gap += face.space * self._size
            self._word += face.widths[word] * self._size if word else 0

    def _end_word(self) -> None:
        if not self._word:
            return
        if self._used + self._gap + self._word > self._width and self._used > 0:
            self._push_line()
        else:
            self._used += self._gap
        rows = ceil((self._used + self._word) / self._width)
        for _row in range(rows - 1):  # wider than a line
            self._push_line()
        self._used += self._word - max(0, rows - 1) * self._width
        self._word = self._gap = 0.0

    def _take_picture(self, picture: Picture) -> None:
        self._end_word()
        self._is_empty = False
        height = min(picture.height_pt, self._page.height_pt)
        if picture.is_floating:
            share = min(1.0, picture.width_pt / self._width)
            self.pages[-1].append(height * share)
            return
        width = min(picture.width_pt, self._width)
        if self._used + self._gap + width > self._width:
            self._push_line()
        self._used += self._gap + width
        self._gap = 0.0
        self._picture = max(self._picture, height)

    def _take_note(self, note: Note) -> None:
        """Let the line be as much higher as the note below takes."""
        for paragraph in note.paragraphs:
            own = LineBreaker(paragraph, width_pt=self._page.width_pt, page=self._page)
            self._notes += sum(map(sum, own.pages)) + paragraph.setting.after_pt

    def _take_break(self, kind: Break) -> None:
        self._end_word()
        self._is_empty = False
        if kind is Break.TAB:
            stops = int((self._used + self._gap) / TAB_PT + _NO_MATTER) + 1
            self._used = stops * TAB_PT
            self._gap = 0.0
            return
        self._end_line()
        if kind is Break.PAGE:
            self.pages.append([])

    def _end_line(self) -> None:
        self._end_word()
        self._push_line()
        self._is_empty = True

    def _push_line(self) -> None:
        text = self._size * self._face.line * self._spacing
        self.pages[-1].append(max(text, self._picture) + self._notes)
        self._used = self._gap = self._picture = self._notes = 0.0
