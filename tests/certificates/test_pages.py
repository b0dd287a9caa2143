"""Pages of certificates: whose they are, what they show, what they answer."""

import io

import openpyxl
import pytest
from django.urls import reverse

from certificates.duties import certificates_to_issue
from certificates.models import Certificate, Revocation
from certificates.panels import certificates_of_learning, certificates_of_run
from certificates.services import issue_certificates, keep_file, revoke_certificate
from core.models import Job
from registry.models import Enrolment
from registry.panels import learning_panels
from tests.certificates.conftest import pdf_of
from tests.certificates.life import add_learner, make_run


def url(name: str, *arguments) -> str:
    return reverse(f"certificates:{name}", args=arguments)


def issue_files(run, staff, at) -> list[Certificate]:
    issued = issue_certificates(run=run, by=staff, at=at).certificates
    for made in issued:
        keep_file(certificate_id=made.pk, pdf=pdf_of(made), at=at)
    return issued


# --- Every address, every person --------------------------------------------------

# What each address answers to: nobody, learner, another learner, author, finance, staff.
MATRIX = {
    "verify": (200, 200, 200, 200, 200, 200),
    "verified": (200, 200, 200, 200, 200, 200),
    "certificate_list": (302, 200, 200, 200, 200, 200),
    "certificate_download": (302, 200, 404, 404, 404, 200),
    "run_list": (302, 403, 403, 403, 403, 200),
    "run_detail": (302, 404, 404, 404, 404, 200),
    "run_export": (302, 404, 404, 404, 404, 200),
}


@pytest.mark.parametrize("name", MATRIX)
def test_each_address_answers_each_person(
    name, certificate, client, signed_in, learner, stranger, author, accountant, staff
):
    arguments = {
        "verified": (certificate.number, certificate.code),
        "certificate_download": (certificate.number,),
        "run_detail": (certificate.run_id,),
        "run_export": (certificate.run_id,),
    }.get(name, ())
    people = [learner, stranger, author, accountant, staff]
    clients = [client, *(signed_in(person) for person in people)]
    answers = tuple(each.get(url(name, *arguments)).status_code for each in clients)
    assert answers == MATRIX[name]


def test_only_staff_issue_by_the_button(
    run, passed, client, signed_in, learner, stranger, author, accountant, staff
):
    passed(1)
    people = [learner, stranger, author, accountant]
    clients = [client, *(signed_in(person) for person in people)]
    answers = [each.post(url("run_issue", run.pk)).status_code for each in clients]
    assert answers == [302, 404, 404, 404, 404]
    assert not Certificate.objects.exists()
    assert signed_in(staff).get(url("run_issue", run.pk)).status_code == 405
    assert signed_in(staff).post(url("run_issue", run.pk)).status_code == 302
    assert Certificate.objects.count() == 1


@pytest.mark.parametrize("name", ["run_detail", "run_export", "certificate_download"])
def test_what_is_not_there_is_404(name, staff, signed_in, db):
    assert signed_in(staff).get(url(name, 404404)).status_code == 404


# --- A learner's own --------------------------------------------------------------


def test_a_learner_downloads_the_bytes_that_were_issued(
    certificate, learner, signed_in
):
    answer = signed_in(learner).get(url("certificate_download", certificate.number))
    assert answer.content == pdf_of(certificate)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == (
        'attachment; filename="certificate-000001.pdf"; '
        "filename*=UTF-8''000001%20%D0%A1%D0%BB%D1%83%D1%88%D0%B0%D1%82%D0%B5%D0%BB"
        "%D0%B5%D0%B2%D0%B0.pdf"
    )


def test_a_file_that_is_not_made_yet_is_a_conflict(unready, signed_in):
    answer = signed_in(unready.learner).get(url("certificate_download", unready.number))
    assert answer.status_code == 409


def test_ones_list_shows_ones_own_alone(
    certificate, run, staff, signed_in, learner, at
):
    add_learner(run)
    issue_certificates(run=run, by=staff, at=at)
    rows = signed_in(learner).get(url("certificate_list")).context["rows"]
    assert [row["certificate"] for row in rows] == [certificate]
    assert signed_in(staff).get(url("certificate_list")).context["rows"] == []


def test_the_learner_reads_why_a_certificate_was_revoked(
    certificate, learner, staff, signed_in, at
):
    revoke_certificate(
        certificate=certificate, reason="Ошибка в имени", by=staff, at=at
    )
    page = signed_in(learner).get(url("certificate_list")).content.decode()
    assert "Ошибка в имени" in page


@pytest.mark.parametrize("count", [3, 30])
def test_ones_list_asks_the_same_number_of_queries(
    count, db, learner, staff, signed_in, at, django_assert_max_num_queries
):
    for _ in range(count):
        run = make_run()
        add_learner(run, learner=learner)
        issue_files(run, staff, at)
    client = signed_in(learner)
    with django_assert_max_num_queries(9):
        assert len(client.get(url("certificate_list")).context["rows"]) == min(
            count, 25
        )


# --- Issuing ----------------------------------------------------------------------


def test_the_page_of_a_run_says_who_gets_none_and_why(run, passed, staff, signed_in):
    passed(2)
    add_learner(run, language="kk")
    context = signed_in(staff).get(url("run_detail", run.pk)).context
    assert (len(context["drafts"].ready), len(context["drafts"].refused)) == (2, 1)
    assert not Certificate.objects.exists()


def test_the_button_issues_and_a_second_press_does_no_harm(
    run, passed, staff, signed_in
):
    passed(2)
    client = signed_in(staff)
    first = client.post(url("run_issue", run.pk), follow=True)
    second = client.post(url("run_issue", run.pk), follow=True)
    assert [str(message) for message in first.context["messages"]] != [
        str(message) for message in second.context["messages"]
    ]
    assert Certificate.objects.count() == Job.objects.count() == 2


def test_progress_asks_again_by_itself_until_the_last_file(
    unready, staff, signed_in, at
):
    client = signed_in(staff)
    here = url("run_detail", unready.run_id)
    page = client.get(here, headers={"HX-Request": "true"}).content.decode()
    assert f'hx-get="{here}"' in page
    assert "<html" not in page
    keep_file(certificate_id=unready.pk, pdf=b"%PDF-", at=at)
    page = client.get(here, headers={"HX-Request": "true"}).content.decode()
    assert "hx-get" not in page


def test_a_file_that_nobody_could_make_is_told(unready, staff, signed_in, at):
    Job.objects.update(state="failed", finished_at=at)
    page = signed_in(staff).get(url("run_detail", unready.run_id)).content.decode()
    assert reverse("admin:core_job_changelist") in page


@pytest.mark.parametrize("count", [3, 30])
def test_the_page_of_a_run_asks_the_same_number_of_queries(
    count, run, passed, staff, signed_in, at, django_assert_max_num_queries
):
    passed(count)
    issue_files(run, staff, at)
    passed(count)
    client = signed_in(staff)
    with django_assert_max_num_queries(16):
        page = client.get(url("run_detail", run.pk))
    assert len(page.context["rows"]) == min(count, 25)


@pytest.mark.parametrize("count", [3, 30])
def test_the_list_of_runs_asks_the_same_number_of_queries(
    count, db, staff, signed_in, django_assert_max_num_queries
):
    for _ in range(count):
        add_learner(make_run())
    client = signed_in(staff)
    with django_assert_max_num_queries(9):
        page = client.get(url("run_list")).context["page"]
    assert len(page.object_list) == min(count, 25)


def test_the_list_of_runs_leaves_out_what_is_done_unless_asked(
    certificate, staff, signed_in
):
    client = signed_in(staff)
    assert list(client.get(url("run_list")).context["page"]) == []
    everything = client.get(url("run_list"), {"show": "all"}).context["page"]
    assert list(everything) == [certificate.run]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, [1, 2, 3]),
        ({"sort": "-number"}, [3, 2, 1]),
        ({"sort": "learner"}, [1, 2, 3]),
        ({"sort": "-issued"}, [3, 2, 1]),
        ({"sort": "nonsense"}, [1, 2, 3]),
        ({"q": "2"}, [2]),
        ({"q": "№ 000003"}, [3]),
        ({"q": "бори ерлан"}, [2]),
        ({"q": "9" * 40}, []),
        ({"q": "%"}, []),
        ({"page": "nonsense"}, [1, 2, 3]),
    ],
)
def test_issued_certificates_are_found_and_sorted_and_exported_alike(
    run, staff, signed_in, at, query, found
):
    for surname in ("Алиев", "Борисов", "Ветров"):
        person = add_learner(run)
        person.surname = surname
        person.save()
    issue_files(run, staff, at)
    client = signed_in(staff)
    rows = client.get(url("run_detail", run.pk), query).context["rows"]
    assert [row["certificate"].number for row in rows] == found
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(url("run_export", run.pk), query).content)
    )
    numbers = [int(row[0].value) for row in book.active.iter_rows(min_row=2)]
    assert numbers == found


def test_a_run_nobody_passed_says_what_to_do_first(run, staff, signed_in):
    page = signed_in(staff).get(url("run_detail", run.pk))
    assert reverse("registry:run_detail", args=[run.pk]) in page.content.decode()


# --- What other rooms show --------------------------------------------------------


def test_the_desk_tells_staff_of_certificates_owed(run, passed, staff, learner, at):
    passed(2)
    assert [duty.url for duty in certificates_to_issue(staff, at)] == [
        url("run_detail", run.pk)
    ]
    assert list(certificates_to_issue(learner, at)) == []


def test_ones_learning_shows_the_certificate(
    certificate, learner, django_assert_num_queries
):
    add_learner(make_run(), learner=learner)
    enrolments = list(Enrolment.objects.filter(learner=learner).order_by("pk"))
    with django_assert_num_queries(1):
        contexts = certificates_of_learning(learner, enrolments)
    assert [context["certificate"] for context in contexts.values()] == [certificate]
    assert list(contexts) == [enrolments[0].pk]
    assert [
        len(panels) for panels in learning_panels(learner, enrolments).values()
    ] == [
        1,
        0,
    ]


def test_the_page_of_a_run_in_the_register_leads_to_issuing(
    run, passed, staff, learner, at
):
    passed(3)
    assert certificates_of_run(run, staff, at)["owed"] == 3
    assert certificates_of_run(run, learner, at) is None


# --- The admin --------------------------------------------------------------------


def admin_url(name: str, *arguments) -> str:
    return reverse(f"admin:certificates_certificate_{name}", args=arguments)


@pytest.mark.parametrize("standing", ["", "genuine", "revoked", "not_ready"])
def test_the_admin_lists_and_filters(certificate, run, staff, signed_in, at, standing):
    add_learner(run)
    issue_certificates(run=run, by=staff, at=at)
    add_learner(run)
    revoked = issue_files(run, staff, at)[0]
    revoke_certificate(certificate=revoked, reason="Ошибка", by=staff, at=at)
    query = {"standing": standing} if standing else {}
    page = signed_in(staff).get(admin_url("changelist"), query)
    numbers = sorted(row.number for row in page.context["cl"].result_list)
    assert (
        numbers
        == {"": [1, 2, 3], "genuine": [1], "revoked": [3], "not_ready": [2]}[standing]
    )


@pytest.mark.parametrize("count", [3, 30])
def test_the_admins_list_asks_the_same_number_of_queries(
    count, run, passed, staff, signed_in, at, django_assert_max_num_queries
):
    passed(count)
    issue_files(run, staff, at)
    client = signed_in(staff)
    with django_assert_max_num_queries(14):
        client.get(admin_url("changelist"))


def test_in_the_admin_nothing_is_added_changed_or_deleted(
    certificate, staff, signed_in
):
    client = signed_in(staff)
    answers = (
        client.get(admin_url("add")),
        client.post(admin_url("change", certificate.pk), {"surname": "Другова"}),
        client.post(admin_url("delete", certificate.pk)),
    )
    assert [answer.status_code for answer in answers] == [403, 403, 403]


def test_staff_revoke_in_the_admin_with_a_reason(certificate, staff, signed_in):
    client = signed_in(staff)
    here = admin_url("revoke", certificate.pk)
    assert here in client.get(admin_url("change", certificate.pk)).content.decode()
    assert client.get(here).status_code == 200
    assert client.post(here, {"reason": ""}).status_code == 200
    assert not Revocation.objects.exists()
    assert client.post(here, {"reason": "Ошибка"}).status_code == 302
    assert client.post(here, {"reason": "Ещё раз"}).status_code == 409
    assert Revocation.objects.get().reason == "Ошибка"
    page = client.get(admin_url("change", certificate.pk)).content.decode()
    assert here not in page
    assert "Ошибка" in page


def test_others_in_the_admin_revoke_nothing(certificate, accountant, signed_in):
    client = signed_in(accountant)
    assert client.get(admin_url("revoke", certificate.pk)).status_code == 403
    assert client.get(admin_url("changelist")).status_code == 403


def test_the_admin_shows_a_certificate_whose_file_is_being_made(
    unready, staff, signed_in
):
    page = signed_in(staff).get(admin_url("change", unready.pk))
    assert page.status_code == 200
