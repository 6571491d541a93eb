"""What reaches the server at all: a list of open paths, read-only methods, small bodies.

Deny by default: a path that a new release of Streamlit adds stays closed until it is listed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from crmdata import logs
from crmdata.errors import CrmdataError
from crmdata.settings import ServeMode

MEGABYTE = 1024 * 1024

BODY_LIMIT = MEGABYTE
"""Bytes of a request where nothing is uploaded."""

UPLOAD_LIMIT_MB = 5
"""The largest file of the secretariat's side, in MB; a form around it needs some bytes more."""

_FORM_AROUND = 64 * 1024

_UPLOAD = "/_stcore/upload_file"
_OPEN_CORE = ("/_stcore/health", "/_stcore/host-config", "/_stcore/stream")
_OPEN_CORE_BELOW = ("/_stcore/bidi-components/",)
_LOGIN = ("/auth/login", "/auth/logout", "/oauth2callback")
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_CLOSED_BELOW = ("/_stcore/", "/component/", "/app/static/")

MayUpload = Callable[[Mapping[str, str]], bool]
"""Tells by the cookies of a request whether its sender may upload files."""


@dataclass(frozen=True)
class Answer:
    """What a request gets that goes no further."""

    status: int
    text: str


class Gate:
    """ASGI middleware that lets through what a mode needs, and nothing else."""

    def __init__(self, app: ASGIApp, *, mode: ServeMode, may_upload: MayUpload) -> None:
        self._app = app
        self._mode = mode
        self._may_upload = may_upload

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request that goes no further, or hand it on with its body bounded."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refused = await self._refused(scope)
        if refused is None:
            await self._app(scope, _bounded(receive, _limit(scope["path"])), send)
            return
        # The path is the requester's own text: its first part says enough.
        logs.log.warning("request refused", status=refused.status, path=_head(scope["path"]))
        response = PlainTextResponse(refused.text, refused.status, headers={"Connection": "close"})
        await response(scope, receive, send)

    async def _refused(self, scope: Scope) -> Answer | None:
        path, headers = _ending(scope["path"]), Headers(scope=scope)
        if _is_upload(path):
            return await self._upload_refused(headers, path)
        if not self._is_open(path):
            return Answer(404, "Not found")
        if scope["method"] not in _READING:
            return Answer(405, "Read only")
        return _too_large(headers, BODY_LIMIT)

    async def _upload_refused(self, headers: Headers, path: str) -> Answer | None:
        if not self._mode.writes:
            return Answer(403, "This server takes no files")
        cookies = _cookies(headers)
        if self._mode is ServeMode.SECRETARIAT:
            try:
                may = await run_in_threadpool(self._may_upload, cookies)
            except CrmdataError:
                return Answer(503, "Try again in a moment")
            if not may:
                return Answer(403, "Log in first")
        return _too_large(headers, _limit(path))

    def _is_open(self, path: str) -> bool:
        if path in _LOGIN:
            return self._mode is ServeMode.SECRETARIAT
        if path in _OPEN_CORE or path.startswith(_OPEN_CORE_BELOW):
            return True
        return not path.startswith(_CLOSED_BELOW)


def _ending(path: str) -> str:
    """Return a path from `/_stcore/` on: Streamlit asks for it below a page's own path too."""
    _, core, rest = path.partition("/_stcore/")
    return core + rest if core else path


def _is_upload(path: str) -> bool:
    return path == _UPLOAD or path.startswith(f"{_UPLOAD}/")


def _limit(path: str) -> int:
    return UPLOAD_LIMIT_MB * MEGABYTE + _FORM_AROUND if _is_upload(path) else BODY_LIMIT


def _too_large(headers: Headers, limit: int) -> Answer | None:
    declared = headers.get("content-length", "0")
    if not declared.isascii() or not declared.isdigit():
        return Answer(400, "Bad length")
    return Answer(413, "Too large") if int(declared) > limit else None


def _bounded(receive: Receive, limit: int) -> Receive:
    """Return a receiver that breaks off a body which grows past its limit undeclared."""
    received = 0

    async def bounded() -> Message:
        nonlocal received
        message = await receive()
        if message["type"] == "http.request":
            received += len(message.get("body", b""))
            if received > limit:
                return {"type": "http.disconnect"}
        return message

    return bounded


def _cookies(headers: Headers) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in headers.get("cookie", "").split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs if name.strip()}


def _head(path: str) -> str:
    return "/".join(path.split("/")[:3])[:80]
