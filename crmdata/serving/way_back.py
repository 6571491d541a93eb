"""Who logs in or out comes back to the page and choices they left: Streamlit leads to its start."""

from urllib.parse import quote, unquote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "crmdata_back"
"""Holds the address for as long as somebody is at the provider."""

MINUTES = 10
LONGEST = 2000
"""Characters of an address; a cookie holds twice as many."""

_LEAVING = ("/auth/login", "/auth/logout")
_CALLBACK = "/oauth2callback"
_REDIRECTS = frozenset({302, 303, 307})


class WayBack:
    """ASGI middleware that keeps an address over a login, and leads back to it afterwards.

    The address is what the browser itself sends as the page it comes from; another machine's,
    or another path than a page's, is forgotten.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on; complete the answer to one that begins or ends a login."""
        path = scope.get("path", "")
        if scope["type"] != "http" or path not in {*_LEAVING, _CALLBACK}:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        target = _page_left(headers) if path in _LEAVING else _target_in_cookie(headers)

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in _REDIRECTS:
                answer = MutableHeaders(scope=message)
                if answer["location"] == "/":
                    answer["location"] = target or "/"
                    answer.append("set-cookie", f"{COOKIE}=; Path=/; Max-Age=0")
                elif path in _LEAVING and target:
                    answer.append("set-cookie", _cookie(target))
            await send(message)

        await self._app(scope, receive, complete)


def _cookie(address: str) -> str:
    seconds = MINUTES * 60
    value = quote(address, safe="")
    return f"{COOKIE}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax"


def _page_left(headers: Headers) -> str:
    """Return path and choices of the page that a request comes from, if it is this app's."""
    try:
        page = urlsplit(headers.get("referer", ""))
    except ValueError:
        return ""
    if page.netloc != headers.get("host"):
        return ""
    return _safe(f"{page.path}?{page.query}" if page.query else page.path)


def _target_in_cookie(headers: Headers) -> str:
    return _safe(unquote(cookie_parser(headers.get("cookie", "")).get(COOKIE, "")))


def _safe(address: str) -> str:
    """Return an address that stays on this machine and is a page's, else nothing."""
    page = address.startswith("/") and not address.startswith(("//", "/\\", "/_", "/auth/"))
    plain = address.isascii() and address.isprintable() and len(address) <= LONGEST
    return address if page and plain and not address.startswith(_CALLBACK) else ""
