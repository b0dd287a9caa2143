"""Money in the admin: services write it, bad inputs are told."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.apps import apps
from django.urls import reverse

from core import workflow
from finance.admin.contracts import ContractAdmin
from finance.admin.months import BudgetAdmin
from finance.models import Budget, Contract, Payment, PaymentImport, Tariff
from tests.factories import OfficerFactory

MODELS = [
    "budget",
    "contract",
    "monthclosing",
    "monthlyreport",
    "paidservice",
    "payment",
    "paymentimport",
    "tariff",
]
ADD = reverse("admin:finance_payment_add")


@pytest.fixture(autouse=True)
def now():
    """A day in November."""
    with time_machine.travel("2026-11-18T12:00:00+03:00", tick=False):
        yield


@pytest.fixture
def office(client, accountant):
    """The accountant at the admin."""
    client.force_login(accountant)
    return client


@pytest.fixture
def all_rows(pay, close, make_budget):
    pay()
    close()
    make_budget("100")
    PaymentImport.objects.create(
        name="bank.csv",
        stored_as="x",
        sha256="0" * 64,
        imported_at="2026-11-01T09:00Z",
        imported_by=Payment.objects.get().posted_by,
    )


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(
    ("who", "status"), [("accountant", 200), ("staff", 200), ("author", 302)]
)
def test_lists_and_rows_by_role(client, request, all_rows, model, who, status):
    client.force_login(request.getfixturevalue(who))
    page = reverse(f"admin:finance_{model}_changelist")
    assert client.get(page).status_code == status
    row = apps.get_model("finance", model)
    address = reverse(f"admin:finance_{model}_change", args=[row.objects.first().pk])
    assert client.get(address).status_code == status
    assert client.get(page, {"q": "x"}).status_code == status
    assert client.post(address.replace("change", "delete")).status_code in {302, 403}
    assert row.objects.exists()


@pytest.mark.parametrize(
    ("model", "staff_may"),
    [("payment", False), ("contract", True), ("budget", False), ("tariff", True)],
)
def test_who_may_add_what(client, staff, accountant, model, staff_may):
    address = reverse(f"admin:finance_{model}_add")
    client.force_login(staff)
    assert client.get(address).status_code == (200 if staff_may else 403)
    client.force_login(accountant)
    assert client.get(address).status_code == 200


def test_the_security_officer_concludes_no_contract(client, db):
    client.force_login(OfficerFactory())
    assert client.get(reverse("admin:finance_contract_add")).status_code == 403


# --- Contracts and budgets ------------------------------------------------------------


def _contract(service, **values):
    return {
        "service": service.pk,
        "payer_kind": "person",
        "payer_name": "Назаренко Ольга Петровна",
        "quantity": "2",
        "concluded_on": "2026-11-01",
        **values,
    }


@pytest.mark.parametrize(("day", "count"), [("1999-12-31", 0), ("2000-01-01", 1)])
def test_a_contract_of_another_century_is_a_slip_of_the_pen(
    office, service, day, count
):
    service.tariffs.update(valid_from=date(1900, 1, 1))
    office.post(
        reverse("admin:finance_contract_add"), _contract(service, concluded_on=day)
    )
    assert Contract.objects.count() == count


def test_a_draft_mended_while_it_is_put_in_force_stays_in_force(
    office, make_contract, accountant, at, monkeypatch
):
    contract = make_contract(is_draft=True)
    address = reverse("admin:finance_contract_change", args=[contract.pk])
    whole_form = ContractAdmin.get_form

    def activate_meanwhile(self, request, obj=None, change=False, **options):
        form = whole_form(self, request, obj, change, **options)
        if request.method == "POST":
            workflow.apply(contract, "activate", by=accountant, at=at)
        return form

    monkeypatch.setattr(ContractAdmin, "get_form", activate_meanwhile)
    no_payments = {"payments-TOTAL_FORMS": "0", "payments-INITIAL_FORMS": "0"}
    payer = {"payer_kind": "person", "payer_name": "Иная", **no_payments}
    answer = office.post(address, payer)

    contract.refresh_from_db()
    assert answer.status_code == 302
    assert (contract.state, contract.payer_name) == ("active", "Иная")


def test_a_contract_is_concluded_by_the_service(office, service, learner):
    values = _contract(service, learner=learner.email.upper())
    answer = office.post(reverse("admin:finance_contract_add"), values)
    contract = Contract.objects.get()
    assert answer.url == reverse("admin:finance_contract_change", args=[contract.pk])
    assert (contract.amount, contract.learner) == (Decimal("25001.00"), learner)


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"quantity": "0"}, 200),
        ({"quantity": "many"}, 200),
        ({"learner": "nobody@university.example"}, 200),
        ({"payer_name": "Имя\u202e"}, 200),
        ({"run": "77"}, 200),
        ({"concluded_on": "31.02.2026"}, 200),
        ({"concluded_on": "2025-01-01"}, 409),
        ({"currency": "KZT"}, 409),
    ],
)
def test_a_contract_of_bad_inputs_is_not_concluded(office, service, values, status):
    address = reverse("admin:finance_contract_add")
    assert office.post(address, _contract(service, **values)).status_code == status
    assert Contract.objects.count() == 0


def test_of_a_draft_only_the_payer_is_mended(office, make_contract):
    contract = make_contract(is_draft=True)
    address = reverse("admin:finance_contract_change", args=[contract.pk])
    assert b"When it is in force." in office.get(address).content
    rows = {f"payments-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    values = {
        "payer_kind": "person",
        "payer_name": "Тихомиров Лев Ильич",
        "amount": "1",
        "quantity": "9",
        **rows,
    }
    assert office.post(address, values).status_code == 302
    contract.refresh_from_db()
    assert contract.payer_name == "Тихомиров Лев Ильич"
    assert (contract.quantity, contract.amount) == (1, Decimal("12500.50"))


def test_a_contract_goes_its_way_by_buttons(office, make_contract):
    contract = make_contract(is_draft=True)
    address = reverse(
        "admin:finance_contract_transition", args=[contract.pk, "activate"]
    )
    assert office.post(address, {"comment": ""}).status_code == 302
    contract.refresh_from_db()
    assert contract.state == "active"


def test_the_items_of_an_approved_budget_stand(office, make_budget):
    budget = make_budget("100")
    item = budget.items.get()
    address = reverse("admin:finance_budget_change", args=[budget.pk])
    values = {
        "year": "2030",
        "items-TOTAL_FORMS": "1",
        "items-INITIAL_FORMS": "1",
        "items-0-id": item.pk,
        "items-0-share_percent": "1",
    }
    office.post(address, values)
    budget.refresh_from_db()
    item.refresh_from_db()
    assert (budget.year, item.share_percent) == (2026, Decimal(100))


def test_a_budget_approved_while_it_was_mended_stays_as_approved(
    office, make_budget, accountant, at, monkeypatch
):
    budget = make_budget("100", is_approved=False)
    whole_form = BudgetAdmin.get_form

    def approve_meanwhile(self, request, obj=None, change=False, **options):
        form = whole_form(self, request, obj, change, **options)
        workflow.apply(budget, "approve", by=accountant, at=at)
        return form

    monkeypatch.setattr(BudgetAdmin, "get_form", approve_meanwhile)
    values = {
        "year": "2026",
        "currency": "RUB",
        "items-TOTAL_FORMS": "1",
        "items-INITIAL_FORMS": "0",
        "items-0-code": "more",
        "items-0-kind": "salary",
        "items-0-title": "Ещё одна статья",
        "items-0-share_percent": "1",
    }
    address = reverse("admin:finance_budget_change", args=[budget.pk])
    assert office.post(address, values).status_code == 409
    assert budget.items.count() == 1


def test_a_budget_is_made_with_its_items(office):
    values = {
        "year": "2027",
        "currency": "KZT",
        "items-TOTAL_FORMS": "1",
        "items-INITIAL_FORMS": "0",
        "items-0-code": "salary",
        "items-0-kind": "salary",
        "items-0-title": "Заработная плата",
        "items-0-share_percent": "100",
    }
    assert office.post(reverse("admin:finance_budget_add"), values).status_code == 302
    assert Budget.objects.get().items.count() == 1


def test_of_a_tariff_only_the_last_day_is_set(office, service):
    tariff = Tariff.objects.get()
    address = reverse("admin:finance_tariff_change", args=[tariff.pk])
    office.post(address, {"amount": "1", "valid_until": "31.12.2026"})
    tariff.refresh_from_db()
    assert tariff.amount == Decimal("12500.50")
    assert tariff.valid_until == date(2026, 12, 31)


# --- Payments -------------------------------------------------------------------------


def _payment(on, **values):
    return {
        "contract": on.number,
        "direction": "in",
        "amount": "1 234,50",
        "paid_on": "2026-11-02",
        "document_number": "ПП-1",
        **values,
    }


def test_a_payment_and_a_refund_are_posted(office, contract):
    office.post(ADD, _payment(contract))
    values = _payment(contract, direction="out", document_number="РКО-1")
    answer = office.post(ADD, values)
    assert answer.status_code == 302
    assert sorted(Payment.objects.values_list("amount", flat=True)) == [
        Decimal("-1234.50"),
        Decimal("1234.50"),
    ]


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"amount": "NaN"}, 200),
        ({"amount": "Infinity"}, 200),
        ({"amount": "1e3"}, 200),
        ({"amount": "-5"}, 200),
        ({"amount": "0"}, 200),
        ({"amount": "1,005"}, 200),
        ({"amount": ""}, 200),
        ({"contract": "нет такого"}, 200),
        ({"paid_on": "31.11.2026"}, 200),
        ({"document_number": "\u200b"}, 200),
        ({"direction": "sideways"}, 200),
        ({"direction": "out"}, 409),
        ({"paid_on": "2026-11-19"}, 409),
    ],
)
def test_a_payment_of_bad_inputs_is_not_posted(office, contract, values, status):
    assert office.post(ADD, _payment(contract, **values)).status_code == status
    assert Payment.objects.count() == 0


def test_a_payment_is_corrected_from_its_page(office, pay, staff):
    payment = pay("1000.00")
    page = reverse("admin:finance_payment_change", args=[payment.pk])
    address = reverse("admin:finance_payment_correct", args=[payment.pk])
    assert address in office.get(page).content.decode()
    values = {
        "amount": "−100,00",
        "corrected_on": "2026-11-10",
        "document_number": "БС-1",
        "comment": "Ошибка в сумме",
    }
    assert office.post(address, {**values, "comment": ""}).status_code == 200
    assert office.post(address, {**values, "amount": "-1000,01"}).status_code == 409
    assert office.post(address, values).status_code == 302
    assert payment.corrections.get().amount == Decimal("-100.00")
    office.force_login(staff)
    assert office.post(address, values).status_code == 403
    assert address not in office.get(page).content.decode()


# --- Queries ------------------------------------------------------------------------


@pytest.mark.parametrize("model", ["payment", "contract"])
def test_lists_ask_the_same_for_3_rows_and_for_30(
    office, make_contract, pay, django_assert_max_num_queries, model
):
    page = reverse(f"admin:finance_{model}_changelist")
    counts = []
    for more in (3, 27):
        for _number in range(more):
            pay(contract=make_contract())
        with django_assert_max_num_queries(30) as captured:
            office.get(page)
        counts.append(len(captured.captured_queries))
    assert counts[0] == counts[1]
