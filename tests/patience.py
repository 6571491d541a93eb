"""How long a test waits for what must come: a busy machine makes the tests slower, never red.

Nothing here is a measurement. A bound ends a test that would hang, so it is far beyond what the
slowest machine needs; what must *not* come is waited for by the test that says so.
"""

import time
from collections.abc import Callable

PATIENCE = 180
"""Seconds."""

MILLISECONDS = PATIENCE * 1000
"""The same, as Playwright counts."""


def until(so: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Wait until something is so. Raise TimeoutError."""
    end = time.monotonic() + seconds
    while not so():
        if time.monotonic() > end:
            raise TimeoutError(f"not so after {seconds} s")
        time.sleep(0.02)
