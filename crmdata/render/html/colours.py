"""The palette as variables of a style sheet, light and dark in one: the page's theme chooses."""

from crmdata.palette import PALETTES, Look, text_on
from crmdata.terms import State


def variables() -> str:
    """Return the rule that names every colour: `--s-` those of states, `--crm-` the page's."""
    light, dark = PALETTES["light"], PALETTES["dark"]
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
    }
    rules = [
        f".f-step-{at} {{ background: light-dark({one}, {other});"
        f" color: light-dark({text_on(one)}, {text_on(other)}) !important; }}"
        for at, (one, other) in enumerate(zip(light.scale, dark.scale, strict=True))
    ]
    written = (f"--{name}: light-dark({one}, {other});" for name, (one, other) in pairs.items())
    return f":root {{ {' '.join(written)} }}\n" + "\n".join(rules)


def _fill(look: Look, *, filled: bool) -> str:
    return look.ground if filled else look.ink
