import os
import sys
import time

import psutil
import pytest

from config.demo import programs
from config.demo.programs import Program, Supervisor


@pytest.fixture
def supervisor(tmp_path):
    supervisor = Supervisor(
        logs=tmp_path / "logs", environment=os.environ, cwd=tmp_path
    )
    yield supervisor
    supervisor.stop()


def python(name, code):
    return Program(name=name, command=(sys.executable, "-c", code))


def wait_for_the_end(supervisor):
    supervisor.running[0].process.wait(10)


def test_output_goes_to_the_log_of_the_program(supervisor):
    supervisor.start([python("speaker", "print('said', flush=True)")])
    wait_for_the_end(supervisor)
    assert (supervisor.logs / "speaker.log").read_text() == "said\n"


def test_a_program_that_dies_is_started_again(supervisor):
    supervisor.start([python("sleeper", "import time; time.sleep(60)")])
    first = supervisor.running[0].process
    first.kill()
    wait_for_the_end(supervisor)

    (news,) = supervisor.look_after()

    assert news.startswith("sleeper ended with code -9")
    assert news.endswith("started again")
    assert supervisor.running[0].process.pid != first.pid
    assert supervisor.look_after() == []


def test_a_program_that_cannot_live_stays_down(supervisor, monkeypatch):
    monkeypatch.setattr(programs, "QUICK_DEATHS", 2)
    supervisor.start([python("broken", "raise SystemExit(3)")])
    wait_for_the_end(supervisor)
    supervisor.look_after()
    wait_for_the_end(supervisor)

    (news,) = supervisor.look_after()

    assert news.endswith("it died 2 times in a row and stays down")
    assert supervisor.running == []


def test_stopping_leaves_no_child_of_a_child(supervisor, tmp_path):
    code = (
        "import pathlib, subprocess, sys, time;"
        "child = subprocess.Popen(['sleep', '60']);"
        "pathlib.Path('pid').write_text(str(child.pid));"
        "time.sleep(60)"
    )
    supervisor.start([python("parent", code)])
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
        time.sleep(0.02)
    child = psutil.Process(int((tmp_path / "pid").read_text()))

    supervisor.stop()

    _, alive = psutil.wait_procs([child], timeout=5)
    assert alive == []


def test_a_program_that_does_not_heed_is_killed(supervisor, monkeypatch, tmp_path):
    monkeypatch.setattr(programs, "GRACE_SECONDS", 0.2)
    code = (
        "import pathlib, signal, time;"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "pathlib.Path('ready').touch();"
        "time.sleep(60)"
    )
    supervisor.start([python("deaf", code)])
    while not (tmp_path / "ready").exists():
        time.sleep(0.02)
    process = supervisor.running[0].process

    supervisor.stop()

    assert process.returncode == -9
