"""The bill of materials: every pinned package, and the same bytes each time."""

import json
import os
import re
import subprocess
import sys

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from crmdata.settings import ROOT
from scripts import sbom

PINS = (ROOT / "requirements.txt").read_text("utf-8")


def test_two_runs_give_the_same_bytes(tmp_path):
    files = [tmp_path / "first.json", tmp_path / "second.json"]
    for seed, file in enumerate(files, start=1):
        subprocess.run(
            [sys.executable, "-m", "scripts.sbom", file],
            cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": str(seed)}, check=True,
            capture_output=True,
        )  # fmt: skip
    assert files[0].read_bytes() == files[1].read_bytes()


def test_every_pinned_package_stands_in_it_with_version_and_hashes():
    made = json.loads(sbom.document(PINS))
    pinned = re.findall(r"^([\w.-]+)==([^\s;]+)", PINS, re.MULTILINE)
    assert sorted((each["name"], each["version"]) for each in made["components"]) == sorted(pinned)
    hashes = [given["value"] for each in made["components"] for given in each["properties"]]
    assert set(re.findall(r"sha256:([0-9a-f]{64})", PINS)) <= set(hashes)


def test_it_is_valid_cyclonedx():
    found = JsonStrictValidator(SchemaVersion.V1_5).validate_str(sbom.document(PINS))
    assert found is None


def test_it_names_no_registry_and_no_day():
    assert not re.search(r"https?://(?!cyclonedx)|timestamp", sbom.document(PINS))
