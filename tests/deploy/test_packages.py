import subprocess

import pytest

from deploy.setup import packages
from deploy.setup.packages import APT, BREW, PackagesMissing


@pytest.fixture
def absent():
    return packages.Need(
        what="a library",
        is_present=lambda: False,
        apt="library0",
        dnf="library",
        brew="lib",
    )


@pytest.fixture
def commands(monkeypatch):
    """Commands that would have been run."""
    run = []

    def record(command, **_options):
        run.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(packages.subprocess, "run", record)
    return run


def test_only_what_is_absent_is_missing(absent):
    present = packages.Need(
        what="this", is_present=lambda: True, apt="a", dnf="b", brew="c"
    )
    assert packages.missing((present, absent)) == [absent]


def test_a_machine_without_a_known_manager_is_told_what_is_missing(
    absent, monkeypatch, tmp_path
):
    monkeypatch.setattr(packages, "_installer", lambda: None)
    with pytest.raises(PackagesMissing, match="Missing: a library"):
        packages.install([absent], log=tmp_path / "log")


def test_without_root_the_exact_command_is_named(absent, monkeypatch, tmp_path):
    monkeypatch.setattr(packages, "_installer", lambda: APT)
    monkeypatch.setattr(packages, "_root_prefix", lambda: None)
    with pytest.raises(PackagesMissing, match=r"sudo apt-get .* library0$"):
        packages.install([absent], log=tmp_path / "log")


def test_lists_of_packages_are_refreshed_before_an_installation(
    absent, commands, monkeypatch, tmp_path
):
    monkeypatch.setattr(packages, "_installer", lambda: APT)
    monkeypatch.setattr(packages, "_root_prefix", lambda: ("sudo",))
    with pytest.raises(PackagesMissing, match="Installed, but not found: a library"):
        packages.install([absent], log=tmp_path / "log")
    assert [command[-1] for command in commands] == ["update", "library0"]
    assert {command[0] for command in commands} == {"sudo"}


def test_homebrew_never_runs_as_root(absent, commands, monkeypatch, tmp_path):
    monkeypatch.setattr(packages, "_installer", lambda: BREW)
    with pytest.raises(PackagesMissing):
        packages.install([absent], log=tmp_path / "log")
    assert commands == [["brew", "install", "lib"]]
