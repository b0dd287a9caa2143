import socket

import psutil
import pytest
import redis

from config.embedded import valkey
from config.embedded.valkey import running_valkey


def test_it_serves_inside_the_block_and_is_gone_after_it(tmp_path):
    with running_valkey(tmp_path) as server, redis.Redis.from_url(server.url) as client:
        assert client.ping() is True

    assert not psutil.pid_exists(server.process.pid)


def test_a_password_is_asked_for(tmp_path):
    with (
        running_valkey(tmp_path) as server,
        redis.Redis(port=server.port, retry=None) as client,
        pytest.raises(redis.AuthenticationError),
    ):
        client.ping()


def test_the_password_is_in_no_list_of_processes(tmp_path):
    with running_valkey(tmp_path) as server:
        arguments = psutil.Process(server.process.pid).cmdline()
    assert not any(server.password in argument for argument in arguments)


def test_a_taken_port_is_passed_over(tmp_path, monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ports = iter([taken.getsockname()[1], valkey.free_port()])
        monkeypatch.setattr(valkey, "free_port", lambda: next(ports))

        with running_valkey(tmp_path) as server:
            assert server.port != taken.getsockname()[1]
