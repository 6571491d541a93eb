"""What stands behind a picture: one line of links under it, and the address says what is open."""

from collections.abc import Iterable
from typing import NamedTuple

from crmdata.labels import DEMONSTRATION
from crmdata.render.html import markup
from crmdata.web.choices.chosen import Chosen
from crmdata.web.shell import copying


class Tool(NamedTuple):
    """Something that opens under a section: its table, where its number comes from, its files."""

    name: str
    label: str
    """A message of the catalogue."""


def is_open(chosen: Chosen, name: str, section: str) -> bool:
    """Tell whether the reader opened a tool of a section."""
    return chosen.open_panel == f"{name}-{section}"


def tools(
    chosen: Chosen, section: str, offered: Iterable[Tool], *, beside: str = "",
    prints: bool = False, takes: str = "",
) -> str:  # fmt: skip
    """Return the line of a section's tools, and the mark of a demonstration before it.

    `beside` stands after the tools, HTML already. `takes` is the key of the button further down
    that brings the page as a PDF, which one here presses.
    """
    words = chosen.words
    items = [_tool(chosen, section, tool) for tool in offered]
    if beside:
        items.append(beside)
    if prints:
        items.append(markup.element("button", words("Print"), type="button", css="crm-tool",
                                    **{"data-prints": ""}))  # fmt: skip
    if takes:
        text = words("Download ({ending})", ending="PDF")
        items.append(markup.element("button", text, type="button", css="crm-tool",
                                    **{"data-presses": takes}))  # fmt: skip
    address = {"idioma": words.language, **chosen.view.address}
    items.append(copying.link_button(words, address, with_name=True))
    mark = [markup.element("p", words(DEMONSTRATION), css="crm-mark-demo")] if chosen.demo else []
    row = markup.wrapped("div", items, css="crm-tool-row")
    return markup.wrapped("div", [*mark, row], css="crm-apparatus")


def _tool(chosen: Chosen, section: str, tool: Tool) -> str:
    is_opened = is_open(chosen, tool.name, section)
    changes = {"abierto": "" if is_opened else f"{tool.name}-{section}"}
    state = {"aria-expanded": "true" if is_opened else "false", "role": "button"}
    return chosen.links.change(chosen.words(tool.label), changes, css="crm-tool", **state)
