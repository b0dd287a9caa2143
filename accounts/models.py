"""People, the units they belong to, the roles granted to them, what they signed."""

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role, SignatureMethod
from accounts.managers import UserManager
from core.immutable import insert_only
from core.text import refuse_hidden_signs


@pghistory.track()
class Unit(models.Model):
    """A structural unit of the university: faculty, department, centre."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=200)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
    )

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(parent=F("id")), name="unit_not_part_of_itself"
            )
        ]

    def __str__(self) -> str:
        return self.name


LINE = [refuse_hidden_signs]
PHONE = [
    RegexValidator(
        r"^[0-9+() .,;\-]+\Z", _("Digits, spaces and the signs + ( ) - alone.")
    )
]


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account, or the system itself. The e-mail is the login.

    Source: KSTU 3.2 (full name, unit, position, phones, personal e-mail).
    """

    email = models.EmailField(_("e-mail"), unique=True)
    surname = models.CharField(_("surname"), max_length=80, validators=LINE)
    given_name = models.CharField(_("given name"), max_length=80, validators=LINE)
    patronymic = models.CharField(
        _("patronymic"), max_length=80, blank=True, validators=LINE
    )
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("unit"),
    )
    position = models.CharField(
        _("position"), max_length=160, blank=True, validators=LINE
    )
    degree = models.CharField(
        _("academic degree"), max_length=160, blank=True, validators=LINE
    )
    academic_title = models.CharField(
        _("academic title"), max_length=160, blank=True, validators=LINE
    )
    office_phone = models.CharField(
        _("office phone"), max_length=40, blank=True, validators=PHONE
    )
    mobile_phone = models.CharField(
        _("mobile phone"), max_length=40, blank=True, validators=PHONE
    )
    language = models.CharField(_("language"), max_length=5, default="ru")
    is_author = models.BooleanField(_("registered as an author"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    is_system = models.BooleanField(
        _("the system itself"), default=False, editable=False
    )
    joined_at = models.DateTimeField(_("joined at"))
    email_confirmed_at = models.DateTimeField(_("e-mail confirmed at"), null=True)
    password_changed_at = models.DateTimeField(_("password changed at"), null=True)
    # Actions under the account equal one's own signature (KSTU 6.2).
    agreed_at = models.DateTimeField(_("agreed to the terms at"), null=True)
    failed_sign_ins = models.PositiveSmallIntegerField(
        _("wrong passwords in a row"), default=0, editable=False
    )
    locked_at = models.DateTimeField(_("locked at"), null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["surname", "given_name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("surname", "given_name", "patronymic", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="user_email_in_lower_case",
            ),
            models.UniqueConstraint(
                fields=("is_system",),
                condition=Q(is_system=True),
                name="user_one_system",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    @property
    def full_name(self) -> str:
        """Surname, given name, patronymic."""
        parts = (self.surname, self.given_name, self.patronymic)
        return " ".join(part for part in parts if part)

    @property
    def short_name(self) -> str:
        """Surname with initials: «Ахметова Г. С.»."""
        initials = (
            f"{part[0]}." for part in (self.given_name, self.patronymic) if part
        )
        return "\N{NO-BREAK SPACE}".join((self.surname, *initials)) or self.email

    @property
    def is_staff(self) -> bool:
        """Whether the admin site is open to this person; `rules.py` decides."""
        return self.has_perm("accounts.enter_admin")

    def get_full_name(self) -> str:
        """Django's name for `full_name`."""
        return self.full_name

    def get_short_name(self) -> str:
        """Django's name for `short_name`."""
        return self.short_name


@pghistory.track()
class RoleGrant(models.Model):
    """A staff role that a person has, for a unit or the whole centre, for a term."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="grants", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=30, choices=Role)
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="grants",
        verbose_name=_("unit"),
    )
    since_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("role granted")
        verbose_name_plural = _("roles granted")
        ordering = ("user", "role", "since_on")
        constraints = [
            models.CheckConstraint(
                condition=~Q(role=Role.UNIT_HEAD) | Q(unit__isnull=False),
                name="grant_head_has_unit",
                violation_error_message=_("The head of a unit needs the unit."),
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("since_on")),
                name="grant_ends_after_it_begins",
                violation_error_message=_("The term ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


class PasswordHash(models.Model):
    """A password a person had, hashed, so that it is not taken again (KSTU 5.1)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="old_passwords")
    password = models.CharField(max_length=128)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("former password")
        verbose_name_plural = _("former passwords")
        ordering = ("-changed_at",)

    def __str__(self) -> str:
        return f"{self.user} {self.changed_at:%d.%m.%Y}"


@insert_only
@pghistory.track(pghistory.InsertEvent())
class Signature(models.Model):
    """Who signed exactly what, in what role, and how it was confirmed.

    Source: KSTU 6.2–6.5 and part 1 (simple electronic signature).
    """

    user = models.ForeignKey(
        User, models.PROTECT, related_name="signatures", verbose_name=_("signed by")
    )
    in_role = models.CharField(_("as"), max_length=100)
    subject = models.CharField(_("what"), max_length=200)
    sha256 = models.CharField(_("SHA-256 of what was signed"), max_length=64)
    method = models.CharField(_("confirmed"), max_length=20, choices=SignatureMethod)
    signed_at = models.DateTimeField(_("signed at"))

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ("-signed_at", "-pk")

    def __str__(self) -> str:
        return f"{self.user}: {self.subject}"
