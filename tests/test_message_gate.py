"""The gate before the websocket: by itself before a small app, and before the public server."""

import asyncio
import json
import shutil
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
import websockets
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient, WebSocketTestSession
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection
from websockets.typing import Subprotocol

from benchmarks.load.client import Reader
from crmdata.serving.budgets import Allowance, Budgets
from crmdata.serving.messages import LARGEST_MESSAGE, REFUSED_SECONDS, MessageGate
from crmdata.web.shell import page_messages
from crmdata.web.shell.page_messages import PageMessages
from tests import serving
from tests.loops import finished
from tests.patience import PATIENCE, until

RUN = BackMsg(rerun_script={"page_name": "lineas"}).SerializeToString()
BEAT = BackMsg(app_heartbeat=True).SerializeToString()
FORGET = BackMsg(clear_cache=True).SerializeToString()
FILE = BackMsg(backend_operation_request={"deferred_file": {"file_id": "a"}}).SerializeToString()


def _ended() -> bytes:
    message = ForwardMsg()
    message.script_finished = ForwardMsg.FINISHED_SUCCESSFULLY
    return message.SerializeToString()


class Behind:
    """The app behind the gate: it answers each message with what ends a run, and counts them."""

    def __init__(self, *, answers: bool = True) -> None:
        self.heard: list[bytes] = []
        self._answers = answers

    async def converse(self, socket: WebSocket) -> None:
        await socket.accept()
        try:
            while True:
                self.heard.append(await socket.receive_bytes())
                if self._answers:
                    await socket.send_bytes(_ended())
        except WebSocketDisconnect:
            return


class Pauses:
    """Takes the place of waiting, and writes down how long it would have taken."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await asyncio.sleep(0)


def gate(behind: Behind, pauses: Pauses, **limits: float) -> TestClient:
    stands_still = Budgets(Allowance(**limits), clock=lambda: 0.0, processor=lambda: 0.0)
    middleware = Middleware(
        MessageGate, language=PageMessages(), budgets=stands_still, pause=pauses
    )
    return TestClient(
        Starlette(routes=[WebSocketRoute("/", behind.converse)], middleware=[middleware])
    )


@pytest.fixture
def behind() -> Behind:
    return Behind()


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


def closed_with(session: WebSocketTestSession) -> int:
    while (message := session.receive())["type"] != "websocket.close":
        pass
    return int(message["code"])


# Kinds and sizes


def test_what_a_page_sends_reaches_the_app_as_it_was(behind, pauses):
    with gate(behind, pauses).websocket_connect("/") as session:
        for message in (RUN, BEAT, FILE):
            session.send_bytes(message)
            session.receive_bytes()
    assert behind.heard == [RUN, BEAT, FILE]
    assert pauses.seconds == []


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (FORGET, 1008),
        (BackMsg(debug_shutdown_runtime=True).SerializeToString(), 1008),
        (b"\xff\xff\xff", 1002),
        (RUN + b"\x5a" + b"\x00" * (LARGEST_MESSAGE + 1), 1009),
    ],
)
def test_what_no_page_sends_closes_the_connection_and_never_reaches_the_app(
    behind, pauses, message, code
):
    with gate(behind, pauses).websocket_connect("/") as session:
        session.send_bytes(message)
        assert closed_with(session) == code
    assert behind.heard == []


def test_words_in_the_place_of_bytes_close_the_connection(behind, pauses):
    with gate(behind, pauses).websocket_connect("/") as session:
        session.send_text("hello")
        assert closed_with(session) == 1002
    assert behind.heard == []


def test_a_refused_connection_is_closed_after_a_while_since_its_page_is_back_at_once(
    behind, pauses
):
    with gate(behind, pauses).websocket_connect("/") as session:
        session.send_bytes(FORGET)
        closed_with(session)
    assert pauses.seconds == [REFUSED_SECONDS]


def test_a_browser_that_comes_back_to_say_it_again_is_slowed(behind, pauses):
    client = gate(behind, pauses, messages=31, messages_a_second=0.5)
    for _ in range(2):
        with client.websocket_connect("/", headers={"cookie": "_streamlit_xsrf=a"}) as session:
            session.send_bytes(FORGET)
            closed_with(session)
    assert [pause for pause in pauses.seconds if pause != REFUSED_SECONDS] == [2.0]


# Rates


def test_messages_beyond_the_first_ones_are_held_back_and_none_is_lost(behind, pauses):
    client = gate(behind, pauses, messages=5, messages_a_second=2)
    with client.websocket_connect("/") as session:
        for _ in range(8):
            session.send_bytes(BEAT)
            session.receive_bytes()
    assert len(behind.heard) == 8
    # The connection itself is the first of the five.
    assert pauses.seconds == [0.5, 1.0, 1.5, 2.0]


HOLDING = BackMsg(
    rerun_script={"page_name": "lineas", "cached_message_hashes": ["a", "b"]}
).SerializeToString()


def test_a_page_that_waited_is_not_taken_to_hold_what_it_held_before(behind, pauses):
    client = gate(behind, pauses, messages=2, messages_a_second=1)
    with client.websocket_connect("/") as session:
        for _ in range(3):
            session.send_bytes(HOLDING)
            session.receive_bytes()
    # The first one went through at once; the last one may have stood behind the second.
    assert behind.heard == [HOLDING, RUN, RUN]


def test_a_run_that_waited_for_the_one_before_is_not_taken_to_hold_anything(pauses):
    never_ends = Behind(answers=False)
    with gate(never_ends, pauses).websocket_connect("/") as session:
        for _ in range(2):
            session.send_bytes(HOLDING)
        until(lambda: len(never_ends.heard) == 2)
    assert never_ends.heard == [HOLDING, RUN]


def test_tabs_of_one_browser_share_what_it_may_send(behind, pauses):
    client = gate(behind, pauses, messages=5, messages_a_second=1)
    cookie = {"cookie": "_streamlit_xsrf=one-browser"}
    for _ in range(3):
        with client.websocket_connect("/", headers=cookie) as session:
            session.send_bytes(BEAT)
            session.receive_bytes()
    assert pauses.seconds == [1.0]


def test_browsers_at_one_address_share_nothing(behind, pauses):
    client = gate(behind, pauses, messages=2, messages_a_second=1)
    for phone in range(120):
        headers = {"cookie": f"_streamlit_xsrf=phone-{phone}"}
        with client.websocket_connect("/", headers=headers) as session:
            session.send_bytes(RUN)
            session.receive_bytes()
    assert pauses.seconds == []


def test_one_browser_opens_no_more_connections_than_the_limit(behind, pauses):
    client = gate(behind, pauses, tabs=2)
    cookie = {"cookie": "_streamlit_xsrf=one-browser"}
    with (
        client.websocket_connect("/", headers=cookie),
        client.websocket_connect("/", headers=cookie),
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/", headers=cookie),
    ):
        pass


def test_the_servers_own_reader_is_not_slowed(behind, pauses):
    client = gate(behind, pauses, messages=1, messages_a_second=1)
    headers = {"cookie": page_messages.own_cookie()}
    with client.websocket_connect("/", headers=headers) as session:
        for _ in range(20):
            session.send_bytes(RUN)
            session.receive_bytes()
    assert pauses.seconds == []


# Before the public server


@pytest.fixture(scope="module")
def public(
    demo_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[serving.ServedApp]:
    folder = tmp_path_factory.mktemp("public")
    database = shutil.copy(demo_file, folder / "demo.sqlite3")
    with serving.mode(folder, "--public", database=database) as running:
        yield running


def events(app: serving.ServedApp, event: str) -> list[dict[str, object]]:
    lines = [json.loads(line) for line in app.log.splitlines() if line.startswith("{")]
    return [line for line in lines if line["event"] == event]


def connected(app: serving.ServedApp) -> websockets.connect:
    url = app.url.replace("http", "ws", 1) + "/_stcore/stream"
    return websockets.connect(
        url, subprotocols=[Subprotocol("streamlit")], proxy=None, open_timeout=PATIENCE
    )


async def closing(app: serving.ServedApp, message: bytes | str) -> int | None:
    """Return with what code a connection is closed that sends a message."""
    async with connected(app) as socket:
        await socket.send(message)
        await socket.wait_closed()
        return socket.close_code


@pytest.mark.parametrize(
    ("message", "code", "kind"),
    [
        (FORGET, 1008, "clear_cache"),
        (BackMsg(set_run_on_save=True).SerializeToString(), 1008, "set_run_on_save"),
        (BackMsg(load_git_info=True).SerializeToString(), 1008, "load_git_info"),
        (BackMsg(backend_operation_request={"dismiss_skills_nudge": {}}).SerializeToString(),
         1008, "dismiss_skills_nudge"),
        (b"\xff\xff\xff", 1002, "undecodable"),
        ("hello", 1002, "words"),
        (b"\x5a" * 1_000_000, 1009, "too large"),
    ],
)  # fmt: skip
def test_the_public_server_closes_on_what_no_page_sends_and_logs_its_kind(
    public, message, code, kind
):
    assert finished(closing(public, message)) == code
    refused = events(public, "message refused")[-1]
    assert {name for name in refused if name not in {"timestamp", "level", "logger"}} == {
        "event", "kind",
    }  # fmt: skip
    assert refused["kind"] == kind


def test_a_flood_is_slowed_and_goes_on_while_others_read(public):
    acknowledged = 0

    async def count(socket: ClientConnection) -> None:
        nonlocal acknowledged
        async for _ in socket:
            acknowledged += 1

    async def flood() -> str:
        async with connected(public) as socket, Reader(f"{public.url}/inicio") as other:
            counting = asyncio.create_task(count(socket))
            for _ in range(1_000):
                await socket.send(BEAT)
            status = (await other.run()).status
            assert not counting.done()
            counting.cancel()
            return status

    assert finished(flood()) == "FINISHED_SUCCESSFULLY"
    assert acknowledged < 1_000
    until(lambda: bool(events(public, "reader slowed")))


def test_what_the_gate_logs_names_no_address(public):
    finished(closing(public, FORGET))
    assert "127.0.0.1" not in "\n".join(
        line for line in public.log.splitlines() if "refused" in line or "slowed" in line
    )


def test_a_browser_has_its_cookie_before_its_page_opens_a_connection(public):
    with urllib.request.urlopen(f"{public.url}/_stcore/health") as answer:
        given = answer.headers.get_all("Set-Cookie") or []
    cookies = dict(each.partition(";")[0].split("=", 1) for each in given)
    assert PageMessages().reader(cookies)
