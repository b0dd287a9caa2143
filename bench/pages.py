"""Pages beside a bare view and a bare list: requests a second, in one run.

gunicorn with two sync workers serves the demo's data from PostgreSQL; `wrk -c8` asks
from the same cores, the pages in turn.

    python -m config.embedded python -m bench.pages [--seconds 3] [--json]
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from tempfile import TemporaryDirectory

import django

from config.embedded.ports import free_port

ROUNDS = 3
RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
START_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Page:
    """An address, and the cookie of who asks for it; nobody's where it is empty."""

    path: str
    cookie: str = ""


class BenchFailed(RuntimeError):
    """Something needed is missing; the message says what."""


def measure(*, seconds: int) -> dict[str, object]:
    """Return requests a second of each page, and their ratio to the bare list.

    Raises:
        BenchFailed: wrk is not installed, or the server does not answer.
    """
    if shutil.which("wrk") is None:
        message = "wrk is needed: apt-get install wrk."
        raise BenchFailed(message)
    pages = {
        "bare view": Page("/bench/bare/"),
        "bare list": Page("/bench/list/"),
        **_portal_pages(),
    }
    rates: dict[str, list[float]] = {name: [] for name in pages}
    with _serving() as base:
        for page in pages.values():
            _fetch(base + page.path, page.cookie)
        for _round in range(ROUNDS):
            for name, page in pages.items():
                rates[name].append(_rate(base + page.path, page.cookie, seconds))
    medians = {name: median(values) for name, values in rates.items()}
    return {
        "requests_per_second": {name: round(rate, 1) for name, rate in medians.items()},
        "ratio_to_bare_list": {
            name: round(rate / medians["bare list"], 2)
            for name, rate in medians.items()
        },
    }


def _portal_pages() -> dict[str, Page]:
    """Return pages that exist in the data."""
    from django.urls import reverse  # noqa: PLC0415 (Django is set up by now)

    from certificates.models import Certificate  # noqa: PLC0415
    from registry.models import RegisterEntry  # noqa: PLC0415

    certificate = Certificate.objects.order_by("number").first()
    if certificate is None:
        message = "The demo has no certificate."
        raise BenchFailed(message)
    path = certificate.verification_url.partition("://")[2].partition("/")[2]
    entry = RegisterEntry.objects.filter(state="open").first()
    if entry is None:
        message = "The demo has no open course."
        raise BenchFailed(message)
    return {
        "verify a certificate": Page(f"/{path}"),
        "showcase": Page("/"),
        "a course": Page(reverse("registry:course_detail", args=[entry.number])),
        "a form of the passport with its panel": _form_of_the_passport(),
    }


def _form_of_the_passport() -> Page:
    """Return a form of the large course, for its author who is signed in."""
    from django.test import Client  # noqa: PLC0415 (Django is set up by now)

    from bench.check import AT, large_course  # noqa: PLC0415

    version = large_course()
    author = version.course.created_by
    author.email_confirmed_at = AT
    author.save()
    version.authorships.create(user=author, is_lead=True)
    client = Client()
    client.force_login(author)
    cookie = client.cookies["sessionid"].OutputString([])
    return Page(f"/courses/{version.pk}/grading/", cookie)


@contextmanager
def _serving() -> Iterator[str]:
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", "config.wsgi", "--workers", "2",
        "--bind", f"127.0.0.1:{port}", "--log-level", "error",
    ]  # fmt: skip
    server = subprocess.Popen(command, env=os.environ)  # noqa: S603 (our own words)
    base = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                _fetch(f"{base}/bench/bare/")
                break
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)
        yield base
    finally:
        server.terminate()
        server.wait()


def _fetch(url: str, cookie: str = "") -> None:
    """Ask for a page once.

    Raises:
        BenchFailed: it leads elsewhere, to signing in for instance.
    """
    asked = urllib.request.Request(url, headers={"Cookie": cookie})  # noqa: S310 (loopback)
    with urllib.request.urlopen(asked, timeout=10) as answer:  # noqa: S310 (loopback)
        answer.read()
        if answer.url != url:
            raise BenchFailed(answer.url)


def _rate(url: str, cookie: str, seconds: int) -> float:
    command = ["wrk", "-t1", "-c8", f"-d{seconds}s", "-H", f"Cookie: {cookie}", url]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 (our own words)
    found = RATE.search(done.stdout)
    if found is None or "Non-2xx" in done.stdout:
        raise BenchFailed(done.stdout)
    return float(found.group(1))


def prepare() -> None:
    """Migrate, load the demo and render its certificates, in this process's database."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 (Django is set up now)
    from django.utils import timezone  # noqa: PLC0415

    import certificates.tasks  # noqa: F401, PLC0415 (registers the job)
    import core.tasks  # noqa: F401, PLC0415
    from core.enums import Lane  # noqa: PLC0415
    from core.jobs import run_due  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("load_demo", verbosity=0)
    run_due(Lane.QUICK, clock=timezone.now)


def main() -> None:
    """Measure and print, as a table or as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    os.environ.setdefault("EMAIL_URL", "dummymail://")
    with TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        prepare()
        figures = measure(seconds=options.seconds)
    print(json.dumps(figures, ensure_ascii=False, indent=None if options.json else 2))


if __name__ == "__main__":
    main()
