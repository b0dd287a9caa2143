"""What people type about themselves; nothing here saves."""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import NewPerson

if TYPE_CHECKING:
    from django.db.models import CharField

EMAIL_LENGTH = 254
# Registering as one of these is a wish of the person's, not a right (MIN 5.2.2).
PURPOSES = (
    ("learner", _("to learn on open courses")),
    ("author", _("to make courses as an author")),
)
AGREEMENT = _(
    "I agree that what is done under my account counts as signed by my own hand"
)


def _password(autocomplete: str) -> forms.PasswordInput:
    return forms.PasswordInput(attrs={"autocomplete": autocomplete})


def _demands() -> str:
    return " ".join(password_validators_help_texts())


def _email(**options: Any) -> forms.EmailField:
    return forms.EmailField(
        label=_("E-mail"),
        max_length=EMAIL_LENGTH,
        # Names of mailboxes and hosts are ASCII on the wire; a letter alike is another.
        validators=[RegexValidator(r"^[\x21-\x7e]+\Z", _("Latin letters alone."))],
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        **options,
    )


def _line(name: str) -> forms.Field:
    """Return the form field of a model's, which by itself brings no validators."""
    field = cast("CharField[str, str]", User._meta.get_field(name))
    made = field.formfield(validators=field.validators)
    return cast("forms.Field", made)


class SignInForm(forms.Form):
    """Every refusal has the same words, whether the account is there or not."""

    email = forms.CharField(
        label=_("E-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"), strip=False, widget=_password("current-password")
    )

    def refuse(self) -> None:
        """Say that these two do not open an account, and nothing more."""
        self.add_error(
            None,
            _(
                "With this e-mail and this password nobody can sign in. Check both; "
                "after the fourth wrong password the account is locked, and the "
                "security officer of the centre opens it."
            ),
        )


class TwicePasswordForm(forms.Form):
    """A new password, typed twice."""

    password = forms.CharField(
        label=_("New password"), strip=False, widget=_password("new-password")
    )
    repeated = forms.CharField(
        label=_("The same once more"), strip=False, widget=_password("new-password")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = _demands()

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        password, repeated = values.get("password"), values.get("repeated")
        if password and repeated and password != repeated:
            self.add_error("repeated", _("The two passwords differ."))
        return values


class RegistrationForm(TwicePasswordForm):
    """An account that a person opens for oneself."""

    password = forms.CharField(
        label=_("Password"), strip=False, widget=_password("new-password")
    )

    purpose = forms.ChoiceField(
        label=_("You register"), choices=PURPOSES, widget=forms.RadioSelect
    )
    surname = _line("surname")
    given_name = _line("given_name")
    patronymic = _line("patronymic")
    email = _email(help_text=_("A letter with a link comes here; it is your login."))
    agrees = forms.BooleanField(label=AGREEMENT)

    field_order = (
        *("purpose", "surname", "given_name", "patronymic", "email"),
        *("password", "repeated", "agrees"),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if "password" in values:
            names = ("email", "surname", "given_name")
            person = User(**{name: values.get(name, "") for name in names})
            try:
                validate_password(values["password"], person)
            except ValidationError as error:
                self.add_error("password", error)
        return values

    def person(self, *, language: str) -> NewPerson:
        """Return who registers, as the service takes it."""
        values = self.cleaned_data
        return NewPerson(
            email=values["email"],
            password=values["password"],
            surname=values["surname"],
            given_name=values["given_name"],
            patronymic=values["patronymic"],
            is_author=values["purpose"] == "author",
            language=language,
        )


class ForgottenPasswordForm(forms.Form):
    email = _email()


class NewPasswordForm(TwicePasswordForm):
    """The password set by the link of a letter; the first time one agrees, too."""

    agrees = forms.BooleanField(label=AGREEMENT)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if user.agreed_at is not None:
            del self.fields["agrees"]


class ChangePasswordForm(TwicePasswordForm):
    current = forms.CharField(
        label=_("Present password"), strip=False, widget=_password("current-password")
    )

    field_order = ("current", "password", "repeated")


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """What people change of their own record (KSTU 3.6)."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    class Meta:
        model = User
        fields = ("surname", "office_phone", "mobile_phone", "language")
        widgets = {
            "surname": forms.TextInput(attrs={"autocomplete": "family-name"}),
            "office_phone": forms.TextInput(attrs={"type": "tel"}),
            "mobile_phone": forms.TextInput(
                attrs={"type": "tel", "autocomplete": "tel"}
            ),
        }


class AccountForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """An account as staff make and mend it."""

    email = _email()
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    class Meta:
        model = User
        fields: tuple[str, ...] = ()

    def clean_email(self) -> str:
        """Return the e-mail in lower case: so it is kept, and so it is unique."""
        return str(self.cleaned_data["email"]).lower()
