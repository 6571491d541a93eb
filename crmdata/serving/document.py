"""The page's document says its language and where its server is, before any script has run."""

from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from crmdata.terms import LANGUAGES

_WRITTEN = b'<html lang="en">'

_HEAD = b"<head>"
_SERVER = b"<script>window.__streamlit = { BACKEND_BASE_URL: location.origin };</script>"
"""Else Streamlit looks for its server under the path of a deep link first, and gets two 404s."""


class DocumentLanguage:
    """ASGI middleware that writes `?idioma=` into `<html lang>`, which Streamlit fixes to English.

    The app stands at the root of its address: the document says so too.
    The document differs by language, so it is never revalidated against another one's.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

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
                said = body.replace(_WRITTEN, _lang(scope), 1)
                await _send_document(start, said.replace(_HEAD, _HEAD + _SERVER, 1), send)

        await self._app(_unconditional(scope), receive, rewrite)


def _wants_document(scope: Scope) -> bool:
    return not scope["path"].startswith(("/static/", "/media/", "/_stcore/"))


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


async def _send_document(start: Message, body: bytes, send: Send) -> None:
    headers = MutableHeaders(scope=start)
    for name in ("etag", "last-modified", "accept-ranges"):
        del headers[name]
    headers["content-length"] = str(len(body))
    await send(start)
    await send({"type": "http.response.body", "body": body})


def _lang(scope: Scope) -> bytes:
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("idioma", [""])[0][:2].lower()
    language = asked if asked in LANGUAGES else LANGUAGES[0]
    return f'<html lang="{language}">'.encode()
