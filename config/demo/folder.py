"""What the demo keeps in its data folder."""

import fcntl
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


class DemoAlreadyRunning(RuntimeError):
    """Another demo uses the same data folder."""


@dataclass(frozen=True)
class DemoFolder:
    """Names of the files under the data folder; all that a reset removes."""

    path: Path

    @property
    def logs(self) -> Path:
        """One file per program, of the last start."""
        return self.path / "logs"

    def loaded_mark(self, database_url: str | None) -> Path:
        """Stands when the demo data are in the given database, or in the embedded one."""
        if database_url is None:
            return self.path / "postgres" / "demo-loaded"
        key = hashlib.sha256(database_url.encode()).hexdigest()[:12]
        return self.path / f"demo-loaded-{key}"

    @property
    def variables(self) -> Path:
        """Environment of the running demo, for commands beside it."""
        return self.path / "demo.env"

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep other demos out; the kernel lets go when this process ends.

        Raises:
            DemoAlreadyRunning: Another one is in.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / "demo.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                message = f"A demo runs already with the data in {self.path}."
                raise DemoAlreadyRunning(message) from None
            yield

    def secret_key(self) -> str:
        """Return the key that signs sessions, made on first use."""
        path = self.path / "secret-key"
        if not path.exists():
            write_private(path, secrets.token_urlsafe(50))
        return path.read_text()

    def reset(self) -> None:
        """Remove everything that a demo made, and nothing else."""
        for name in ("postgres", "valkey", "media", "logs"):
            shutil.rmtree(self.path / name, ignore_errors=True)
        for path in (self.path / "secret-key", *self.path.glob("beat-schedule*")):
            path.unlink(missing_ok=True)

    def write_variables(self, variables: Mapping[str, str]) -> None:
        """Write variables in the form that a shell reads."""
        lines = (f"{name}='{value}'\n" for name, value in sorted(variables.items()))
        write_private(self.variables, "".join(lines))


def write_private(path: Path, text: str) -> None:
    """Write a file that its owner alone can read."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
