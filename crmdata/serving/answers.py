"""What a serving process answers to machines: is it ready, and which data do its pages show."""

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from crmdata.serving import watch

READY = "/_crmdata/ready"
"""200 where a reader who comes now gets a page, else 503. For health checks on the machine."""

DATA = "/_crmdata/data"
"""A token that changes when open pages have something new to show; they ask every few seconds.

Empty while the database is away.
"""

_UNKEPT = {"Cache-Control": "no-store"}


async def _ready(_request: Request) -> JSONResponse:
    now = watch.state() or watch.State()
    said = {
        "ready": now.ready,
        "database": now.reachable,
        "warmed": now.warmed,
        "version": now.version,
        "copy": now.fresh.copy.value,
    }
    return JSONResponse(said, 200 if now.ready else 503, headers=_UNKEPT)


async def _data(_request: Request) -> JSONResponse:
    now = watch.state()
    return JSONResponse({"token": now.shown if now else ""}, headers=_UNKEPT)


ROUTES = [Route(READY, _ready), Route(DATA, _data)]
