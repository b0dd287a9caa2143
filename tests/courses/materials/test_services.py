"""Materials are taken in, measured in the background, changed and removed."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.enums import JobState
from core.models import Job
from courses.enums import MaterialKind, MeasureState, Stage
from courses.formats.measures import Measures, UnreadableReason
from courses.formats.pages import PageFormat
from courses.models import CourseVersion, Material, RegulationEdition
from courses.selectors.materials import (
    counts_of_materials,
    file_to_measure,
    materials_of,
    page_format_of,
)
from courses.services import PartGone, PassportLocked
from courses.services.materials import (
    MEASURE,
    FileReplaced,
    add_material,
    change_material,
    measure_again,
    record_measures,
    remove_material,
)
from courses.tasks.materials import keep_measures, measure_material
from tests import factories
from tests.courses.materials import media_files, ten_documents
from tests.courses.materials.making import measured, stored, with_file, with_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(author) -> CourseVersion:
    return factories.VersionFactory(lead=author)


def test_a_file_waits_and_is_measured_by_a_job(version, author, at):
    later = at + timedelta(minutes=1)
    material = with_file(version, by=author, at=at)
    assert (material.state, material.container) == (MeasureState.WAITING, "pdf")
    assert material.measured_at is None

    measured(material, later)
    assert (material.state, material.measured_at) == (MeasureState.MEASURED, later)
    assert (material.pages, material.layout) == (Decimal(1), None)
    assert Job.objects.get(kind=MEASURE).state == JobState.DONE


def test_a_text_is_measured_with_its_own_format_apart(version, author, at):
    """MIN 3.3.3.8: the pages are those of the regulated format."""
    content = ten_documents.make(ten_documents.indented)
    material = with_file(version, by=author, at=at, content=content, name="Т.docx")
    measured(material, at)
    assert material.pages == Decimal("9.37")
    assert material.layout == {
        "size_pt": 14.0,
        "spacing": 1.15,
        "margins_cm": [2.54, 3.18, 2.54, 3.18],
    }


@pytest.mark.parametrize(
    ("kind", "name", "content", "expected"),
    [
        (
            MaterialKind.VIDEO,
            "В.mov",
            media_files.video("mov"),
            {"duration_seconds": Decimal("2.000"), "width": 64, "height": 48},
        ),
        (
            MaterialKind.ILLUSTRATION,
            "Обложка.png",
            media_files.picture("png"),
            {"width": 40, "height": 30},
        ),
    ],
)
def test_each_kind_is_measured_by_its_own_measures(
    version, author, at, kind, name, content, expected
):
    material = with_file(
        version, by=author, at=at, content=content, name=name, kind=kind
    )
    measured(material, at)
    assert {key: getattr(material, key) for key in expected} == expected


def test_a_presentation_saved_as_pdf_has_a_slide_a_page(version, author, at):
    """MIN 3.3.3.10."""
    kind = MaterialKind.PRESENTATION
    material = measured(with_file(version, by=author, at=at, kind=kind), at)
    assert (material.slides, material.hidden_slides) == (1, 0)


def test_a_file_that_cannot_be_read_says_why(version, author, at):
    content = media_files.video("mp4")
    material = with_file(
        version,
        by=author,
        at=at,
        content=content[: len(content) // 2],
        name="a.mp4",
        kind=MaterialKind.VIDEO,
    )
    measured(material, at)
    assert material.state == MeasureState.UNREADABLE
    assert material.unreadable_reason == UnreadableReason.CUT
    assert material.duration_seconds is None


def test_the_pages_are_counted_in_the_format_of_the_course_s_edition(
    version, author, at
):
    content = ten_documents.make(ten_documents.plain)
    usual = measured(
        with_file(version, by=author, at=at, content=content, name="a.docx"), at
    )
    edition = RegulationEdition.objects.get(pk=version.edition_id)
    large = factories.VersionFactory(
        lead=author,
        edition=RegulationEdition.objects.create(
            code="large",
            title="Крупно",
            in_force_from=edition.in_force_from,
            country=edition.country,
            thresholds={**edition.thresholds, "page_font_pt": 14, "page_spacing": 2},
        ),
    )
    material = measured(
        with_file(large, by=author, at=at, content=content, name="a.docx"), at
    )
    assert page_format_of(large.edition) == PageFormat(Decimal(14), Decimal(2))
    assert material.pages > usual.pages * Decimal("1.4")


def test_an_edition_that_says_nothing_of_pages_counts_them_as_min_does():
    assert page_format_of(RegulationEdition(thresholds={})) == PageFormat(
        Decimal(12), Decimal("1.5"), Decimal(2)
    )


def test_a_link_is_declared_and_never_measured(version, author, at):
    material = with_link(version, by=author, at=at)
    assert (material.state, material.container) == (MeasureState.DECLARED, "")
    assert Job.objects.filter(kind=MEASURE).count() == 0
    measure_again(material=material, by=author, at=at)
    assert Job.objects.filter(kind=MEASURE).count() == 0


def test_materials_stand_in_their_topic_in_the_order_they_came(version, author, at):
    second = factories.TopicFactory(version=version, week=2)
    first = factories.TopicFactory(version=version, week=1)
    rows = [
        with_link(version, by=author, at=at, title=title, topic=topic)
        for title, topic in (
            *(("2а", second), ("1а", first), ("курс", None)),
            *(("1б", first), ("2б", second)),
        )
    ]
    order = [material.title for material in materials_of(version)]
    assert order == ["курс", "1а", "1б", "2а", "2б"]

    change_material(material=rows[1], values={"topic": second}, by=author, at=at)
    order = [material.title for material in materials_of(version)]
    assert order == ["курс", "1б", "2а", "2б", "1а"]
    assert counts_of_materials(version) == {("video", "declared"): 5}


def test_another_file_is_measured_anew(version, author, at):
    material = measured(with_file(version, by=author, at=at), at)
    film = stored(media_files.video("mp4"), "a.mp4", MaterialKind.VIDEO)
    change_material(material=material, values={}, file=film, by=author, at=at)
    assert (material.state, material.pages) == (MeasureState.WAITING, None)
    measured(material, at)
    assert (material.state, material.duration_seconds) == (
        MeasureState.MEASURED,
        Decimal("2.000"),
    )


def test_a_link_that_gets_a_file_is_measured_and_keeps_what_was_stated(
    version, author, at
):
    material = with_link(version, by=author, at=at)
    film = stored(media_files.video("mp4"), "a.mp4", MaterialKind.VIDEO)
    change_material(material=material, values={}, file=film, by=author, at=at)
    measured(material, at)
    assert (material.state, material.url) == (MeasureState.MEASURED, "")
    assert material.declared_minutes == Decimal("6.5")


def test_a_file_replaced_while_it_was_measured_is_measured_at_the_next_try(
    version, author, at
):
    material = with_file(version, by=author, at=at)
    found = measure_material(material.pk)
    film = stored(media_files.video("mp4"), "a.mp4", MaterialKind.VIDEO)
    change_material(material=material, values={}, file=film, by=author, at=at)
    with pytest.raises(FileReplaced):
        keep_measures(material.pk, found, Job(), at)
    material.refresh_from_db()
    assert material.state == MeasureState.WAITING


def test_a_title_changed_while_the_file_was_measured_leaves_the_measures(
    version, author, at
):
    opened = with_file(version, by=author, at=at)
    measured(Material.objects.get(pk=opened.pk), at)
    change_material(material=opened, values={"title": "Иной"}, by=author, at=at)
    opened.refresh_from_db()
    assert (opened.title, opened.state) == ("Иной", MeasureState.MEASURED)


def test_a_removed_material_leaves_its_job_with_nothing_to_do(version, author, at):
    material = with_file(version, by=author, at=at)
    found = measure_material(material.pk)
    pk = material.pk
    remove_material(material=material, by=author)
    assert measure_material(pk) is None
    assert file_to_measure(pk) is None
    keep_measures(pk, None, Job(), at)
    keep_measures(pk, found, Job(), at)
    assert Material.objects.count() == 0


def test_a_file_is_measured_again_at_wish(version, author, at):
    material = measured(with_file(version, by=author, at=at), at)
    Material.objects.filter(pk=material.pk).update(pages=7)
    measure_again(material=material, by=author, at=at)
    assert (material.state, material.pages) == (MeasureState.WAITING, None)
    assert measured(material, at).pages == Decimal(1)


def writes(material: Material, by, at):
    return (
        lambda: with_link(material.version, by=by, at=at),
        lambda: change_material(material=material, values={"title": "Ж"}, by=by, at=at),
        lambda: measure_again(material=material, by=by, at=at),
        lambda: remove_material(material=material, by=by),
    )


def test_authors_alone_write_materials(version, author, other_author, staff, at):
    material = with_link(version, by=author, at=at)
    for person in (other_author, staff):
        for write in writes(material, person, at):
            with pytest.raises(PermissionDenied), transaction.atomic():
                write()
    assert [row.title for row in Material.objects.all()] == ["Лекция"]


def test_a_locked_passport_takes_no_materials(version, author, at):
    material = with_link(version, by=author, at=at)
    CourseVersion.objects.filter(pk=version.pk).update(
        stage=Stage.EXPERTISE, submitted_at=at, submitted_by=author
    )
    for write in writes(material, author, at):
        with pytest.raises(PassportLocked), transaction.atomic():
            write()
    assert [row.title for row in Material.objects.all()] == ["Лекция"]


def test_what_somebody_removed_meanwhile_is_told(version, author, at):
    topic = factories.TopicFactory(version=version)
    material = with_link(version, by=author, at=at, topic=topic)
    film = with_link(version, by=author, at=at)
    type(topic).objects.filter(pk=topic.pk).delete()
    with pytest.raises(PartGone), transaction.atomic():
        with_link(version, by=author, at=at, topic=topic)
    with pytest.raises(PartGone), transaction.atomic():
        change_material(material=film, values={"topic": topic}, by=author, at=at)
    with pytest.raises(PartGone), transaction.atomic():
        change_material(material=material, values={}, by=author, at=at)
    with pytest.raises(PartGone), transaction.atomic():
        measure_again(material=material, by=author, at=at)


def test_measures_of_a_material_that_does_not_wait_change_nothing(version, author, at):
    material = with_link(version, by=author, at=at)
    record_measures(material_id=material.pk, stored_as="", found=Measures("mp4"), at=at)
    material.refresh_from_db()
    assert (material.state, material.measured_at) == (MeasureState.DECLARED, None)


def test_whatever_is_added_has_a_file_or_a_link(version, author, at):
    material = add_material(
        version=version,
        values={"kind": MaterialKind.OTHER, "title": "Т", "url": "https://e.org/"},
        file=None,
        by=author,
        at=at,
    )
    assert str(material) == "Т"
