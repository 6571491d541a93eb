"""The server's own first reader: opens each page once, so that its pictures are ready for others.

It comes by the websocket like everybody, so what it warms is what readers see, whatever pages and
caches are made of.
"""

import time
from collections.abc import Callable, Iterator

import streamlit as st
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from crmdata.terms import LANGUAGES
from crmdata.web.shell import menu
from crmdata.web.shell.page_messages import own_cookie

PAGE_SECONDS = 60
"""How long one page may take; a slower one is left to its first reader."""

_START_SECONDS = 60
_LONGEST_PAUSE = 1.0
_LARGEST_MESSAGE = 64 * 2**20


FIRST_VIEWS = ("inicio", "calendario", "lineas", "paises")
"""What most readers open first, in the language in which most read."""

_QUERIES = {LANGUAGES[0]: ""} | {language: f"idioma={language}" for language in LANGUAGES[1:]}
"""Addresses as readers have them: nothing stands in one that says what goes without saying."""


def visit_all(first_drawn: Callable[[], None]) -> None:
    """Open every page in every language once; call `first_drawn` after the first views.

    Raise OSError where the server does not answer.
    """
    with _connected() as socket:
        for page in FIRST_VIEWS:
            _open(socket, page, _QUERIES[LANGUAGES[0]])
    first_drawn()
    for language in LANGUAGES:
        with _connected() as socket:
            for page in menu.TITLES:
                begun = time.monotonic()
                _open(socket, page, _QUERIES[language])
                # As long a pause as the page took: half the time is the readers'.
                time.sleep(min(time.monotonic() - begun, _LONGEST_PAUSE))


def _connected() -> ClientConnection:
    """Return a connection to this process's own server, which may only be starting."""
    host = st.get_option("server.address") or "127.0.0.1"
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - read, not bound
    host = f"[{host}]" if ":" in host else host
    url = f"ws://{host}:{st.get_option('server.port')}/_stcore/stream"
    until = time.monotonic() + _START_SECONDS
    while True:
        try:
            return connect(
                url,
                subprotocols=[Subprotocol("streamlit")],
                # It rests by itself (`visit_all`): nobody has to slow it down.
                additional_headers={"Cookie": own_cookie()},
                compression=None,
                max_size=_LARGEST_MESSAGE,
                proxy=None,
            )
        except ConnectionRefusedError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def _open(socket: ClientConnection, page: str, query: str) -> None:
    message = BackMsg()
    message.rerun_script.page_name = page
    message.rerun_script.query_string = query
    message.rerun_script.context_info.color_scheme = "light"
    socket.send(message.SerializeToString())
    for answer in _answers(socket):
        early = ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN
        if answer.WhichOneof("type") == "script_finished" and answer.script_finished != early:
            return


def _answers(socket: ClientConnection) -> Iterator[ForwardMsg]:
    until = time.monotonic() + PAGE_SECONDS
    while (rest := until - time.monotonic()) > 0:
        message = ForwardMsg()
        try:
            message.ParseFromString(bytes(socket.recv(rest, decode=False)))
        except TimeoutError:
            return
        yield message
