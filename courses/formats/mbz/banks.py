"""Categories of questions → banks, each with the topic whose tests draw from it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from courses.formats.fingerprint import fingerprint
from courses.formats.mbz.model import Bank, BankQuestion, MoodleBackup, Section, Slot
from courses.formats.mbz.plan import Item, Target, section_key

SEPARATOR = "/"
CATEGORY_LENGTH = 500
BANK_KEYS = "bank-"


def bank_name(bank: Bank, category_id: str) -> str:
    """Return the name of the bank that a category becomes; its path, as in files."""
    category = bank.categories.get(category_id)
    path = SEPARATOR.join(category.path) if category else ""
    return (path or "?")[:CATEGORY_LENGTH]


def bank_key(bank: Bank, category_id: str) -> str:
    """Return the key of a bank: categories of the same path become one."""
    return f"{BANK_KEYS}{bank_name(bank, category_id)}"


def bank_items(backup: MoodleBackup, homes: Mapping[str, Section]) -> Iterator[Item]:
    """Make each category with questions a bank."""
    bank = backup.bank
    rows: dict[str, list[BankQuestion]] = {}
    for row in bank.questions:
        rows.setdefault(bank_key(bank, row.category_id), []).append(row)
    topics = _topics_by_bank(backup, homes)
    for key, questions in rows.items():
        category = bank.categories.get(questions[0].category_id)
        name = bank_name(bank, questions[0].category_id)
        used_in = topics.get(key, set())
        yield Item(
            key=key,
            target=Target.BANK,
            module="category",
            title=name,
            values={
                "category": name,
                "questions": len(questions),
                "members": dict.fromkeys(
                    (fingerprint(row.question) for row in questions), ""
                ),
            },
            topic_key=next(iter(used_in)) if len(used_in) == 1 else "",
            id_number=category.id_number if category else "",
        )


def _topics_by_bank(
    backup: MoodleBackup, homes: Mapping[str, Section]
) -> dict[str, set[str]]:
    """Return the topics whose quizzes use the questions of each bank."""
    bank = backup.bank
    places = _places(bank)
    topics: defaultdict[str, set[str]] = defaultdict(set)
    for activity in backup.activities:
        home = homes.get(activity.section_id)
        if activity.quiz is None or home is None or home.number < 1:
            continue
        for slot in activity.quiz.slots:
            for category_id in _drawn_from(slot, places, bank):
                topics[bank_key(bank, category_id)].add(section_key(home.id))
    return dict(topics)


def _places(bank: Bank) -> dict[str, str]:
    """Return the category of each question and entry."""
    places = {f"question-{row.id}": row.category_id for row in bank.questions}
    places |= {
        f"entry-{row.entry_id}": row.category_id
        for row in bank.questions
        if row.entry_id
    }
    return places


def _drawn_from(slot: Slot, places: Mapping[str, str], bank: Bank) -> Iterator[str]:
    drawn = bank.random_category.get(slot.question_id)
    if slot.category_ids or drawn:
        ids = slot.category_ids or (str(drawn),)
        is_deep = slot.is_deep or slot.question_id in bank.random_deep
        yield from _within(ids, bank) if is_deep else ids
        return
    found = (
        places.get(f"entry-{slot.entry_id}")
        if slot.entry_id
        else places.get(f"question-{slot.question_id}")
    )
    if found is not None:
        yield found


def _within(ids: Iterable[str], bank: Bank) -> set[str]:
    """Return categories with all that are within them."""
    children: defaultdict[str, list[str]] = defaultdict(list)
    for category in bank.categories.values():
        children[category.parent_id].append(category.id)
    found: set[str] = set()
    left = list(ids)
    while left:
        category_id = left.pop()
        if category_id not in found:
            found.add(category_id)
            left += children[category_id]
    return found
