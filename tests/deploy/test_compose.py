import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.urls import reverse

from core.antivirus import ANSWER_SECONDS
from core.uploads import MEGABYTE
from courses.material_kinds import KINDS
from courses.services.course_import import uploading
from deploy.setup import packages

PROJECT = Path(__file__).parents[2]
COMPOSE = PROJECT / "docker-compose.yml"
SERVICES = yaml.safe_load(COMPOSE.read_text())["services"]
PORTAL = ["web", "worker", "worker-heavy", "beat", "migrate"]


def test_the_file_keeps_the_compose_specification():
    check = [sys.executable, "-m", "check_jsonschema"]
    done = subprocess.run(  # noqa: S603 - our own tool
        [*check, "--builtin-schema", "vendor.compose-spec", str(COMPOSE)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout


def test_every_service_that_stays_tells_its_health():
    assert [n for n, s in SERVICES.items() if "healthcheck" not in s] == ["migrate"]


def test_nginx_is_the_only_way_in():
    assert [n for n, s in SERVICES.items() if "ports" in s] == ["nginx"]


@pytest.mark.parametrize("name", PORTAL)
def test_programs_of_the_portal_have_no_privileges(name):
    assert SERVICES[name]["cap_drop"] == ["ALL"]
    assert SERVICES[name]["security_opt"] == ["no-new-privileges:true"]


def test_the_image_does_not_run_as_root():
    dockerfile = (PROJECT / "Dockerfile").read_text()
    assert re.findall(r"^USER (\S+)", dockerfile, re.MULTILINE) == ["10001"]


def test_the_owner_of_the_tables_is_known_to_migrations_only():
    owners = [n for n in PORTAL if "DATABASE_OWNER_URL" in SERVICES[n]["environment"]]
    assert owners == ["migrate"]


@pytest.mark.parametrize("name", PORTAL)
def test_programs_serve_as_the_application(name):
    url = SERVICES[name]["environment"]["DATABASE_URL"]
    assert url.startswith("postgres://portal_app:")


def test_what_is_to_be_scaled_has_nothing_of_its_own():
    assert {"container_name", "ports", "hostname"} & set(SERVICES["worker"]) == set()


def test_each_lane_has_workers():
    queues = re.findall(r"--queues=(\w+)", COMPOSE.read_text())
    assert queues == ["quick", "heavy"]


def test_the_broker_keeps_a_log_of_its_data():
    assert "--appendonly yes" in SERVICES["redis"]["command"][2]


def test_every_variable_is_named_in_the_example():
    used = set(re.findall(r"\$\{([A-Z_]+)", COMPOSE.read_text()))
    named = set(
        re.findall(r"^([A-Z_]+)=", (PROJECT / ".env.example").read_text(), re.MULTILINE)
    )
    assert used - named == {"WEB_WORKERS"}


def test_the_image_has_the_libraries_that_set_up_installs():
    dockerfile = (PROJECT / "Dockerfile").read_text()
    assert [n.apt for n in packages.WEASYPRINT if n.apt not in dockerfile] == []


def megabytes_taken(address: str) -> int:
    """Return the limit of nginx for a body sent to an address."""
    conf = (PROJECT / "deploy/nginx/portal.conf").read_text()
    special = re.search(r"location ~ (\S+) \{\s*client_max_body_size (\d+)m;", conf)
    usual = re.search(r"^    client_max_body_size (\d+)m;", conf, re.MULTILINE)
    assert special is not None
    assert usual is not None
    if re.search(special[1], address):
        return int(special[2])
    return int(usual[1])


def test_nginx_takes_what_the_portal_takes():
    """With a megabyte for the form around the file, and not twice as much."""
    largest = max(kind.max_megabytes for kind in KINDS.values())
    backup = uploading.MAX_BYTES // MEGABYTE
    assert 1 < megabytes_taken("/courses/7/materials/add/") - largest <= 50
    for address in (
        reverse("courses:import_upload", args=[7]),
        reverse("courses:import_new"),
    ):
        assert 1 < megabytes_taken(address) - backup <= 50
    assert megabytes_taken("/courses/imports/7/") < backup


def test_the_scanner_of_viruses_is_asked_for_and_reads_the_largest_file():
    assert SERVICES["clamav"]["profiles"] == ["antivirus"]
    conf = (PROJECT / "deploy/clamav/clamd.conf").read_text()
    for name in ("StreamMaxLength", "MaxFileSize"):
        limit = re.search(rf"^{name} (\d+)M$", conf, re.MULTILINE)
        assert limit is not None
        assert int(limit[1]) > uploading.MAX_BYTES // MEGABYTE
    wait = re.search(r"^MaxScanTime (\d+)$", conf, re.MULTILINE)
    assert wait is not None
    assert int(wait[1]) < ANSWER_SECONDS * 1000


def test_the_quarantine_is_no_folder_of_stored_files():
    places = [volume.partition(":")[2] for volume in SERVICES["web"]["volumes"]]
    assert places == ["/srv/data/media", "/srv/data/quarantine"]
