"""The pages of the expertise: who may open what, what each says and does."""

import pytest
from django.urls import reverse

from courses.enums import Stage
from expertise.enums import Mark, RemarkState, VerdictKind
from expertise.models import Criterion, Expertise, Rating, Remark, Verdict
from expertise.selectors import verdict_of
from expertise.urls import urlpatterns
from tests import factories
from tests.expertise import life

PEOPLE = ("author", "expert", "staff", "head", "stranger")


@pytest.fixture
def head(requested):
    person = factories.UserFactory(surname="Главная")
    unit = requested.version.course.unit
    factories.GrantFactory(user=person, role="unit_head", unit=unit)
    return person


@pytest.fixture
def enter(client):
    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


def url(name, *args):
    return reverse(f"expertise:{name}", args=args)


# Who gets what from a GET, on a round under review: author, expert, staff, head, stranger.
UNDER_REVIEW = {
    "expertise_list": (200, 200, 200, 200, 200),
    "expertise_request": (409, 404, 403, 409, 404),
    "expertise_detail": (200, 200, 200, 200, 404),
    "material_file": (200, 200, 200, 200, 404),
    "expertise_appoint": (403, 403, 409, 403, 404),
    "rating_edit": (403, 200, 403, 403, 404),
    "remark_list": (200, 200, 200, 200, 404),
    "remark_answer": (404, 403, 404, 404, 404),
    "remark_accept": (405, 405, 405, 405, 405),
    "remark_withdraw": (405, 405, 405, 405, 405),
    "verdict_detail": (404, 404, 404, 404, 404),
    "verdict_write": (403, 200, 403, 403, 404),
    "verdict_sign": (405, 405, 405, 405, 405),
}
CONCLUDED = {
    **UNDER_REVIEW,
    "expertise_request": (200, 404, 403, 200, 404),
    "rating_edit": (200, 200, 200, 200, 404),
    "remark_answer": (200, 403, 403, 403, 404),
    "verdict_detail": (200, 200, 200, 200, 404),
    "verdict_write": (403, 409, 403, 403, 404),
}


def _address(name, expertise, remark):
    if name == "expertise_list":
        return url(name)
    if name == "expertise_request":
        return url(name, expertise.version_id)
    if name.startswith("remark_") and name != "remark_list":
        return url(name, expertise.pk, remark.pk)
    if name == "material_file":
        return url(name, expertise.pk, 1)
    return url(name, expertise.pk)


def test_no_address_is_left_out_of_the_matrix():
    assert {pattern.name for pattern in urlpatterns} == set(UNDER_REVIEW)


@pytest.mark.parametrize("name", UNDER_REVIEW)
@pytest.mark.parametrize(("place", "person"), list(enumerate(PEOPLE)))
def test_who_opens_what_under_review(name, place, person, review, at, enter, request):
    remark = life.remark(review, at=at)
    user = request.getfixturevalue(person)
    answer = enter(user).get(_address(name, review, remark))
    assert answer.status_code == UNDER_REVIEW[name][place]


@pytest.mark.parametrize("name", CONCLUDED)
@pytest.mark.parametrize(("place", "person"), list(enumerate(PEOPLE)))
def test_who_opens_what_after_the_verdict(
    name, place, person, returned, enter, request
):
    user = request.getfixturevalue(person)
    answer = enter(user).get(_address(name, returned, returned.remarks.get()))
    assert answer.status_code == CONCLUDED[name][place]


@pytest.mark.parametrize("name", UNDER_REVIEW)
def test_a_passer_by_is_asked_to_sign_in(name, review, at, client):
    answer = client.get(_address(name, review, life.remark(review, at=at)))
    assert answer.status_code in {302, 405}


def test_the_author_sends_a_course(version, author, enter):
    client = enter(author)
    assert client.get(url("expertise_request", version.pk)).status_code == 200
    answer = client.post(url("expertise_request", version.pk))
    expertise = Expertise.objects.get()
    assert answer.url == url("expertise_detail", expertise.pk)
    assert client.post(url("expertise_request", version.pk)).status_code == 409


def test_a_course_that_is_not_ready_is_refused_with_reasons(author, enter):
    version = life.version(author, edition=factories.edition())
    answer = enter(author).post(url("expertise_request", version.pk))
    assert answer.status_code == 409
    assert answer.context["reasons"]


def test_the_dossier_shows_the_whole_frozen_passport(author, at, enter):
    version = life.whole_version(author)
    expertise = life.services.request_expertise(version=version, by=author, at=at)
    page = enter(author).get(url("expertise_detail", expertise.pk)).content.decode()
    for words in ("О данных.", "Считать.", "Выборка", "О среднем", "12.5", "верно?"):
        assert words in page
    assert expertise.dossier_sha256 in page


def test_staff_appoints_an_expert_on_the_page(requested, expert, staff, enter):
    client, address = enter(staff), url("expertise_appoint", requested.pk)
    page = client.get(address)
    people = page.context["form"].fields["expert"].queryset
    assert expert in people
    assert requested.requested_by not in people
    assert client.post(address, {"due_on": "вчера"}).status_code == 200
    late = {"expert": expert.pk, "due_on": "2020-01-01"}
    assert client.post(address, late).context["form"].non_field_errors()
    client.post(address, {"expert": expert.pk, "due_on": "2030-01-10"})
    requested.refresh_from_db()
    assert requested.expert == expert


def test_the_expert_saves_some_marks(review, expert, enter):
    first, second = Criterion.objects.all()[:2]
    client, address = enter(expert), url("rating_edit", review.pk)
    wrong = client.post(address, {f"comment_{second.pk}": "Без отметки"})
    assert f"mark_{second.pk}" in wrong.context["form"].errors
    foreign = client.post(
        address, {f"mark_{first.pk}": "splendid", f"comment_{first.pk}": "Да"}
    )
    assert foreign.status_code == 200
    answer = client.post(
        address, {f"mark_{first.pk}": "partly", f"comment_{first.pk}": "Не всё"}
    )
    assert answer.status_code == 302
    assert Rating.objects.get().mark == Mark.PARTLY
    assert client.get(address).context["rated"] == 1


def test_the_marks_are_read_after_the_verdict(returned, expert, enter):
    page = enter(expert).get(url("rating_edit", returned.pk))
    shown = [row.text for group in page.context["groups"] for row in group["rows"]]
    signed = verdict_of(returned).document["ratings"]
    assert shown == [row["criterion"] for row in signed]
    assert shown[0] in page.content.decode()


def test_the_expert_names_the_place_of_a_remark(author, expert, staff, at, enter):
    version = life.whole_version(author)
    expertise = life.services.request_expertise(version=version, by=author, at=at)
    life.appointed(expertise, expert, staff=staff, at=at)
    client, address = enter(expert), url("remark_list", expertise.pk)
    task = version.topics.first().control_tasks.get()
    for place in (f"control_task:{task.pk}", "glossary", ""):
        client.post(address, {"place": place, "text": "Уточните."})
    bad = client.post(address, {"place": "nowhere", "text": "Уточните."})
    assert bad.context["form"].errors
    lines = bad.context["lines"]
    assert [line.remark.object_id for line in lines] == [task.pk, None, None]
    assert len({line.place for line in lines}) == 3
    assert lines[0].place_url.endswith("#id_content")
    assert lines[2].place_url == ""
    client.post(url("remark_withdraw", expertise.pk, lines[0].remark.pk))
    assert Remark.objects.count() == 2


@pytest.mark.parametrize("person", ["author", "staff", "head"])
def test_what_is_not_signed_is_seen_by_the_expert_alone(
    person, review, at, enter, request
):
    life.remark(review, at=at, text="Черновик замечания")
    client = enter(request.getfixturevalue(person))
    page = client.get(url("remark_list", review.pk)).content.decode()
    assert "Черновик замечания" not in page


def test_a_stranger_posts_in_vain(review, at, stranger, author, enter):
    remark = life.remark(review, at=at)
    client = enter(stranger)
    for name in ("remark_withdraw", "remark_accept", "remark_answer"):
        assert client.post(url(name, review.pk, remark.pk)).status_code == 404
    client = enter(author)
    assert client.post(url("remark_list", review.pk), {}).status_code == 403
    assert client.post(url("verdict_sign", review.pk), {}).status_code == 403


def test_remarks_are_answered_and_accepted_one_by_one(
    returned, author, staff, at, enter
):
    """MIN 5.4.7."""
    remark = returned.remarks.get()
    client, address = enter(author), url("remark_answer", returned.pk, remark.pk)
    assert client.post(address, {"answer": ""}).context["form"].errors
    client.post(address, {"answer": "Исправили."})
    expertise = life.services.request_expertise(
        version=returned.version, by=author, at=at
    )
    other = factories.UserFactory()
    life.appointed(expertise, other, staff=staff, at=at)
    client = enter(other)
    page = client.get(url("remark_list", expertise.pk))
    assert [line.remark for line in page.context["lines"]] == [remark]
    client.post(url("remark_accept", expertise.pk, remark.pk))
    remark.refresh_from_db()
    assert remark.state == RemarkState.ACCEPTED
    again = client.post(url("remark_accept", expertise.pk, remark.pk))
    assert again.status_code == 409
    client = enter(author)
    assert client.get(address).status_code in {403, 409}


def test_an_accepted_remark_is_not_answered_again(returned, author, expert, at, enter):
    remark = returned.remarks.get()
    life.answered([remark], author, at=at)
    life.services.accept_remark(remark=remark, by=expert, at=at)
    address = url("remark_answer", returned.pk, remark.pk)
    assert enter(author).get(address).status_code == 409


def _verdict(kind=VerdictKind.REJECTED, **fields):
    return {"kind": kind.value, "conclusion": life.CONCLUSION, **fields}


def test_a_verdict_is_read_then_signed(review, expert, enter):
    life.rated(review)
    client = enter(expert)
    write, sign = (url(name, review.pk) for name in ("verdict_write", "verdict_sign"))
    page = client.post(write, _verdict())
    seen = page.context["sha256"]
    assert "не допускается к открытию" in page.content.decode()
    wrong = client.post(sign, _verdict(seen_sha256=seen, password="не тот"))
    assert wrong.context["form"].errors["password"]
    missing = client.post(sign, _verdict(seen_sha256=seen))
    assert missing.context["form"].errors["password"]
    assert not Verdict.objects.exists()
    right = _verdict(seen_sha256=seen, password=factories.PASSWORD)
    assert client.post(sign, right).url == url("verdict_detail", review.pk)
    assert client.post(sign, right).status_code == 409
    review.version.refresh_from_db()
    assert review.version.stage == Stage.REJECTED
    printed = client.get(url("verdict_detail", review.pk)).content.decode()
    assert seen in printed


def test_a_verdict_is_not_signed_blindly(review, expert, at, enter):
    life.rated(review)
    client = enter(expert)
    seen = client.post(url("verdict_write", review.pk), _verdict()).context["sha256"]
    life.remark(review, at=at)
    stale = _verdict(seen_sha256=seen, password=factories.PASSWORD)
    answer = client.post(url("verdict_sign", review.pk), stale)
    assert answer.status_code == 409
    assert answer.context["reasons"]
    assert not Verdict.objects.exists()


def test_a_verdict_that_lacks_something_says_what(review, expert, enter):
    client, address = enter(expert), url("verdict_write", review.pk)
    assert len(client.post(address, _verdict()).context["reasons"]) == 1
    assert client.post(address, {"kind": "splendid"}).context["form"].errors
    altered = client.post(url("verdict_sign", review.pk), {"kind": "splendid"})
    assert altered.context["form"].errors


def test_a_verdict_shown_may_be_changed(review, expert, enter):
    life.rated(review)
    page = enter(expert).post(url("verdict_write", review.pk), _verdict(change="yes"))
    assert page.templates[0].name == "expertise/verdict_write.html"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, 2),
        ({"state": "requested"}, 1),
        ({"state": "unheard"}, 2),
        ({"q": "основы экспертов"}, 1),
        ({"q": "нигде"}, 0),
        ({"sort": "due"}, 2),
        ({"sort": "-title", "page": "99"}, 2),
        ({"sort": "password"}, 2),
    ],
)
def test_the_list_is_filtered_searched_and_sorted(
    query, found, review, other_author, staff, at, enter
):
    life.requested(other_author, at=at)
    page = enter(staff).get(url("expertise_list"), query)
    assert page.context["page_obj"].paginator.count == found
    assert page.context["chips"][0]["count"] == 2


def test_an_empty_list_says_what_it_is_for(db, stranger, enter):
    page = enter(stranger).get(url("expertise_list"))
    assert page.context["rows"] == []


def test_the_list_asks_the_database_alike_for_3_and_for_30_rows(
    author, expert, staff, at, enter, django_assert_max_num_queries
):
    client, counts = enter(staff), []
    for more in (3, 22):
        for _number in range(more):
            life.appointed(life.requested(author, at=at), expert, staff=staff, at=at)
        with django_assert_max_num_queries(30) as queries:
            client.get(url("expertise_list"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_remarks_ask_the_database_alike_for_3_and_for_30(
    review, expert, at, enter, django_assert_max_num_queries
):
    client, counts = enter(expert), []
    for more in (3, 27):
        for _number in range(more):
            life.remark(review, at=at, section="glossary")
        with django_assert_max_num_queries(40) as queries:
            client.get(url("remark_list", review.pk))
        counts.append(len(queries))
    assert counts[0] == counts[1]
