"""Two authors in one passport at once, and one whose session ends: no word is lost."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from accounts.models import User
from courses.models import CourseVersion, SectionDraft, Topic
from tests import factories
from tests.browser.conftest import Window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SAVED = re.compile(r"Saved at \d\d:\d\d")
# What the two authors leave behind, none of it lost.
WRITTEN = {
    "aims": "Цели Беловой",
    "audience": "Слушатели Ахметова",
    "tasks": "Задачи Беловой",
    "technologies": "Технологии Беловой",
    "class_kinds": "Занятия Ахметова",
    "prerequisites": "Подготовка Беловой и Ахметова",
    "documents_issued": "Сертификат Ахметова",
}


@pytest.fixture
def authors(installation) -> list[User]:
    return [
        factories.UserFactory(surname=surname, is_author=True)
        for surname in ("Белова", "Ахметов")
    ]


@pytest.fixture
def version(authors) -> CourseVersion:
    made = factories.VersionFactory(lead=authors[0], weeks=2)
    made.authorships.create(user=authors[1])
    return made


def open_form(window: Window, user: User, version: CourseVersion, path: str) -> Page:
    page = window(user)
    page.goto(f"/courses/{version.pk}/{path}/")
    return page


def status(page: Page):
    return page.locator("#autosave-status")


def field_of(page: Page, label: str):
    return page.get_by_role("textbox", name=label).first


def type_into(page: Page, label: str, text: str) -> None:
    field = field_of(page, label)
    field.click()
    field.press("Control+a")
    page.keyboard.type(text)


def test_two_who_type_into_two_fields_both_keep_their_text(
    window, authors, version
) -> None:
    first, second = (
        open_form(window, user, version, "description") for user in authors
    )
    type_into(first, "Aims", "Цели Беловой")
    type_into(second, "Audience", "Слушатели Ахметова")
    expect(status(first)).to_have_text(SAVED)
    expect(status(second)).to_have_text(SAVED)
    type_into(first, "Tasks", "Задачи Беловой")
    expect(first.get_by_label("Tasks")).to_be_focused()
    first.get_by_role("button", name="Save").click()
    expect(first.get_by_text("Saved.", exact=True)).to_be_visible()

    version.refresh_from_db()
    assert (version.aims, version.tasks, version.audience) == (
        "Цели Беловой",
        "Задачи Беловой",
        "Слушатели Ахметова",
    )
    # The form drawn anew shows what the other wrote meanwhile.
    expect(first.get_by_label("Audience")).to_have_value("Слушатели Ахметова")


def test_two_browsers_editing_one_passport_at_once_lose_no_word(
    window, authors, version
) -> None:
    first, second = (
        open_form(window, user, version, "description") for user in authors
    )
    # Both type and leave their fields at once; one presses the button meanwhile.
    type_into(first, "Aims", "Цели Беловой")
    type_into(second, "Audience", "Слушатели Ахметова")
    type_into(first, "Tasks", "Задачи Беловой")
    second.get_by_role("button", name="Save").click()
    expect(second.get_by_text("Saved.", exact=True)).to_be_visible()
    expect(status(first)).to_have_text(SAVED)

    # One goes through a tunnel and types on; the other saves two sections meanwhile.
    first.context.set_offline(True)
    type_into(first, "Technologies", "Технологии Беловой")
    expect(status(first)).to_contain_text("no connection")
    first.get_by_role("button", name="Save").click()
    expect(status(first)).to_contain_text("no connection")
    type_into(second, "Kinds of classes", "Занятия Ахметова")
    type_into(second, "Prerequisites", "Подготовка Ахметова")
    expect(status(second)).to_have_text(SAVED)
    second.goto(f"/courses/{version.pk}/grading/")
    type_into(second, "Documents issued", "Сертификат Ахметова")
    expect(status(second)).to_have_text(SAVED)
    type_into(first, "Prerequisites", "Подготовка Беловой")

    # Back in the light the form sends itself: one field clashes, both texts are there.
    first.context.set_offline(False)
    conflict = first.get_by_role("region", name="Somebody else changed")
    expect(conflict).to_contain_text("Подготовка Ахметова")
    expect(conflict).to_contain_text("Подготовка Беловой")
    type_into(first, "Prerequisites", "Подготовка Беловой и Ахметова")
    expect(conflict).to_contain_text("Подготовка Беловой и Ахметова")
    first.get_by_role("button", name="Keep mine: Prerequisites").click()
    expect(first.get_by_text("Saved.", exact=True)).to_be_visible()

    version.refresh_from_db()
    assert {name: getattr(version, name) for name in WRITTEN} == WRITTEN
    assert SectionDraft.objects.count() == 0


def test_what_was_typed_without_a_connection_is_sent_once_there_is_one(
    window, authors, version
) -> None:
    page = open_form(window, authors[0], version, "description")
    page.context.set_offline(True)
    type_into(page, "Aims", "Написано в туннеле")
    expect(status(page)).to_contain_text("no connection")
    page.context.set_offline(False)
    expect(status(page)).to_have_text(SAVED)

    version.refresh_from_db()
    assert version.aims == "Написано в туннеле"


def test_two_who_type_into_one_field_see_both_texts_and_choose(
    window, authors, version
) -> None:
    first, second = (
        open_form(window, user, version, "description") for user in authors
    )
    type_into(first, "Aims", "Цели Беловой")
    expect(status(first)).to_have_text(SAVED)
    type_into(second, "Aims", "Цели Ахметова")

    conflict = second.get_by_role("region", name="Somebody else changed")
    expect(conflict).to_contain_text("Цели Беловой")
    expect(conflict).to_contain_text("Цели Ахметова")
    expect(conflict).to_contain_text("Saved by Белова")
    expect(second.get_by_label("Aims", exact=True)).to_be_focused()
    version.refresh_from_db()
    assert version.aims == "Цели Беловой"
    assert SectionDraft.objects.get().values["aims"] == ["Цели Ахметова"]

    type_into(second, "Aims", "Цели Беловой и Ахметова")
    expect(conflict).to_contain_text("Цели Беловой и Ахметова")
    second.get_by_role("button", name="Keep mine: Aims").click()
    expect(second.get_by_text("Saved.", exact=True)).to_be_visible()

    version.refresh_from_db()
    assert version.aims == "Цели Беловой и Ахметова"
    assert SectionDraft.objects.count() == 0


def test_the_focus_and_the_caret_stay_while_the_form_saves_itself(
    window, authors, version
) -> None:
    page = open_form(window, authors[0], version, "description")
    type_into(page, "Aims", "начало конец")
    for _step in range(6):
        page.keyboard.press("ArrowLeft")
    expect(status(page)).to_have_text(SAVED)
    page.keyboard.type(" середина")

    expect(page.get_by_label("Aims", exact=True)).to_have_value("начало середина конец")
    expect(page.locator("#passport-panel")).to_be_visible()


def test_what_is_no_number_is_told_beside_its_field_and_kept(
    window, authors, version
) -> None:
    page = open_form(window, authors[0], version, "description")
    type_into(page, "Credits", "много")

    expect(status(page)).to_contain_text("not saved yet")
    expect(page.locator(".field", has=page.locator("#id_credits"))).to_contain_text(
        "Enter a number."
    )
    page.goto(f"/courses/{version.pk}/description/")
    expect(page.get_by_text("Not saved yet: typed on")).to_be_visible()
    expect(page.locator("#id_credits")).to_have_value("много")
    page.get_by_role("button", name="Discard what I typed").click()
    expect(page.locator("#id_credits")).to_have_value("")
    assert SectionDraft.objects.count() == 0


@pytest.mark.parametrize(
    ("path", "label"), [("description", "Aims"), ("outcomes", "Learning outcome")]
)
def test_what_is_typed_after_the_session_ended_is_there_after_signing_in(
    path, label, window, authors, version
) -> None:
    page = open_form(window, authors[0], version, path)
    Session.objects.all().delete()
    type_into(page, label, "Написано без входа")
    page.get_by_role("link", name="Sign in; what you typed").click()
    page.get_by_label("E-mail").fill(authors[0].email)
    page.get_by_label("Password").fill(factories.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**/courses/{version.pk}/{path}/")

    expect(field_of(page, label)).to_have_value("Написано без входа")
    expect(status(page)).to_have_text(re.compile("Saved at|Kept"))


def test_a_save_by_its_button_after_the_session_ended_loses_nothing(
    window, authors, version
) -> None:
    page = open_form(window, authors[0], version, "description")
    Session.objects.all().delete()
    field = page.get_by_label("Aims", exact=True)
    field.fill("Написано без входа")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/sign-in/**")
    page.get_by_label("E-mail").fill(authors[0].email)
    page.get_by_label("Password").fill(factories.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**/courses/{version.pk}/description/")
    expect(status(page)).to_have_text(SAVED)

    version.refresh_from_db()
    assert version.aims == "Написано без входа"


def test_what_was_added_is_not_offered_again(window, authors, version) -> None:
    page = open_form(window, authors[0], version, "outcomes")
    for text in ("Знает", "Умеет"):
        field_of(page, "Learning outcome").fill(text)
        page.get_by_role("button", name="Add", exact=True).click()
        expect(page.locator(".part-title", has_text=text)).to_be_visible()
        expect(field_of(page, "Learning outcome")).to_have_value("")

    assert list(version.outcomes.values_list("text", flat=True)) == ["Знает", "Умеет"]
    assert SectionDraft.objects.count() == 0


def test_a_topic_is_dragged_into_another_week(window, authors, version) -> None:
    for week, title in ((1, "Первая"), (1, "Вторая"), (2, "Третья")):
        factories.TopicFactory(
            version=version, week=week, title=title, position=len(title)
        )
    page = open_form(window, authors[0], version, "topics")
    page.locator(".topic", has_text="Первая").drag_to(
        page.locator(".topic", has_text="Третья"), target_position={"x": 60, "y": 4}
    )

    expect(page.locator("#topic-said")).to_have_text(
        "“Первая” is now in week 2, place 1."
    )
    expect(page.locator("[data-week='2'] .topic").first).to_contain_text("Первая")
    assert list(Topic.objects.values_list("week", "title")) == [
        (1, "Вторая"),
        (2, "Первая"),
        (2, "Третья"),
    ]


def test_fields_of_a_test_are_folded_away_for_an_essay(
    window, authors, version
) -> None:
    task = factories.TestFactory(topic=factories.TopicFactory(version=version))
    page = open_form(window, authors[0], version, f"control-tasks/{task.pk}/edit")
    minutes = page.locator("#id_minutes")

    expect(minutes).to_be_visible()
    page.locator("#id_kind").select_option("essay")
    expect(minutes).to_be_hidden()
    page.locator("#id_kind").select_option("test")
    expect(minutes).to_be_visible()
