"""Buttons that save a chart as a picture, made in the browser: see `picture.js`."""

from pathlib import Path

from crmdata.labels import DEMONSTRATION
from crmdata.render.html import markup
from crmdata.web.choices.chosen import Chosen
from crmdata.web.data.kept import kept
from crmdata.web.kit import draw
from crmdata.web.shell import in_force

SCRIPT = (Path(__file__).parent / "picture.js").read_text("utf-8")


def show(chosen: Chosen, key: str, title: str, *charts: str) -> None:
    """Draw two buttons, SVG and PNG, of the charts named, one above the other; `key` alone if none.

    Title, cut-off, filters and the demonstration mark stand inside the picture.
    """
    draw.html(_buttons(chosen, key, title, *charts))


@kept
def _buttons(chosen: Chosen, key: str, title: str, *charts: str) -> str:
    words = chosen.words
    plan = words.pick(*chosen.plan.short_title)
    cutoff = words("Cut-off {day}.", day=words.date(chosen.cutoff)).rstrip(".")
    settings = {
        "data-charts": " ".join(charts or (key,)),
        "data-title": title,
        "data-note": " · ".join([cutoff, *in_force.choices(chosen), plan]),
        "data-mark": words(DEMONSTRATION) if chosen.demo else "",
        "data-file": chosen.file_name(key),
        "data-making": words("Making the picture …"),
        "data-done": words("The picture is ready"),
        "data-failed": words("The picture could not be made."),
        "type": "button",
    }
    buttons = [
        markup.element("button", text, css="crm-picture", **settings, **{"data-format": kind})
        for kind, text in (
            ("svg", words("Download the picture (SVG)")),
            ("png", words("Download the picture (PNG)")),
        )
    ]
    told = markup.element("span", "", css="crm-told", role="status")
    return markup.wrapped("div", [*buttons, told], css="crm-pictures")
