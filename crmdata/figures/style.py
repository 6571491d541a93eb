"""Type and markers of the plotly figures."""

from typing import Any

from crmdata.palette import Look

FONT = "Source Sans, sans-serif"
"""Streamlit serves "Source Sans" itself; nothing is fetched."""

SIZE = 14
SMALL = 12
"""Type sizes in px: labels, notes and cells."""

SERIES_SYMBOLS = ("circle", "square", "diamond", "triangle-up")
"""Marker shapes of the countries side by side, one beside each colour of `Palette.series`."""


def bar_marker(look: Look) -> dict[str, Any]:
    """Return the `marker` of a go.Bar trace: ground, outline and pattern of one state."""
    marker: dict[str, Any] = {"color": look.ground, "line": {"color": look.ink, "width": 1}}
    if look.pattern:
        marker["pattern"] = {
            "shape": look.pattern,
            "fgcolor": look.mark,
            "bgcolor": look.ground,
            "solidity": look.solidity,
            "size": 6,
        }
    return marker
