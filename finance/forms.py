from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.selectors import person_with_email
from core.text import refuse_hidden_signs
from finance.amounts import read_amount
from finance.enums import Currency, PayerKind
from finance.models import Contract, PaidService
from finance.selectors import contract_by_number
from registry.models import Run

# Addresses name months of this century (finance.converters): 1026 is a slip of the pen.
EARLIEST_DAY = date(2000, 1, 1)


class PasswordForm(forms.Form):
    """The signer's password, asked anew, and the hash of what the signer was shown."""

    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput())
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("It stands for your signature."),
    )


class AmountField(forms.CharField):
    """An amount as people write it: 1 234,50."""

    def __init__(self, **options: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        widget = forms.TextInput(attrs=attrs)
        super().__init__(max_length=30, widget=widget, **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return read_amount(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


def _day_field(label: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    earliest = MinValueValidator(EARLIEST_DAY)
    return forms.DateField(label=label, widget=widget, validators=[earliest])


class ConcludeContractForm(forms.Form):
    service = forms.ModelChoiceField(
        label=_("Service"), queryset=PaidService.objects.filter(is_offered=True)
    )
    payer_kind = forms.ChoiceField(label=_("Payer"), choices=PayerKind)
    payer_name = forms.CharField(
        label=_("Name of the payer"), max_length=250, validators=[refuse_hidden_signs]
    )
    quantity = forms.IntegerField(
        label=_("Quantity"), min_value=1, max_value=1_000_000, initial=1
    )
    currency = forms.ChoiceField(
        label=_("Currency"),
        required=False,
        choices=[("", _("That of the tariff")), *Currency.choices],
    )
    concluded_on = _day_field(_("Concluded on"))
    number = forms.CharField(
        label=_("Number"),
        required=False,
        max_length=40,
        validators=[refuse_hidden_signs],
        help_text=_("Left empty, it is the next of the year."),
    )
    learner = forms.EmailField(label=_("E-mail of the learner"), required=False)
    run = forms.ModelChoiceField(
        label=_("Run"),
        required=False,
        queryset=Run.objects.select_related("entry__version__course"),
    )

    def clean_learner(self) -> User | None:
        email = self.cleaned_data["learner"]
        if not email:
            return None
        person = person_with_email(email)
        if person is None:
            raise forms.ValidationError(gettext("Nobody has an account under it."))
        return person


class PostPaymentForm(forms.Form):
    contract = forms.CharField(label=_("Number of the contract"), max_length=40)
    direction = forms.ChoiceField(
        label=_("What it is"),
        choices=[("in", _("Payment received")), ("out", _("Refund"))],
    )
    amount = AmountField(label=_("Amount, in the currency of the contract"))
    paid_on = _day_field(_("Paid on"))
    document_number = forms.CharField(
        label=_("Payment document"), max_length=60, validators=[refuse_hidden_signs]
    )
    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=500,
        validators=[refuse_hidden_signs],
    )

    def clean_contract(self) -> Contract:
        contract = contract_by_number(self.cleaned_data["contract"])
        if contract is None:
            raise forms.ValidationError(gettext("There is no contract of this number."))
        return contract

    def clean_amount(self) -> Decimal:
        amount: Decimal = self.cleaned_data["amount"]
        if amount <= 0:
            raise forms.ValidationError(
                gettext("Write it without a minus; say above what it is.")
            )
        return amount

    def signed_amount(self) -> Decimal:
        """Return the amount as it is posted: a refund is negative."""
        amount: Decimal = self.cleaned_data["amount"]
        return -amount if self.cleaned_data["direction"] == "out" else amount


class CorrectPaymentForm(forms.Form):
    amount = AmountField(
        label=_("Difference"),
        help_text=_("What is to be added; with a minus, what was too much."),
    )
    corrected_on = _day_field(_("Corrected on"))
    document_number = forms.CharField(
        label=_("Document of the correction"),
        max_length=60,
        validators=[refuse_hidden_signs],
    )
    comment = forms.CharField(
        label=_("What was wrong"), max_length=500, validators=[refuse_hidden_signs]
    )
