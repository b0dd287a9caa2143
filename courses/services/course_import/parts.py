"""Smaller parts of an import: fields, communication, glossary; and deletions."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import models

from courses.enums import ContentLanguage
from courses.formats.mbz.diff import Existing, Line
from courses.formats.mbz.plan import Target
from courses.models import (
    CommunicationElement,
    ControlTask,
    CourseText,
    CourseVersion,
    GlossaryTerm,
    Longread,
    Material,
    QuestionBank,
    Topic,
)
from courses.services.course_import.topics import items_of, save_all

TEXT_FIELDS = {"title", "short_description"}
DELETABLE: Mapping[Target, tuple[type[models.Model], str]] = {
    Target.TOPIC: (Topic, "version"),
    Target.LONGREAD: (Longread, "topic__version"),
    Target.MATERIAL: (Material, "version"),
    Target.TASK: (ControlTask, "topic__version"),
    Target.COMMUNICATION: (CommunicationElement, "version"),
    Target.BANK: (QuestionBank, "version"),
}


def delete_parts(version: CourseVersion, gone: Iterable[Existing]) -> None:
    """Delete parts that the backup has not; a topic goes with all that stands in it."""
    ids: dict[Target, list[int]] = {}
    for row in gone:
        ids.setdefault(row.target, []).append(row.id)
    for target, keys in ids.items():
        model, owner = DELETABLE[target]
        model._default_manager.filter(**{owner: version}, pk__in=keys).delete()


def write_communication(version: CourseVersion, lines: Sequence[Line]) -> None:
    """Make and change means of communication (MIN 4.4)."""
    rows = {row.pk: row for row in version.communication.all()}
    written = []
    for item, pk in items_of(lines):
        row = rows.get(pk) or CommunicationElement(version=version)
        for name, value in item.values.items():
            setattr(row, name, value)
        written.append(row)
    save_all(CommunicationElement, written, there=rows.values(), owner="version_id")


def write_fields(version: CourseVersion, lines: Sequence[Line]) -> None:
    """Write fields of the version, and its title in the language of the course."""
    told = {
        name: value
        for item, _pk in items_of(lines)
        for name, value in item.values.items()
    }
    texts = {name: value for name, value in told.items() if name in TEXT_FIELDS}
    if texts:
        language = ContentLanguage(version.language)
        text = version.texts.filter(language=language).first()
        text = text or CourseText(version=version, language=language, title="")
        for name, value in texts.items():
            setattr(text, name, value)
        if text.title:
            text.save()
    own = [name for name in told if name not in TEXT_FIELDS]
    for name in own:
        setattr(version, name, told[name])
    version.save(update_fields=own)


def write_glossary(
    version: CourseVersion, lines: Sequence[Line], *, is_unknown: bool
) -> None:
    """Add terms and write their definitions; say so where a backup cannot tell them."""
    told = {
        term: definition
        for item, _pk in items_of(lines)
        for term, definition in item.values["members"].items()
    }
    write_terms(version, told)
    version.is_glossary_unknown = is_unknown and not version.glossary.exists()
    version.save(update_fields=["is_glossary_unknown"])


def write_terms(version: CourseVersion, terms: Mapping[str, str]) -> None:
    """Add terms to the glossary, and write the definitions of those it has anew."""
    longest = GlossaryTerm._meta.get_field("definition").max_length
    there = {row.term: row for row in version.glossary.filter(term__in=terms)}
    for term, row in there.items():
        row.definition = terms[term][:longest]
    GlossaryTerm.objects.bulk_update(there.values(), ["definition"], batch_size=500)
    GlossaryTerm.objects.bulk_create(
        (
            GlossaryTerm(version=version, term=term, definition=text[:longest])
            for term, text in terms.items()
            if term not in there
        ),
        batch_size=500,
    )
