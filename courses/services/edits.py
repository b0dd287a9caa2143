"""What an edit may write where others edit the same form at the same time."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from courses.marks import Marks, mark_of


class StaleEdit(Exception):
    """Somebody changed the same fields after the person had opened the form.

    `stored` are the values of those fields as they are saved now.
    """

    def __init__(self, stored: Mapping[str, Any]) -> None:
        super().__init__(
            _("Nothing was saved: somebody else changed the same fields meanwhile.")
        )
        self.stored = dict(stored)


def settle(
    *, stored: Mapping[str, Any], values: Mapping[str, Any], base: Marks | None
) -> dict[str, Any]:
    """Return those of `values` that are to be written over what is stored.

    A field that the person left as it was seen keeps what others saved meanwhile.
    `base` are the marks of what the person saw; without them every value is written.
    Called under the lock of the row, or others write between the look and the save.

    Raises:
        StaleEdit: the person and somebody else changed a field differently.
    """
    if base is None:
        return dict(values)
    changed = {
        name: value
        for name, value in values.items()
        if mark_of(value) != base.get(name)
    }
    clashes = {
        name: stored[name]
        for name, value in changed.items()
        if name in stored
        and mark_of(stored[name]) not in (base.get(name), mark_of(value))
    }
    if clashes:
        raise StaleEdit(clashes)
    return changed
