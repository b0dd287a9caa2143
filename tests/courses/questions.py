"""Questions as readers give them, and the fields of a page's form that tells them."""

from decimal import Decimal
from typing import Any

from courses.formats.question import Kind, ParsedAnswer, ParsedQuestion, TextFormat


def choice(**values: Any) -> ParsedQuestion:
    """Return a question of one right and one wrong answer."""
    right = ParsedAnswer(text="Да", fraction=Decimal(100))
    wrong = ParsedAnswer(text="Нет", fraction=Decimal(0))
    return ParsedQuestion(
        **{
            "kind": Kind.MULTICHOICE,
            "name": "",
            "text": "Верно ли?",
            "text_format": TextFormat.MOODLE,
            "answers": (right, wrong),
            "category": "",
            "line": 1,
            "raw": "",
            **values,
        }
    )


def rows(*answers: dict[str, Any], initial: int = 0, **values: Any) -> dict[str, Any]:
    """Return what a browser sends for a question, `initial` rows being there before."""
    sent: dict[str, Any] = {
        "answers-TOTAL_FORMS": len(answers),
        "answers-INITIAL_FORMS": initial,
    }
    for number, answer in enumerate(answers):
        for name, value in answer.items():
            sent[f"answers-{number}-{name}"] = value
    return {**sent, **values}
