"""What differs between two states of a passport, part by part, in words."""

from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from courses.passport_json import canonical
from courses.passport_words import (
    Bank,
    Line,
    Part,
    kind_in_words,
    passport_banks,
    passport_parts,
)

Values = Mapping[str, Any]
ItemT = TypeVar("ItemT")
Keys = tuple[Callable[[Part], str], ...]
ADDED, REMOVED, CHANGED, MOVED = "added", "removed", "changed", "moved"
# More questions of one bank than these are counted, not shown.
MAX_QUESTIONS = 50


@dataclass(frozen=True, slots=True)
class Change:
    """A text as it was and as it became; one of them is empty where it is new or gone."""

    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A part of the passport that differs: added, removed, moved or changed, in what.

    `unseen` counts what is left out of a long list.
    """

    title: str
    state: str
    changes: list[Change]
    unseen: int = 0

    @property
    def size(self) -> int:
        """How many things changed."""
        return (len(self.changes) or 1) + self.unseen


def differences(before: Values, after: Values) -> list[Difference]:
    """Return the parts of a passport that differ between two kept contents."""
    return [
        *_of_parts(passport_parts(before), passport_parts(after), "", TOPIC_KEYS),
        *_of_banks(passport_banks(before), passport_banks(after)),
    ]


def size_of_change(before: Values, after: Values) -> int:
    """Return how many things differ between two kept contents."""
    return sum(difference.size for difference in differences(before, after))


def _same_title(part: Part) -> str:
    return f"{part.note}\n{part.title}"


def _topic_title(part: Part) -> str:
    return part.names[0] or _same_title(part)


def _topic_week(part: Part) -> str:
    return part.names[1] or _same_title(part)


def _same_note(part: Part) -> str:
    return part.note


TOPIC_KEYS = (_same_title, _topic_title, _topic_week)
PART_KEYS = (_same_title, _same_note)


def _of_parts(
    old: Sequence[Part], new: Sequence[Part], above: str, keys: Keys
) -> Iterator[Difference]:
    pairs = _pairs(old, new, keys)
    moved = _moved(old, pairs)
    for before, after in pairs:
        part = after or before
        assert part is not None  # noqa: S101 - a pair has one side at least
        note = part.note if above and part.note != above else ""
        title = " · ".join(filter(None, (above, note, part.title)))
        place = [moved[id(after)]] if id(after) in moved else []
        changes = [*place, *_changes(before, after)]
        if changes or before is None or after is None:
            state = MOVED if place else _state(before, after)
            yield Difference(title, state, changes)
        yield from _of_parts(
            before.parts if before else [],
            after.parts if after else [],
            part.title,
            PART_KEYS,
        )


def _moved(
    old: Sequence[Part], pairs: Sequence[tuple[Part | None, Part | None]]
) -> dict[int, Change]:
    """Tell of each part that left its row, by its identity, what it stood after.

    As few as may be have left it: the longest row that kept its order stays.
    """
    places = {id(part): place for place, part in enumerate(old)}
    row = [(after, places[id(before)]) for before, after in pairs if before and after]
    staying = _longest_growing([place for _part, place in row])
    shared = {place: part for part, place in row}
    changes = {}
    for number, (part, place) in enumerate(row):
        if place not in staying:
            was = next(
                (shared[n] for n in range(place - 1, -1, -1) if n in shared), None
            )
            now = row[number - 1][0] if number else None
            changes[id(part)] = Change(
                _("Stands after"), _name_beside(was, part), _name_beside(now, part)
            )
    return changes


def _longest_growing(numbers: Sequence[int]) -> set[int]:
    """Return the longest part of a row of different numbers that only grows."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        place = bisect_left(tails, number)
        before[number] = tails[place - 1] if place else None
        tails[place : place + 1] = [number]
    longest: set[int] = set()
    number_at: int | None = tails[-1] if tails else None
    while number_at is not None:
        longest.add(number_at)
        number_at = before[number_at]
    return longest


def _name_beside(other: Part | None, part: Part) -> str:
    """Name what a part stands after: a topic that stands after no topic is the first."""
    is_like = other is not None and bool(other.names[0]) is bool(part.names[0])
    return other.title if other and is_like else _("nothing: it is the first")


def _changes(before: Part | None, after: Part | None) -> Iterator[Change]:
    if before and after and before.title != after.title:
        yield Change(_("Title"), before.title, after.title)
    old, new = _lines(before), _lines(after)
    for label in dict.fromkeys([*old, *new]):
        if old.get(label, "") != new.get(label, ""):
            yield Change(label, old.get(label, ""), new.get(label, ""))


def _lines(part: Part | None) -> dict[str, str]:
    """Return what stands in a part by its label; one that stands twice, together."""
    lines: dict[str, str] = {}
    both: list[Line] = [*part.facts, *part.texts] if part else []
    for line in both:
        known = lines.get(line.label)
        lines[line.label] = f"{known}\n{line.value}" if known else line.value
    return lines


def _state(before: object | None, after: object | None) -> str:
    if before is None:
        return ADDED
    return REMOVED if after is None else CHANGED


def _pairs(
    old: Sequence[ItemT],
    new: Sequence[ItemT],
    keys: Iterable[Callable[[ItemT], str]],
) -> list[tuple[ItemT | None, ItemT | None]]:
    """Pair two lists by the first key that fits; in the order of the newer one."""
    partner: dict[int, int] = {}
    free = set(range(len(old)))
    for key in keys:
        waiting: defaultdict[str, deque[int]] = defaultdict(deque)
        for number in sorted(free):
            waiting[key(old[number])].append(number)
        for place, item in enumerate(new):
            if place not in partner and (same := waiting[key(item)]):
                partner[place] = same.popleft()
                free.discard(partner[place])
    pairs: list[tuple[ItemT | None, ItemT | None]] = [
        (old[partner[place]] if place in partner else None, item)
        for place, item in enumerate(new)
    ]
    return [*pairs, *((old[number], None) for number in sorted(free))]


def _of_banks(old: Sequence[Bank], new: Sequence[Bank]) -> Iterator[Difference]:
    for before, after in _pairs(old, new, (lambda bank: bank.title,)):
        bank = after or before
        assert bank is not None  # noqa: S101 - a pair has one side at least
        changes = list(_bank_changes(before, after))
        if changes or before is None or after is None:
            yield Difference(
                f"{_('Question bank')} · {bank.title}",
                _state(before, after),
                changes[:MAX_QUESTIONS],
                max(0, len(changes) - MAX_QUESTIONS),
            )


def _bank_changes(before: Bank | None, after: Bank | None) -> Iterator[Change]:
    if before and after and before.topic != after.topic:
        yield Change(_("Topic"), before.topic, after.topic)
    old, new = _questions(before), _questions(after)
    common = old.keys() & new.keys()
    gone = [old[key] for key in old if key not in common]
    come = [new[key] for key in new if key not in common]
    for was, became in _pairs(gone, come, (_text_of, _name_of)):
        question = became or was or {}
        yield Change(
            kind_in_words(question),
            _in_words(was) if was else "",
            _in_words(became) if became else "",
        )


def _questions(bank: Bank | None) -> dict[str, Values]:
    """Return the questions by what they hold; the same one again has a number."""
    seen: Counter[str] = Counter()
    questions = {}
    for question in bank.questions if bank else ():
        key = canonical(question)
        seen[key] += 1
        questions[f"{key}{seen[key]}"] = question
    return questions


def _text_of(question: Values) -> str:
    return str(question["text"])


def _name_of(question: Values) -> str:
    # One without a name is like no other.
    return str(question["name"] or id(question))


def _in_words(question: Values) -> str:
    answers = (
        "\n– {}{}{}".format(
            answer.get("text", ""),
            f" → {answer['match']}" if answer.get("match") else "",
            f" ({answer['fraction']} %)" if answer.get("fraction") else "",
        )
        for answer in question["answers"]
    )
    return f"{question['text']}{''.join(answers)}"
