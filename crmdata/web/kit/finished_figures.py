"""Figures as Streamlit asks for them at every run: worked out once, since none is ever changed."""

from typing import Any

from plotly.basedatatypes import BaseFigure


class Ready(BaseFigure):  # type: ignore[misc]  # plotly has no types
    """What a figure is in plain values, in the place of the figure."""

    def __init__(self, values: dict[str, Any]) -> None:
        # Of a figure this has nothing but its values: nothing to set up, nothing to change.
        self._values = values

    def to_dict(self) -> dict[str, Any]:
        """Return the values themselves, which the figure would copy at every call."""
        return self._values

    def __reduce__(self) -> tuple[type["Ready"], tuple[dict[str, Any]]]:
        """Say how it is written: as its values."""
        return Ready, (self._values,)
