"""The app works without internet: neither browser nor server asks another machine for anything."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests import serving
from tests.browser.conftest import Readers
from tests.browser.rounds import LOOKS, Round


@pytest.mark.parametrize("look", LOOKS)
def test_no_request_of_the_browser_leaves_the_machine(visited: Round, look):
    assert visited.sights[look].outside == []


def test_the_server_opens_no_connection_to_another_machine(visited: Round):
    assert visited.server_connections == []


def test_the_record_notes_a_request_to_another_machine(readers: Readers):
    page = readers()
    page.goto("data:text/html,<img src='http://elsewhere.invalid/a.png'>")
    assert readers.records.pop().outside == ["http://elsewhere.invalid/a.png"]


def test_the_watch_notes_a_connection_of_the_server(tmp_path: Path):
    notes = tmp_path / "connections.log"
    subprocess.run(
        [sys.executable, "-c", "import socket; socket.getaddrinfo('elsewhere.invalid', 80)"],
        env={"PYTHONPATH": str(serving.WATCH), "CRMDATA_TEST_CONNECTIONS": str(notes)},
        stderr=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    assert notes.read_text("utf-8") == "socket.getaddrinfo elsewhere.invalid\n"
