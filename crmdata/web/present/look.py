"""How slides look: the palettes and patterns of the figures as a style sheet."""

from pathlib import Path

from crmdata.palette import CLEAR, PALETTES, Look, Palette, text_on
from crmdata.render.html import colours
from crmdata.terms import COUNTED, SIN_REPORTE
from crmdata.web.choices import address

THEMES = dict(zip(address.THEMES, ("contrast", "dark"), strict=True))
"""The themes of a presentation and their palettes."""

_SHEET = Path(__file__).parent / "stage.css"


def sheet() -> str:
    """Return the style sheet of the stage, with the colours of both themes."""
    shared = colours.variables("contrast", ".stage") + _beside() + colours.MARKS
    themes = "\n".join(_theme(name, PALETTES[palette]) for name, palette in THEMES.items())
    return shared + _SHEET.read_text("utf-8") + themes


def _beside() -> str:
    """Return what the colours of pages have beside them: ground, text, accent, and which is on."""
    bright, dark = PALETTES["contrast"], PALETTES["dark"]
    pairs = {
        "page": (bright.background, dark.background),
        "text": (bright.text, dark.text),
        "accent": (bright.series[0], dark.series[0]),
    }
    said = " ".join(f"--crm-{key}: light-dark({one}, {two});" for key, (one, two) in pairs.items())
    schemes = zip(THEMES, ("light", "dark"), strict=True)
    on = (f'.stage[data-theme="{name}"] {{ color-scheme: {scheme}; }}' for name, scheme in schemes)
    return "\n".join(["", f".stage {{ {said} }}", *on, ""])


def _theme(name: str, palette: Palette) -> str:
    within = f'.stage[data-theme="{name}"]'
    colours = {
        "ground": palette.background,
        "text": palette.text,
        "muted": palette.muted,
        "grid": palette.grid,
        "rule": palette.rule,
        "band": palette.band,
        "strong": palette.band_strong,
        "accent": palette.series[0],
    }
    said = "".join(f"--{key}: {value};" for key, value in colours.items())
    rules = [f"{within} {{ {said} }}"]
    rules += [f"{within} .{state} {{ {_state(palette.states[str(state)])} }}" for state in COUNTED]
    for step, colour in enumerate(palette.scale):
        ink = text_on(colour)
        rules.append(f"{within} .step-{step} {{ background: {colour}; color: {ink}; }}")
    return "\n".join([*rules, f"{within} .silent {{ {_state(palette.states[SIN_REPORTE])} }}"])


def _state(look: Look) -> str:
    """Return ground, outline and pattern of a state, as the plotly figures have them."""
    ground = look.ground if look.ground != CLEAR else "transparent"
    filled = ground != "transparent"
    ink = text_on(look.ground) if filled else "var(--text)"
    behind = ground if filled else "var(--ground)"
    return (
        f"background: {_pattern(look, ground)}; border-color: {look.ink};"
        f" --ink: {ink}; --behind: {behind};"
    )


def _pattern(look: Look, ground: str) -> str:
    if look.pattern == "/":
        lines = f"{look.mark} 0 1.5px, transparent 1.5px 7px"
        return f"repeating-linear-gradient(-45deg, {lines}) {ground}"
    if look.pattern == "|":
        lines = f"{look.mark} 0 2px, transparent 2px 7px"
        return f"repeating-linear-gradient(90deg, {lines}) {ground}"
    if look.pattern == ".":
        dot = f"radial-gradient({look.mark} 1.4px, transparent 1.8px)"
        return f"{dot} 0 0 / 8px 8px {ground}"
    return ground
