"""The programs of the portal, kept running."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from config.embedded.child import spawn, stop

GRACE_SECONDS = 20
QUICK_DEATH_SECONDS = 10
QUICK_DEATHS = 5


@dataclass(frozen=True, kw_only=True)
class Program:
    """One program: its name is that of its log."""

    name: str
    command: tuple[str, ...]


@dataclass(kw_only=True)
class RunningProgram:
    """A program, its process, and how often it died soon after a start."""

    program: Program
    process: subprocess.Popen[bytes]
    started: float
    quick_deaths: int = 0


def portal_programs(data_dir: Path) -> list[Program]:
    """Return the web server, the workers of both lanes and the clock."""
    celery = (sys.executable, "-m", "celery", "--app=config", "--quiet")
    return [
        Program(
            name="web",
            command=(sys.executable, "-m", "gunicorn", "--config=deploy/gunicorn.py"),
        ),
        *(
            Program(
                name=f"worker-{lane}",
                command=(
                    *(*celery, "worker", f"--queues={lane}", f"--hostname={lane}@%h"),
                    *(f"--concurrency={size}", "--loglevel=INFO"),
                    *("--without-gossip", "--without-mingle"),
                ),
            )
            for lane, size in (("quick", 2), ("heavy", 1))
        ),
        Program(
            name="beat",
            command=(
                *(*celery, "beat", "--loglevel=INFO", "--pidfile="),
                f"--schedule={data_dir / 'beat-schedule'}",
            ),
        ),
    ]


@dataclass(kw_only=True)
class Supervisor:
    """Starts programs, starts again what dies, stops them all."""

    logs: Path
    environment: Mapping[str, str]
    cwd: Path
    running: list[RunningProgram] = field(default_factory=list)

    def start(self, programs: list[Program]) -> None:
        """Start programs, each with a fresh log."""
        self.logs.mkdir(exist_ok=True)
        for program in programs:
            self.log_of(program).write_bytes(b"")
            one = RunningProgram(
                program=program,
                process=self._spawn(program),
                started=time.monotonic(),
            )
            self.running.append(one)

    def look_after(self) -> list[str]:
        """Start again what died; return what the person should be told."""
        return [
            self._restart(one)
            for one in list(self.running)
            if one.process.poll() is not None
        ]

    def stop(self) -> None:
        """End all programs at once; kill the ones that do not heed."""
        for one in self.running:
            if one.process.poll() is None:
                one.process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        for one in self.running:
            left = max(0.1, deadline - time.monotonic())
            stop(one.process, by=signal.SIGTERM, grace_seconds=left)
            end_session(one.process)
        self.running.clear()

    def log_of(self, program: Program) -> Path:
        """Return the file that a program's words go to."""
        return self.logs / f"{program.name}.log"

    def _restart(self, one: RunningProgram) -> str:
        program, code = one.program, one.process.returncode
        told = f"{program.name} ended with code {code}, see {self.log_of(program)};"
        lived = time.monotonic() - one.started
        one.quick_deaths = one.quick_deaths + 1 if lived < QUICK_DEATH_SECONDS else 0
        end_session(one.process)
        if one.quick_deaths >= QUICK_DEATHS:
            self.running.remove(one)
            return f"{told} it died {QUICK_DEATHS} times in a row and stays down"
        one.process, one.started = self._spawn(program), time.monotonic()
        return f"{told} started again"

    def _spawn(self, program: Program) -> subprocess.Popen[bytes]:
        return spawn(
            program.command,
            log=self.log_of(program),
            death_signal=signal.SIGTERM,
            environment=self.environment,
            cwd=self.cwd,
        )


def end_session(process: subprocess.Popen[bytes]) -> None:
    """Kill what an ended program left in its session: children of a killed worker."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return
