"""Signed links that letters carry: proof that an e-mail is read by its owner."""

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import signing
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from accounts.models import User

CONFIRM_SALT = "accounts.confirm_email"
CONFIRM_TERM_SECONDS = 3 * 24 * 3600

_passwords = PasswordResetTokenGenerator()


class LinkRefused(Exception):
    """The link of a letter is forged, spent or too old."""


def confirmation_token(user: User) -> str:
    """Sign the e-mail that a person registered with."""
    return signing.dumps([user.pk, user.email], salt=CONFIRM_SALT)


def read_confirmation(token: str) -> tuple[int, str]:
    """Return the person's key and e-mail that the token was made for.

    Raises:
        LinkRefused: the token is forged or older than three days.
    """
    try:
        user_id, email = signing.loads(
            token, salt=CONFIRM_SALT, max_age=CONFIRM_TERM_SECONDS
        )
    except signing.BadSignature as error:
        raise LinkRefused from error
    return user_id, email


def password_link(user: User) -> tuple[str, str]:
    """Return the two parts of a link that lets its owner set a password once."""
    return urlsafe_base64_encode(str(user.pk).encode()), _passwords.make_token(user)


def read_key(key: str) -> int:
    """Return the person's key that the first part of a link holds.

    Raises:
        LinkRefused: it holds none.
    """
    try:
        return int(urlsafe_base64_decode(key))
    except ValueError as error:
        raise LinkRefused from error


def proves(user: User, token: str) -> bool:
    """Tell whether the second part of a link is good for this person now."""
    return _passwords.check_token(user, token)
