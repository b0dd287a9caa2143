"""`python3 -m deploy.setup [--dev]`: from a bare machine to a portal that can start.

Each step is skipped while its inputs are as they were; a second run takes a second.
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

from deploy.setup import packages
from deploy.setup.progress import Stamps, contents_of, step

PROJECT = Path(__file__).resolve().parents[2]
VENV = PROJECT / ".venv"
PYTHON = VENV / "bin" / "python"
LOG = PROJECT / "build" / "setup.log"
STAMPS = Stamps(VENV / "stamps")
# The code that fonts and style sheets are made by.
CUTTERS = ("core/fonts.py", "core/pdf/faces.py", "core/styles.py")
# Enough for commands that read the settings and never ask a server.
TOOL_SETTINGS = {
    "SECRET_KEY": "setup",
    "DATABASE_URL": "postgres://nobody@127.0.0.1/none",
}


class StepFailed(Exception):
    """A command of the set-up ended with an error; its last words are the message."""


def main() -> int:
    """Do what is not done yet; return the exit code."""
    parser = argparse.ArgumentParser(prog="deploy.setup")
    parser.add_argument("--dev", action="store_true", help="with tests and checks")
    is_dev = parser.parse_args().dev
    LOG.parent.mkdir(exist_ok=True)
    try:
        install_system_packages()
        make_environment()
        install_requirements(is_dev=is_dev)
        build_assets()
    except (packages.PackagesMissing, StepFailed) as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    if is_dev:
        install_browser()
    return 0


def install_system_packages() -> None:
    """Install what apt, dnf or brew must bring, where it is missing."""
    needs = packages.missing((packages.VENV, packages.GETTEXT, *packages.WEASYPRINT))
    if needs:
        names = ", ".join(need.what for need in needs)
        with step(f"System packages: {names}"):
            packages.install(needs, log=LOG)


def install_browser() -> None:
    """Install a browser for tests; without one those tests say so and are skipped."""
    needs = packages.missing(packages.BROWSER_TESTS)
    if not needs:
        return
    names = ", ".join(need.what for need in needs)
    try:
        with step(f"System packages: {names}, for tests in the browser"):
            packages.install(needs, log=LOG)
    except packages.PackagesMissing as problem:
        print(f"Tests in the browser will be skipped. {problem}")


def make_environment() -> None:
    """Make .venv with uv in it, anew when its Python is another one or broken."""
    lock = PROJECT / "deploy" / "setup" / "uv.txt"
    state = f"{sys.version}\n{contents_of([lock])}"
    if STAMPS.is_current("environment", state):
        return
    with step(f"Python environment, {sys.version.split()[0]}"):
        if not has_environment():
            base = Path(sys.executable).resolve()  # it may be the one that is removed
            shutil.rmtree(VENV, ignore_errors=True)
            run(base, "-m", "venv", VENV)
        run(PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", lock)
    STAMPS.set("environment", state)


def has_environment() -> bool:
    """Tell whether .venv works, with pip and this very version of Python."""
    if not PYTHON.exists():
        return False
    probe = [str(PYTHON), "-c", "import pip, sys; print(sys.version)"]
    answer = subprocess.run(probe, check=False, capture_output=True, text=True)  # noqa: S603 - our own Python
    return answer.stdout.strip() == sys.version


def install_requirements(*, is_dev: bool) -> None:
    """Bring the environment to exactly the locked versions.

    What tests need stays once it is there, so that set-ups of both kinds in turn do
    not install and remove it.
    """
    is_dev = is_dev or (STAMPS.folder / "dev").exists()
    names = ["requirements.txt", *(["requirements-dev.txt"] if is_dev else [])]
    locks = [PROJECT / name for name in names]
    state = contents_of(locks)
    if STAMPS.is_current("requirements", state):
        return
    with step("Python packages" + (", with those of tests" if is_dev else "")):
        uv = (VENV / "bin" / "uv", "pip", "sync", "--quiet", "--require-hashes")
        run(*uv, "--python", PYTHON, *locks)
    STAMPS.set("requirements", state)
    if is_dev:
        STAMPS.set("dev", "")


def build_assets() -> None:
    """Make fonts, translations, style sheets and the folder of static files."""
    code = contents_of([PROJECT / "requirements.txt"])
    messages = contents_of(PROJECT.glob("locale*/*/LC_MESSAGES/*.po"))
    if not STAMPS.is_current("messages", messages):
        with step("Translations"):
            manage("compilemessages", "--ignore=.venv", "--ignore=build")
        STAMPS.set("messages", messages)
    sources = [path for path in (PROJECT / "static").rglob("*") if path.is_file()]
    state = code + contents_of([*sources, *map(PROJECT.joinpath, CUTTERS)])
    collected = PROJECT / "build" / "collected"
    if not STAMPS.is_current("static", state) or not collected.is_dir():
        with step("Fonts, style sheets, static files"):
            manage("build_fonts")
            manage("build_styles")
            manage("collectstatic", "--no-input", "--clear", "--verbosity=0")
        STAMPS.set("static", state)


def manage(*arguments: str) -> None:
    """Run a management command that needs no server."""
    run(PYTHON, "manage.py", *arguments, **TOOL_SETTINGS)


def run(*command: str | Path, **variables: str) -> None:
    """Run a command in the project's folder, its output kept in the log.

    Raises:
        StepFailed: It ended with an error.
    """
    done = subprocess.run(  # noqa: S603 - commands are our own
        [str(part) for part in command],
        check=False,
        cwd=PROJECT,
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with LOG.open("a") as log:
        log.write(f"$ {' '.join(str(part) for part in command)}\n{done.stdout}")
    if done.returncode:
        message = f"{done.stdout[-3000:]}\nThis command failed; all is in {LOG}:"
        raise StepFailed(f"{message}\n  {' '.join(str(part) for part in command)}")


if __name__ == "__main__":
    sys.exit(main())
