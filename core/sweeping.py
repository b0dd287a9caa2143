"""Files that were taken in and never confirmed: known by that nothing names them.

A file is named by a row, by a row of the trail, or by its hash inside a JSON: a
snapshot of a passport, the contents of a backup. Only the folders of `SWEPT_FOLDERS`
are looked at, and of them only files older than any preview lives.
"""

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q, TextField
from django.db.models.functions import Cast

from core.storage import delete_older, is_older

logger = logging.getLogger(__name__)

# A preview may be confirmed for a day; a week leaves time to find out about a fault.
DAYS = 7
BATCH = 500
NAME_FIELD = re.compile(r"(.+_)?stored_as")
# Looked for at each sign: other hexadecimal signs may stand right before one.
HASH = re.compile(r"(?=([0-9a-f]{64}))")
# What the trail keeps of a request names no file.
CONTEXT = "pgh_context"


@dataclass(slots=True)
class Swept:
    """What a sweep found; `names` are those of the files that nothing names."""

    looked_at: int = 0
    names: list[str] = field(default_factory=list)
    size_bytes: int = 0


def sweep_files(*, at: datetime, days: int = DAYS, is_dry: bool = False) -> Swept:
    """Delete the files older than `days` that nothing names; a dry run deletes none."""
    before, swept = at - timedelta(days=days), Swept()
    for folder in settings.SWEPT_FOLDERS:
        names = files_under(folder)
        while batch := list(islice(names, BATCH)):
            swept.looked_at += len(batch)
            old = [name for name in batch if is_older(name, before)]
            for name in unnamed(old):
                _sweep(name, before, swept, is_dry=is_dry)
    return swept


def _sweep(name: str, before: datetime, swept: Swept, *, is_dry: bool) -> None:
    if is_dry:
        size = default_storage.size(name) if is_older(name, before) else None
    else:
        # Whoever brings the same file again makes it young: it is asked once more.
        size = delete_older(name, before)
    if size is None:
        return
    swept.names.append(name)
    swept.size_bytes += size
    if not is_dry:
        logger.info("%s was swept: nothing names it", name)


def files_under(folder: str) -> Iterator[str]:
    """Give the names of all files in a folder of the storage and below."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        yield f"{folder}/{name}"
    for name in folders:
        yield from files_under(f"{folder}/{name}")


def unnamed(names: Sequence[str]) -> list[str]:
    """Return those of the names that no row, no trail and no JSON holds."""
    left = set(names)
    for model, column in _columns(models.CharField):
        if left and NAME_FIELD.fullmatch(column):
            rows = every_row(model).filter(**{f"{column}__in": left})
            left -= set(rows.values_list(column, flat=True))
    by_hash: dict[str, list[str]] = {}
    for name in left:
        for mark in HASH.findall(name):
            by_hash.setdefault(mark, []).append(name)
    for mark in _marks_in_json(by_hash):
        left -= set(by_hash[mark])
    return sorted(left)


def _marks_in_json(marks: Iterable[str]) -> set[str]:
    """Return those of the hashes that stand somewhere in a JSON."""
    wanted = sorted(marks)
    if not wanted:
        return set()
    pattern, found = "|".join(wanted), set()
    for model, column in _columns(models.JSONField):
        rows = every_row(model).annotate(text_of_json=Cast(column, TextField()))
        holding = rows.filter(Q(text_of_json__regex=pattern))
        for text in holding.values_list("text_of_json", flat=True).iterator():
            found |= set(HASH.findall(text)).intersection(wanted)
    return found


def every_row(model: Any) -> Any:
    """Return all rows of a table: a manager of its own may hide some."""
    return model._base_manager.all()  # noqa: SLF001 - Django's own documented name


def _columns(kind: type[models.Field[Any, Any]]) -> Iterator[tuple[Any, str]]:
    """Give each column of a kind in each table, those of the trail with them."""
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.proxy:
            continue  # the trail seen as one table, which is none
        for column in model._meta.concrete_fields:
            if isinstance(column, kind) and column.name != CONTEXT:
                yield model, column.name
