"""The passport as JSON: its shape, its schema, reading it in and writing it canonically.

What a model allows is asked of the model's own field: no limit is written twice.
"""

from courses.passport_json.reading import PassportError, ReadPassport, read_passport
from courses.passport_json.schema import passport_schema
from courses.passport_json.shape import FORMAT, PASSPORT
from courses.passport_json.upgrade import upgraded
from courses.passport_json.writing import (
    canonical,
    passport_file,
    passport_sha256,
    plain,
)

__all__ = [
    "FORMAT",
    "PASSPORT",
    "PassportError",
    "ReadPassport",
    "canonical",
    "passport_file",
    "passport_schema",
    "passport_sha256",
    "plain",
    "read_passport",
    "upgraded",
]
