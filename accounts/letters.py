"""The letters that an account's owner gets, in the owner's language."""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.links import confirmation_token, password_link
from accounts.models import User
from accounts.selectors import system_user
from core.mail import queue_mail
from core.models import OutgoingMail

# Strangers may cause letters: so many to one address, then silence for the hour.
LETTERS_AN_HOUR = 5


def _page(name: str, *arguments: str) -> str:
    return f"{settings.BASE_URL}{reverse(name, args=arguments)}"


def _is_enough(user: User, at: datetime) -> bool:
    lately = OutgoingMail.objects.filter(
        to=user.email, created_at__gt=at - timedelta(hours=1)
    )
    return lately.count() >= LETTERS_AN_HOUR


def _send(user: User, subject: str, body: str, *, at: datetime) -> None:
    if not _is_enough(user, at):
        queue_mail(to=user.email, subject=subject, body=body, by=system_user(), at=at)


def ask_to_confirm(user: User, *, at: datetime) -> None:
    """Send the link that opens a new account."""
    with override(user.language):
        link = _page("accounts:email_confirm", confirmation_token(user))
        body = _(
            "%(name)s, to open your account on the open courses portal, follow the "
            "link within 3 days:\n\n%(link)s\n\nIf you did not register, ignore this "
            "letter: without the link the account stays closed."
        ) % {"name": user.full_name, "link": link}
        _send(user, _("Confirm your e-mail"), body, at=at)


def tell_registered_already(user: User, *, at: datetime) -> None:
    """Tell the owner of an account that somebody registered with its e-mail."""
    with override(user.language):
        body = _(
            "%(name)s, somebody registered on the open courses portal with your "
            "e-mail. You have an account already: sign in at\n\n%(sign_in)s\n\nIf you "
            "do not remember the password, set a new one at\n\n%(forgotten)s\n\nIf it "
            "was not you, nothing has changed and nothing is to be done."
        ) % {
            "name": user.full_name,
            "sign_in": _page("accounts:sign_in"),
            "forgotten": _page("accounts:password_forgotten"),
        }
        _send(user, _("You have an account already"), body, at=at)


def invite(user: User, *, at: datetime) -> None:
    """Send the owner of an account made by staff the link to set a password.

    Source: KSTU 5.1 (the first password is one's own).
    """
    with override(user.language):
        body = _(
            "%(name)s, an account on the open courses portal was made for you. To open "
            "it, choose your password within a day:\n\n%(link)s\n\nLater, ask for a new "
            "link at\n\n%(forgotten)s"
        ) % {
            "name": user.full_name,
            "link": _page("accounts:password_new", *password_link(user)),
            "forgotten": _page("accounts:password_forgotten"),
        }
        _send(user, _("Your account on the open courses portal"), body, at=at)


def help_with_password(user: User, *, at: datetime) -> None:
    """Send the link to set a new password, or say who unlocks the account.

    Source: KSTU part 2, 3.4 (people recover a password themselves) and 5.7 (a locked
    account is the responsible officer's to open).
    """
    with override(user.language):
        if user.locked_at is None:
            body = _(
                "%(name)s, to set a new password on the open courses portal, follow the "
                "link within a day:\n\n%(link)s\n\nIf you did not ask for it, ignore "
                "this letter: the password stays as it is."
            ) % {
                "name": user.full_name,
                "link": _page("accounts:password_new", *password_link(user)),
            }
        else:
            body = _(
                "%(name)s, your account on the open courses portal is locked. A new "
                "password does not open it: ask the security officer of the centre to "
                "unlock it."
            ) % {"name": user.full_name}
        _send(user, _("Your password on the open courses portal"), body, at=at)
