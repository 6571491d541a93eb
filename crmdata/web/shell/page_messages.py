"""What a page says to the server and hears from it, read with Streamlit's own library.

What is read here is what Streamlit does afterwards: of several kinds in one message both see the
last one.
"""

import secrets

from google.protobuf.message import (  # type: ignore[import-untyped]  # it ships no types
    DecodeError,
)
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import decode_xsrf_token_string

from crmdata.serving.messages import NotAPages, Purpose

MOST_FILES = 100
"""Addresses for files that a page asks for at once."""

_PROTOCOL = 1002

_PURPOSES = {
    "rerun_script": Purpose.RUN,
    "stop_script": Purpose.SMALL,
    "app_heartbeat": Purpose.SMALL,
    "file_urls_request": Purpose.SMALL,
    # Of what Streamlit calls operations: others install files, or cut tables that no page has.
    "deferred_file": Purpose.FILE,
}

_LONGEST_END = 1024
"""Bytes: what ends a run says little more than that."""

_BROWSER = "_streamlit_xsrf"
"""The cookie that Streamlit gives every browser before its page opens a connection."""

_OWN = "crmdata_own"
_OWN_SECRET = secrets.token_urlsafe(32)
_EARLY = ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN


def own_cookie() -> str:
    """Return the cookie by which this process knows itself; no other one can know it."""
    return f"{_OWN}={_OWN_SECRET}"


class PageMessages:
    """The protocol between page and server, for `crmdata.serving.messages`."""

    def purpose(self, message: bytes) -> Purpose:
        """Return what a page's message is for. Raise NotAPages for any other."""
        request = BackMsg()
        try:
            request.ParseFromString(message)
        except DecodeError:
            raise NotAPages("undecodable", _PROTOCOL) from None
        kind = _kind(request)
        if kind not in _PURPOSES:
            raise NotAPages(kind)
        if len(request.file_urls_request.file_names) > MOST_FILES:
            raise NotAPages("too many files")
        return _PURPOSES[kind]

    def late(self, message: bytes) -> bytes:
        """Return a page's message without what may no longer be true of the page.

        A page names what it still holds of earlier runs, and is then sent only the names of it;
        what it has forgotten since breaks it for good.
        """
        request = BackMsg()
        request.ParseFromString(message)
        if request.HasField("rerun_script"):
            request.rerun_script.ClearField("cached_message_hashes")
        return bytes(request.SerializeToString())

    def is_end(self, message: bytes) -> bool:
        """Tell whether a message of the server ends a run or brings a file."""
        if not 0 < len(message) <= _LONGEST_END:
            return False
        answer = ForwardMsg()
        try:
            answer.ParseFromString(message)
        except DecodeError:
            return False
        kind = answer.WhichOneof("type")
        if kind == "script_finished":
            # A run that goes on with another one has not ended.
            return bool(answer.script_finished != _EARLY)
        return kind == "backend_operation_response"

    def reader(self, cookies: dict[str, str]) -> str:
        """Return what tells one browser from another, empty where nothing does."""
        value = cookies.get(_BROWSER, "")
        # Streamlit masks it anew in every answer; beneath the mask it stays.
        token, _ = decode_xsrf_token_string(value)
        return token.hex() if token else value

    def is_the_servers_own(self, cookies: dict[str, str]) -> bool:
        """Tell whether the server itself opens a page."""
        return secrets.compare_digest(cookies.get(_OWN, "").encode(), _OWN_SECRET.encode())


def _kind(request: BackMsg) -> str:
    kind = request.WhichOneof("type")
    if kind != "backend_operation_request":
        return kind or "none"
    return request.backend_operation_request.WhichOneof("payload") or "no operation"
