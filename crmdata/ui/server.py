"""The app as `crmdata serve` starts it: Streamlit's own server, behind the gate of its mode."""

import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

import streamlit as st
from sqlalchemy import make_url
from starlette.middleware import Middleware

from crmdata import logs, settings
from crmdata.serving import answers, watch
from crmdata.serving.compression import CompressedFiles
from crmdata.serving.document import DocumentLanguage
from crmdata.serving.gate import Gate
from crmdata.serving.headers import SecurityHeaders
from crmdata.serving.provider import Provider, provider
from crmdata.serving.way_back import WayBack
from crmdata.settings import ROOT, ServeMode
from crmdata.ui import failing, first_reader, identity

_STARTED = time.monotonic()

mode = settings.serve_mode()


def _login() -> Provider | None:
    return provider() if mode is ServeMode.SECRETARIAT else None


@asynccontextmanager
async def _lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    logs.start()
    logs.log.info("started", **_settings())
    watching = watch.begin(first_reader.visit_all if settings.warms() else _nobody)
    yield {}
    watching.end()
    logs.log.info("ended", seconds=round(time.monotonic() - _STARTED, 1))


def _nobody(_first_drawn: Callable[[], None]) -> None:
    """Leave the first views to the first readers."""


def _settings() -> dict[str, object]:
    """Say what runs here and how it is set, without a secret."""
    public = mode is ServeMode.PUBLIC
    database = make_url(settings.read_url() if public else settings.database_url())
    return {
        "mode": mode.value or "reading",
        "database": database.render_as_string(hide_password=True),
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


login = _login()

# The first is the outermost: every answer, a refusal too, carries the headers.
app = st.App(
    ROOT / "dashboard.py",
    secrets=login.secrets() if login else None,
    lifespan=_lifespan,
    routes=answers.ROUTES,
    on_script_error=failing.show,
    middleware=[
        Middleware(
            SecurityHeaders,
            session_seconds=int(settings.session_hours() * 3600),
            secure=login.secure if login else False,
        ),
        Middleware(Gate, mode=mode, may_upload=identity.may_upload),
        *([Middleware(WayBack)] if login else []),
        Middleware(CompressedFiles),
        Middleware(DocumentLanguage),
    ],
)
