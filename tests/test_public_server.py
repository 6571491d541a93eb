"""The public server as a process: nobody fills its memory, reads its metrics, or writes."""

import json
import shutil
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from crmdata.serving.answers import READY
from tests import serving
from tests.patience import PATIENCE, until

MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def public(demo_file: Path, tmp_path_factory) -> Iterator[serving.ServedApp]:
    folder = tmp_path_factory.mktemp("public")
    database = shutil.copy(demo_file, folder / "demo.sqlite3")
    with serving.mode(folder, "--public", database=database) as running:
        yield running


def status(url: str, **request: object) -> int:
    try:
        with urllib.request.urlopen(
            urllib.request.Request(url, **request), timeout=PATIENCE
        ) as answer:
            return answer.status
    except urllib.error.HTTPError as refused:
        return refused.code
    except (ConnectionError, urllib.error.URLError):
        return 0  # it broke off while the body was still coming


def test_two_hundred_uploads_of_strangers_leave_its_memory_as_it_was(public):
    process = psutil.Process(public.pid)
    # It has loaded what its pages are made of.
    until(lambda: status(f"{public.url}{READY}") == 200)
    before = process.memory_info().rss
    answers: list[int] = []
    body = b"x" * (3 * MEGABYTE)

    def attack(first: int) -> None:
        for number in range(first, 200, 4):
            url = f"{public.url}/_stcore/upload_file/a-session/{number}"
            answers.append(status(url, data=body, method="PUT"))

    attackers = [threading.Thread(target=attack, args=(first,)) for first in range(4)]
    for attacker in attackers:
        attacker.start()
    for attacker in attackers:
        attacker.join()
    assert len(answers) == 200
    assert set(answers) <= {0, 403}
    assert process.memory_info().rss - before < 50 * MEGABYTE


def test_its_metrics_are_closed(public):
    assert status(f"{public.url}/_stcore/metrics") == 404


def test_its_pages_are_open(public):
    assert status(f"{public.url}/calendario") == 200


def test_its_log_is_json_and_says_how_it_is_set(public):
    said = [line for line in public.log.splitlines() if line.startswith("{")]
    started = json.loads(said[0])
    assert (started["event"], started["mode"], started["max_upload_mb"]) == ("started", "public", 1)


def test_its_log_names_no_readers_address(public):
    assert "127.0.0.1:" not in "\n".join(public.log.splitlines()[1:])
