"""The page's document says its language and brings the app's own style and script along."""

import logging
import re
from collections.abc import Awaitable, Callable
from hashlib import sha256
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from crmdata.serving.compression import accepts_gzip, compress
from crmdata.terms import LANGUAGES

_LOG = logging.getLogger(__name__)

_WRITTEN = b'<html lang="en">'

_HEAD, _BODY = b"<head>", b"<body>"
_INLINE = re.compile(rb"<script>\s*window\.prerenderReady = false\s*</script>")
"""Streamlit's own script within its document, which the app's says too: none stands in the page."""

_YEAR = "public, max-age=31536000, immutable"


class Assets:
    """What every page is drawn with: one script and one style sheet, by addresses of their own.

    The address names the content, so that a browser keeps it for good.
    """

    def __init__(self, *, script: str, style: str) -> None:
        self.script = script
        self.style = style
        self.are_served = False
        """Whether a document of this process brings them along."""

    def routes(self) -> list[Route]:
        """Return their addresses, and what they answer."""
        self.are_served = True
        return [
            Route(f"/_crmdata/{name}", _answer(text, media))
            for name, text, media in (
                (self._name("js"), self.script, "text/javascript"),
                (self._name("css"), self.style, "text/css"),
            )
        ]

    def _name(self, ending: str) -> str:
        text = self.script if ending == "js" else self.style
        return f"page-{sha256(text.encode()).hexdigest()[:16]}.{ending}"

    @property
    def in_head(self) -> bytes:
        """What the head of a document begins with: the script runs before Streamlit's."""
        return f'<script src="/_crmdata/{self._name("js")}"></script>'.encode()

    @property
    def in_body(self) -> bytes:
        """What its body begins with: the style stands after Streamlit's, all of which is above."""
        return f'<link rel="stylesheet" href="/_crmdata/{self._name("css")}">'.encode()


def _answer(text: str, media: str) -> Callable[[Request], Awaitable[Response]]:
    async def answer(_request: Request) -> Response:
        return Response(text, media_type=media, headers={"Cache-Control": _YEAR})

    return answer


class DocumentLanguage:
    """ASGI middleware that writes `?idioma=` into `<html lang>`, which Streamlit fixes to English.

    The app stands at the root of its address, which its script says before Streamlit looks for its
    server under the path of a deep link and gets two 404s.
    The document differs by language, so it is never revalidated against another one's.
    """

    def __init__(
        self, app: ASGIApp, *, assets: Assets, first: Callable[[str, str], str] | None = None
    ) -> None:
        self._app = app
        self._assets = assets
        self._first = first

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on; where the answer is the app's document, write its language."""
        if scope["type"] != "http" or scope["method"] != "GET" or not _wants_document(scope):
            await self._app(scope, receive, send)
            return
        start: Message = {}
        body = b""

        async def rewrite(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
                return
            if not _is_document(start):
                await _pass_on(start, message, send)
                start = {}
                return
            body += message.get("body", b"")
            if not message.get("more_body", False):
                page = _INLINE.sub(b"", body.replace(_WRITTEN, _lang(scope), 1), count=1)
                page = page.replace(_HEAD, _HEAD + self._assets.in_head, 1)
                body_begins = _BODY + self._assets.in_body + await self._picture(scope)
                page = page.replace(_BODY, body_begins, 1)
                await _send_document(start, page, send, packed=accepts_gzip(scope))

        await self._app(_unconditional(scope), receive, rewrite)

    async def _picture(self, scope: Scope) -> bytes:
        """Return what the page shows before it is alive; nothing, logged, where that breaks."""
        if self._first is None:
            return b""
        query = scope["query_string"].decode("latin-1")
        try:
            return (await run_in_threadpool(self._first, scope["path"], query)).encode()
        except Exception:  # whatever it is, the page itself comes, and can say what is wrong
            _LOG.exception("The first picture could not be drawn")
            return b""


def _wants_document(scope: Scope) -> bool:
    return not scope["path"].startswith(("/static/", "/media/", "/_stcore/", "/_crmdata/"))


def _unconditional(scope: Scope) -> Scope:
    """Return the request without what would bring a compressed or an empty answer."""
    left_out = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"}
    headers = [pair for pair in scope["headers"] if pair[0] not in left_out]
    return {**scope, "headers": headers}


def _is_document(start: Message) -> bool:
    return bool(start) and MutableHeaders(scope=start).get("content-type", "").startswith(
        "text/html"
    )


async def _pass_on(start: Message, message: Message, send: Send) -> None:
    if start:
        await send(start)
    await send(message)


async def _send_document(start: Message, body: bytes, send: Send, *, packed: bool) -> None:
    headers = MutableHeaders(scope=start)
    for name in ("etag", "last-modified", "accept-ranges"):
        del headers[name]
    headers["content-length"] = str(len(body))
    headers["cache-control"] = "no-store"
    if packed:
        body = await compress(start, body)
    await send(start)
    await send({"type": "http.response.body", "body": body})


def _lang(scope: Scope) -> bytes:
    wanted = parse_qs(scope["query_string"].decode("latin-1")).get("idioma", [""])[0][:2].lower()
    language = wanted if wanted in LANGUAGES else LANGUAGES[0]
    return f'<html lang="{language}">'.encode()
