"""The passport's own texts and numbers, its titles, its final attestation."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.forms import model_to_dict

from accounts.models import User
from courses.marks import Marks
from courses.models import CourseText, CourseVersion, FinalAttestation
from courses.regulation.place import Section
from courses.services.edits import StaleEdit, settle
from courses.services.locks import lock_for_edit

# Fields of the version by the form of the passport that they stand in (MIN 3.2).
SECTION_FIELDS: Mapping[Section, tuple[str, ...]] = {
    Section.INTRODUCTION: (
        "annotation",
        "announcements_url",
        "learners_forum_url",
        "programme_url",
        "literature",
        "entry_questionnaire",
        "recommendations",
    ),
    Section.DESCRIPTION: (
        "language",
        "is_language_course",
        "audience",
        "prerequisites",
        "aims",
        "tasks",
        "class_kinds",
        "control_forms",
        "technologies",
        "study_model",
        "credits",
        "hours",
        "weeks",
        "weekly_hours",
    ),
    Section.GRADING: ("documents_issued", "grade_formation", "completion_criterion"),
}


@transaction.atomic
def save_section(
    *,
    version: CourseVersion,
    section: Section,
    values: Mapping[str, Any],
    by: User,
    base: Marks | None = None,
) -> None:
    """Save a form of the passport; `values` may hold any of the section's fields.

    `base` are the marks of what the person saw; see `settle`.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
        KeyError: a value belongs to no field of the section.
        StaleEdit: somebody else changed the same fields meanwhile.
    """
    lock_for_edit(version, by=by, is_row_written=True)
    unknown = values.keys() - set(SECTION_FIELDS[section])
    if unknown:
        raise KeyError(*sorted(unknown))
    version.refresh_from_db(fields=SECTION_FIELDS[section])
    stored = model_to_dict(version, fields=list(values))
    written = settle(stored=stored, values=values, base=base)
    for name, value in written.items():
        setattr(version, name, value)
    version.save(update_fields=list(written))


@transaction.atomic
def save_text(
    *,
    version: CourseVersion,
    language: str,
    title: str,
    short_description: str = "",
    by: User,
) -> CourseText:
    """Save the title and the short description in one language.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
    """
    lock_for_edit(version, by=by)
    text, _is_new = CourseText.objects.update_or_create(
        version=version,
        language=language,
        defaults={"title": title, "short_description": short_description},
    )
    return text


@transaction.atomic
def save_texts(
    *,
    version: CourseVersion,
    texts: Mapping[str, tuple[str, str]],
    by: User,
    base: Marks | None = None,
) -> None:
    """Save titles and short descriptions by language; an empty title takes both away.

    `base` are the marks of what the person saw, by `title_ru` and the like; see `settle`.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
        StaleEdit: somebody else changed the same fields meanwhile.
    """
    lock_for_edit(version, by=by, is_row_written=True)
    kept = _kept_texts(version)
    stored = _flat({language: kept.get(language, ("", "")) for language in texts})
    merged = {**stored, **settle(stored=stored, values=_flat(texts), base=base)}
    for language in texts:
        title = merged[f"title_{language}"]
        description = merged[f"short_description_{language}"]
        if title:
            save_text(
                version=version,
                language=language,
                title=title,
                short_description=description,
                by=by,
            )
        elif description:
            # Somebody took the title away while the person wrote the description.
            raise StaleEdit({f"title_{language}": ""})
        else:
            version.texts.filter(language=language).delete()


def _kept_texts(version: CourseVersion) -> dict[str, tuple[str, str]]:
    """Return title and short description as they are saved, by language."""
    rows = version.texts.order_by().values_list(
        "language", "title", "short_description"
    )
    return {language: (title, description) for language, title, description in rows}


def _flat(texts: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Return titles and descriptions by the names of their fields."""
    return {
        name: value
        for language, (title, description) in texts.items()
        for name, value in (
            (f"title_{language}", title),
            (f"short_description_{language}", description),
        )
    }


@transaction.atomic
def save_attestation(
    *,
    version: CourseVersion,
    values: Mapping[str, Any],
    by: User,
    base: Marks | None = None,
) -> FinalAttestation:
    """Save the block “Final attestation”, making it where there is none (MIN 3.4).

    `base` are the marks of what the person saw; see `settle`.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
        StaleEdit: somebody else changed the same fields meanwhile.
    """
    lock_for_edit(version, by=by, is_row_written=True)
    attestation = FinalAttestation.objects.filter(version=version).first()
    if attestation is None:
        return FinalAttestation.objects.create(version=version, **values)
    stored = model_to_dict(attestation, fields=list(values))
    for name, value in settle(stored=stored, values=values, base=base).items():
        setattr(attestation, name, value)
    attestation.save()
    return attestation
