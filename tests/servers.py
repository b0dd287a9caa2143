"""The servers of one test session, started before Django reads its settings.

Loaded with `-p tests.servers`: what is set in the environment already is used as it is,
by the workers of xdist too.
"""

import atexit
import os
from contextlib import ExitStack

from config.embedded.servers import temporary_servers

os.environ.setdefault("SECRET_KEY", "a key for tests alone")
os.environ.setdefault("EMAIL_URL", "memorymail://")
if "DATABASE_URL" not in os.environ or "REDIS_URL" not in os.environ:
    _servers = ExitStack()
    atexit.register(_servers.close)
    os.environ.update(_servers.enter_context(temporary_servers(os.environ)))
# The owner makes the test database; tests of rights act as the application.
os.environ["DATABASE_URL"] = os.environ["DATABASE_OWNER_URL"]
