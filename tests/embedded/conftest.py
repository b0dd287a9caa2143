import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from config.embedded.postgres import running_postgres


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that other users can walk into, as pytest's own `tmp_path` is not."""
    path = Path(tempfile.mkdtemp(prefix="portal-embedded-"))
    path.chmod(0o711)
    try:
        yield path
    finally:
        shutil.rmtree(path)


@pytest.fixture
def folder() -> Iterator[Path]:
    with open_folder() as path:
        yield path


@pytest.fixture(scope="session")
def template() -> Iterator[Path]:
    """A cluster made once: initdb is the slow part."""
    with open_folder() as path:
        with running_postgres(path, durable=False):
            pass
        yield path


@pytest.fixture
def made(folder, template) -> Path:
    """A folder of its own with a stopped cluster in it."""
    subprocess.run(["cp", "-a", f"{template}/.", str(folder)], check=True)  # noqa: S603, S607 - keeps owners
    return folder
