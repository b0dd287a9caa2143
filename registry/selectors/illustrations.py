"""The illustration that the showcase shows of a course (MIN 5.4.8.1)."""

from django.db.models import Prefetch

from courses.enums import MaterialKind, MeasureState
from courses.models import CourseVersion, Material
from registry.enums import EntryState

# Only what was measured to be a picture is shown; the first one of several.
SHOWN = {"kind": MaterialKind.ILLUSTRATION, "state": MeasureState.MEASURED}
HIDDEN_STATES = (EntryState.DOCUMENTS, EntryState.REMOVED)


def with_illustrations() -> Prefetch[str]:
    """Read entries together with the pictures that `illustration_of` takes one of."""
    pictures = Material.objects.filter(**SHOWN).order_by("position", "pk")
    return Prefetch("version__materials", pictures, to_attr="pictures")


def illustration_of(version: CourseVersion) -> Material | None:
    """Return the picture of a version read by `with_illustrations`, None for none."""
    pictures: list[Material] = getattr(version, "pictures", [])
    return next(iter(pictures), None)


def public_illustration(number: int) -> Material | None:
    """Return the picture of an entry that anybody may see, by the entry's number."""
    entered = Material.objects.filter(version__register_entry__number=number, **SHOWN)
    return (
        entered.exclude(version__register_entry__state__in=HIDDEN_STATES)
        .order_by("position", "pk")
        .first()
    )
