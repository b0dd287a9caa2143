import os
import shutil
import stat
from pathlib import Path

import psutil
import psycopg
import pytest

from config.embedded import postgres
from config.embedded.postgres import installed_binaries, running_postgres
from config.embedded.unprivileged import Identity, is_closed, server_identity

# CAP_DAC_READ_SEARCH, or CAP_DAC_OVERRIDE in a container that has only that.
PASSING = (1 << 2, 1 << 1)

as_root = pytest.mark.skipif(
    os.geteuid() != 0, reason="only root gives its servers to another user"
)


@pytest.fixture
def closed(folder):
    path = folder / "closed"
    path.mkdir(mode=0o700)
    return path


def kept_capabilities(pid):
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    (line,) = [line for line in lines if line.startswith("CapEff")]
    return int(line.split()[1], 16)


def test_a_folder_that_strangers_may_enter_is_open(folder):
    if not Path("/").stat().st_mode & stat.S_IXOTH:
        pytest.skip("this whole machine is closed to strangers")
    assert is_closed(folder) is False


def test_a_folder_inside_a_closed_one_is_closed(closed):
    (closed / "open").mkdir()
    assert is_closed(closed / "open") is True


def test_who_is_not_root_serves_as_oneself(closed, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert server_identity(closed) == Identity()


@as_root
def test_root_serves_as_nobody_without_powers(folder):
    if is_closed(folder):
        pytest.skip("this whole machine is closed to strangers")
    with running_postgres(folder, durable=False) as server:
        assert psutil.Process(server.process.pid).username() == "nobody"
        assert kept_capabilities(server.process.pid) == 0


@as_root
def test_a_server_in_a_closed_folder_may_pass_and_no_more(closed, monkeypatch):
    install = installed_binaries().parent
    package = install.parent
    for source in (install, package.with_name(f"{package.name}.libs")):
        shutil.copytree(source, closed / source.relative_to(package.parent))
    binaries = closed / package.name / install.name / "bin"
    monkeypatch.setattr(postgres, "installed_binaries", lambda: binaries)

    with running_postgres(closed, durable=False) as server:
        assert psutil.Process(server.process.pid).username() == "nobody"
        assert kept_capabilities(server.process.pid) in PASSING
        with psycopg.connect(server.app_url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
