import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from config.embedded.ports import free_port
from deploy.health import is_healthy


@pytest.fixture
def answering():
    """A web server that answers every request with one status."""
    servers = []

    def start(status):
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(status)
                self.end_headers()

            def log_message(self, *_arguments):
                """Keep the test's output clean."""

        server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("status", "expected"), [(200, True), (302, True), (404, True), (500, False)]
)
def test_any_answer_but_a_server_error_is_life(answering, status, expected):
    assert is_healthy(answering(status)) is expected


def test_silence_is_no_life():
    assert is_healthy(f"http://127.0.0.1:{free_port()}/") is False
