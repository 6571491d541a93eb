"""What a serving process answers to scripts: is it ready, which data do its pages show, what a
search means.
"""

import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from crmdata.errors import CrmdataError
from crmdata.serving import watch
from crmdata.serving.budgets import Bucket

READY = "/_crmdata/ready"
"""200 where a reader who comes now gets a page, else 503. For health checks on the machine."""

DATA = "/_crmdata/data"
"""A token that changes when open pages have something new to show; they ask every few seconds.

Empty while the database is away. Beside it the mark of the asker's login, empty without one: a
page that was drawn for another login is drawn anew.
"""

SEARCH = "/_crmdata/search"
"""What a search means, as HTML: the script of the pages asks while somebody writes.

Without content where nobody can say now: it is asked again.
"""

Search = Callable[[Mapping[str, str]], str | None]
"""Returns the answers to the parameters of a request; None where nobody can say yet."""

AT_ONCE, _A_SECOND = 200.0, 60.0
"""Searches that a process answers: each takes some milliseconds of it. Others get none."""

Mark = Callable[[Mapping[str, str]], str]
"""Returns what tells the login of a request's cookies from every other one."""

_UNKEPT = {"Cache-Control": "no-store"}


async def _ready(_request: Request) -> JSONResponse:
    now = watch.state() or watch.ServerState()
    answer = {
        "ready": now.ready,
        "database": now.reachable,
        "warmed": now.warmed,
        "version": now.version,
        "copy": now.fresh.copy.value,
    }
    return JSONResponse(answer, 200 if now.ready else 503, headers=_UNKEPT)


async def _data(request: Request, *, mark: Mark | None) -> JSONResponse:
    now = watch.state()
    answer = {"token": now.token if now else ""}
    if mark is not None:
        # Where nobody knows now, the page stays as it is, and asks again.
        with suppress(CrmdataError):
            answer["login"] = await run_in_threadpool(mark, request.cookies)
    return JSONResponse(answer, headers=_UNKEPT)


def _searched(search: Search) -> Callable[[Request], Awaitable[Response]]:
    budget = Bucket(AT_ONCE, _A_SECOND, time.monotonic)

    async def answer(request: Request) -> Response:
        if budget.wait:
            return Response(status_code=204, headers=_UNKEPT)
        budget.take(1)
        html = await run_in_threadpool(search, dict(request.query_params))
        if html is None:
            return Response(status_code=204, headers=_UNKEPT)
        return HTMLResponse(html, headers=_UNKEPT)

    return answer


def routes(mark: Mark | None = None, search: Search | None = None) -> list[Route]:
    """Return the addresses and what they answer; `mark` where people log in."""
    searched = [Route(SEARCH, _searched(search))] if search else []
    return [Route(READY, _ready), Route(DATA, partial(_data, mark=mark)), *searched]
