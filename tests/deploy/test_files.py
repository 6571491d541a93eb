"""What deploy/ holds is read by the programs that it is for."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from crmdata.serving import upstreams
from tests.deploy.parts import DEPLOY, NGINX, configured

UNITS = sorted((DEPLOY / "systemd").glob("crmdata-*"))


@pytest.mark.nginx
def test_nginx_takes_the_whole_configuration(tmp_path):
    key, pem = tmp_path / "key", tmp_path / "pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1",
         "-subj", "/CN=plan.example.org", "-keyout", key, "-out", pem],
        check=True, capture_output=True,
    )  # fmt: skip
    content = (DEPLOY / "nginx" / "crmdata.conf").read_text("utf-8")
    content = re.sub(r"/etc/ssl/crmdata/\w+\.pem", str(pem), content)
    content = re.sub(r"/etc/ssl/crmdata/\w+\.key", str(key), content)
    main = configured(tmp_path, content)
    tried = subprocess.run(
        [NGINX, "-t", "-p", tmp_path, "-c", main], capture_output=True, text=True, check=False
    )
    assert (tried.returncode, "warn" in tried.stderr) == (0, False), tried.stderr


@pytest.mark.parametrize("folder", ["nginx/crmdata", "compose"])
@pytest.mark.parametrize("side", ["public", "secretariat"])
def test_the_lists_of_servers_are_those_that_the_command_writes(folder, side):
    written = (DEPLOY / folder / f"upstream-{side}.conf").read_text("utf-8")
    command = re.search(r"Written by: crmdata upstream (\w+) (.*)", written)
    assert command
    assert written == upstreams(command[1], command[2].split()) + "\n"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_takes_every_unit(tmp_path):
    for unit in UNITS:
        text = unit.read_text("utf-8").replace("/srv/crmdata/.venv/bin/crmdata", sys.executable)
        text = text.replace("/srv/crmdata/deploy/", f"{DEPLOY}/")
        # A user of the machine that the units are for.
        text = re.sub(r"^(User|Group)=crmdata.*$", r"\1=daemon", text, flags=re.MULTILINE)
        (tmp_path / unit.name.replace("@", "@8501")).write_text(text, "utf-8")
    for unit in sorted(tmp_path.iterdir()):
        tried = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", unit],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        complaints = [line for line in tried.stderr.splitlines() if "crmdata" in line]
        assert (tried.returncode, complaints) == (0, []), tried.stderr


@pytest.mark.parametrize("unit", [each for each in UNITS if each.suffix == ".service"],
                         ids=lambda each: each.name)  # fmt: skip
def test_every_service_is_closed_as_far_as_it_goes(unit):
    text = unit.read_text("utf-8")
    for line in ("NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet=\n",
                 "SystemCallFilter=@system-service", "RestrictNamespaces=yes"):  # fmt: skip
        assert line in text


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((DEPLOY / "compose" / "compose.yaml").read_text("utf-8"))


def test_no_container_may_write_or_gain_rights(compose):
    for name, service in compose["services"].items():
        assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"]), name
        assert service["security_opt"] == ["no-new-privileges:true"], name


def test_only_nginx_is_reached_from_outside(compose):
    assert [name for name, each in compose["services"].items() if "ports" in each] == ["nginx"]
    assert compose["networks"]["data"]["internal"]
    assert "data" not in compose["services"]["nginx"]["networks"]


def test_the_public_servers_hold_no_way_to_write(compose):
    for name in ("public-1", "public-2"):
        service = compose["services"][name]
        assert not {"CRMDATA_DATABASE_URL", "CRMDATA_COOKIE_SECRET_FILE"} & set(
            service["environment"]
        )
        assert "secrets" not in service
        assert "--public" in service["command"]


def test_whatever_the_containers_mount_is_there_or_the_operators(compose):
    own = {"tls", "roles.toml"}
    mounted = [
        source
        for service in compose["services"].values()
        for volume in service.get("volumes", [])
        if (source := volume.partition(":")[0]).startswith(".")
    ]
    missing = [each for each in mounted if not (DEPLOY / "compose" / each).exists()]
    assert {Path(each).name for each in missing} == own


def test_old_backups_are_dropped_by_their_age(tmp_path):
    """Of two days every hour's stays, of three months every day's, then one a month."""
    made = tmp_path / "crmdata"
    made.write_text('#!/bin/sh\n: > "$2"\n', "utf-8")
    made.chmod(0o755)
    folder = tmp_path / "backups"
    folder.mkdir()
    old = [f"crmdata-2020-01-0{day}T0{hour}0000Z.backup" for day in (1, 2) for hour in (1, 2)]
    for name in [*old, "crmdata-2020-02-01T010000Z.backup", "notes.txt"]:
        (folder / name).touch()
    subprocess.run(
        [DEPLOY / "backup", folder], check=True, env={"PATH": "/usr/bin:/bin",
                                                      "CRMDATA_COMMAND": str(made)},
    )  # fmt: skip
    left = sorted(each.name for each in folder.iterdir())
    assert left[:2] == ["crmdata-2020-01-02T020000Z.backup", "crmdata-2020-02-01T010000Z.backup"]
    assert (len(left), left[-1]) == (4, "notes.txt")


# A failure reaches a person


def test_the_units_that_keep_the_data_tell_when_they_fail():
    for name in ("crmdata-backup.service", "crmdata-watch.service"):
        text = (DEPLOY / "systemd" / name).read_text("utf-8")
        assert "OnFailure=crmdata-failed@%n.service" in text


def script(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    file.chmod(0o755)
    return file


def ran(name: str, *arguments: object, **environment: object) -> subprocess.CompletedProcess[str]:
    own = {name: str(value) for name, value in environment.items()}
    return subprocess.run(
        [DEPLOY / name, *map(str, arguments)], env={"PATH": "/usr/bin:/bin", **own},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_unit_that_fails_reaches_whoever_the_deployment_names(tmp_path):
    notify = script(tmp_path, "notify", f'echo "$1" > {tmp_path}/about; cat > {tmp_path}/said')
    assert ran("failed", "crmdata-backup.service", CRMDATA_NOTIFY=notify).returncode == 0
    assert (tmp_path / "about").read_text() == "crmdata-backup.service\n"
    assert "crmdata-backup.service failed" in (tmp_path / "said").read_text()


def test_a_failure_that_nobody_is_told_of_says_where_to_name_somebody(tmp_path):
    done = ran("failed", "crmdata-backup.service", CRMDATA_NOTIFY=tmp_path / "none")
    assert done.returncode == 1
    assert str(tmp_path / "none") in done.stderr


def watched(tmp_path: Path, *, status: int = 0, full: str = "100") -> str:
    """Return what `deploy/watch` says of a folder; nothing where all is in order."""
    crmdata = script(tmp_path, "crmdata", f"exit {status}")
    done = ran("watch", tmp_path, CRMDATA_COMMAND=crmdata, CRMDATA_DISK_PERCENT=full)
    assert bool(done.stderr) == bool(done.returncode)
    return done.stderr


def test_a_store_in_order_with_a_young_backup_and_room_is_not_complained_of(tmp_path):
    (tmp_path / "crmdata-2026-11-28T200000Z.backup").touch()
    assert watched(tmp_path, full="101") == ""


def test_the_watch_tells_of_a_broken_chain_an_old_backup_and_a_full_disk(tmp_path):
    old = tmp_path / "crmdata-2026-11-28T100000Z.backup"
    old.touch()
    os.utime(old, (0, 0))
    said = watched(tmp_path, status=1, full="0")
    assert "not in order" in said
    assert "no backup" in said
    assert "full" in said


def test_a_backup_that_fails_makes_its_unit_fail(tmp_path):
    crmdata = script(tmp_path, "crmdata", "exit 1")
    assert ran("backup", tmp_path / "backups", CRMDATA_COMMAND=crmdata).returncode == 1
