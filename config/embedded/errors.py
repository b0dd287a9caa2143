"""What can go wrong with an embedded server."""


class ServerDidNotStart(RuntimeError):
    """The server ended or stayed silent; the message carries the end of its log."""


class ServerAlreadyRunning(RuntimeError):
    """Another live process serves the same data."""
