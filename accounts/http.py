"""Requests of somebody who is signed in."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.models import User


class SignedInRequest(HttpRequest):
    """For annotations alone: its `user` is a person, never an anonymous one."""

    user: User


def person_of(request: HttpRequest) -> User:
    """Return who is signed in, where the signature of a method is Django's.

    Raises:
        PermissionDenied: nobody is.
    """
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
