"""The log is JSON, one object a line, and holds no secret, token, address or narrative."""

import json
import os
import subprocess
import sys

from crmdata.settings import ROOT

SECRET = "planted-secret-of-the-provider"
TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbmEifQ.c2lnbmF0dXJl"
URL = "postgresql://app:planted-password@db/crm"
PEER = "postgresql://app@db.example.org/crm"

PROGRAM = f"""
import logging
from crmdata import logs
early = logging.getLogger("uvicorn.error"); early.addHandler(logging.StreamHandler())
logs.start()
logs.log.info("started", database={URL!r}, rows=3, secret="planted-by-name")
logs.log.warning("refused", detail="said {SECRET} and {TOKEN}", narrative="planted narrative")
early.error("refused to %s, <%s>", "planted.ana@example.org", "planted+ñandú@salud.gob.hn")
early.error("cannot reach %s", {URL!r})
early.error("cannot reach %s", {PEER!r})
early.info("planted address 192.0.2.7")
try:
    raise ValueError("planted narrative of a report")
except ValueError:
    logs.log.exception("page failed")
    logging.getLogger("elsewhere").exception("library failed")
"""


def lines() -> list[dict]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT, capture_output=True, text=True, check=True,
        env=os.environ | {"CRMDATA_OIDC_CLIENT_SECRET": SECRET},
    )  # fmt: skip
    assert "planted" not in done.stdout + done.stderr
    assert TOKEN not in done.stderr
    return [json.loads(line) for line in done.stderr.splitlines()]


def test_what_is_logged_is_json_without_a_secret_or_an_address():
    found = lines()
    assert [line["event"] for line in found] == [
        "started", "refused", "refused to ***, <***>",
        "cannot reach postgresql://app:***@db/crm", f"cannot reach {PEER}", "page failed",
        "library failed",
    ]  # fmt: skip
    assert found[0]["rows"] == 3
    assert found[0]["database"] == "postgresql://app:***@db/crm"
    assert {line["error"] for line in found[5:]} == {"ValueError"}
    assert all(line["timestamp"].endswith("Z") for line in found)
