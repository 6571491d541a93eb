"""Debian's Chromium, headless and without internet, for what only a browser can tell."""

import os
import shutil

from playwright.sync_api import Browser, Playwright

_FLAGS = (
    "--no-sandbox",  # the sandbox does not run as root
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-background-timer-throttling",  # pages are measured in turn, not only the front one
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
)


def launch(playwright: Playwright) -> Browser:
    """Start `$CHROMIUM`, else Debian's. Raise FileNotFoundError without any."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell")
    if program is None:
        raise FileNotFoundError("No Chromium: apt-get install chromium-headless-shell")
    return playwright.chromium.launch(executable_path=program, args=list(_FLAGS))
