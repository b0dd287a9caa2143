"""What the application's database role may not do, whatever the code tries."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction
from psycopg import sql

from core.models import Counter, TransitionLog
from core.rights import event_tables, insert_only_tables

TABLES = insert_only_tables()


def refused(statement: str, *names: str) -> None:
    query = sql.SQL(statement).format(*map(sql.Identifier, names))
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(query.as_string(cursor.connection))


def first_column(table: str) -> str:
    with connection.cursor() as cursor:
        return connection.introspection.get_table_description(cursor, table)[0].name


def test_the_list_holds_signatures_changes_of_state_and_the_whole_trail():
    assert {"accounts_signature", "core_transitionlog"} <= set(TABLES)
    assert set(event_tables()) <= set(TABLES)
    assert "accounts_userevent" in TABLES


@pytest.mark.parametrize("table", TABLES)
def test_rows_may_not_be_changed(table, as_application):
    column = first_column(table)
    refused("UPDATE {} SET {} = {}", table, column, column)


@pytest.mark.parametrize("table", TABLES)
def test_rows_may_not_be_deleted(table, as_application):
    refused("DELETE FROM {}", table)


@pytest.mark.parametrize("table", TABLES)
def test_tables_may_not_be_emptied(table, as_application):
    refused("TRUNCATE {} CASCADE", table)


@pytest.mark.parametrize("table", TABLES)
def test_triggers_may_not_be_switched_off(table, as_application):
    query = sql.SQL("ALTER TABLE {} DISABLE TRIGGER ALL").format(sql.Identifier(table))
    with (
        pytest.raises(ProgrammingError, match="must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(query.as_string(cursor.connection))


def test_rows_may_be_added_and_read(staff, at, as_application):
    TransitionLog.objects.create(
        subject_model="core.Job",
        subject_id=1,
        name="n",
        source="",
        target="t",
        by=staff,
        at=at,
    )
    assert TransitionLog.objects.count() == 1


def test_other_tables_may_be_written(as_application):
    Counter.objects.create(key="register", value=1)
    Counter.objects.update(value=2)
    Counter.objects.all().delete()


def test_the_history_of_migrations_may_only_be_read(as_application):
    refused("DELETE FROM {}", "django_migrations")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_migrations")


def test_the_trail_is_written_for_the_application_too(staff, as_application):
    """Source: KSTU 6.1: values before and after, whichever path changed them."""
    type(staff).objects.filter(pk=staff.pk).update(surname="Новая")
    event = type(staff).pgh_event_model.objects.filter(pgh_obj_id=staff.pk)
    assert event.latest("pgh_id").surname == "Новая"


def test_without_the_rights_taken_the_owner_may(staff, at, db):
    """The negative control: the refusals above are the role's, not the tables'."""
    TransitionLog.objects.create(
        subject_model="core.Job",
        subject_id=1,
        name="n",
        source="",
        target="t",
        by=staff,
        at=at,
    )
    assert TransitionLog.objects.update(comment="x") == 1


def test_rights_are_given_by_a_command_as_often_as_one_likes(db, capsys):
    role = settings.DATABASE_APPLICATION_ROLE
    call_command("grant_rights", "--role", role)
    assert role in capsys.readouterr().out


def test_a_role_that_is_not_there_gets_no_rights(db):
    with pytest.raises(ProgrammingError, match="does not exist"), transaction.atomic():
        call_command("grant_rights", "--role", "nobody_at_all")
