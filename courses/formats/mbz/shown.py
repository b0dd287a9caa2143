"""Files that questions of a backup show: pictures of their texts, backgrounds, labels."""

from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from courses.formats.mbz.limits import Limits
from courses.formats.mbz.xml import Element, line_of, number_of, text_of
from courses.formats.question import EmbeddedFile

OF_ALL_KINDS = "question"
OF_A_KIND = "qtype_"
# What learners handed in as answers.
OF_LEARNERS = "response_"

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class _Shown:
    """A file where it belongs; `content_hash` is its name in the archive."""

    content_hash: str
    name: str
    path: str


class ShownFiles:
    """Files by their component, area and number; their bytes come from a later reading.

    Those that are too many, all together, are counted and left out; so is one that is
    shown in so many places that its copies are too many.
    """

    def __init__(self, limits: Limits) -> None:
        self._left = limits.shown_bytes
        self._copies_left = limits.copied_bytes
        self._rows: defaultdict[Key, list[_Shown]] = defaultdict(list)
        self._sizes: dict[str, int] = {}
        self._contents: dict[str, str] = {}

    def add(self, element: Element, content_hash: str) -> None:
        """Take in one `file` of files.xml, where it is a question's."""
        component, area = text_of(element, "component"), text_of(element, "filearea")
        is_shown = component == OF_ALL_KINDS or component.startswith(OF_A_KIND)
        if not is_shown or area.startswith(OF_LEARNERS):
            return
        if content_hash not in self._sizes:
            self._sizes[content_hash] = number_of(element, "filesize")
        file = _Shown(
            content_hash=content_hash,
            name=line_of(element, "filename"),
            path=line_of(element, "filepath") or "/",
        )
        self._rows[component, area, text_of(element, "itemid")].append(file)

    def wanted(self) -> set[str]:
        """Return the files whose bytes are to be read: as many as there is room for."""
        chosen = set()
        for content_hash, size in self._sizes.items():
            if 0 <= size <= self._left:
                self._left -= size
                chosen.add(content_hash)
        return chosen

    def keep(self, content_hash: str, pieces: Iterable[bytes]) -> None:
        """Keep the bytes of a file; one that is larger than it says is left out."""
        content = bytearray()
        for piece in pieces:
            content += piece
            if len(content) > self._sizes[content_hash]:
                return
        self._contents[content_hash] = b64encode(content).decode("ascii")

    @property
    def left_out(self) -> int:
        """How many files are not in the backup, or were too many."""
        return len(self._sizes.keys() - self._contents.keys())

    def of(self, component: str, area: str, item: str) -> list[EmbeddedFile]:
        """Return the files of a text, or of what else has some."""
        return [
            EmbeddedFile(row.name, row.path, self._contents[row.content_hash])
            for row in self._rows.get((component, area, item), ())
            if self._has_room_for(row.content_hash)
        ]

    def _has_room_for(self, content_hash: str) -> bool:
        size = len(self._contents.get(content_hash, ""))
        if size > self._copies_left:
            del self._contents[content_hash]
        else:
            self._copies_left -= size
        return content_hash in self._contents
