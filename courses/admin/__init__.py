"""Courses in the centre's admin: versions, editions of the regulation, what is kept."""

from courses.admin import editions, previews, records, versions

__all__ = ["editions", "previews", "records", "versions"]
