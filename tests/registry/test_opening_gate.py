"""The gate of the opening: short description and illustration (MIN 5.4.8, 5.4.10)."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.desk import duties_of
from core.workflow import GuardsUnmet
from courses.enums import MaterialKind, SnapshotReason
from courses.models import CourseText, Material
from courses.services import (
    PassportLocked,
    StaleEdit,
    save_short_descriptions,
    save_texts,
)
from courses.services.materials import (
    change_material,
    measure_again,
    remove_material,
)
from registry import services
from registry.duties import documents_owed
from registry.enums import EntryState
from tests import factories
from tests.courses.materials.making import measured, upload, with_file, with_link
from tests.registry import life

pytestmark = pytest.mark.django_db
NEW = {"ru": "Что такое среднее и зачем оно."}


def refused(entry, staff, at) -> list[str]:
    with pytest.raises(GuardsUnmet) as refusal:
        services.open_entry(entry=entry, by=staff, at=at)
    return list(refusal.value.reasons)


@pytest.fixture
def bare(author, staff, at):
    """Recommended, its documents in; nothing for the showcase."""
    entry = life.bare_entry(author, at=at)
    life.hand_in(entry, staff=staff, at=at)
    return entry


def test_a_course_without_short_description_and_illustration_does_not_open(
    bare, staff, at
):
    """MIN 5.4.8.1; what the gate before expertise asks is not asked again."""
    assert refused(bare, staff, at) == [
        (
            "5.4.8.1: a short description in the language of the course. Found: empty. "
            "Write what the course is called and what it is for."
        ),
        (
            "5.4.8.1: an illustration that fits the topic of the course. Found: empty. "
            "Upload a picture that fits the topic."
        ),
    ]
    bare.refresh_from_db()
    assert (bare.state, bare.number) == (EntryState.DOCUMENTS, None)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        (
            {"state": "waiting", "measured_at": None, "container": ""},
            (
                "5.4.8.1: format of “Берег”: jpeg, png. Found: “Берег”: not measured yet. "
                "Wait until the file is measured."
            ),
        ),
        (
            {"container": "webp"},
            (
                "5.4.8.1: format of “Берег”: jpeg, png. Found: format of “Берег”: webp. "
                "Upload it in one of these formats."
            ),
        ),
        (
            {"rights": "borrowed"},
            (
                "5.4.8.1: “Берег” is the author's own or under a free licence. "
                "Found: borrowed. Name the licence, or choose another picture."
            ),
        ),
    ],
)
def test_an_illustration_that_fails_or_cannot_be_told_yet_stops_the_opening(
    bare, staff, at, fields, reason
):
    """MIN 5.4.8.1: a mandatory “cannot tell” stops too."""
    bare.version.texts.update(short_description=life.SHORT)
    life.illustrated(bare.version, **fields)

    assert refused(bare, staff, at) == [reason]


def test_a_link_is_no_illustration(bare, author, staff, at):
    """MIN 5.4.8.1: a picture is handed in as a file."""
    bare.version.texts.update(short_description=life.SHORT)
    with_link(
        bare.version,
        by=author,
        at=at,
        kind=MaterialKind.ILLUSTRATION,
        title="Берег",
        declared_minutes=None,
    )

    assert refused(bare, staff, at) == [
        (
            "5.4.8.1: the illustration “Берег” as a file. Found: a link. "
            "State the size and why it is not measured, or upload the file."
        )
    ]


def test_the_course_opens_once_its_authors_have_mended_both(bare, author, staff, at):
    """MIN 5.4.8: after the verdict, measured by the portal's own job."""
    save_short_descriptions(version=bare.version, descriptions=NEW, by=author)
    picture = with_file(
        bare.version,
        by=author,
        at=at,
        content=life.PICTURE,
        name="берег.png",
        kind=MaterialKind.ILLUSTRATION,
    )
    assert len(refused(bare, staff, at)) == 1
    picture = measured(picture, at)
    assert (picture.container, picture.width, picture.height) == ("png", 64, 36)

    services.open_entry(entry=bare, by=staff, at=at)

    assert (bare.state, bare.number) == (EntryState.OPEN, 1)
    snapshot = bare.version.snapshots.get(reason=SnapshotReason.ADMISSION)
    assert snapshot.content["texts"][0]["short_description"] == NEW["ru"]


def test_a_course_that_rested_opens_again_without_being_asked_anew(opened, staff, at):
    """Both are locked since the opening: a course opened earlier is not held up."""
    services.suspend_entry(entry=opened, by=staff, at=at, comment="Обновляется.")
    opened.version.materials.all().delete()

    services.resume_entry(entry=opened, by=staff, at=at)

    assert opened.state == EntryState.OPEN


def _version_in(state, author, staff, at):
    """A version at a stage; once recommended, with its entry in a state."""
    if state in {"draft", "expertise", "rework", "rejected"}:
        version = life.version(author, at)
        type(version).objects.filter(pk=version.pk).update(
            stage=state,
            submitted_at=None if state == "draft" else at,
            submitted_by=None if state == "draft" else author,
            decided_at=at if state == "rejected" else None,
        )
        version.refresh_from_db()
        return version
    entry = life.entry(author, at=at)
    if state != "documents":
        life.opened(entry, staff=staff, at=at)
        if state != "open":
            way = {
                "suspended": services.suspend_entry,
                "archived": services.archive_entry,
                "removed": services.remove_entry,
            }[state]
            way(entry=entry, by=staff, at=at, comment="Так решено.")
    return entry.version


def _add(version, by, at):
    with_link(version, by=by, at=at, kind=MaterialKind.ILLUSTRATION)


def _describe(version, by, _at):
    save_short_descriptions(version=version, descriptions=NEW, by=by)


def _change(version, by, at):
    picture = version.materials.get()
    change_material(material=picture, values={"title": "Река"}, by=by, at=at)


def _measure(version, by, at):
    measure_again(material=version.materials.get(), by=by, at=at)


def _remove(version, by, _at):
    remove_material(material=version.materials.get(), by=by)


STATES = (
    *("draft", "expertise", "rework", "rejected"),
    *("documents", "open", "suspended", "archived", "removed"),
)
OPEN_TO_AUTHORS = {"draft", "rework", "documents"}


@pytest.mark.parametrize("state", STATES)
def test_who_may_mend_the_showcase_when(
    state, author, other_author, stranger, staff, at
):
    """MIN 5.4.8, 5.4.10: authors until the opening, the centre after the verdict."""
    version = _version_in(state, author, staff, at)
    version.authorships.create(user=other_author)
    head = factories.UserFactory()
    factories.GrantFactory(user=head, role="unit_head", unit=version.course.unit)
    for edit in (_describe, _change, _measure, _add, _remove):
        for person in (author, other_author, staff, head, stranger):
            expected = None
            is_early = person == staff and state in {"draft", "rework"}
            if person in (head, stranger) or is_early:
                expected = PermissionDenied
            elif state not in OPEN_TO_AUTHORS:
                expected = PassportLocked

            assert _refusal_of(edit, version, person, at) is expected, (
                edit.__name__,
                person.surname,
            )


def _refusal_of(edit, version, person, at):
    try:
        with transaction.atomic():
            edit(version, person, at)
            transaction.set_rollback(True)
    except (PermissionDenied, PassportLocked) as refusal:
        return type(refusal)
    return None


def test_nothing_else_is_open_after_the_verdict(entry, author, staff, at):
    """MIN 5.4.10: titles and other materials stay as the expert read them."""
    version = entry.version
    with pytest.raises(PassportLocked):
        save_texts(version=version, texts={"ru": ("Иначе", "")}, by=author)
    with pytest.raises(PassportLocked):
        with_link(version, by=author, at=at)
    with pytest.raises(PermissionDenied):
        with_link(version, by=staff, at=at)
    with pytest.raises(KeyError):
        save_short_descriptions(
            version=version, descriptions={"kk": "Мәтін"}, by=author
        )
    assert CourseText.objects.get(version=version).title == "Основы статистики"


def test_a_description_that_was_left_as_it_was_is_not_written(entry, author):
    version = entry.version
    CourseText.objects.create(
        version=version, language="kk", title="Статистика", short_description="Бұрын"
    )

    save_short_descriptions(version=version, descriptions=NEW, by=author)

    texts = CourseText.objects.filter(version=version).order_by("language")
    assert list(texts.values_list("language", "short_description")) == [
        ("kk", "Бұрын"),
        ("ru", NEW["ru"]),
    ]


def test_a_description_that_somebody_else_changed_is_not_overwritten(entry, author):
    version = entry.version
    with pytest.raises(StaleEdit) as refusal:
        save_short_descriptions(
            version=version,
            descriptions=NEW,
            by=author,
            base={"short_description_ru": "seen long ago"},
        )
    assert refusal.value.stored == {"short_description_ru": life.SHORT}


def test_the_desk_asks_authors_for_the_showcase_and_tells_the_centre_to_wait(
    bare, author, staff, at
):
    """MIN 5.4.8: three days after the verdict."""
    title = "Prepare the showcase: Основы статистики"
    page = reverse("courses:opening_edit", args=[bare.version_id])
    for person, is_mine in ((author, True), (staff, False)):
        duties = [duty for duty in duties_of(person, at) if duty.title == title]
        assert [(duty.url, duty.due_at, duty.is_mine) for duty in duties] == [
            (page, bare.documents_due_at, is_mine)
        ]
        assert duties[0].detail == (
            "A short description in the language of the course; "
            "An illustration that fits the topic of the course"
        )


def test_the_desk_asks_no_more_for_many_courses_than_for_one(author, staff, at):
    staff.has_perm("registry.manage_entry")
    counts = []
    for _number in range(2):
        life.bare_entry(author, at=at)
        with CaptureQueriesContext(connection) as queries:
            list(documents_owed(staff, at))
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_page_of_the_entry_names_what_is_left_and_where_to_mend_it(
    client, bare, staff
):
    client.force_login(staff)
    page = client.get(reverse("registry:entry_detail", args=[bare.pk]))

    assert page.context["open_url"] == ""
    assert [line.url for line in page.context["unmet"]] == [
        f"/courses/{bare.version_id}/opening/#id_short_description_ru",
        f"/courses/{bare.version_id}/opening/illustration/#id_file",
    ]


def test_the_button_of_the_opening_says_why_not(client, bare, staff):
    client.force_login(staff)
    button = reverse("admin:registry_registerentry_transition", args=[bare.pk, "open"])

    answer = client.post(button, {"comment": ""})

    assert answer.status_code == 409
    assert len(answer.context["refusal"]) == 2


def test_the_page_of_a_course_leads_its_author_to_what_is_due(client, bare, author):
    client.force_login(author)
    page = client.get(reverse("courses:version_detail", args=[bare.version_id]))

    assert page.context["main_action"] == {
        "label": "Prepare the showcase",
        "url": f"/courses/{bare.version_id}/opening/",
    }


@pytest.mark.django_db(transaction=True)
def test_no_edit_slips_in_between_the_gate_and_the_opening(at):
    """The edit that came first is waited for; the one that came after is refused."""
    author, staff = factories.UserFactory(), factories.StaffFactory()
    entry = life.entry(author, at=at)
    life.hand_in(entry, staff=staff, at=at)
    version, picture = entry.version, entry.version.materials.get()
    is_held, may_commit = threading.Event(), threading.Event()
    outcomes: list[str] = []

    def take_the_picture_away():
        with transaction.atomic():
            remove_material(material=picture, by=author)
            is_held.set()
            may_commit.wait(10)
        connection.close()

    def open_it():
        is_held.wait(10)
        try:
            services.open_entry(entry=entry, by=staff, at=at)
            outcomes.append("opened")
        except GuardsUnmet:
            outcomes.append("refused")
        connection.close()

    threads = [
        threading.Thread(target=work) for work in (take_the_picture_away, open_it)
    ]
    for thread in threads:
        thread.start()
    threads[1].join(1)
    assert outcomes == []
    may_commit.set()
    for thread in threads:
        thread.join(20)

    assert outcomes == ["refused"]
    assert Material.objects.filter(version=version).count() == 0


def test_an_upload_that_is_no_picture_is_refused_on_the_page(client, bare, author):
    client.force_login(author)
    page = reverse("courses:illustration_add", args=[bare.version_id])

    answer = client.post(
        page,
        {"title": "Берег", "rights": "own", "file": upload(life.PDF, "берег.png")},
    )

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["file"]
    assert bare.version.materials.count() == 0
