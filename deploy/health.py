"""Exit 0 when a page answers without a server error: `python -m deploy.health URL`."""

import http.client
import sys
from urllib.parse import urlsplit


def is_healthy(url: str) -> bool:
    """Ask for a page; any answer below 500 is a sign of life."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=5)
    try:
        connection.request("GET", parts.path or "/", headers={"Host": "localhost"})
        return connection.getresponse().status < http.client.INTERNAL_SERVER_ERROR
    except OSError:
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(not is_healthy(sys.argv[1]))
