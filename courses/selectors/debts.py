"""Who owes the next step of a version."""

from collections.abc import Sequence

from courses.models import CourseVersion
from courses.panels import Debt, debts_told


def debts_of(versions: Sequence[CourseVersion]) -> dict[int, Debt]:
    """Return who owes the next step of each version, and by when where it is known.

    A passport open to its authors is owed by their leader; of the rest the apps above
    tell. The author teams must be at hand.
    """
    own = {
        version.pk: Debt(who=author.user.short_name)
        for version in versions
        if version.is_editable
        for author in version.authorships.all()
        if author.is_lead
    }
    return {**own, **debts_told([version.pk for version in versions])}
