"""Pages that have another name now: every link to the old one leads on, with all that it chose."""

import re

from starlette.datastructures import URL, Headers
from starlette.requests import cookie_parser
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

MOVED = {"/resumen": "/inicio", "/ficha": "/paises", "/cambios": "/novedades"}
"""The address of a page by the one that it had."""

MINE = "crmdata_mine"
"""The cookie that remembers whose home the bare address of the app leads to: a choice of it."""

_CHOICE = re.compile(r"(pais|socio)=[A-Z]{2,12}")


class MovedPages:
    """ASGI middleware that sends a reader of an old address to the new one, and home."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer an old address, or hand the request on."""
        answer = None
        if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}:
            answer = _moved(scope) or _home(scope)
        await (answer or self._app)(scope, receive, send)


def _moved(scope: Scope) -> RedirectResponse | None:
    to = MOVED.get(scope["path"].rstrip("/"))
    if to is None:
        return None
    url = URL(path=to, query=scope["query_string"].decode("latin-1"))
    return RedirectResponse(str(url), 308)


def _home(scope: Scope) -> RedirectResponse | None:
    """Return the way from the bare address to the reader's own home, if a cookie knows it."""
    if scope["path"] != "/" or scope["query_string"]:
        return None
    mine = cookie_parser(Headers(scope=scope).get("cookie", "")).get(MINE, "")
    if not _CHOICE.fullmatch(mine):
        return None
    return RedirectResponse(f"/inicio?{mine}", 302, headers={"Cache-Control": "no-store"})
