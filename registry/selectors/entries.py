"""Entries of the register and their documents, as far as a person may see them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from accounts.selectors import units_headed_by
from courses.models import Authorship, CourseText, CourseVersion
from courses.regulation.finding import Finding
from courses.selectors import check_versions, left_before_opening
from registry.enums import REQUIRED_DOCUMENTS, DocumentKind, EntryState
from registry.models import CourseDocument, RegisterEntry
from registry.selectors.illustrations import with_illustrations

MAX_NUMBER_DIGITS = 9


def with_course(entries: QuerySet[RegisterEntry]) -> QuerySet[RegisterEntry]:
    """Read entries together with what names their courses."""
    return entries.select_related("version__course__unit").prefetch_related(
        "version__texts"
    )


def entries_visible_to(user: User, on: date) -> QuerySet[RegisterEntry]:
    """Return the entries whose documents a person may see.

    Authors see their own, heads of units those of the unit, centre staff all.
    """
    entries = with_course(RegisterEntry.objects.all())
    if user.has_perm("registry.view_registerentry"):
        return entries
    authored = Authorship.objects.filter(user=user).values("version")
    return entries.filter(
        Q(version__in=authored) | Q(version__course__unit__in=units_headed_by(user, on))
    )


def documents_visible_to(user: User, on: date) -> QuerySet[CourseDocument]:
    """Return the documents a person may download."""
    return CourseDocument.objects.filter(
        entry__in=entries_visible_to(user, on).order_by().values("pk")
    ).select_related("entry")


def missing_documents(entry: RegisterEntry) -> list[DocumentKind]:
    """Return the kinds of document that are not in yet (MIN 5.4.8, 5.4.9)."""
    received = {document.kind for document in entry.documents.all()}
    return [kind for kind in REQUIRED_DOCUMENTS if kind not in received]


def entered() -> QuerySet[RegisterEntry]:
    """Return what the register shows to anybody: every course ever entered (KAZ 4.1).

    Each row has `shown_title`, the title in the language of the course.
    """
    texts = CourseText.objects.filter(version=OuterRef("version")).order_by()
    own = texts.filter(language=OuterRef("version__language")).values("title")[:1]
    return with_course(
        RegisterEntry.objects.exclude(state=EntryState.DOCUMENTS).annotate(
            shown_title=Coalesce(Subquery(own), "version__course__code")
        )
    )


# Orders of the register, by the key in the address.
REGISTER_ORDERS = {
    "number": ("number",),
    "-number": ("-number",),
    "title": ("shown_title", "number"),
    "-title": ("-shown_title", "-number"),
    "unit": ("version__course__unit__name", "number"),
    "-unit": ("-version__course__unit__name", "-number"),
    "opened": ("opened_at", "pk"),
    "-opened": ("-opened_at", "-pk"),
}
DEFAULT_ORDER = "-number"


def find_entries(words: str, *, order: str) -> QuerySet[RegisterEntry]:
    """Return the entered courses by number, code, or parts of title and unit."""
    entries = entered()
    for word in words.split():
        by_word = (
            Q(shown_title__icontains=word)
            | Q(version__course__unit__name__icontains=word)
            | Q(version__course__code__icontains=word)
        )
        number = word.lstrip("№0")
        if number.isdecimal() and len(number) <= MAX_NUMBER_DIGITS:
            by_word |= Q(number=number)
        entries = entries.filter(by_word)
    return entries.order_by(*REGISTER_ORDERS[order])


def entries_awaiting_documents() -> QuerySet[RegisterEntry]:
    """Return the entries that are not open yet, with the documents that are in."""
    return (
        with_course(RegisterEntry.objects.filter(state=EntryState.DOCUMENTS))
        .select_related("version__edition")
        .prefetch_related(
            "documents", Prefetch("version__authorships", Authorship.objects.all())
        )
    )


def unmet_before_opening(
    entries: Iterable[RegisterEntry],
) -> dict[int, tuple[Finding, ...]]:
    """Return what the gate of the opening still asks of each entry, by its id.

    No more queries for many than for one (MIN 5.4.8).
    """
    entries = list(entries)
    if not entries:
        return {}
    reports = check_versions([entry.version for entry in entries])
    return {
        entry.pk: left_before_opening(reports[entry.version_id]) for entry in entries
    }


def certificate_languages(version: CourseVersion) -> list[str]:
    """Return the languages a certificate may be in: those that have a title."""
    return [text.language for text in version.texts.all()]


def entry_of_version(version: CourseVersion) -> RegisterEntry | None:
    """Return the entry of a version with its documents, if it has come to one."""
    return (
        RegisterEntry.objects.filter(version=version)
        .select_related("version__course__unit")
        .prefetch_related("documents")
        .first()
    )


def page_entry(number: int) -> RegisterEntry | None:
    """Return the entry whose public page is asked for by its number; none if removed."""
    return (
        entered()
        .exclude(state=EntryState.REMOVED)
        .filter(number=number)
        .prefetch_related(
            "version__outcomes",
            "version__topics",
            Prefetch("version__authorships", Authorship.objects.select_related("user")),
            with_illustrations(),
        )
        .first()
    )


def text_in(version: CourseVersion, language: str) -> CourseText | None:
    """Return the title and description to show: in `language`, else the course's own.

    Asks no database where `texts` are prefetched.
    """
    texts: dict[str, Any] = {text.language: text for text in version.texts.all()}
    return (
        texts.get(language)
        or texts.get(version.language)
        or next(iter(texts.values()), None)
    )
