import json
import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

PROJECT = Path(__file__).parents[2]
PARENT = """
import json, pathlib, sys, time
from config.embedded.postgres import running_postgres
from config.embedded.valkey import running_valkey
folder = pathlib.Path(sys.argv[1])
with running_postgres(folder, durable=False) as server, running_valkey(folder) as broker:
    print(json.dumps([server.process.pid, broker.process.pid]), flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("mode", [0o711, 0o700], ids=["open", "closed"])
@pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux tells a child of its parent's death"
)
def test_a_killed_parent_leaves_no_server_behind(folder, mode):
    folder.chmod(mode)
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", PARENT, str(folder)],
        stdout=subprocess.PIPE,
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
    ) as parent:
        servers = [psutil.Process(pid) for pid in json.loads(parent.stdout.readline())]
        families = [*servers, *servers[0].children(recursive=True)]
        parent.kill()

    _, alive = psutil.wait_procs(families, timeout=20)
    assert alive == []
