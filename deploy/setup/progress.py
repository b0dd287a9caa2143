"""What the person at the terminal sees, and what need not be done again."""

import hashlib
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

STARTED = time.monotonic()


@contextmanager
def step(title: str) -> Iterator[None]:
    """Tell that something begins, and how long it took."""
    begun = time.monotonic()
    sys.stdout.write(f"{begun - STARTED:6.1f} s  {title} … ")
    sys.stdout.flush()
    try:
        yield
    except BaseException:
        sys.stdout.write("failed\n")
        sys.stdout.flush()
        raise
    sys.stdout.write(f"{time.monotonic() - begun:.1f} s\n")


class Stamps:
    """Remembers, inside the environment, the state of the inputs of each step."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def is_current(self, name: str, state: str) -> bool:
        """Tell whether the step was last done with exactly these inputs."""
        path = self.folder / name
        return path.is_file() and path.read_text() == state

    def set(self, name: str, state: str) -> None:
        """Remember that the step is done with these inputs."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(state)


def contents_of(files: Iterable[Path]) -> str:
    """Return a digest of the names and contents of files."""
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(f"{path}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
