"""The passport's own texts and numbers, its titles, its final attestation."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from courses.models import CourseText, CourseVersion, FinalAttestation
from courses.regulation.place import Section
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
    *, version: CourseVersion, section: Section, values: Mapping[str, Any], by: User
) -> None:
    """Save a form of the passport; `values` may hold any of the section's fields.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
        KeyError: a value belongs to no field of the section.
    """
    lock_for_edit(version, by=by, is_row_written=True)
    unknown = values.keys() - set(SECTION_FIELDS[section])
    if unknown:
        raise KeyError(*sorted(unknown))
    for name, value in values.items():
        setattr(version, name, value)
    version.save(update_fields=list(values))


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
    *, version: CourseVersion, texts: Mapping[str, tuple[str, str]], by: User
) -> None:
    """Save titles and short descriptions by language; an empty title takes both away.

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
    """
    lock_for_edit(version, by=by)
    for language, (title, short_description) in texts.items():
        if title:
            save_text(
                version=version,
                language=language,
                title=title,
                short_description=short_description,
                by=by,
            )
        else:
            version.texts.filter(language=language).delete()


@transaction.atomic
def save_attestation(
    *, version: CourseVersion, values: Mapping[str, Any], by: User
) -> FinalAttestation:
    """Save the block “Final attestation”, making it where there is none (MIN 3.4).

    Raises:
        PermissionDenied: `by` is not an author of the version.
        PassportLocked: the passport is not open to edits.
    """
    lock_for_edit(version, by=by)
    attestation, _is_new = FinalAttestation.objects.update_or_create(
        version=version, defaults=dict(values)
    )
    return attestation
