"""The palette: the only place that names a colour.

The states stand on one blue scale (the more done, the further from the page's ground), with
ochre, the one warm colour, for what stands still or is overdue, and hatching for silence: no red,
no green, no verdict. Colour is never alone: each state has its own symbol in `crmdata.labels`.
`tests/test_style.py` computes contrast and the distance between states as they appear in
protanopia, deuteranopia and tritanopia.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from crmdata.terms import SIN_REPORTE, CooperationState, State

CLEAR = "rgba(0,0,0,0)"


@dataclass(frozen=True)
class Look:
    """How a state appears: `ink` is its colour, of outline or ground; `mark` its pattern's."""

    ink: str
    ground: str
    pattern: str = ""
    mark: str = ""
    solidity: float = 0.3


_SUPPORT = {
    CooperationState.EN_CURSO.value: State.EN_CURSO.value,
    CooperationState.CONCLUIDA.value: State.CUMPLIDA.value,
    CooperationState.OFRECIDA.value: State.NO_INICIADA.value,
    CooperationState.SOLICITADA.value: State.SUSPENDIDA.value,
    CooperationState.CANCELADA.value: State.NO_APLICA.value,
}


@dataclass(frozen=True)
class Palette:
    """The colours of one theme."""

    background: str
    text: str
    muted: str
    grid: str
    rule: str
    band: str
    band_strong: str
    highlight: str
    planned: str
    empty: str
    scale: tuple[str, ...]
    series: tuple[str, ...]
    states: Mapping[str, Look]

    @property
    def support(self) -> Mapping[str, Look]:
        """The looks of cooperation: those of the states that are alike."""
        return {state: self.states[alike] for state, alike in _SUPPORT.items()}


_LIGHT = Palette(
    background="#ffffff",
    text="#1a1a1a",
    muted="#57606a",
    grid="#e4e8ed",
    rule="#8793a1",
    band="#f1f4f8",
    band_strong="#e2e9f1",
    highlight="#fdf1d6",
    planned="#d3dce6",
    empty="#f3f4f6",
    scale=("#e3edf8", "#b3d0ee", "#75a9dc", "#3569a0", "#17305c"),
    series=("#17305c", "#b3751a", "#4f97e0", "#7a4a1e"),
    states=MappingProxyType(
        {
            State.CUMPLIDA.value: Look("#17305c", "#17305c"),
            State.EN_CURSO.value: Look("#3569a0", "#4377b3"),
            State.NO_INICIADA.value: Look("#4f97e0", "#ffffff"),
            State.SUSPENDIDA.value: Look("#b3751a", "#e0a83e"),
            SIN_REPORTE: Look("#595959", CLEAR, "/", "#595959", 0.14),
            State.NO_APLICA.value: Look("#8e8f92", CLEAR, "-", "#8e8f92", 0.14),
        }
    ),
)

_DARK = Palette(
    background="#0e1117",
    text="#fafafa",
    muted="#aab3c0",
    grid="#262d38",
    rule="#7d8a9a",
    band="#171c25",
    band_strong="#202836",
    highlight="#352c14",
    planned="#36414f",
    empty="#151a22",
    scale=("#1b2b42", "#2a4d78", "#3f7fc0", "#79bbf5", "#cae7fe"),
    series=("#cae7fe", "#bc9b2a", "#5faff2", "#8a6a3a"),
    states=MappingProxyType(
        {
            State.CUMPLIDA.value: Look("#cae7fe", "#cae7fe"),
            State.EN_CURSO.value: Look("#5faff2", "#2f6299"),
            State.NO_INICIADA.value: Look("#4f79ac", "#0e1117"),
            State.SUSPENDIDA.value: Look("#bc9b2a", "#b08f22"),
            SIN_REPORTE: Look("#acacac", CLEAR, "/", "#acacac", 0.14),
            State.NO_APLICA.value: Look("#6a6f6f", CLEAR, "-", "#6a6f6f", 0.14),
        }
    ),
)

_CONTRAST = replace(
    _LIGHT, text="#000000", muted="#1f2328", grid="#b8c0ca", rule="#3d444d", band="#eef2f7",
    band_strong="#d9e3ee",
)  # fmt: skip
"""For a projector in a bright hall: every text at least 7:1."""

PALETTES: Mapping[str, Palette] = MappingProxyType(
    {"light": _LIGHT, "dark": _DARK, "contrast": _CONTRAST}
)


def luminance(colour: str) -> float:
    """Return the relative luminance (WCAG 2) of `#rrggbb`."""
    total = 0.0
    for at, weight in ((1, 0.2126), (3, 0.7152), (5, 0.0722)):
        channel = int(colour[at : at + 2], 16) / 255
        linear = channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        total += weight * linear
    return total


def contrast(colour: str, other: str) -> float:
    """Return the contrast ratio (WCAG 2) of two colours `#rrggbb`, 1–21."""
    bright, dim = sorted((luminance(colour), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def text_on(colour: str) -> str:
    """Return black or white, whichever reads better on this ground."""
    return max(("#000000", "#ffffff"), key=lambda ink: contrast(ink, colour))
