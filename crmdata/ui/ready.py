"""Figures as Streamlit asks for them at every run: worked out once, since none is ever changed."""

from typing import Any

import plotly.graph_objects as go
from plotly.basedatatypes import BaseFigure

_KEPT = "_crm_ready"


class _Ready(BaseFigure):  # type: ignore[misc]  # plotly has no types
    """What a figure is in plain values, in the place of the figure."""

    def __init__(self, made: go.Figure) -> None:
        # Of a figure this has nothing but its values: nothing to set up, nothing to change.
        self._values: dict[str, Any] = made.to_dict()

    def to_dict(self) -> dict[str, Any]:
        """Return the values themselves, which the figure would copy at every call."""
        return self._values


def figure(drawn: go.Figure) -> BaseFigure:
    """Return a drawn figure ready to be sent; kept with it, for all who are shown the same."""
    found: BaseFigure | None = getattr(drawn, _KEPT, None)
    if found is None:
        found = _Ready(drawn)
        setattr(drawn, _KEPT, found)
    return found
