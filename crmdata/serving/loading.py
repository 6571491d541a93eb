"""Nobody's page is run before one thread has imported what pages are made of.

The server answers a browser at once, which then loads Streamlit's own scripts. Were its page run
meanwhile, two threads would import the same packages, and one may find them half made: that is an
ImportError on the reader's screen.
"""

import threading
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from crmdata import logs


class Loading:
    """The imports of a server that has just started."""

    def __init__(self, load: Callable[[], None]) -> None:
        self._load = load
        self._over = threading.Event()

    def begin(self, then: Callable[[], None]) -> None:
        """Load in a thread of its own, and go on with what imports the same."""
        threading.Thread(target=self._go, args=(then,), name="loading", daemon=True).start()

    def wait(self) -> None:
        """Return when everything is loaded, or has failed to: the page itself will say why."""
        self._over.wait()

    def _go(self, then: Callable[[], None]) -> None:
        try:
            self._load()
        except Exception:
            logs.log.exception("not loaded")
        finally:
            self._over.set()
        then()

    @property
    def over(self) -> bool:
        """Whether nobody has to wait any more."""
        return self._over.is_set()


class SessionsWait:
    """ASGI middleware that opens a reader's session when everything is loaded."""

    def __init__(self, app: ASGIApp, *, loading: Loading) -> None:
        self._app = app
        self._loading = loading

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a connection wait; any other request goes on at once."""
        if scope["type"] == "websocket" and not self._loading.over:
            await run_in_threadpool(self._loading.wait)
        await self._app(scope, receive, send)
