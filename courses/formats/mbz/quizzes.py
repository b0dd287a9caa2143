"""A quiz → a control task, or the final attestation.

Source: MIN 3.3.3.17, 3.4.2, 4.6, 4.11 (time, attempts, questions drawn at random).
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from courses.formats.mbz.counts import is_random
from courses.formats.mbz.model import Activity, MoodleBackup, Quiz, Slot
from courses.formats.mbz.plan import (
    Item,
    Left,
    LeftOut,
    Place,
    Target,
    intro_of,
    title_of,
)
from courses.formats.question import Kind

MINUTE = 60
MOST = 32_767  # what the database takes as a small number
MOST_POINTS = 100


class QuizReader:
    """Reads quizzes beside the bank that they draw from."""

    def __init__(self, backup: MoodleBackup, *, final_id: str) -> None:
        self._backup = backup
        self._final_id = final_id
        self._kinds: dict[str, Kind] = {}
        for row in backup.bank.questions:
            self._kinds[f"question-{row.id}"] = row.question.kind
            if row.entry_id:
                self._kinds[f"entry-{row.entry_id}"] = row.question.kind

    def become(self, activity: Activity, place: Place) -> Iterator[Item | LeftOut]:
        """Make a quiz a test of its topic; the one called final, the attestation."""
        is_final = activity.id == self._final_id
        if activity.quiz is None or not (place.topic_key or is_final):
            yield LeftOut(
                title=title_of(activity),
                module=activity.module,
                topic_key=place.topic_key,
                reason_code=Left.NO_WEEK,
            )
            return
        kind = {"form": "test"} if is_final else {"kind": "test"}
        yield Item(
            key=f"activity-{activity.id}",
            target=Target.ATTESTATION if is_final else Target.TASK,
            module=activity.module,
            title=title_of(activity),
            values={**kind, **self._values(activity, activity.quiz)},
            topic_key="" if is_final else place.topic_key,
            id_number=activity.id_number,
            is_hidden=place.is_hidden,
        )

    def _values(self, activity: Activity, quiz: Quiz) -> dict[str, Any]:
        asked = [slot for slot in quiz.slots if self._asks(slot)]
        drawn = sum(is_random(slot, self._backup) for slot in asked)
        values: dict[str, Any] = {
            "title": title_of(activity),
            "grading": self._grading(asked),
            "in_gradebook": quiz.grade > 0,
            "questions_drawn": min(len(asked), MOST),
            "is_random": bool(asked) and drawn == len(asked),
            # 0 is “without limit”, as the check reads both (MIN 3.3.3.17, 4.10).
            "minutes": max(0, min(-(-quiz.time_limit_seconds // MINUTE), MOST)),
            "attempts": min(max(quiz.attempts, 0), MOST),
            "lms_facts": _facts(quiz, slots=len(quiz.slots), drawn=drawn),
        }
        if 0 < quiz.grade <= MOST_POINTS:
            values["points"] = f"{quiz.grade.normalize():f}"
        if content := intro_of(activity):
            values["content"] = content
        return values

    def _kind(self, slot: Slot) -> Kind | None:
        key = (
            f"entry-{slot.entry_id}"
            if slot.entry_id
            else f"question-{slot.question_id}"
        )
        return self._kinds.get(key)

    def _asks(self, slot: Slot) -> bool:
        return self._kind(slot) is not Kind.DESCRIPTION

    def _grading(self, asked: list[Slot]) -> str:
        """Say who grades: one essay is enough to need a teacher."""
        is_manual = any(self._kind(slot) is Kind.ESSAY for slot in asked)
        return "manual" if is_manual else "automatic"


def _facts(quiz: Quiz, *, slots: int, drawn: int) -> dict[str, Any]:
    """Return the settings of the quiz in Moodle's own measure: 0 is “no limit”."""
    return {
        "module": "quiz",
        "slots": slots,
        "random_slots": drawn,
        "time_limit_seconds": quiz.time_limit_seconds,
        "attempts_allowed": quiz.attempts,
        "opens_at": moment(quiz.opens_at),
        "closes_at": moment(quiz.closes_at),
        "delay_seconds": quiz.delay_seconds,
        "network": quiz.network,
        "has_password": quiz.has_password,
    }


def moment(seconds: int) -> str | None:
    """Return a moment in ISO 8601; none where Moodle has none or nonsense."""
    if seconds <= 0:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    except (OverflowError, ValueError, OSError):
        return None
