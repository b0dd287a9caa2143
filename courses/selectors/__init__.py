"""Reads of courses: what a person may see, the facts of a passport, its check."""

from courses.passport_json import passport_sha256
from courses.selectors.checks import (
    check_version,
    check_versions,
    edition_of,
    left_before_opening,
    reasons_against_expertise,
    reasons_against_opening,
)
from courses.selectors.debts import debts_of
from courses.selectors.facts import facts_of, facts_of_many
from courses.selectors.passport import passport_content
from courses.selectors.versions import (
    editions_in_force,
    stage_counts,
    topics_of,
    version_by_code,
    versions_authored_by,
    versions_found,
    versions_visible_to,
)

__all__ = [
    "check_version",
    "check_versions",
    "debts_of",
    "edition_of",
    "editions_in_force",
    "facts_of",
    "facts_of_many",
    "left_before_opening",
    "passport_content",
    "passport_sha256",
    "reasons_against_expertise",
    "reasons_against_opening",
    "stage_counts",
    "topics_of",
    "version_by_code",
    "versions_authored_by",
    "versions_found",
    "versions_visible_to",
]
