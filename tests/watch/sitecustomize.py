"""Loaded by Python itself in the app server under test: notes what leaves the machine."""

import os
import sys

_NOTES = os.environ.get("CRMDATA_TEST_CONNECTIONS")
_HERE = ("127.", "::1", "localhost", "0.0.0.0", "::")


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event in {"socket.connect", "socket.sendto"} and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host and not str(host).startswith(_HERE):
        with open(_NOTES or os.devnull, "a", encoding="utf-8") as notes:  # noqa: PTH123 - early
            notes.write(f"{event} {host}\n")


if _NOTES:
    sys.addaudithook(_note)
