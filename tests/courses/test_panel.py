"""The panel of findings: what it shows, and what turned since a kept check."""

import pytest
from django.urls import reverse

from courses.findings import PANEL_LINES, panel_of
from courses.models import CourseVersion
from courses.selectors import check_version
from courses.selectors.check_changes import changes_since, last_check
from courses.services import PassportLocked, keep_check
from tests import factories
from tests.courses import life

pytestmark = pytest.mark.django_db


def turned(version) -> tuple[list[str], list[str]]:
    version = CourseVersion.objects.select_related("course", "edition").get(
        pk=version.pk
    )
    changes = changes_since(last_check(version), check_version(version))
    return (
        [finding.clause for finding in changes.mended],
        [finding.clause for finding in changes.broken],
    )


def test_what_was_mended_and_what_was_broken_since_a_kept_check_is_told(
    author, at
) -> None:
    version = life.whole_version(author, literature="")
    keep_check(version=version, by=author, at=at)
    assert turned(version) == ([], [])

    CourseVersion.objects.filter(pk=version.pk).update(literature="Книги", aims="")

    mended, broken = turned(version)
    assert (len(mended), len(broken)) == (1, 1)


def test_what_is_asked_no_more_counts_as_mended(author, at) -> None:
    version = life.whole_version(author)
    topic = factories.TopicFactory(version=version, week=2, hours=None)
    keep_check(version=version, by=author, at=at)
    topic.delete()

    mended, broken = turned(version)

    assert len(mended) > 0
    assert broken == []


def test_a_check_is_kept_by_authors_of_an_open_passport_alone(author, at) -> None:
    version = life.at_stage(life.whole_version(author), "expertise", author, at)

    with pytest.raises(PassportLocked):
        keep_check(version=version, by=author, at=at)


def test_the_panel_has_room_for_so_many_lines_of_a_block(author) -> None:
    version = factories.VersionFactory(lead=author)
    for week in range(1, 17):
        factories.TopicFactory(version=version, week=week, hours=None)
    report = check_version(version)

    panel = panel_of(report, version.pk)

    assert max(len(group.lines) for group in panel.groups) == PANEL_LINES
    shown = sum(len(group.lines) + group.unseen for group in panel.groups)
    assert shown == panel.unmet + panel.advice
    learning = next(group for group in panel.groups if group.unseen)
    tones = [line.tone for line in learning.lines]
    assert tones == sorted(tones)


def test_the_page_tells_what_turned_since_the_check_was_kept(client, author) -> None:
    version = life.whole_version(author, literature="")
    client.force_login(author)
    report_url = reverse("courses:check_report", args=[version.pk])
    client.post(reverse("courses:check_keep", args=[version.pk]))
    CourseVersion.objects.filter(pk=version.pk).update(literature="Книги", aims="")

    page = client.get(reverse("courses:version_detail", args=[version.pk]))
    report = client.get(report_url)

    panel = page.context["panel"]
    assert (panel.since.mended, panel.since.broken) == (1, 1)
    assert "1 met" in page.content.decode()
    assert "not met any more" in report.content.decode()
    assert [line.text for line in report.context["changes"]["mended"]] != []
    # Keeping a check is no edit: no state of the passport is kept for it.
    assert version.snapshots.count() == 0
