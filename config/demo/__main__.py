"""`python -m config.demo [--reset]`: the whole portal from one command.

Servers that the environment names (DATABASE_URL, REDIS_URL) are used, others are
started; all data live in DATA_DIR. Ctrl-C stops everything.
"""

import argparse
import http.client
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from urllib.parse import unquote, urlsplit

from config.demo.folder import DemoAlreadyRunning, DemoFolder
from config.demo.programs import Supervisor, portal_programs
from config.embedded.errors import ServerAlreadyRunning, ServerDidNotStart
from config.embedded.ports import LOOPBACK, is_free
from config.embedded.servers import Servers, running_servers

PROJECT = Path(__file__).resolve().parents[2]
STARTED = time.monotonic()
READY_SECONDS = 90


class DemoFailed(RuntimeError):
    """The demo cannot go on; the message says why and what to do."""


def main() -> int:
    """Run the demo until it is stopped; return the exit code."""
    parser = argparse.ArgumentParser(prog="config.demo")
    parser.add_argument("--reset", action="store_true", help="make all data anew")
    is_reset = parser.parse_args().reset
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    folder = DemoFolder(Path(os.environ.get("DATA_DIR", PROJECT / ".data")).resolve())
    try:
        with folder.held():
            if is_reset:
                reset(folder)
            serve(folder, port=int(os.environ.get("PORT", "8000")))
    except KeyboardInterrupt:
        tell("Stopped. The data stay; `make demo` goes on with them.")
        return 0
    except (
        DemoAlreadyRunning,
        DemoFailed,
        ServerAlreadyRunning,
        ServerDidNotStart,
    ) as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    return 0


def interrupt(_number: int, _frame: FrameType | None) -> None:
    """Unwind once; while everything stops, further signals are not heard."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    print(flush=True)
    tell("Stopping")
    raise KeyboardInterrupt


def tell(text: str) -> None:
    """Print a line with the time since the start."""
    print(f"{time.monotonic() - STARTED:6.1f} s  {text}", flush=True)


def reset(folder: DemoFolder) -> None:
    """Remove the data of the demo.

    Raises:
        DemoFailed: The database is not the demo's own.
    """
    if os.environ.get("DATABASE_URL"):
        message = "DATABASE_URL is set: empty that database by hand, or unset it."
        raise DemoFailed(message)
    folder.reset()
    tell("Data removed")


def serve(folder: DemoFolder, *, port: int) -> None:
    """Start everything, say where it is, and look after it until interrupted.

    Raises:
        DemoFailed: Something cannot be started.
    """
    if not is_free(port):
        message = f"Port {port} is taken. Choose another: PORT={port + 1} make demo"
        raise DemoFailed(message)
    with running_servers(folder.path, os.environ, durable=True) as servers:
        tell("Servers: " + (", ".join(servers.processes) or "the given ones"))
        environment = portal_environment(folder, servers, port=port)
        prepare(folder, environment)
        supervisor = Supervisor(logs=folder.logs, environment=environment, cwd=PROJECT)
        try:
            supervisor.start(portal_programs(folder.path))
            wait_until_it_answers(port, supervisor)
            welcome(environment, port=port)
            while True:
                time.sleep(0.5)
                look_after(servers, supervisor)
        finally:
            supervisor.stop()
            folder.variables.unlink(missing_ok=True)


def portal_environment(
    folder: DemoFolder, servers: Servers, *, port: int
) -> dict[str, str]:
    """Return the variables that the portal's settings read; keep them in a file."""
    own = {
        "SECRET_KEY": os.environ.get("SECRET_KEY") or folder.secret_key(),
        "DATA_DIR": str(folder.path),
        "BASE_URL": os.environ.get("BASE_URL", f"http://localhost:{port}"),
        "PORT": str(port),
        "DATABASE_APPLICATION_ROLE": role_of(servers.addresses["DATABASE_URL"]),
        **servers.addresses,
    }
    folder.write_variables(own)
    return {**os.environ, **own}


def role_of(url: str) -> str:
    """Return the role in the address of a database."""
    return unquote(urlsplit(url).username or "")


def prepare(folder: DemoFolder, environment: dict[str, str]) -> None:
    """Migrate as the owner; load the demo data the first time."""
    run(sys.executable, "-m", "config.migrate", environment=environment)
    tell("Database is up to date")
    mark = folder.loaded_mark(os.environ.get("DATABASE_URL"))
    if not mark.exists():
        tell("Loading demo data, once")
        run(
            *(sys.executable, "manage.py", "load_demo"),
            environment=environment,
            is_shown=True,
        )
        mark.touch()
        tell("Demo data are in")


def run(
    *command: str, environment: dict[str, str], is_shown: bool = False
) -> str | None:
    """Run a command in the project's folder; return its output, or let it be seen.

    Raises:
        DemoFailed: It ended with an error; the message has its output.
    """
    done = subprocess.run(  # noqa: S603 - commands are our own
        command,
        check=False,
        cwd=PROJECT,
        env=environment,
        stdout=None if is_shown else subprocess.PIPE,
        stderr=None if is_shown else subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        output = (done.stdout or "")[-3000:]
        message = f"{output}\nThis failed: {' '.join(command)}"
        raise DemoFailed(message)
    return done.stdout


def wait_until_it_answers(port: int, supervisor: Supervisor) -> None:
    """Wait for the first answer of the web server.

    Raises:
        DemoFailed: It gave none in time.
    """
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        for news in supervisor.look_after():
            tell(news)
        try:
            connection = http.client.HTTPConnection(LOOPBACK, port, timeout=30)
            connection.request("GET", "/", headers={"Host": "localhost"})
            status = connection.getresponse().status
        except OSError:
            time.sleep(0.1)
        else:
            if status >= http.client.INTERNAL_SERVER_ERROR:
                tell(f"Its first page is an error, {status}: see {supervisor.logs}")
            return
        finally:
            connection.close()
    message = f"The web server does not answer, see {supervisor.logs / 'web.log'}"
    raise DemoFailed(message)


def welcome(environment: dict[str, str], *, port: int) -> None:
    """Print the addresses, and one login for each role."""
    tell(f"The portal is at http://localhost:{port}/, its admin at /admin/")
    print(run(sys.executable, "manage.py", "demo_logins", environment=environment))
    print("Ctrl-C stops everything.", flush=True)


def look_after(servers: Servers, supervisor: Supervisor) -> None:
    """Restart what died; nothing goes on without its database.

    Raises:
        DemoFailed: An embedded server ended.
    """
    if ended := servers.ended():
        message = f"{', '.join(ended)} ended by itself; start again with `make demo`."
        raise DemoFailed(message)
    for news in supervisor.look_after():
        tell(news)


if __name__ == "__main__":
    sys.exit(main())
