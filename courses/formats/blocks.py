"""A text as blocks: paragraphs, tables and pictures, with how each is set."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Type:
    """What letters are set in."""

    size_pt: float = 10
    family: str = ""
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Letters set alike."""

    letters: str
    type: Type


@dataclass(frozen=True, slots=True)
class Picture:
    """A box of a size; one that floats has the text beside it."""

    width_pt: float
    height_pt: float
    is_floating: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: it stands below, on the page of what it notes."""

    paragraphs: "Sequence[Paragraph]"


class Break(Enum):
    """Where a line ends by the author's will."""

    LINE = "line"
    PAGE = "page"
    TAB = "tab"


Piece: TypeAlias = Text | Picture | Note | Break


@dataclass(frozen=True, slots=True)
class Setting:
    """How a paragraph is set. `exact_pt`, where there is one, goes before `spacing`."""

    before_pt: float = 0
    after_pt: float = 0
    spacing: float = 1
    exact_pt: float | None = None
    left_pt: float = 0
    right_pt: float = 0
    first_pt: float = 0
    style: str = ""
    is_numbered: bool = False
    keeps_with_next: bool = False
    keeps_together: bool = False
    begins_page: bool = False
    is_contextual: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Pieces of a paragraph in their order; `mark` sets the line of an empty one."""

    pieces: Sequence[Piece]
    setting: Setting
    mark: Type = Type()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table with its own width; one merged downwards stands in `rows`."""

    width_pt: float
    blocks: "Sequence[Block]"
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    cells: Sequence[Cell]
    height_pt: float = 0
    is_header: bool = False
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells."""

    rows: Sequence[Row]


Block: TypeAlias = Paragraph | Table
