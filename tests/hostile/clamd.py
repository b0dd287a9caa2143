"""A server that speaks as clamd does (INSTREAM), and knows one virus."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.hostile.files import EICAR

COMMAND = b"zINSTREAM\0"
FOUND = b"stream: Win.Test.EICAR_HDB-1 FOUND\0"
TOO_LARGE = b"INSTREAM size limit exceeded. ERROR\0"


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        assert self.rfile.read(len(COMMAND)) == COMMAND
        content = b""
        while size := struct.unpack(">I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
            if len(content) > self.server.most_bytes:
                self.wfile.write(TOO_LARGE)
                return
        self.server.seen.append(len(content))
        self.wfile.write(FOUND if EICAR in content else b"stream: OK\0")


class Clamd(socketserver.ThreadingTCPServer):
    """It refuses streams longer than `most_bytes`; `seen` are the lengths of the others."""

    daemon_threads = True
    most_bytes = 25 * 1024 * 1024

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.seen: list[int] = []

    @property
    def address(self) -> str:
        return "{}:{}".format(*self.server_address)


@contextmanager
def running_clamd() -> Iterator[Clamd]:
    with Clamd() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
