"""Where a login begins and ends: the provider sends somebody back, somebody logs out.

Streamlit gives the browser a cookie and takes it away again. Here the store learns of both
before the browser does: a cookie whose login is not written down is not given out.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from http.cookies import CookieError, SimpleCookie

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from crmdata import logs
from crmdata.errors import N_, CrmdataError
from crmdata.i18n import words_for
from crmdata.serving.provider import CALLBACK
from crmdata.terms import LANGUAGES

LOGOUT = "/auth/logout"
"""The path at which somebody logs out; it is Streamlit's own."""

Begin = Callable[[Mapping[str, str], Mapping[str, str]], None]
"""Writes down the login of the cookies that a browser is to get; ends that of those it had."""

End = Callable[[Mapping[str, str]], None]
"""Ends the login of a browser's cookies."""

_NOT_IN = N_("You are not logged in: the login could not be written down.")
_NOT_OUT = N_("You are still logged in: that you log out could not be written down.")
_AGAIN = N_("Go back and try again in a moment.")


class Logins:
    """ASGI middleware that lets no login begin or end without the store."""

    def __init__(self, app: ASGIApp, *, begin: Begin, end: End) -> None:
        self._app = app
        self._begin = begin
        self._end = end

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on; end a login before that, or begin one before it is answered."""
        path = scope.get("path", "")
        if scope["type"] != "http" or path not in {CALLBACK, LOGOUT}:
            await self._app(scope, receive, send)
            return
        had = cookie_parser(Headers(scope=scope).get("cookie", ""))
        if path == CALLBACK:
            answer = _Beginning(scope, send, lambda cookies: self._begin(cookies, had))
            await self._app(scope, receive, answer)
        elif await _is_written(partial(self._end, had)):
            await self._app(scope, receive, send)
        else:
            await _refusal(_NOT_OUT)(scope, receive, send)


class _Beginning:
    """Sends the answer to who comes from the provider, or in its stead why there is no login."""

    def __init__(
        self, scope: Scope, send: Send, begin: Callable[[Mapping[str, str]], None]
    ) -> None:
        self._scope = scope
        self._send = send
        self._begin = begin
        self._refused = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            cookies = dict(_cookies(Headers(raw=message["headers"])))
            self._refused = not await _is_written(partial(self._begin, cookies))
            if self._refused:
                await _refusal(_NOT_IN)(self._scope, _nothing_more, self._send)
        if not self._refused:
            await self._send(message)


async def _is_written(act: Callable[[], None]) -> bool:
    try:
        await run_in_threadpool(act)
    except CrmdataError as error:
        rules = sorted({problem.rule for problem in error.problems})
        logs.log.error("login not written down", rules=rules)
        return False
    return True


def _cookies(headers: Headers) -> Iterator[tuple[str, str]]:
    """Yield the cookies that an answer gives, by name."""
    for line in headers.getlist("set-cookie"):
        try:
            yield from ((name, morsel.value) for name, morsel in SimpleCookie(line).items())
        except CookieError:
            continue


def _refusal(sentence: str) -> PlainTextResponse:
    """Return a sentence in every language: which one its reader has chosen is not known here."""
    sentences = [f"{words(sentence)} {words(_AGAIN)}" for words in map(words_for, LANGUAGES)]
    return PlainTextResponse("\n".join(sentences), 503)


async def _nothing_more() -> Message:
    return {"type": "http.disconnect"}
