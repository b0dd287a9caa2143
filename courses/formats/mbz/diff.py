"""What a backup would change: each item beside what the passport has already.

Matched by identifier, then by section number and name; what only the passport has is
told apart, for nothing is deleted without a tick.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from courses.formats.mbz.plan import Item, Target

# Fields that only help to find the file; and facts too many to show one by one.
UNCOMPARED = frozenset({"content_hash", "size_bytes", "lms_facts"})
# A course has one: it needs no name to be matched.
SINGLE = frozenset({Target.ATTESTATION, Target.GLOSSARY})
# Known by their names alone, wherever they stand.
NAMED = frozenset({Target.BANK})
# Never offered to be deleted: the course has them in any case.
KEPT = frozenset({Target.ATTESTATION, Target.FIELD, Target.GLOSSARY})
# Whose lines are sets of members by name: what of them is new or changed is counted.
SETS = frozenset({Target.BANK, Target.GLOSSARY})
ADDED, WRITTEN, MOVED = "added", "written", "moved"
# Those that stand in a topic, and may move to another.
PLACED = frozenset({Target.LONGREAD, Target.MATERIAL, Target.TASK})


class Status(StrEnum):
    """How an item of the backup stands to the passport."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    ONLY_HERE = "only_here"


@dataclass(frozen=True, slots=True, kw_only=True)
class Existing:
    """A part of the passport as it is.

    Attributes:
        topic: The row of the topic it stands in; 0 for the whole course.
        values: Its fields by name, plain as those of an item.
    """

    target: Target
    id: int
    title: str
    values: Mapping[str, Any]
    topic: int = 0
    id_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A field that would be written, as it is and as it would be."""

    name: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the preview: an item, or a part that only the passport has."""

    status: Status
    item: Item | None = None
    existing: Existing | None = None
    changes: tuple[Change, ...] = ()

    @property
    def key(self) -> str:
        """Its name in the form: that of the item, else of the row."""
        if self.item is not None:
            return self.item.key
        assert self.existing is not None  # noqa: S101 - a line is of one of the two
        return f"gone-{self.existing.target}-{self.existing.id}"


@dataclass(frozen=True, slots=True)
class _Traits:
    """What an item or a part may be known by; `topic` None stands in no known one."""

    target: Target
    identifier: str
    topic: int | None
    week: Any
    title: str
    url: str


Name = tuple[Any, ...] | None
Likeness = Callable[[_Traits], Name]


@dataclass(slots=True)
class _Match:
    """What of the passport is matched, and which topic each section is."""

    rows: list[Existing]
    pairs: dict[str, Existing] = field(default_factory=dict)
    topics: dict[str, int] = field(default_factory=dict)
    taken: set[tuple[Target, int]] = field(default_factory=set)

    def take(self, item: Item, row: Existing) -> None:
        """Pair an item with a part, which no other item gets then."""
        self.pairs[item.key] = row
        self.taken.add((row.target, row.id))
        if item.target is Target.TOPIC:
            self.topics[item.key] = row.id

    def free(self) -> Iterator[Existing]:
        """Return the parts that no item has yet."""
        for row in self.rows:
            if (row.target, row.id) not in self.taken:
                yield row


def compare(items: Iterable[Item], existing: Iterable[Existing]) -> list[Line]:
    """Put each item beside its part of the passport; then what only the passport has."""
    rows = list(items)
    match = _Match(list(existing))
    topics = [item for item in rows if item.target is Target.TOPIC]
    others = [item for item in rows if item.target is not Target.TOPIC]
    for likeness in TOPIC_LIKENESSES:
        _match_by(likeness, topics, match)
    for likeness in LIKENESSES:
        _match_by(likeness, others, match)
    titles = {item.key: item.title for item in topics}
    lines = [
        _line(item, match.pairs.get(item.key), _move(item, match, titles))
        for item in rows
    ]
    lines += [
        Line(status=Status.ONLY_HERE, existing=row)
        for row in match.free()
        if row.target not in KEPT
    ]
    return lines


def _match_by(likeness: Likeness, items: list[Item], match: _Match) -> None:
    """Pair what one likeness pairs; a name that two parts share pairs none of them."""
    index: dict[tuple[Target, Name], list[Existing]] = {}
    for row in match.free():
        name = likeness(_row_traits(row))
        if name is not None:
            index.setdefault((row.target, name), []).append(row)
    for item in items:
        if item.key in match.pairs:
            continue
        traits = _item_traits(item, match.topics)
        found = index.pop((item.target, likeness(traits)), [])
        if len(found) == 1:
            match.take(item, found[0])


def _item_traits(item: Item, topics: Mapping[str, int]) -> _Traits:
    return _Traits(
        target=item.target,
        identifier=item.id_number,
        topic=topics.get(item.topic_key) if item.topic_key else 0,
        week=item.values.get("week"),
        title=_plain(item.title),
        url=str(item.values.get("url") or ""),
    )


def _row_traits(row: Existing) -> _Traits:
    return _Traits(
        target=row.target,
        identifier=row.id_number,
        topic=row.topic,
        week=row.values.get("week"),
        title=_plain(row.title),
        url=str(row.values.get("url") or ""),
    )


def _plain(title: str) -> str:
    return " ".join(title.casefold().split())


def _by_identifier(traits: _Traits) -> Name:
    return (traits.identifier,) if traits.identifier else None


def _by_week_and_title(traits: _Traits) -> Name:
    return (traits.week, traits.title) if traits.title else None


def _by_week(traits: _Traits) -> Name:
    return (traits.week,)


def _by_title(traits: _Traits) -> Name:
    return (traits.title,) if traits.title else None


def _by_place_and_title(traits: _Traits) -> Name:
    return None if traits.topic is None else (traits.topic, traits.title)


def _by_place_and_address(traits: _Traits) -> Name:
    known = traits.url and traits.topic is not None
    return (traits.topic, traits.url) if known else None


def _by_name_alone(traits: _Traits) -> Name:
    """Match banks by their category wherever they stand, the attestation by being one."""
    if traits.target in SINGLE:
        return ()
    return (traits.title,) if traits.target in NAMED else None


# The surest first, so that a likeness never takes what an identifier names.
TOPIC_LIKENESSES: tuple[Likeness, ...] = (
    *(_by_identifier, _by_week_and_title, _by_title, _by_week),
)
LIKENESSES: tuple[Likeness, ...] = (
    *(_by_identifier, _by_place_and_title, _by_place_and_address, _by_name_alone),
)


def _move(item: Item, match: _Match, titles: Mapping[str, str]) -> tuple[Change, ...]:
    """Return the move of a part that stands in another section in the backup."""
    existing = match.pairs.get(item.key)
    if existing is None or item.target not in PLACED or not item.topic_key:
        return ()
    if match.topics.get(item.topic_key) == existing.topic:
        return ()
    here = {row.id: row.title for row in match.rows if row.target is Target.TOPIC}
    old, new = here.get(existing.topic, ""), titles.get(item.topic_key, "")
    return (Change(name=MOVED, old=old, new=new),)


def _line(item: Item, existing: Existing | None, move: tuple[Change, ...]) -> Line:
    if existing is None:
        return Line(status=Status.NEW, item=item)
    changes = (*_changes(item, existing), *move)
    status = Status.CHANGED if changes else Status.SAME
    return Line(status=status, item=item, existing=existing, changes=changes)


def _changes(item: Item, existing: Existing) -> Iterator[Change]:
    if item.target in SETS:
        yield from _changed_members(item, existing)
        return
    for name, new in item.values.items():
        old = existing.values.get(name)
        if name not in UNCOMPARED and _told(old) != _told(new):
            yield Change(name=name, old=old, new=new)


def _told(value: Any) -> Any:
    """Return a value as it is compared: an empty text tells as little as none."""
    return None if value == "" else value


def _changed_members(item: Item, existing: Existing) -> Iterator[Change]:
    new: Mapping[str, str] = item.values["members"]
    old: Mapping[str, str] = existing.values["members"]
    added = len(new.keys() - old.keys())
    written = sum(old[name] != text for name, text in new.items() if name in old)
    if added:
        yield Change(name=ADDED, old=len(old), new=added)
    if written:
        yield Change(name=WRITTEN, old=len(old), new=written)
