"""A Celery worker in a process of its own, on the test's database and a broker of its
own; it dies as hard as a machine does.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import redis
from celery import Celery
from django.conf import settings
from django.db import connection

from config.embedded.valkey import running_valkey

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 90
LOOK_SECONDS = 0.05


@dataclass
class Workers:
    """Workers of one test: start, kill, and what the broker is told."""

    broker_url: str
    folder: Path
    tasks: str = "core.tasks"
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> None:
        """Start a worker with two children; it inherits nothing of the test's."""
        with (self.folder / "worker.log").open("ab") as log:
            worker = subprocess.Popen(  # noqa: S603 (our own words)
                [
                    *(sys.executable, "-m", "celery", "-A", "config", "worker"),
                    *("--include", self.tasks),
                    *("--queues", "quick", "--concurrency", "2"),
                    *("--without-gossip", "--without-mingle", "--loglevel", "WARNING"),
                ],
                cwd=ROOT,
                env=self._environment(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.processes.append(worker)

    def kill(self) -> None:
        """Kill the worker and its children at once, wherever they are."""
        worker = self.processes[-1]
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    def empty_broker(self) -> None:
        """Lose every message."""
        with redis.Redis.from_url(self.broker_url) as broker:
            broker.flushall()

    def messages(self) -> int:
        """Return how many messages nobody has taken yet."""
        with redis.Redis.from_url(self.broker_url) as broker:
            return broker.llen("quick")

    def send(self, task: str, *arguments: tuple[object, ...]) -> None:
        """Put messages into the broker, one for each tuple of arguments."""
        with Celery(broker=self.broker_url, set_as_current=False) as sender:
            for each in arguments:
                sender.send_task(task, args=each, queue="quick")

    def stop(self) -> None:
        """End whatever still runs."""
        for worker in self.processes:
            if worker.poll() is None:
                os.killpg(worker.pid, signal.SIGKILL)
                worker.wait()

    def _environment(self) -> dict[str, str]:
        place = urlsplit(os.environ["DATABASE_URL"])
        name = connection.settings_dict["NAME"]
        return {
            **os.environ,
            "DATABASE_URL": urlunsplit(place._replace(path=f"/{name}")),
            "REDIS_URL": self.broker_url,
            "MEDIA_ROOT": str(settings.MEDIA_ROOT),
            "LOG_LEVEL": "WARNING",
        }


@contextmanager
def workers_of_their_own(
    folder: Path, *, tasks: str = "core.tasks"
) -> Iterator[Workers]:
    """Yield workers with an empty broker that nobody else talks to."""
    folder.mkdir(parents=True, exist_ok=True)
    with running_valkey(folder / "broker") as broker:
        workers = Workers(broker.url, folder, tasks)
        try:
            yield workers
        finally:
            workers.stop()


def wait_until(is_so: Callable[[], bool], *, workers: Workers) -> None:
    """Look often until something is so.

    Raises:
        TimeoutError: it never was; with the end of the worker's log.
    """
    until = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        if time.monotonic() > until:
            log = (workers.folder / "worker.log").read_text("utf-8", "replace")
            raise TimeoutError(log[-3000:])
        time.sleep(LOOK_SECONDS)
