"""How slides look: the colours and marks of pages in the palettes of a hall."""

from pathlib import Path

from crmdata.palette import PALETTES
from crmdata.render.html import colours
from crmdata.web.choices import address

THEMES = dict(zip(address.THEMES, ("contrast", "dark"), strict=True))
"""The themes of a presentation and their palettes."""

_SHEET = Path(__file__).parent / "stage.css"


def sheet() -> str:
    """Return the style sheet of the stage, with the colours of both themes."""
    variables = colours.variables("contrast", ".stage")
    return "\n".join([variables, _beside(), colours.MARKS, _SHEET.read_text("utf-8")])


def _beside() -> str:
    """Return what the colours of pages have beside them: text, accent, and which is on."""
    bright, dark = PALETTES["contrast"], PALETTES["dark"]
    pairs = {
        "text": (bright.text, dark.text),
        "accent": (bright.series[0], dark.series[0]),
    }
    rules = " ".join(
        f"--crm-{key}: light-dark({light}, {two});" for key, (light, two) in pairs.items()
    )
    schemes = zip(THEMES, ("light", "dark"), strict=True)
    on = (f'.stage[data-theme="{name}"] {{ color-scheme: {scheme}; }}' for name, scheme in schemes)
    return "\n".join([f".stage {{ {rules} }}", *on])
