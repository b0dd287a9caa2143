"""Children that never outlive the process that started them."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from config.embedded import launch
from config.embedded.unprivileged import Identity

AS_WE_ARE = Identity()


def spawn(
    command: Sequence[str | Path],
    *,
    log: Path,
    death_signal: signal.Signals,
    environment: Mapping[str, str],
    identity: Identity = AS_WE_ARE,
    cwd: Path | None = None,
    stdin: int = subprocess.DEVNULL,
) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own, its output appended to `log`.

    The session keeps the terminal's Ctrl-C away from the child: its parent decides
    in which order children stop. On Linux the kernel sends `death_signal` to the
    child when the thread that called this function ends, by SIGKILL too.

    Args:
        command: The program by its full path, and its arguments.
        log: The file for output and errors.
        death_signal: What the child gets when its parent is gone.
        environment: All of the child's variables.
        identity: The user that the child becomes.
        cwd: The child's folder.
        stdin: As in `subprocess.Popen`.
    """
    with log.open("ab") as output:
        return subprocess.Popen(  # noqa: S603 - commands are our own
            launched(command, death_signal=death_signal, identity=identity),
            stdin=stdin,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=cwd,
            env=dict(environment),
            start_new_session=True,
        )


def launched(
    command: Sequence[str | Path],
    *,
    death_signal: signal.Signals,
    identity: Identity = AS_WE_ARE,
) -> list[str]:
    """Return the command line that becomes `command` by way of `launch`."""
    numbers = (death_signal, identity.user, identity.group, identity.passes)
    return [
        *(sys.executable, "-I", "-S", launch.__file__, str(os.getpid())),
        *(str(int(number)) for number in numbers),
        *(str(part) for part in command),
    ]


def stop(
    process: subprocess.Popen[bytes], *, by: signal.Signals, grace_seconds: float
) -> int:
    """Ask a child to end, kill it when it does not; return its exit code."""
    if process.poll() is None:
        process.send_signal(by)
        try:
            process.wait(grace_seconds)
        except subprocess.TimeoutExpired:
            process.kill()
    return process.wait()
