"""Short ways to a question and to a refusal."""

from courses.formats.gift import read_gift


def read_one(text):
    """The only question of a text that has no error."""
    bank = read_gift(text.encode())
    assert bank.errors == ()
    (question,) = bank.questions
    return question


def read_errors(text):
    """Lines and codes of the errors of a text."""
    return [(e.line, e.reason_code) for e in read_gift(text.encode()).errors]
