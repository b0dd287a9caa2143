"""The servers that the portal needs: the given ones, or embedded ones."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from config.embedded.postgres import running_postgres
from config.embedded.valkey import running_valkey


@dataclass(kw_only=True)
class Servers:
    """Where the servers are, as environment variables, and which are our children.

    The variables are DATABASE_URL (the application's role), DATABASE_OWNER_URL (the
    role that migrates) and REDIS_URL.
    """

    addresses: dict[str, str] = field(default_factory=dict)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def ended(self) -> list[str]:
        """Return the names of embedded servers that run no more."""
        return [
            name
            for name, process in self.processes.items()
            if process.poll() is not None
        ]


@contextmanager
def running_servers(
    data_dir: Path, environment: Mapping[str, str], *, durable: bool
) -> Iterator[Servers]:
    """Start, until the block ends, the servers that `environment` does not name.

    A given DATABASE_URL without an owner's one serves for both.
    """
    servers = Servers()
    with ExitStack() as stack:
        if url := environment.get("DATABASE_URL"):
            servers.addresses["DATABASE_URL"] = url
            owner_url = environment.get("DATABASE_OWNER_URL") or url
            servers.addresses["DATABASE_OWNER_URL"] = owner_url
        else:
            database = stack.enter_context(
                running_postgres(data_dir / "postgres", durable=durable)
            )
            servers.processes["PostgreSQL"] = database.process
            servers.addresses["DATABASE_URL"] = database.app_url
            servers.addresses["DATABASE_OWNER_URL"] = database.owner_url
        if url := environment.get("REDIS_URL"):
            servers.addresses["REDIS_URL"] = url
        else:
            broker = stack.enter_context(running_valkey(data_dir / "valkey"))
            servers.processes["Valkey"] = broker.process
            servers.addresses["REDIS_URL"] = broker.url
        yield servers


@contextmanager
def temporary_servers(environment: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Yield addresses of servers that are quick, not durable, and leave no data.

    For one test session, or one command.
    """
    folder = Path(tempfile.mkdtemp(prefix="portal-servers-"))
    folder.chmod(0o711)  # PostgreSQL may run as another user
    try:
        with running_servers(folder, environment, durable=False) as servers:
            yield servers.addresses
    finally:
        shutil.rmtree(folder, ignore_errors=True)
