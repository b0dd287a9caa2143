"""System packages: what is missing, and how this machine gets it."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HOMEBREW_FOLDERS = (Path("/opt/homebrew/lib"), Path("/usr/local/lib"))
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True, kw_only=True)
class Need:
    """Something of the system that the portal calls."""

    what: str
    is_present: Callable[[], bool]
    apt: str
    dnf: str
    brew: str


@dataclass(frozen=True, kw_only=True)
class Installer:
    """A package manager, and the name under which a need lists its package."""

    name: str
    refresh: tuple[str, ...]
    install: tuple[str, ...]
    needs_root: bool

    def package(self, need: Need) -> str:
        """Return the package of this manager that answers a need."""
        name: str = getattr(need, self.name)
        return name


APT = Installer(
    name="apt",
    refresh=("apt-get", "-q", "-o", "DPkg::Lock::Timeout=300", "update"),
    install=(
        *("apt-get", "-q", "-o", "DPkg::Lock::Timeout=300", "install"),
        *("--yes", "--no-install-recommends"),
    ),
    needs_root=True,
)
DNF = Installer(
    name="dnf", refresh=(), install=("dnf", "install", "--assumeyes"), needs_root=True
)
BREW = Installer(name="brew", refresh=(), install=("brew", "install"), needs_root=False)


class PackagesMissing(Exception):
    """Packages are missing and cannot be installed from here; says what to run."""


def has_library(linux: str, darwin: str) -> bool:
    """Tell whether the dynamic linker finds a library."""
    if sys.platform == "darwin":
        return any((folder / darwin).exists() for folder in HOMEBREW_FOLDERS)
    try:
        ctypes.CDLL(linux)
    except OSError:
        return False
    return True


def has_venv() -> bool:
    """Tell whether this Python can make environments; Debian splits that off."""
    probe = [sys.executable, "-c", "import ensurepip, venv"]
    return subprocess.run(probe, check=False, stderr=subprocess.DEVNULL).returncode == 0  # noqa: S603 - our own Python


def browser() -> str | None:
    """Return the path of a browser for tests."""
    found = (shutil.which(name) for name in CHROMIUM_NAMES)
    return next((path for path in found if path), None)


VENV = Need(
    what="python3-venv",
    is_present=has_venv,
    apt="python3-venv",
    dnf="python3",
    brew="python3",
)
GETTEXT = Need(
    what="msgfmt of gettext",
    is_present=lambda: shutil.which("msgfmt") is not None,
    apt="gettext",
    dnf="gettext",
    brew="gettext",
)
WEASYPRINT = (
    Need(
        what="libpango",
        is_present=lambda: has_library("libpango-1.0.so.0", "libpango-1.0.0.dylib"),
        apt="libpango-1.0-0",
        dnf="pango",
        brew="pango",
    ),
    Need(
        what="libpangoft2",
        is_present=lambda: has_library(
            "libpangoft2-1.0.so.0", "libpangoft2-1.0.0.dylib"
        ),
        apt="libpangoft2-1.0-0",
        dnf="pango",
        brew="pango",
    ),
    Need(
        what="libharfbuzz-subset",
        is_present=lambda: has_library(
            "libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"
        ),
        apt="libharfbuzz-subset0",
        dnf="harfbuzz",
        brew="harfbuzz",
    ),
)
BROWSER = Need(
    what="chromium",
    is_present=lambda: browser() is not None,
    apt="chromium",
    dnf="chromium",
    brew="chromium",
)
# What drives the browser is a program that is linked with it; a bare system lacks it.
ATOMIC = Need(
    what="libatomic",
    is_present=lambda: sys.platform == "darwin" or has_library("libatomic.so.1", ""),
    apt="libatomic1",
    dnf="libatomic",
    brew="gcc",
)
BROWSER_TESTS = (BROWSER, ATOMIC)


def missing(needs: tuple[Need, ...]) -> list[Need]:
    """Return the needs that this machine does not answer yet."""
    return [need for need in needs if not need.is_present()]


def install(needs: list[Need], *, log: Path) -> None:
    """Install the packages of these needs; the manager's words go to `log`.

    Raises:
        PackagesMissing: The commands could not be run or did not help.
    """
    installer = _installer()
    if installer is None:
        names = ", ".join(need.what for need in needs)
        message = f"Missing: {names}. Install them with your system's package manager."
        raise PackagesMissing(message)
    packages = sorted({installer.package(need) for need in needs})
    commands = [installer.refresh] if installer.refresh else []
    commands.append((*installer.install, *packages))
    prefix = _root_prefix() if installer.needs_root else ()
    if prefix is None:
        raise PackagesMissing(_advice(commands))
    with log.open("ab") as output:
        for command in commands:
            done = subprocess.run(  # noqa: S603 - commands are listed above
                [*prefix, *command],
                check=False,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            )
            if done.returncode:
                raise PackagesMissing(f"{_advice(commands)}\nIts words are in {log}.")
    if still := missing(tuple(needs)):
        names = ", ".join(need.what for need in still)
        raise PackagesMissing(f"Installed, but not found: {names}. See {log}.")


def _installer() -> Installer | None:
    programs = ((APT, "apt-get"), (DNF, "dnf"), (BREW, "brew"))
    return next((one for one, program in programs if shutil.which(program)), None)


def _root_prefix() -> tuple[str, ...] | None:
    """Return what makes a command run as root; None when nothing does.

    sudo may ask for its password only where a person sits at a terminal.
    """
    if os.geteuid() == 0:
        return ()
    if shutil.which("sudo") is None:
        return None
    quiet = subprocess.run(  # a path is not needed: sudo is what the person uses
        ["sudo", "-n", "true"],  # noqa: S607
        check=False,
        stderr=subprocess.DEVNULL,
    )
    return ("sudo",) if quiet.returncode == 0 or sys.stdin.isatty() else None


def _advice(commands: list[tuple[str, ...]]) -> str:
    line = " && ".join(" ".join(("sudo", *command)) for command in commands)
    return f"Run this once, then try again:\n  {line}"
