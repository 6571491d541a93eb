"""Buttons that save a chart as a picture, made in the browser: see `picture.js`."""

from pathlib import Path

from crmdata.labels import DEMONSTRATION
from crmdata.render.html import markup
from crmdata.web.choices.chosen import Chosen
from crmdata.web.data.made_once import made_once
from crmdata.web.shell import cutoff_words

SCRIPT = (Path(__file__).parent / "picture.js").read_text("utf-8")


@made_once
def buttons(chosen: Chosen, key: str, title: str, *, tables: str = "") -> str:
    """Return the buttons, SVG and PNG, that save the chart of this key.

    Title, cut-off, filters and the demonstration mark stand inside the picture. With `tables`, a
    CSS selector, it is these as they stand in the browser, under what the page or section finds and
    with what the chips say: as PNG alone, since hardly a program draws the HTML within an SVG.
    """
    words = chosen.words
    plan = words.pick(*chosen.plan.short_title)
    cutoff = cutoff_words.sentence(chosen).rstrip(".")
    settings = {
        "data-charts": key,
        "data-title": title,
        "data-note": " · ".join([cutoff, *([] if tables else cutoff_words.choices(chosen)), plan]),
        "data-mark": words(DEMONSTRATION) if chosen.demo else "",
        "data-file": chosen.file_name(key),
        "data-making": words("Making the picture …"),
        "data-done": words("The picture is ready"),
        "data-failed": words("The picture could not be made."),
        "type": "button",
    }
    if tables:
        settings["data-tables"] = tables
    titles = {
        "svg": words("Download the picture (SVG)"), "png": words("Download the picture (PNG)")
    }  # fmt: skip
    saves = [
        markup.element(
            "button",
            text,
            css="crm-tool crm-picture",
            **settings,
            title=titles[kind],
            **{"data-format": kind, "aria-label": titles[kind]},
        )
        for kind, text in (("svg", "SVG"), ("png", "PNG"))
        if kind == "png" or not tables
    ]
    status = markup.element("span", "", css="crm-told", role="status")
    return markup.wrapped("div", [*saves, status], css="crm-pictures")
