"""What workers do for courses: each module registers how its jobs are done."""

from courses.tasks import course_imports, materials, previews

__all__ = ["course_imports", "materials", "previews"]
