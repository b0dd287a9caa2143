import os
import socket

import psutil
import psycopg
import pytest

from config.embedded import postgres
from config.embedded.errors import ServerAlreadyRunning, ServerDidNotStart
from config.embedded.postgres import running_postgres


def test_it_serves_inside_the_block_and_is_gone_after_it(folder):
    with running_postgres(folder, durable=False) as server:
        with psycopg.connect(server.app_url) as connection:
            who = connection.execute("SELECT current_user").fetchone()
        assert who == ("portal_app",)

    assert not psutil.pid_exists(server.process.pid)


def test_a_second_start_keeps_the_data(made):
    with (
        running_postgres(made, durable=False) as server,
        psycopg.connect(server.owner_url) as connection,
    ):
        connection.execute("CREATE TABLE kept (name text)")
        connection.execute("INSERT INTO kept VALUES ('Қазақ')")

    with (
        running_postgres(made, durable=True) as server,
        psycopg.connect(server.owner_url) as connection,
    ):
        assert connection.execute("SELECT name FROM kept").fetchall() == [("Қазақ",)]


def test_the_application_may_not_make_tables(made):
    with (
        running_postgres(made, durable=False) as server,
        psycopg.connect(server.app_url) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("CREATE TABLE own (name text)")


def test_the_owner_makes_test_databases_and_acts_as_the_application(made):
    with (
        running_postgres(made, durable=False) as server,
        psycopg.connect(server.owner_url, autocommit=True) as connection,
    ):
        connection.execute("CREATE DATABASE test_portal")
        connection.execute("SET ROLE portal_app")
        who = connection.execute("SELECT current_user").fetchone()
    assert who == ("portal_app",)


def test_a_password_is_asked_for(made):
    with (
        running_postgres(made, durable=False) as server,
        pytest.raises(psycopg.OperationalError, match="password"),
    ):
        psycopg.connect(server.app_url.replace(server.passwords["portal_app"], "x"))


def test_passwords_are_readable_by_their_owner_only(made):
    with running_postgres(made, durable=False):
        assert (made / "passwords.json").stat().st_mode & 0o777 == 0o600


def test_a_taken_port_is_passed_over(made, monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ports = iter([taken.getsockname()[1], postgres.free_port()])
        monkeypatch.setattr(postgres, "free_port", lambda: next(ports))

        with running_postgres(made, durable=False) as server:
            assert server.port != taken.getsockname()[1]
            assert psutil.pid_exists(server.process.pid)


def test_the_lock_of_a_process_that_is_no_server_is_cleared(made):
    with running_postgres(made, durable=False):
        lock = (made / "cluster" / "postmaster.pid").read_text().split("\n", 1)[1]
    (made / "cluster" / "postmaster.pid").write_text(f"{os.getpid()}\n{lock}")

    with running_postgres(made, durable=False) as server:
        assert psutil.pid_exists(server.process.pid)


def test_two_servers_never_share_a_folder(made, monkeypatch):
    monkeypatch.setattr(postgres, "SETTLE_SECONDS", 0.1)
    with (
        running_postgres(made, durable=False) as server,
        pytest.raises(ServerAlreadyRunning, match=str(server.process.pid)),
        running_postgres(made, durable=False),
    ):
        pass


def test_a_cluster_that_was_cut_short_is_made_anew(folder):
    (folder / "cluster.new" / "base").mkdir(parents=True)

    with running_postgres(folder, durable=False) as server:
        assert psutil.pid_exists(server.process.pid)


def test_a_server_that_cannot_start_says_why(made):
    with running_postgres(made, durable=False):
        pass
    with (made / "cluster" / "postgresql.conf").open("a") as settings:
        settings.write("no_such_setting = 1\n")

    with (
        pytest.raises(ServerDidNotStart, match="no_such_setting"),
        running_postgres(made, durable=False),
    ):
        pass
