"""Findings in words, and each a link that leads to its field."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation

from courses.enums import MaterialKind
from courses.findings import (
    Line,
    line_of,
    panel_of,
    progress_by_page,
    whole_report,
)
from courses.material_kinds import OF_WHOLE_COURSE
from courses.models import (
    BorrowedItem,
    ControlTask,
    CourseVersion,
    FinalAttestation,
    Practicum,
    SoftwareRequirement,
)
from courses.places import PAGE_OF_SECTION, url_of
from courses.regulation.finding import Finding, Gate
from courses.regulation.place import Place, Section
from courses.selectors import check_version
from courses.services import add_part
from tests import factories
from tests.courses import life

pytestmark = pytest.mark.django_db


def bare(author) -> CourseVersion:
    """Nothing is filled in."""
    return factories.VersionFactory(lead=author)


def poor(author) -> CourseVersion:
    """All parts are there and each of them lacks what it can."""
    version = life.whole_version(author, questions_a_week=1)
    for week, topic in enumerate(version.topics.all(), start=3):
        topic.week, topic.hours = week * 2, None
        topic.save()
        topic.outcomes.clear()
        topic.longreads.update(body="")
    version.topics.first().practicums.all().delete()
    version.topics.first().control_tasks.all().delete()
    version.topics.first().banks.all().delete()
    ControlTask.objects.update(
        title="",
        aim="",
        content="",
        procedure="",
        criteria="",
        scoring="",
        points=None,
        grading="manual",
        in_gradebook=False,
        is_random=False,
        questions_drawn=None,
        minutes=None,
    )
    Practicum.objects.update(title="", aim="", content="")
    FinalAttestation.objects.update(
        content="", criteria="", questions_drawn=None, minutes=90, grading="manual"
    )
    _with_poor_materials(version)
    CourseVersion.objects.filter(pk=version.pk).update(language="kk", weekly_hours=30)
    version.authorships.create(user=factories.UserFactory(position=""))
    version.glossary.create(term="Атом", definition="Частица")
    version.refresh_from_db()
    return version


def _with_poor_materials(version: CourseVersion) -> None:
    """Files that wait or cannot be read, links of which nothing is stated."""
    topic = version.topics.first()
    for position, kind in enumerate(MaterialKind, start=2):
        of_topic = {} if kind in OF_WHOLE_COURSE else {"topic": topic}
        place = {"position": position, "title": "", "rights": "borrowed", **of_topic}
        life.measured(version, kind, state="waiting", measured_at=None, **place)
        life.measured(
            version, kind, state="unreadable", unreadable_reason="cut", **place
        )
        life.measured(version, kind, container="webp", **place)
        life.measured(
            version,
            kind,
            state="declared",
            stored_as="",
            url=life.ADDRESS,
            measured_at=None,
            **place,
        )
    version.programmes.all().delete()
    version.communication.all().delete()
    SoftwareRequirement.objects.create(version=version, position=1, name="R")
    BorrowedItem.objects.create(
        version=version, position=1, title="Схема", is_consent_needed=True
    )


def whole(author) -> CourseVersion:
    return life.whole_version(author, questions_a_week=2)


def placed(version: CourseVersion) -> Iterator[Finding]:
    return (f for f in check_version(version).findings if f.place is not None)


@pytest.mark.parametrize("make", [bare, poor, whole])
def test_every_finding_leads_to_a_field_that_stands_on_its_page(
    make, author, client: Client
) -> None:
    version = make(author)
    client.force_login(author)
    targets = {url_of(finding.place, version.pk) for finding in placed(version)}
    pages: dict[str, str] = {}
    missing = []
    for url in targets:
        page, _sign, anchor = url.partition("#")
        if page not in pages:
            response = client.get(page)
            assert response.status_code == 200, page
            pages[page] = response.text
        if not re.search(rf'id="{re.escape(anchor)}"', pages[page]):
            missing.append(url)

    assert missing == []


@pytest.mark.parametrize("section", Section)
def test_every_section_has_its_page(section) -> None:
    assert PAGE_OF_SECTION[section].url(7).startswith("/courses/7/")


@pytest.mark.parametrize(
    ("place", "url"),
    [
        (Place(Section.AUTHORS, None, "user"), "/courses/7/team/#id_email"),
        (Place(Section.AUTHORS, 3, "position"), "/courses/7/team/#author-3"),
        (Place(Section.BANK, None, "questions"), "/courses/7/banks/import/#id_file"),
        (Place(Section.BANK, 3, "questions"), "/courses/7/banks/3/#id_questions"),
        (Place(Section.TOPIC, None, "week"), "/courses/7/topics/add/#id_week"),
        (Place(Section.TOPIC, 3, "hours"), "/courses/7/topics/3/edit/#id_hours"),
        (Place(Section.TOPIC, 3, "longreads"), "/courses/7/topics/3/#longreads"),
        (
            Place(Section.TOPIC, 3, "banks"),
            "/courses/7/banks/import/?topic=3#id_file",
        ),
        (
            Place(Section.TOPIC, 3, "materials"),
            "/courses/7/materials/add/?kind=text&topic=3#id_files",
        ),
        (
            Place(Section.MATERIAL, None, "promo_video"),
            "/courses/7/materials/add/?kind=promo_video#id_files",
        ),
        (
            Place(Section.MATERIAL, 3, "file"),
            "/courses/7/materials/3/#id_file",
        ),
        (
            Place(Section.CONTROL_TASK, 3, "points"),
            "/courses/7/control-tasks/3/edit/#id_points",
        ),
        (Place(Section.CONTROL_TASK, None, "points"), "/courses/7/topics/#id_points"),
        (Place(Section.OUTCOMES, None, "text"), "/courses/7/outcomes/#id_text"),
        (Place(Section.ATTESTATION, None, "form"), "/courses/7/attestation/#id_form"),
        (
            Place(Section.DESCRIPTION, None, "credits"),
            "/courses/7/description/#id_credits",
        ),
    ],
)
def test_the_address_of_a_place(place, url) -> None:
    assert url_of(place, 7) == url


def test_the_panel_counts_as_the_gate_does(author) -> None:
    version = life.whole_version(author, literature="", questions_a_week=2)
    report = check_version(version)
    panel = panel_of(report, version.pk)

    assert panel.left == 7
    assert panel.total - panel.done == 7
    *before_expertise, before_opening = panel.groups
    assert sum(group.total for group in before_expertise) == panel.total
    assert (before_opening.title, before_opening.total) == ("Before opening", 4)
    assert [len(group.lines) for group in panel.groups] == [1, 2, 1, 3, 0]
    assert [group.is_open for group in panel.groups] == [*[True] * 4, False]


def test_the_panel_shows_all_of_its_page_and_elsewhere_what_is_not_met(
    author,
) -> None:
    version = life.whole_version(author, literature="", questions_a_week=2)
    report = check_version(version)
    panel = panel_of(
        report,
        version.pk,
        is_here=lambda place: place.section is Section.INTRODUCTION,
    )

    here, introduction, *_others = panel.groups
    assert here.title == "On this page"
    assert (here.done, here.total, len(here.lines)) == (7, 8, 8)
    assert introduction.lines == []
    assert panel.total == report.of_gate(Gate.EXPERTISE).progress().want


def test_what_the_opening_asks_does_not_stand_in_the_way_of_expertise(author) -> None:
    """MIN 5.4.8.1: a short description and an illustration come after the verdict."""
    version = life.whole_version(author)
    version.materials.filter(kind="illustration").delete()
    version.texts.update(short_description="")
    report = check_version(version)

    panel = panel_of(report, version.pk)
    pages = {row.page.key: row for row in progress_by_page(report)}

    assert (panel.left, panel.total - panel.done) == (0, 0)
    opening = panel.groups[-1]
    assert (opening.done, opening.total) == (0, 2)
    assert [line.tone for line in opening.lines] == ["warn", "warn"]
    assert [line.url for line in opening.lines] == [
        f"/courses/{version.pk}/texts/#id_short_description_ru",
        f"/courses/{version.pk}/materials/add/?kind=illustration#id_files",
    ]
    assert (pages["texts"].left, pages["texts"].later) == (0, 1)
    assert pages["materials"].later == 1


def test_once_decided_what_the_opening_asks_leads_to_its_own_page(author) -> None:
    """MIN 5.4.8: the rest of the passport is locked then."""
    version = life.whole_version(author)
    picture = version.materials.get(kind="illustration")
    version.materials.filter(pk=picture.pk).update(rights="borrowed")
    version.texts.update(short_description="")

    lines = (
        panel_of(check_version(version), version.pk, is_decided=True).groups[-1].lines
    )

    assert [(line.tone, line.url) for line in lines] == [
        ("stop", f"/courses/{version.pk}/opening/#id_short_description_ru"),
        (
            "stop",
            f"/courses/{version.pk}/opening/illustration/{picture.pk}/#id_rights",
        ),
    ]


def lines_of(version: CourseVersion) -> dict[str, Line]:
    return {
        finding.code: line_of(finding, version.pk)
        for finding in check_version(version).findings
    }


def test_lines_say_what_is_required_what_is_found_and_how_much(author) -> None:
    version = life.whole_version(author, literature="", questions_a_week=22)
    version.topics.update(hours="20.5")
    version.attestation.points = 80
    version.attestation.save()
    lines = lines_of(version)

    bank = lines["weekly_test_bank"]
    assert (bank.tone, bank.have, bank.want) == ("stop", 22, 30)
    assert (bank.more, bank.found) == ("", "Distinct questions: 22")
    empty = lines["literature"]
    assert (empty.tone, empty.text, empty.more, empty.found) == (
        "stop",
        "Main and additional literature and links",
        "",
        "Empty",
    )
    assert empty.advice == "List the literature and the links."
    assert (lines["hours_agree"].text, lines["hours_agree"].more) == (
        "Hours of all topics: 41",
        "Declared: 36 h",
    )
    assert (lines["annotation"].tone, lines["annotation"].more) == ("ok", "")
    assert lines["hundred_point_scale"].tone == "warn"
    assert lines["hundred_point_scale"].severity == "recommended"
    assert lines["random_questions"].source == "declared by the authors"


def test_numbers_are_written_as_the_country_does(author) -> None:
    version = life.whole_version(author, questions_a_week=1)
    version.topics.update(hours="20.5")
    with translation.override("ru"):
        assert "20,5" in lines_of(version)["weekly_hours_agree"].text


def test_the_whole_report_holds_every_finding(author) -> None:
    version = bare(author)
    report = check_version(version)
    shown = whole_report(report, version.pk)

    assert sum(len(group.lines) for group in shown.groups) == len(report.findings)
    tones = {line.tone for group in shown.groups for line in group.lines}
    assert tones == {"ok", "stop", "warn", "neutral"}


def test_progress_is_told_page_by_page(author) -> None:
    version = life.whole_version(author, literature="")
    add_part(
        model=ControlTask,
        to=version.topics.first(),
        values={
            "kind": "essay",
            "title": "Эссе",
            "grading": "peer",
            "points": 1,
            "is_bonus": False,
        },
        by=author,
    )
    rows = {row.page.key: row for row in progress_by_page(check_version(version))}

    assert rows["introduction"].left == 1
    assert (rows["grading"].done, rows["grading"].left) == (3, 0)
    assert (rows["texts"].total, rows["glossary"].total) == (0, 0)
    assert rows["attestation"].warnings == 1
    assert rows["topics"].left > 0
