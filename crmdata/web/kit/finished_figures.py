"""Figures as Streamlit asks for them at every run: worked out once, since none is ever changed."""

from collections.abc import Sequence
from html import escape
from typing import Any

from plotly.basedatatypes import BaseFigure

from crmdata.figures.multiples import NAMES


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


def linked(figure: Ready, addresses: Sequence[str | None]) -> Ready:
    """Return a figure whose names are links: the labels of its rows, or the titles of its panels.

    A figure is the same for all readers, what a link carries along is not: so this comes last.
    """
    values = figure.to_dict()
    axis = values["layout"].get("yaxis", {})
    if len(axis.get("ticktext", ())) == len(addresses):
        axis = {**axis, "ticktext": _links(axis["ticktext"], addresses)}
        return Ready({**values, "layout": {**values["layout"], "yaxis": axis}})
    traces = [
        {**trace, "text": _links(trace["text"], addresses)} if trace.get("meta") == NAMES else trace
        for trace in values["data"]
    ]
    return Ready({**values, "data": traces})


def _links(labels: Sequence[str], addresses: Sequence[str | None]) -> list[str]:
    return [
        f'<a href="{escape(address)}" target="_self">{label}</a>' if address else label
        for label, address in zip(labels, addresses, strict=True)
    ]
