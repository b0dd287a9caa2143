from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Currency(TextChoices):
    """Currencies of tariffs and contracts; none is converted into another."""

    RUB = "RUB", _("Russian rouble")
    KZT = "KZT", _("Kazakh tenge")
    KGS = "KGS", _("Kyrgyz som")


class ContractState(TextChoices):
    """Where a contract stands."""

    DRAFT = "draft", _("Draft")
    ACTIVE = "active", _("In force")
    COMPLETED = "completed", _("Completed")
    TERMINATED = "terminated", _("Terminated")


class PayerKind(TextChoices):
    """Who pays."""

    PERSON = "person", _("Person")
    ORGANISATION = "organisation", _("Organisation")


class PaymentKind(TextChoices):
    """What a payment is: money in, money given back, or a mistake made good."""

    PAYMENT = "payment", _("Payment")
    REFUND = "refund", _("Refund")
    CORRECTION = "correction", _("Correction")


class ExpenseKind(TextChoices):
    """What received money may be spent on (KAZ 4.5)."""

    SALARY = "salary", _("Salary with accruals and social payments")
    TRAVEL = "travel", _("Travel")
    MATERIAL = "material", _("Material costs")
    DEVELOPMENT = "development", _("Development of the centre")


class BudgetState(TextChoices):
    """Where a budget stands."""

    DRAFT = "draft", _("Draft")
    APPROVED = "approved", _("Approved")
