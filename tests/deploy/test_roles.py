import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg
import pytest

from config.embedded.postgres import installed_binaries, running_postgres

SCRIPT = Path(__file__).parents[2] / "deploy" / "postgres" / "make-roles.sh"


@pytest.fixture
def address():
    """A cluster as the image of PostgreSQL makes it: no role but the superuser."""
    folder = Path(tempfile.mkdtemp(prefix="portal-roles-"))
    folder.chmod(0o711)
    with running_postgres(folder, durable=False) as server:
        with psycopg.connect(server.superuser_url, autocommit=True) as connection:
            connection.execute("DROP DATABASE portal")
            connection.execute("DROP ROLE portal_owner, portal_app")
        variables = {
            "PATH": f"{installed_binaries()}:{os.defpath}",
            "PGHOST": "127.0.0.1",
            "PGPORT": str(server.port),
            "PGPASSWORD": server.passwords["postgres"],
            "POSTGRES_USER": "postgres",
            "OWNER_PASSWORD": "own-er",
            "APP_PASSWORD": "app",
        }
        subprocess.run(["sh", str(SCRIPT)], check=True, env=variables)  # noqa: S603, S607 - our own script
        yield f"host=127.0.0.1 port={server.port} dbname=portal"
    shutil.rmtree(folder)


def test_the_owner_makes_tables_and_the_application_may_not(address):
    with psycopg.connect(f"{address} user=portal_owner password=own-er") as owner:
        owner.execute("CREATE TABLE of_owner (name text)")
    with (
        psycopg.connect(f"{address} user=portal_app password=app") as application,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        application.execute("CREATE TABLE of_application (name text)")
