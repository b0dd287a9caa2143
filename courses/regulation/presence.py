"""Findings that a passport's text, choice or number is filled in."""

from courses.regulation.finding import Finding
from courses.regulation.known import has_words
from courses.regulation.place import Place
from courses.regulation.requirement import Judge
from courses.regulation.texts import Message
from courses.regulation.texts import gettext_noop as _

FILLED_IN = Message(_("filled in"))
EMPTY = Message(_("empty"))
NOT_KNOWN = Message(_("not known"))
FOUND = {True: FILLED_IN, False: EMPTY, None: NOT_KNOWN}
_FILL_IN = Message(_("Fill in this field."))


def written(
    judge: Judge,
    text: str | None,
    *,
    required: Message,
    place: Place,
    advice: Message = _FILL_IN,
) -> Finding:
    """A finding that a text says something."""
    return present(
        judge, has_words(text), required=required, place=place, advice=advice
    )


def present(
    judge: Judge,
    is_present: bool | None,  # noqa: FBT001 - the fact itself, not a switch
    *,
    required: Message,
    place: Place,
    advice: Message = _FILL_IN,
) -> Finding:
    """A finding that something is there; `None` when nobody knows."""
    return judge.finding(
        is_met=is_present,
        required=required,
        found=FOUND[is_present],
        place=place,
        advice=advice,
    )
