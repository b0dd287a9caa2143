"""Every door of the portal that takes a file: its address, its field, who may come."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.config.world import World

OWN = {"rights": "own"}


@dataclass(frozen=True)
class Door:
    """Where a file is posted; `names` stand in the address, `query` after it.

    `ending` is that of an archive that the door takes, or would take for one of its own.
    """

    address: str
    who: str
    ending: str
    names: tuple[str, ...] = ()
    query: str = ""
    file_field: str = "file"
    values: Mapping[str, Any] = field(default_factory=dict)

    def url(self, world: World) -> str:
        args = [world.names[name] for name in self.names]
        return reverse(self.address, args=args) + self.query


OF_PASSPORT = ("version",)
BORROWED = {"title": "Фильм", "is_consent_needed": "on"}
DOORS = {
    "a video": Door(
        *("courses:material_add", "author", "mp4", OF_PASSPORT, "?kind=video"),
        file_field="files",
        values=OWN,
    ),
    "a text": Door(
        *("courses:material_add", "author", "docx", OF_PASSPORT, "?kind=text"),
        file_field="files",
        values=OWN,
    ),
    "slides": Door(
        *("courses:material_add", "author", "pptx", OF_PASSPORT, "?kind=presentation"),
        file_field="files",
        values=OWN,
    ),
    "a picture": Door(
        *("courses:material_add", "author", "png", OF_PASSPORT, "?kind=image"),
        file_field="files",
        values=OWN,
    ),
    "another file of a material": Door(
        *("courses:material_edit", "author", "docx", ("version", "material")),
        values={**OWN, "title": "Текст"},
    ),
    "a consent": Door(
        *("courses:borrowed_list", "author", "docx", OF_PASSPORT),
        file_field="consent",
        values=BORROWED,
    ),
    "questions": Door("courses:bank_import", "author", "xlsx", OF_PASSPORT),
    "questions as XML": Door("courses:bank_import", "author", "xml", OF_PASSPORT),
    "a glossary": Door("courses:term_import", "author", "xml", OF_PASSPORT),
    "a passport": Door("courses:exchange", "author", "json", OF_PASSPORT),
    "a backup into a course": Door(
        "courses:import_upload", "author", "mbz", OF_PASSPORT
    ),
    "a backup as a course": Door("courses:import_new", "staff", "mbz"),
    "a document of the register": Door(
        *("registry:document_receive", "staff", "docx", ("entry",)),
        values={"kind": "estimate"},
    ),
    "results": Door("registry:results_import", "staff", "xlsx", ("run",)),
    "payments": Door(
        *("admin:finance_payment_import", "finance", "xlsx"),
        file_field="import_file",
        values={"format": "0", "resource": "0"},
    ),
    "a certificate to verify": Door("certificates:verify", "nobody", "pdf"),
}


def enter(door: Door, world: World, client: Any) -> None:
    """Sign the person of a door in; what a first POST keeps of a passport is kept."""
    person = world.people[door.who]
    if person is not None:
        client.force_login(person)
    client.post(door.url(world), dict(door.values))


def bring(door: Door, world: World, client: Any, name: str, content: bytes) -> Any:
    """Post a file under a name as a client may send it: Django's own setter cuts it."""
    file = SimpleUploadedFile("x", content)
    file._name = name
    return client.post(door.url(world), {**door.values, door.file_field: file})
