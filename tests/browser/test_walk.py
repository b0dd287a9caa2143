"""One course, all the way: each step in a browser, by the person who does it."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from certificates.models import Certificate, CertificateFile
from config.demo.loading.pictures import picture
from config.demo.loading.scene import CONTENT
from core.enums import Lane
from core.jobs import run_due
from core.pdf import render_document
from core.workflow import apply
from courses.models import Course, CourseVersion, Question
from expertise.models import Expertise
from finance.enums import PayerKind
from finance.models import MonthlyReport, PaidService, Tariff
from finance.months import month_of, previous_month
from finance.services import NewPayment, conclude_contract, post_payment
from registry.models import RegisterEntry, Run
from tests import factories
from tests.browser.conftest import Window
from tests.browser.whole_course import fill_all_but
from tests.factories import PASSWORD
from tests.faults.workers import wait_until, workers_of_their_own

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
LEARNERS_POINTS = {0: 91, 1: 40}

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_course_travels_from_its_passport_to_a_verified_certificate(
    window: Window, tmp_path: Path
) -> None:
    people = cast()
    staff, lead, expert = (window(people[name]) for name in ("staff", "lead", "expert"))
    open_course(staff, people)
    version = CourseVersion.objects.get()
    fill_all_but(version, people["lead"], left_out={"annotation", "bank"})
    fill_the_rest(lead, version)

    examine(version, people, staff=staff, lead=lead, expert=expert)

    take_documents(staff, RegisterEntry.objects.get(), tmp_path)
    hand_in_illustration(lead, RegisterEntry.objects.get(), tmp_path)
    open_in_register(staff, RegisterEntry.objects.get())
    plan_run(staff)
    run = Run.objects.get()
    for learner in people["learners"]:
        enrol(window(learner), run)
    import_results(staff, run, tmp_path)
    with workers_of_their_own(tmp_path / "workers") as workers:
        issue_certificates(staff, run)
        workers.start()
        workers.send("core.drain", ("quick",))
        wait_until(lambda: CertificateFile.objects.count() == 1, workers=workers)

    file = download_certificate(window(people["learners"][0]), tmp_path)
    verify(window(None), Certificate.objects.get(), file)


def test_finance_downloads_the_report_of_the_month(
    window: Window, tmp_path: Path
) -> None:
    accountant = factories.FinanceFactory()
    month = previous_month(month_of(timezone.localdate()))
    paid(accountant, month)
    page = window(accountant)

    page.goto(f"/finance/{month:%Y-%m}/")
    submit(page, "Make the report")
    with workers_of_their_own(tmp_path / "workers", tasks="finance.tasks") as workers:
        workers.start()
        workers.send("core.drain", ("quick",))
        wait_until(MonthlyReport.objects.exists, workers=workers)
    page.goto(f"/finance/{month:%Y-%m}/")
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").click()
    pdf = Path(download.value.path()).read_bytes()
    with page.expect_download() as download:
        page.get_by_role("link", name="XLSX").click()
    book = load_workbook(BytesIO(Path(download.value.path()).read_bytes()))

    assert pdf.startswith(b"%PDF-")
    amounts = [
        cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row
    ]
    assert 5400 in amounts

    page.get_by_role("link", name="Close the month").click()
    page.get_by_label("Your password").fill(PASSWORD)
    submit(page, "Sign and close the month")
    expect(page.get_by_text("The month is closed.")).to_be_visible()


@pytest.mark.skipif(
    not SAMPLES.exists(), reason="the sample question banks are not beside the project"
)
def test_moodles_own_examples_are_imported_as_43_questions(window: Window) -> None:
    author = factories.UserFactory(is_author=True)
    version = factories.VersionFactory(lead=author)

    import_bank(window(author), version, SAMPLES / "gift" / "mdlcore_examples.txt")

    assert Question.objects.filter(bank__version=version).count() == 43


def examine(
    version: CourseVersion, people: dict, *, staff: Page, lead: Page, expert: Page
) -> None:
    """Two rounds: returned for rework with a remark, answered, recommended."""
    request_expertise(lead, version)
    appoint(staff, people["expert"])
    first = Expertise.objects.get(round=1)
    rate(expert, first)
    return_for_rework(expert, first)

    answer(lead, first)
    request_expertise(lead, version)
    appoint(staff, people["expert"])
    second = Expertise.objects.get(round=2)
    rate(expert, second)
    accept_answer(expert, first)
    recommend(expert, second)


def submit(page: Page, name: str) -> None:
    """Press a button and wait for the page that answers."""
    with page.expect_response(
        lambda answer: answer.request.resource_type in ("document", "xhr", "fetch")
    ):
        page.get_by_role("button", name=name).first.click()
    page.wait_for_load_state("networkidle")


def cast() -> dict:
    """The people of the walk, none of whom is two of them."""
    return {
        "staff": factories.StaffFactory(),
        "lead": factories.UserFactory(surname="Белова", is_author=True),
        "expert": factories.UserFactory(surname="Орлов"),
        "learners": [
            factories.UserFactory(surname="Құнанбай", given_name="Мәдина"),
            factories.UserFactory(surname="Дүйшөналиев", given_name="Өмүрзак"),
        ],
        "unit": factories.UnitFactory(name="Кафедра статистики"),
    }


def open_course(page: Page, people: dict) -> None:
    page.goto("/admin/courses/courseversion/add/")
    page.locator("[name=unit]").select_option(label="Кафедра статистики")
    page.locator("[name=course_type], [name=type]").first.select_option("open_learning")
    page.locator("[name=title]").fill("Основы статистики")
    page.locator("[name=lead]").select_option(str(people["lead"].pk))
    submit(page, "Save")
    assert Course.objects.count() == 1


def fill_the_rest(page: Page, version: CourseVersion) -> None:
    """Mend what the panel shows in red: the annotation by its line, then the bank."""
    page.goto(f"/courses/{version.pk}/")
    page.get_by_role(
        "link", name="A short annotation with the purpose of the course"
    ).first.click()
    page.get_by_label("Short annotation").fill("Курс учит понимать данные.")
    submit(page, "Save")
    import_bank(page, version, CONTENT / "bank.gift")
    page.goto(f"/courses/{version.pk}/")
    heading = page.get_by_role("heading", name="All mandatory requirements are met")
    expect(heading).to_be_visible()


def import_bank(page: Page, version: CourseVersion, file: Path) -> None:
    page.goto(f"/courses/{version.pk}/banks/import/")
    page.locator("input[type=file]").set_input_files(file)
    submit(page, "Look at the file")
    submit(page, "Import")


def request_expertise(page: Page, version: CourseVersion) -> None:
    page.goto(f"/expertise/versions/{version.pk}/request/")
    submit(page, "Send to expertise")
    version.refresh_from_db()
    assert version.stage == "expertise"


def appoint(page: Page, expert: object) -> None:
    expertise = Expertise.objects.latest("round")
    page.goto(f"/expertise/{expertise.pk}/appoint/")
    page.get_by_label("Expert").select_option(str(expert.pk))
    submit(page, "Appoint")


def rate(page: Page, expertise: Expertise) -> None:
    page.goto(f"/expertise/{expertise.pk}/rating/")
    for mark in page.locator("input[type=radio][value=met]").all():
        mark.check(force=True)
    submit(page, "Save")


def return_for_rework(page: Page, expertise: Expertise) -> None:
    page.goto(f"/expertise/{expertise.pk}/remarks/")
    page.get_by_label("Remark").last.fill("Уточните критерии взаимной проверки.")
    submit(page, "Add the remark")
    sign(page, expertise, "Recommended for rework")


def answer(page: Page, expertise: Expertise) -> None:
    page.goto(f"/expertise/{expertise.pk}/remarks/")
    page.get_by_role("link", name="Answer").click()
    page.locator("textarea").fill("Критерии заменены таблицей.")
    submit(page, "Save the answer")


def accept_answer(page: Page, expertise: Expertise) -> None:
    page.goto(f"/expertise/{expertise.pk}/remarks/")
    submit(page, "Accept the answer")


def recommend(page: Page, expertise: Expertise) -> None:
    sign(page, expertise, "Recommended for opening")


def sign(page: Page, expertise: Expertise, kind: str) -> None:
    page.goto(f"/expertise/{expertise.pk}/verdict/write/")
    page.get_by_label(kind).check(force=True)
    page.get_by_label("Conclusion").fill("Курс нужен и написан ясно.")
    submit(page, "Read what will be signed")
    page.get_by_label("Password").fill(PASSWORD)
    submit(page, "Sign the verdict")


def take_documents(page: Page, entry: RegisterEntry, folder: Path) -> None:
    scan = folder / "document.pdf"
    scan.write_bytes(render_document("<h1>Скан</h1>", title="Скан", language="ru"))
    for kind in ("labour_sheet", "rights_contract", "estimate", "image_consent"):
        page.goto(f"/entries/{entry.pk}/documents/?kind={kind}")
        page.locator("input[type=file]").set_input_files(scan)
        submit(page, "Take in")
        page.wait_for_url(f"**/entries/{entry.pk}/")


def hand_in_illustration(page: Page, entry: RegisterEntry, folder: Path) -> None:
    cover = folder / "cover.png"
    cover.write_bytes(picture("statistics"))
    page.goto(f"/courses/{entry.version_id}/opening/illustration/")
    page.locator("input[type=file]").set_input_files(cover)
    page.get_by_label("Title").fill("Обложка")
    submit(page, "Save")
    page.wait_for_url(f"**/courses/{entry.version_id}/opening/")
    run_due(Lane.HEAVY, clock=timezone.now)


def open_in_register(page: Page, entry: RegisterEntry) -> None:
    page.goto(f"/admin/registry/registerentry/{entry.pk}/transition/open/")
    submit(page, "Enter in the register and open")
    entry.refresh_from_db()
    assert (entry.state, entry.number) == ("open", 1)


def plan_run(page: Page) -> None:
    today = timezone.localdate()
    page.goto("/admin/registry/run/add/")
    page.locator("[name=entry]").select_option(index=1)
    page.locator("[name=title]").fill("Осенний запуск")
    page.locator("[name=starts_on]").fill(f"{today:%Y-%m-%d}")
    page.locator("[name=ends_on]").fill(f"{today + timedelta(days=30):%Y-%m-%d}")
    submit(page, "Save")
    run = Run.objects.get()
    page.goto(f"/admin/registry/run/{run.pk}/transition/open_enrolment/")
    submit(page, "Open enrolment")


def enrol(page: Page, run: Run) -> None:
    page.goto("/?q=статистики")
    page.get_by_role("link", name="Foundations of Statistics").click()
    page.get_by_role("link", name="Enrol").click()
    page.get_by_label("Russian").check(force=True)
    submit(page, "Enrol")


def import_results(page: Page, run: Run, folder: Path) -> None:
    page.goto(f"/runs/{run.pk}/results/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the form").click()
    book = load_workbook(BytesIO(Path(download.value.path()).read_bytes()))
    sheet = book.worksheets[0]
    head = [cell.value for cell in sheet[1]]
    rows = [
        row
        for row in sheet.iter_rows(min_row=2)
        if "@" in str(row[head.index("email")].value)
    ]
    for row in rows:
        is_first = row[head.index("surname")].value == "Құнанбай"
        row[head.index("points")].value = LEARNERS_POINTS[0 if is_first else 1]
        row[head.index("completed_on")].value = timezone.localdate()
    filled = folder / "results.xlsx"
    book.save(filled)
    page.locator("input[type=file]").set_input_files(filled)
    submit(page, "Look at it")
    submit(page, "Take in the results")


def issue_certificates(page: Page, run: Run) -> None:
    page.goto(f"/certificates/runs/{run.pk}/")
    submit(page, "Issue")
    assert Certificate.objects.count() == 1


def download_certificate(page: Page, folder: Path) -> Path:
    page.goto("/learning/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    file = folder / "certificate.pdf"
    download.value.save_as(file)
    return file


def verify(page: Page, certificate: Certificate, file: Path) -> None:
    page.goto("/certificates/verify/")
    page.get_by_label("Number and code").fill(
        f"{certificate.number:06d} {certificate.code}"
    )
    submit(page, "Verify")
    expect(page.get_by_text("Genuine").first).to_be_visible()

    page.goto("/certificates/verify/")
    page.locator("input[type=file]").set_input_files(file)
    submit(page, "Verify the file")
    expect(page.get_by_text("Genuine").first).to_be_visible()

    file.write_bytes(file.read_bytes() + b"\n")
    page.goto("/certificates/verify/")
    page.locator("input[type=file]").set_input_files(file)
    submit(page, "Verify the file")
    expect(page.get_by_text("Altered").first).to_be_visible()


def paid(accountant: object, month: object) -> None:
    """A contract of last month, paid in it."""
    service = PaidService.objects.create(code="course", title="Обучение на курсе")
    Tariff.objects.create(
        service=service, amount=Decimal(5400), currency="RUB", valid_from=month
    )
    at = timezone.now()
    contract = conclude_contract(
        service=service,
        payer_kind=PayerKind.ORGANISATION,
        payer_name="Лицей",
        concluded_on=month,
        by=accountant,
    )
    apply(contract, "activate", by=accountant, at=at)
    post_payment(
        payment=NewPayment(
            contract=contract,
            amount=Decimal(5400),
            paid_on=month,
            document_number="П-1",
        ),
        by=accountant,
        at=at,
    )
