"""Addresses that lead on: pages that have another name now, and those that say no choice at all.

An old address keeps all that it chose. A bare one leads to what its browser chose last.
"""

import re

from starlette.datastructures import URL, Headers
from starlette.requests import cookie_parser
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from crmdata.terms import LANGUAGES

MOVED = {"/resumen": "/inicio", "/ficha": "/paises", "/cambios": "/novedades"}
"""The address of a page by the one that it had."""

MINE = "crmdata_mine"
"""The cookie that remembers whose home the bare address of the app leads to: a choice of it."""

LANGUAGE = "crmdata_language"
"""The cookie that remembers in which language a bare address opens: the one chosen last."""

_CHOICE = re.compile(r"(pais|socio)=[A-Z]{2,12}")
_PAGE = re.compile(r"/[a-z]*")


class MovedPages:
    """ASGI middleware that sends a reader of an old or a bare address to where it leads."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer an old address, or hand the request on."""
        answer = None
        if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}:
            answer = _moved(scope) or _chosen(scope)
        await (answer or self._app)(scope, receive, send)


def _moved(scope: Scope) -> RedirectResponse | None:
    to = MOVED.get(scope["path"].rstrip("/"))
    if to is None:
        return None
    url = URL(path=to, query=scope["query_string"].decode("latin-1"))
    return RedirectResponse(str(url), 308)


def _chosen(scope: Scope) -> RedirectResponse | None:
    """Return the way from a bare address to the reader's own home and language.

    What an address says itself is never changed: who sends it, and who gets it, see the same.
    """
    path = scope["path"]
    if scope["query_string"] or not _PAGE.fullmatch(path):
        return None
    cookies = cookie_parser(Headers(scope=scope).get("cookie", ""))
    language, mine = cookies.get(LANGUAGE, ""), cookies.get(MINE, "")
    # Spanish goes without saying.
    choices = [f"idioma={language}"] if language in LANGUAGES[1:] else []
    if path == "/" and _CHOICE.fullmatch(mine):
        choices.append(mine)
    if not choices:
        return None
    to = f"{'/inicio' if path == '/' else path}?{'&'.join(choices)}"
    return RedirectResponse(to, 302, headers={"Cache-Control": "no-store"})
