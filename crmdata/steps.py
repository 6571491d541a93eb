"""How long work tells how far it is, and how it is ended before its time."""

from collections.abc import Callable

Step = Callable[[int, int], None]
"""Told of each part: how many are done, of how many. It may raise `Cancelled`."""


class Cancelled(Exception):  # noqa: N818 - it says what happened
    """Somebody ended the work; nothing was made."""


def no_step(done: int, of: int) -> None:
    """Go on, and tell nobody."""
