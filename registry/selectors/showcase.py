"""The public showcase: what is open, found by words in any language, by facets."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.postgres.search import CombinedSearchQuery, SearchQuery, SearchRank
from django.db.models import Count, Exists, F, OuterRef, QuerySet

from registry.enums import EntryState
from registry.models import RegisterEntry
from registry.selectors.entries import with_course
from registry.selectors.illustrations import with_illustrations

# A filter of the showcase → the column it asks.
FACETS = {
    "type": "version__course__type",
    "unit": "version__course__unit",
    "language": "version__language",
}
_WORD = re.compile(r"\w+")
# A person who writes so means exactly so: no words are completed.
_OPERATORS = re.compile(r"\"|(?:^|\s)-\w|\sor\s", re.IGNORECASE)

Query = SearchQuery | CombinedSearchQuery


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked of the showcase: words, and a value for each facet chosen."""

    words: str
    facets: Mapping[str, str]


def on_showcase() -> QuerySet[RegisterEntry]:
    """Return what is open; of a course's versions only the one entered last."""
    newer = RegisterEntry.objects.filter(
        state=EntryState.OPEN,
        version__course=OuterRef("version__course"),
        number__gt=OuterRef("number"),
    )
    return RegisterEntry.objects.filter(~Exists(newer), state=EntryState.OPEN)


def find_courses(search: Search) -> QuerySet[RegisterEntry]:
    """Return the courses found: the best match first, without words the newest."""
    entries = _chosen(_by_words(on_showcase(), search.words), search.facets)
    if search.words:
        entries = entries.annotate(
            rank=SearchRank(F("search"), query_of(search.words))
        ).order_by("-rank", "-opened_at", "-pk")
    return with_course(entries).prefetch_related(with_illustrations())


def count_facet(search: Search, facet: str) -> dict[str, int]:
    """Count the courses for each value of a facet, by the other facets and words."""
    others = {key: value for key, value in search.facets.items() if key != facet}
    entries = _chosen(_by_words(on_showcase(), search.words), others)
    counted = entries.order_by().values_list(FACETS[facet]).annotate(Count("pk"))
    return {str(value): count for value, count in counted}


def query_of(words: str) -> Query:
    """Return the query for words that a person typed.

    Russian words are found in any form, words of any language as they stand and by
    their beginnings: «статист» finds «статистика», «негіз» finds «негіздері».
    """
    query: Query = SearchQuery(
        words, config="russian", search_type="websearch"
    ) | SearchQuery(words, config="simple", search_type="websearch")
    beginnings = _WORD.findall(words)
    if beginnings and not _OPERATORS.search(words):
        prefixes = " & ".join(f"{word}:*" for word in beginnings)
        query |= SearchQuery(prefixes, config="simple", search_type="raw")
    return query


def _by_words(entries: QuerySet[RegisterEntry], words: str) -> QuerySet[RegisterEntry]:
    return entries.filter(search=query_of(words)) if words else entries


def _chosen(
    entries: QuerySet[RegisterEntry], facets: Mapping[str, str]
) -> QuerySet[RegisterEntry]:
    return entries.filter(
        **{FACETS[key]: value for key, value in facets.items() if value}
    )
