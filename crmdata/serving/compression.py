"""What goes out is compressed: the app's own files, each once, and the messages of its pages."""

import gzip
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.websockets import websockets_sansio_impl
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory

_COMPRESSIBLE = ("text/", "application/javascript", "application/json", "image/svg")
_SMALLEST = 1024
_LEVEL = 6

_WINDOW_BITS = 12
_MEMORY_LEVEL = 5
"""Of what is kept to compress a reader's messages: 36 kB, where a window of 15 bits keeps 300."""


def spare_memory() -> None:
    """Have each reader's websocket compress with a small window.

    uvicorn says whether messages are compressed, by `server.enableWebsocketCompression`, and
    leaves nobody a say in how.
    """
    small = partial(
        ServerPerMessageDeflateFactory,
        server_max_window_bits=_WINDOW_BITS,
        client_max_window_bits=_WINDOW_BITS,
        compress_settings={"memLevel": _MEMORY_LEVEL},
    )
    # By name: it is nothing that the module offers, but what it imports.
    setattr(websockets_sansio_impl, ServerPerMessageDeflateFactory.__name__, small)


def accepts_gzip(scope: Scope) -> bool:
    """Tell whether the asker can unpack."""
    return "gzip" in Headers(scope=scope).get("accept-encoding", "")


async def compress(start: Message, body: bytes) -> bytes:
    """Return a body compressed; `start`, the head of its answer, says so from now on."""
    # On a thread of its own: the first reader's files and page are made at the same time.
    smaller = await run_in_threadpool(gzip.compress, body, _LEVEL)
    headers = MutableHeaders(scope=start)
    headers["content-encoding"] = "gzip"
    headers["content-length"] = str(len(smaller))
    headers.add_vary_header("Accept-Encoding")
    for name in ("etag", "accept-ranges"):
        del headers[name]
    return smaller


class CompressedFiles:
    """ASGI middleware that keeps the compressed bytes of what is served from files.

    Their names carry a hash of their content and their number is that of the package, so what
    is kept never grows stale and ends at some megabytes. Streamlit sends them as they are,
    since to compress them anew for every reader costs more than it saves.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._kept: dict[str, tuple[Message, bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from what is kept, or hand the request on and keep the compressed answer."""
        if not _is_asked_for(scope):
            await self._app(scope, receive, send)
            return
        answer = self._kept.get(scope["path"])
        if answer is None:
            await self._app(scope, receive, _Keeper(scope["path"], self._kept, send))
            return
        start, body = answer
        await send({**start, "headers": list(start["headers"])})
        await send({"type": "http.response.body", "body": body})


class _Keeper:
    """Collects one answer, compresses it, sends and keeps it."""

    def __init__(self, path: str, answers: dict[str, tuple[Message, bytes]], send: Send) -> None:
        self._path = path
        self._kept = answers
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            if _is_compressible(message):
                self._start = message
            else:
                await self._send(message)
            return
        if self._start is None:
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if not message.get("more_body", False):
            await self._send_compressed(self._start)

    async def _send_compressed(self, start: Message) -> None:
        body = await compress(start, self._body)
        self._kept[self._path] = ({**start, "headers": list(start["headers"])}, body)
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


def _is_asked_for(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    headers = Headers(scope=scope)
    conditional = any(name in headers for name in ("range", "if-none-match", "if-modified-since"))
    ours = scope["path"].startswith(("/static/", "/_crmdata/page-"))
    return ours and accepts_gzip(scope) and not conditional


def _is_compressible(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    return (
        start["status"] == 200
        and "content-encoding" not in headers
        and int(headers.get("content-length", "0")) >= _SMALLEST
        and headers.get("content-type", "").startswith(_COMPRESSIBLE)
    )
