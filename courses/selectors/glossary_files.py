"""A file of terms, looked at beside the glossary that it is meant for."""

from dataclasses import dataclass
from functools import cached_property

from courses.formats.glossary_xml import GlossaryTermRead, ParsedGlossary
from courses.models import CourseVersion


@dataclass(frozen=True)
class GlossaryFile:
    """What a file would do to a glossary: new terms, changed ones, the same ones."""

    version: CourseVersion
    glossary: ParsedGlossary

    @cached_property
    def _there(self) -> dict[str, str]:
        terms = [row.term for row in self.glossary.terms]
        rows = self.version.glossary.filter(term__in=terms)
        return dict(rows.values_list("term", "definition"))

    @cached_property
    def new(self) -> list[GlossaryTermRead]:
        """Return the terms that the glossary has not."""
        return [row for row in self.glossary.terms if row.term not in self._there]

    @cached_property
    def changed(self) -> list[tuple[GlossaryTermRead, str]]:
        """Return the terms with another definition there, each with that one."""
        return [
            (row, self._there[row.term])
            for row in self.glossary.terms
            if self._there.get(row.term, row.definition) != row.definition
        ]

    @property
    def same_count(self) -> int:
        """Count the terms that the glossary has as they are."""
        return len(self.glossary.terms) - len(self.new) - len(self.changed)
