"""Several servers under one supervisor: real processes that answer as a server does, quickly."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from crmdata.errors import SettingsError
from crmdata.serving import Pace, ServerPlace, Supervisor, Wishes, places, server_command, upstreams
from crmdata.serving.upstreams import seat
from crmdata.settings import ServeMode
from tests.patience import PATIENCE, until
from tests.serving import free_port

QUICK = Pace(look=0.05, answer=30, start=PATIENCE, first_pause=0.1, settled=PATIENCE, leave=30)
"""Looks often, but takes no server of a busy machine for one that hangs."""

SERVER = """
import http.server, sys
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.send_header("Content-Length", "0"); self.end_headers()
    def log_message(self, *_): pass
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Answer).serve_forever()
"""


def place(name: str, program: str = SERVER) -> ServerPlace:
    port = free_port()
    command = [sys.executable, "-c", program, str(port)]
    return ServerPlace(name, command, os.environ, "127.0.0.1", port)


@contextmanager
def running(*at: ServerPlace, pace: Pace = QUICK) -> Iterator[Supervisor]:
    supervisor = Supervisor(at, pace)
    thread = threading.Thread(target=supervisor.run)
    thread.start()
    try:
        yield supervisor
    finally:
        supervisor._told_to_end(signal.SIGTERM, None)
        thread.join(PATIENCE)
        assert not thread.is_alive()


def ready(supervisor: Supervisor) -> bool:
    return all(worker.is_ready() for worker in supervisor.workers)


def test_a_server_that_is_killed_is_started_again():
    with running(place("one"), place("two")) as supervisor:
        until(lambda: ready(supervisor))
        killed = supervisor.workers[0].pid
        os.kill(killed, signal.SIGKILL)
        until(lambda: supervisor.workers[0].pid not in {killed, None} and ready(supervisor))


def test_a_server_that_hangs_is_started_again():
    with running(place("one"), pace=replace(QUICK, answer=0.5, unanswered=2)) as supervisor:
        until(lambda: ready(supervisor) and supervisor.workers[0]._was_ready)
        hung = supervisor.workers[0].pid
        os.kill(hung, signal.SIGSTOP)
        until(lambda: supervisor.workers[0].pid not in {hung, None} and ready(supervisor))


def test_a_server_that_cannot_start_is_tried_with_longer_and_longer_pauses():
    with running(place("broken", "raise SystemExit(3)")) as supervisor:
        until(lambda: supervisor.workers[0]._pause >= 0.8)


def test_a_renewal_starts_one_after_the_other_and_some_always_answer():
    with running(place("one"), place("two")) as supervisor:
        until(lambda: ready(supervisor))
        before = [worker.pid for worker in supervisor.workers]
        seen = []

        def renewed() -> bool:
            # The first one is asked again: it may have come back while the second one was asked.
            asked = [*supervisor.workers, supervisor.workers[0]]
            seen.append(any(worker.is_ready() for worker in asked))
            now = [worker.pid for worker in supervisor.workers]
            return not set(now) & {*before, None} and ready(supervisor)

        supervisor._told_to_renew(signal.SIGHUP, None)
        until(renewed)
        assert all(seen)


def test_a_renewal_ends_where_the_first_new_server_does_not_get_ready():
    pace = replace(QUICK, start=1.5, unanswered=1000)
    with running(place("one"), place("two"), pace=pace) as supervisor:
        until(lambda: ready(supervisor))
        first, second = supervisor.workers
        object.__setattr__(
            first.place, "command", [sys.executable, "-c", "import time; time.sleep(60)"]
        )
        kept = second.pid
        supervisor._told_to_renew(signal.SIGHUP, None)
        until(lambda: not first.is_ready())
        time.sleep(2.5)
        assert second.pid == kept


def test_told_to_end_it_leaves_no_process_behind():
    with running(place("one"), place("two")) as supervisor:
        until(lambda: ready(supervisor))
        pids = [worker.pid for worker in supervisor.workers]
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


# What is asked for


def test_the_servers_stand_at_one_port_after_the_other():
    found = places(Wishes(ServeMode.PUBLIC, port=8501, workers=3))
    assert [one.port for one in found] == [8501, 8502, 8503]
    assert len({one.environment["STREAMLIT_SERVER_COOKIE_SECRET"] for one in found}) == 1


@pytest.mark.parametrize(
    ("mode", "database", "rule"),
    [
        (ServeMode.LOCAL_SECRETARIAT, "postgresql://app@127.0.0.1/app", "one_person"),
        (ServeMode.SECRETARIAT, "sqlite:////tmp/x.sqlite3", "sqlite_workers"),
    ],
)
def test_several_servers_are_refused_where_they_would_be_in_each_others_way(mode, database, rule):
    with pytest.raises(SettingsError) as refused:
        server_command(Wishes(mode, database=database, workers=2))
    assert [problem.rule for problem in refused.value.problems] == [rule]


def test_several_servers_may_read_one_sqlite_file():
    assert len(places(Wishes(ServeMode.PUBLIC, database="sqlite:////x.sqlite3", workers=2))) == 2


# nginx's list of them


def test_each_server_takes_over_for_each_other():
    written = upstreams("public", ["127.0.0.1:8501", "127.0.0.1:8502"])
    own = written.partition(f"upstream crmdata_public_{seat('127.0.0.1:8501')} {{")[2]
    assert "server 127.0.0.1:8501 max_fails=1" in own
    assert "server 127.0.0.1:8502 backup;" in own


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["127.0.0.1:x"],
        ["a:1;}"],
        ["http://a:1"],
        ["127.0.0.1:8501", "127.0.0.1:8501"],
        ["public-1:8501", "public-2:8501"],
    ],
)
def test_what_nginx_could_not_tell_apart_or_would_misread_is_refused(addresses):
    with pytest.raises(SettingsError):
        upstreams("public", addresses)
