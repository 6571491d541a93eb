"""The operational log: one JSON object a line on the standard error output.

It says what happened and to which code, row count or status; never what a report says, and of
a person no more than the role and for which country or partner. A password in a URL, an e-mail
address and the secrets of the environment are masked wherever they turn up, and of an exception
stand its type and place, since its text may hold what somebody wrote.
"""

import logging
import os
import re
import sys
import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from crmdata.fields import TEXTS

SECRET_SETTINGS = (
    "CRMDATA_OIDC_CLIENT_SECRET",
    "CRMDATA_COOKIE_SECRET",
    "STREAMLIT_SERVER_COOKIE_SECRET",
)
"""Variables of the environment whose values no line may hold."""

MASK = "***"

_PRIVATE = frozenset({"authorization", "cookie", "password", "secret", "text", "token", *TEXTS})
_PASSWORD = re.compile(r"(?<=://)([^:/@\s]*):[^@\s/]+@")
_ADDRESS = re.compile(r"(?<![\w.+%'-])(?<!://)[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+")
"""A person's e-mail address; a user in a database's URL is none."""
_TOKEN = re.compile(r"\bey[\w-]{8,}\.[\w-]+\.[\w-]*")

log = structlog.stdlib.get_logger("crmdata")
"""What every module writes to: `log.info("file checked", rows=12)`."""


def start() -> None:
    """Write this process's log as JSON lines, those of its libraries too."""
    structlog.configure(
        processors=[*_shared(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_shared(),
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _masked,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    # Libraries say only what went wrong: their chatter names addresses and paths.
    root.setLevel(logging.WARNING)
    logging.getLogger("crmdata").setLevel(logging.INFO)
    for name in list(logging.root.manager.loggerDict):
        _hand_over(logging.getLogger(name))


def _hand_over(logger: logging.Logger) -> None:
    """Let a library's logger speak through the root's handler alone; a silent one stays so."""
    if logger.handlers:
        logger.handlers = []
        logger.propagate = True
        logger.setLevel(max(logger.getEffectiveLevel(), logging.WARNING))


def _shared() -> list[Processor]:
    return [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _placed,
    ]


def _placed(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Say an exception's type and place in the stead of its text."""
    info = event.pop("exc_info", None)
    error = sys.exc_info()[1] if info is True else info
    error = error[1] if isinstance(error, tuple) else error
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        event["at"] = _places(traceback.extract_tb(error.__traceback__))
    return event


def _places(frames: Iterable[traceback.FrameSummary]) -> list[str]:
    return [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in frames][-8:]


def _masked(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Mask what must not stand in a log, by its name or by its look."""
    secrets = [value for name in SECRET_SETTINGS if (value := os.environ.get(name))]
    return {
        name: MASK if name.lower() in _PRIVATE else _without(secrets, value)
        for name, value in event.items()
    }


def _without(secrets: list[str], value: Any) -> Any:
    if isinstance(value, list):
        return [_without(secrets, each) for each in value]
    if not isinstance(value, str):
        return value
    for secret in secrets:
        value = value.replace(secret, MASK)
    return _ADDRESS.sub(MASK, _TOKEN.sub(MASK, _PASSWORD.sub(rf"\1:{MASK}@", value)))
