"""The palette as a style sheet, light and dark in one: the theme of what holds it chooses."""

from pathlib import Path

from crmdata.palette import PALETTES, Look, text_on
from crmdata.terms import State

MARKS = (Path(__file__).parent / "marks.css").read_text("utf-8")
"""How states and faces look, in these colours."""


def variables(bright: str = "light", within: str = ":root") -> str:
    """Return the rule that names every colour: `--s-` those of states, `--crm-` the page's.

    `bright` is the palette beside the dark one, `within` what holds the colours.
    """
    light, dark = PALETTES[bright], PALETTES["dark"]
    filled = {State.CUMPLIDA.value, State.EN_CURSO.value, State.SUSPENDIDA.value}
    pairs = {
        f"s-{state}": tuple(
            _fill(each, filled=state in filled) for each in (look, dark.states[state])
        )
        for state, look in light.states.items()
    }
    pairs |= {
        "crm-warm": tuple(each.states[State.SUSPENDIDA].ink for each in (light, dark)),
        "crm-muted": (light.muted, dark.muted),
        "crm-line": (light.grid, dark.grid),
        "crm-rule": (light.rule, dark.rule),
        "crm-band": (light.band, dark.band),
        "crm-band-strong": (light.band_strong, dark.band_strong),
        "crm-empty": (light.empty, dark.empty),
        "crm-page": (light.background, dark.background),
    }
    rules = [
        f".f-step-{at} {{ background: light-dark({colour}, {other});"
        f" color: light-dark({text_on(colour)}, {text_on(other)}) !important; }}"
        for at, (colour, other) in enumerate(zip(light.scale, dark.scale, strict=True))
    ]
    written = (
        f"--{name}: light-dark({colour}, {other});" for name, (colour, other) in pairs.items()
    )
    return f"{within} {{ {' '.join(written)} }}\n" + "\n".join(rules)


def _fill(look: Look, *, filled: bool) -> str:
    return look.ground if filled else look.ink
