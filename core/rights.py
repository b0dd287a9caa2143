"""What the application's database role may do to which table."""

from django.apps import apps
from django.db import connection
from psycopg import sql

from core.immutable import insert_only_models


def event_tables() -> list[str]:
    """Return the tables of the trail."""
    return [
        model._meta.db_table
        for model in apps.get_models()
        if hasattr(model, "pgh_tracked_model")
    ]


def insert_only_tables() -> list[str]:
    """Return the tables whose rows the application may neither change nor delete."""
    own = [model._meta.db_table for model in insert_only_models()]
    return sorted({*own, *event_tables()})


def grant_rights(role: str) -> None:
    """Give the application's role what it needs on every table, and no more.

    Raises:
        ProgrammingError: the role does not exist, or the caller does not own the tables.
    """
    name = sql.Identifier(role)
    statements = [
        sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name),
        sql.SQL(
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}"
        ).format(name),
        sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(name),
        *(
            sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(
                sql.Identifier(table), name
            )
            for table in insert_only_tables()
        ),
        sql.SQL("REVOKE ALL ON {} FROM {}").format(
            sql.Identifier("django_migrations"), name
        ),
        sql.SQL("GRANT SELECT ON {} TO {}").format(
            sql.Identifier("django_migrations"), name
        ),
    ]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement.as_string(cursor.connection))
