"""Making the rows of a list what a passport says, each known again where it can be."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet

from courses.passport_json import plain

ModelT = TypeVar("ModelT", bound=Model)
Values = Mapping[str, Any]
Key = Callable[[Values], Any]
# Where a row stands says nothing of what it is.
PLACES = {"position", "topic_id", "week"}


@dataclass(frozen=True, slots=True)
class Listing(Generic[ModelT]):
    """Rows of one kind: those that are there, and how one is made and known again.

    `names` are what is written; `known_by` are sets of names, tried in turn after the
    whole content.
    """

    rows: QuerySet[ModelT]
    make: Callable[[], ModelT]
    names: tuple[str, ...]
    known_by: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Written(Generic[ModelT]):
    """The rows as wanted, in their order, and those that nothing stands for now."""

    rows: list[ModelT]
    gone: list[ModelT]

    def remove_gone(self) -> None:
        """Delete the rows that are not wanted."""
        for row in self.gone:
            row.delete()


def write_rows(listing: Listing[ModelT], wanted: Sequence[Values]) -> list[ModelT]:
    """Make rows what is wanted, in its order; delete those that are not."""
    found = pair_rows(listing, wanted)
    found.remove_gone()
    return save_rows(listing, found, wanted)


def pair_rows(listing: Listing[ModelT], wanted: Sequence[Values]) -> Written["ModelT"]:
    """Find for each wanted row the one that it was; a new one where there was none."""
    rows = list(listing.rows)
    told = [_told(row, listing.names) for row in rows]
    whole = tuple(name for name in listing.names if name not in PLACES)
    chosen: dict[int, int] = {}
    free = set(range(len(rows)))
    for names in (listing.names, whole, *listing.known_by):
        is_key = names in listing.known_by
        _match(names, wanted, told, chosen, free, is_key=is_key)
    return Written(
        [
            rows[chosen[place]] if place in chosen else listing.make()
            for place in range(len(wanted))
        ],
        [rows[number] for number in sorted(free)],
    )


def save_rows(
    listing: Listing[ModelT], found: Written[ModelT], wanted: Sequence[Values]
) -> list[ModelT]:
    """Write what changed, and what is new."""
    new = []
    for row, values in zip(found.rows, wanted, strict=True):
        changed = set_values(row, values, listing.names)
        if row.pk is None:
            new.append(row)
        elif changed:
            row.save(update_fields=changed)
    if new:
        type(new[0])._default_manager.bulk_create(new)
    return found.rows


def set_values(row: Model, values: Values, names: Iterable[str]) -> list[str]:
    """Set the values of a row; return the names of those that changed."""
    changed = [name for name in names if plain(getattr(row, name)) != values[name]]
    for name in changed:
        field: Any = row._meta.get_field(name)
        setattr(row, name, field.to_python(values[name]))
    return changed


def placed(rows: Iterable[Values], **beside: Any) -> list[dict[str, Any]]:
    """Return rows with their place in the list, from 1, and what else is the same."""
    return [
        {**row, **beside, "position": place} for place, row in enumerate(rows, start=1)
    ]


def _told(row: Model, names: tuple[str, ...]) -> Values:
    return {name: plain(getattr(row, name)) for name in names}


def _match(
    names: tuple[str, ...],
    wanted: Sequence[Values],
    told: Sequence[Values],
    chosen: dict[int, int],
    free: set[int],
    *,
    is_key: bool,
) -> None:
    """Pair what is still alone by some of its values; an empty key tells nothing."""
    waiting: defaultdict[str, list[int]] = defaultdict(list)
    for number in sorted(free, reverse=True):
        waiting[_key(told[number], names)].append(number)
    for place, values in enumerate(wanted):
        if place in chosen or (is_key and "" in _pick(values, names)):
            continue
        same = waiting[_key(values, names)]
        if same:
            chosen[place] = same.pop()
            free.discard(chosen[place])


def _pick(values: Values, names: tuple[str, ...]) -> list[Any]:
    return [values[name] for name in names]


def _key(values: Values, names: tuple[str, ...]) -> str:
    # A value may be a list or an object, which no set takes.
    return repr(_pick(values, names))
