"""Run a command with servers of its own: `python -m config.embedded COMMAND…`.

The servers are empty and gone when the command ends. It acts as the owner of the
database, so that it may migrate.
"""

import os
import subprocess
import sys

from config.embedded.servers import temporary_servers


def main(command: list[str]) -> int:
    """Return the exit code of the command."""
    with temporary_servers(os.environ) as addresses:
        variables = {
            "SECRET_KEY": "temporary",
            **os.environ,
            **addresses,
            "DATABASE_URL": addresses["DATABASE_OWNER_URL"],
        }
        return subprocess.run(command, check=False, env=variables).returncode  # noqa: S603 - the caller's own command


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
