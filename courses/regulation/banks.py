"""Which questions a test draws from, and how many distinct ones there are."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from courses.regulation.facts import BankFacts, CourseFacts, TopicFacts
from courses.regulation.known import Amount, total_of
from courses.regulation.place import Place, Section
from courses.regulation.texts import Message, message
from courses.regulation.texts import gettext_noop as _


def banks_of_topic(course: CourseFacts, topic: TopicFacts) -> list[BankFacts]:
    """Banks that a test of a topic draws from.

    They are its own and those of the topics whose outcomes are assessed in it.
    """
    return course.once(_banks_by_topic)[topic.id]


def _banks_by_topic(course: CourseFacts) -> dict[int | None, list[BankFacts]]:
    """Banks by the topic whose test draws from them, in their order."""
    assessed_in: dict[int | None, int | None]
    assessed_in = {topic.id: topic.assessed_in for topic in course.topics}
    found: defaultdict[int | None, list[BankFacts]] = defaultdict(list)
    for bank in course.banks:
        for topic_id in {bank.topic_id, assessed_in.get(bank.topic_id)}:
            found[topic_id].append(bank)
    return found


def distinct(banks: Iterable[BankFacts]) -> Amount:
    """Distinct questions of banks together."""
    return _union(banks, lambda bank: bank.fingerprints)


def found_in(banks: Iterable[BankFacts]) -> Message:
    """How many distinct questions banks hold, and of how many if some repeat."""
    banks = list(banks)
    questions, total = distinct(banks), total_of(bank.total for bank in banks)
    if total.known > questions.known:
        return message(
            _("distinct questions: %(distinct)s of %(total)s"),
            distinct=questions.known,
            total=total.known,
        )
    return message(_("distinct questions: %(distinct)s"), distinct=questions.known)


def drawable(banks: Iterable[BankFacts]) -> Amount:
    """Distinct questions that can be drawn at random and graded by machine."""
    return _union(banks, lambda bank: bank.drawable)


def _union(
    banks: Iterable[BankFacts], pick: Callable[[BankFacts], frozenset[str] | None]
) -> Amount:
    sets = [pick(bank) for bank in banks]
    known = [questions for questions in sets if questions is not None]
    return Amount(len(frozenset().union(*known)), is_whole=len(known) == len(sets))


def place_of_banks(banks: list[BankFacts], topic: TopicFacts | None = None) -> Place:
    """The first bank; where there is none, the topic it is to be made for."""
    if banks:
        return Place(Section.BANK, banks[0].id, "questions")
    if topic is not None:
        return Place(Section.TOPIC, topic.id, "banks")
    return Place(Section.BANK, None, "questions")
