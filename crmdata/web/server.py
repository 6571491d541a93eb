"""The app as `crmdata serve` starts it: Streamlit's own server, behind the gate of its mode."""

import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from importlib import import_module
from importlib.metadata import version
from pkgutil import walk_packages
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

import crmdata.web
from crmdata import logs, settings
from crmdata.serving import answers, watch
from crmdata.serving.compression import CompressedFiles, spare_memory
from crmdata.serving.document import DocumentLanguage
from crmdata.serving.gate import Gate
from crmdata.serving.headers import SecurityHeaders
from crmdata.serving.loading import Loading, SessionsWait
from crmdata.serving.logins import Logins
from crmdata.serving.messages import MessageGate
from crmdata.serving.old_addresses import MovedPages
from crmdata.serving.provider import Provider, provider
from crmdata.serving.way_back import WayBack
from crmdata.settings import ROOT, ServeMode
from crmdata.web.shell.assets import ASSETS
from crmdata.web.shell.page_messages import PageMessages

_STARTED = time.monotonic()

_SWITCH_SECONDS = 0.001
_OF_FEW = {"hand_in", "present", "review", "take_home", "first_reader", "server"}
"""What few readers open, and what opens the pages."""

mode = settings.serve_mode()


def _login() -> Provider | None:
    return provider() if mode is ServeMode.SECRETARIAT else None


@asynccontextmanager
async def _lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    logs.start()
    # A view that nobody has drawn keeps the interpreter; others' short runs, which let go of it at
    # every question to the database, would wait 5 ms each time to have it back.
    sys.setswitchinterval(_SWITCH_SECONDS)
    logs.log.info("started", **_settings())
    watching = watch.of_this_process(_visit_all if settings.warms() else _nobody)
    _loading.begin(then=watching.begin)
    yield {}
    watching.end()
    logs.log.info("ended", seconds=round(time.monotonic() - _STARTED, 1))


def _load() -> None:
    """Import what pages are made of, but for those that few readers open."""
    for module in walk_packages(crmdata.web.__path__, f"{crmdata.web.__name__}."):
        if module.name.split(".")[2] not in _OF_FEW:
            import_module(module.name)


_loading = Loading(_load)


def _visit_all(first_drawn: Callable[[], None]) -> None:
    from crmdata.web import first_reader

    first_reader.visit_all(first_drawn)


def _say_failure(error: Exception) -> bool:
    from crmdata.web.shell import failing

    return failing.show(error)


def _may_upload(cookies: Mapping[str, str]) -> bool:
    from crmdata.web.shell import identity

    return identity.may_upload(cookies)


def _begin(cookies: Mapping[str, str], had: Mapping[str, str]) -> None:
    from crmdata.web.shell import identity

    identity.begin(cookies, had)


def _end(cookies: Mapping[str, str]) -> None:
    from crmdata.web.shell import identity

    identity.end(cookies)


def _mark(cookies: Mapping[str, str]) -> str:
    from crmdata.web.shell import identity

    return identity.mark(cookies)


def _first_picture(path: str, query: str) -> str:
    if not _loading.over:
        return ""
    from crmdata.web import first_response

    return first_response.html(path, query)


def _search(params: Mapping[str, str]) -> str | None:
    if not _loading.over:
        return None
    from crmdata.web.shell import failing, searching

    try:
        return searching.html(params)
    except failing.FORESEEN:
        return None


def _nobody(_first_drawn: Callable[[], None]) -> None:
    """Leave the first views to the first readers."""


def _settings() -> dict[str, object]:
    """Say what runs here and how it is set, without a secret."""
    public = mode is ServeMode.PUBLIC
    database = settings.read_url() if public else settings.database_url()
    return {
        "mode": mode.value or "reading",
        "database": settings.without_password(database),
        "version": version("crmdata"),
        "python": sys.version.split()[0],
        "streamlit": st.__version__,
        "address": st.get_option("server.address"),
        "port": st.get_option("server.port"),
        "max_upload_mb": st.get_option("server.maxUploadSize"),
        "session_hours": settings.session_hours(),
        "unverified_addresses": settings.unverified_addresses(),
        "seconds": round(time.monotonic() - _STARTED, 2),
    }


spare_memory()
login = _login()

# The first is the outermost: every answer, a refusal too, carries the headers.
app = st.App(
    ROOT / "dashboard.py",
    secrets=login.secrets() if login else None,
    lifespan=_lifespan,
    routes=[*answers.routes(_mark if login else None, _search), *ASSETS.routes()],
    on_script_error=_say_failure,
    middleware=[
        Middleware(
            SecurityHeaders,
            session_seconds=int(settings.session_hours() * 3600),
            secure=login.secure if login else False,
        ),
        Middleware(Gate, mode=mode, may_upload=_may_upload),
        Middleware(MessageGate, language=PageMessages()),
        *([Middleware(WayBack), Middleware(Logins, begin=_begin, end=_end)] if login else []),
        Middleware(SessionsWait, loading=_loading),
        Middleware(MovedPages),
        Middleware(CompressedFiles),
        Middleware(DocumentLanguage, assets=ASSETS, first=_first_picture),
    ],
)
