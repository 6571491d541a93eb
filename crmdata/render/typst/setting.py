"""A document as a PDF: its parts as JSON, set in a process of its own."""

import json
import subprocess
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, time
from tempfile import TemporaryFile
from threading import BoundedSemaphore

from crmdata import apart
from crmdata.content.papers import Paper
from crmdata.render.typst.composing import composed
from crmdata.render.typst.letters import clean
from crmdata.steps import Step, no_step

SECONDS = 120
"""By the clock, on a machine that is busy with other things; the longest report takes one."""

_ASK_AGAIN = 0.25
"""Seconds after which whoever waits is asked whether the document is still wanted."""

_AT_ONCE = BoundedSemaphore(2)
"""However many people want a document, so much memory is needed and no more."""

_STANDARDS = ("ua-1",)
_KEPT = ("a-2a", "ua-1")
"""What somebody keeps says for good how it is shown."""


def pdf(papers: Iterable[Paper], pages: int | None = None, step: Step = no_step) -> bytes:
    """Return the first of the papers that has no more than so many pages, else the last one.

    `step` is told of every chapter, and may raise to end the work. Raise RuntimeError where the
    setter refuses one, such as for a rule of PDF/UA.
    """
    given = [*papers]
    first = given[0]
    asked = {
        "papers": [clean(composed(paper, step)) for paper in given],
        "pages": pages,
        "standards": _KEPT if first.archived else _STANDARDS,
        "timestamp": int(datetime.combine(first.cutoff, time(), UTC).timestamp()),
    }
    parts = len(first.chapters)
    return _set(json.dumps(asked).encode(), lambda: step(parts, parts))


def _set(asked: bytes, go_on: Callable[[], None]) -> bytes:
    """Return what the process makes of it; what is asked to `go_on` may raise to end it."""
    with _AT_ONCE, TemporaryFile() as said:
        said.write(asked)
        said.seek(0)
        with subprocess.Popen(  # noqa: S603 - our own interpreter and module
            apart.command("crmdata.render.typst"),
            stdin=said,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=apart.environment(),
        ) as process:
            try:
                made, why = _waited(process, go_on)
            finally:
                process.kill()
    if process.returncode:
        raise RuntimeError(why.decode(errors="replace")[-4000:] or "the setter broke")
    return made


def _waited(process: subprocess.Popen[bytes], go_on: Callable[[], None]) -> tuple[bytes, bytes]:
    for _ in range(int(SECONDS / _ASK_AGAIN)):
        try:
            return process.communicate(timeout=_ASK_AGAIN)
        except subprocess.TimeoutExpired:
            go_on()
    raise RuntimeError("the setter took too long")
