"""What the showcase tells of a course, mended after the verdict too (MIN 5.4.8.1)."""

from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from courses.marks import Marks
from courses.models import CourseVersion
from courses.services.edits import settle
from courses.services.locks import lock_for_showcase


@transaction.atomic
def save_short_descriptions(
    *,
    version: CourseVersion,
    descriptions: Mapping[str, str],
    by: User,
    base: Marks | None = None,
) -> None:
    """Save short descriptions by language; titles stay as the expert read them.

    `base` are the marks of what the person saw, by `short_description_ru` and the like;
    see `settle`. The illustration is saved by the services of materials.

    Raises:
        PermissionDenied: `by` is neither an author of the version nor of the centre.
        PassportLocked: the version is at expertise, rejected or open.
        KeyError: a language has no title.
        StaleEdit: somebody else changed the same description meanwhile.

    Source: MIN 5.4.8.
    """
    lock_for_showcase(version, by=by, is_row_written=True)
    texts = {text.language: text for text in version.texts.order_by()}
    unknown = descriptions.keys() - texts.keys()
    if unknown:
        raise KeyError(*sorted(unknown))
    written = settle(
        stored={
            _field(language): text.short_description for language, text in texts.items()
        },
        values={_field(language): text for language, text in descriptions.items()},
        base=base,
    )
    for language, text in texts.items():
        if _field(language) in written:
            text.short_description = written[_field(language)]
            text.save(update_fields=["short_description"])


def _field(language: str) -> str:
    return f"short_description_{language}"
