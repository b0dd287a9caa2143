"""The environment the settings are read from."""

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()


def required(name: str, *, hint: str) -> str:
    """Return a variable that has no default.

    Raises:
        ImproperlyConfigured: it is missing; the message says what to set.
    """
    value = str(env(name, default=""))
    if not value:
        message = f"Set the environment variable {name}: {hint}. `make demo` sets it."
        raise ImproperlyConfigured(message)
    return value
