"""Threads of a race on real PostgreSQL, each with a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection


def run_together(work: Callable[[int], Any], count: int) -> list[Any]:
    """Call `work(0)` … `work(count - 1)` at once; return what each one answered."""

    def closing(number: int) -> Any:
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(closing, range(count)))
