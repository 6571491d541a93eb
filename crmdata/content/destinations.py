"""Where something that is said leads; the page says how an address is written."""

from collections.abc import Mapping
from typing import NamedTuple


class Way(NamedTuple):
    """Where something leads: a page, empty for the one it stands on, and the choices it changes."""

    page: str
    changes: Mapping[str, str]
    apart: bool = False
    """Whether it is only looked up, in a window of its own: what was chosen before stays chosen."""
    section: str = ""
    """The section of the page that is brought in sight."""
