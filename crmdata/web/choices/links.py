"""Links inside a page: addresses with what else was chosen, followed without loading anew."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import streamlit as st

from crmdata.i18n import Words
from crmdata.render.html import markup
from crmdata.web.choices import address


@dataclass(frozen=True)
class Links:
    """Makes links that carry along what stands in an address: `carried`, in its order."""

    carried: tuple[tuple[str, str], ...] = ()

    def href(self, page: str = "", /, **changes: str | None) -> str:
        """Return the address of what is shown, with changes; None lets go of a choice.

        `page` names another page; the choices go along to it.
        """
        params = dict(self.carried)
        if page:
            # What is open under a picture is the page's own.
            params.pop("abierto", None)
        params |= {name: value or "" for name, value in changes.items()}
        return f"{page}?{urlencode({name: text for name, text in params.items() if text})}"

    def change(
        self, text: str, changes: Mapping[str, str], page: str = "", *, css: str = "",
        **attributes: str,
    ) -> str:  # fmt: skip
        """Return a link that changes some of what stands in the address, whatever it then is.

        An empty value lets go of a choice. `page` names another page.
        """
        return markup.element(
            "a", text, css=f"{markup.LINK} {css}".strip(), href=self.href(page, **changes),
            **{"data-changes": json.dumps(dict(changes))}, **attributes,
        )  # fmt: skip

    def option(
        self, text: str, changes: Mapping[str, str], page: str = "", *, chosen: bool,
        **attributes: str,
    ) -> str:  # fmt: skip
        """Return a line of a list of such links; the chosen one is marked."""
        here = {"aria-current": "true"} if chosen else {}
        return markup.wrapped("li", [self.change(text, changes, page, **here)], **attributes)

    def day_form(self, words: Words, name: str, value: str, first: date, last: date) -> str:
        """Return the form in which a choice of this name becomes any day from first to last."""
        carried = {field: text for field, text in self.carried if field != name}
        day = markup.field(type="date", name=name, value=value, min=first.isoformat(),
                           max=last.isoformat(), required="")  # fmt: skip
        label = markup.wrapped("label", [markup.element("span", words("Another date")), day])
        return form("", carried, [label, markup.element("button", words("Show"), type="submit")])


def here() -> Links:
    """Return what makes the links of the page as its address stands now."""
    stands = st.query_params.items()
    return Links(tuple((name, text) for name, text in stands if name in address.NAMES))


def fold(
    key: str, label: Iterable[str], inner: Iterable[str], *, css: str = "", **attributes: str
) -> str:
    """Return what unfolds over the page under its label; `key` finds it again when drawn anew."""
    summary = markup.wrapped("summary", label)
    panel = markup.wrapped("div", inner, css="crm-panel")
    return markup.wrapped("details", [summary, panel], css=f"crm-fold {css}".strip(),
                          **{"data-key": key}, **attributes)  # fmt: skip


def form(page: str, carried: Mapping[str, str], inner: Iterable[str], **attributes: str) -> str:
    """Return a form that leads to an address with what is filled in and what is carried along."""
    hidden = (
        markup.field(type="hidden", name=name, value=text) for name, text in carried.items() if text
    )
    return markup.wrapped("form", [*hidden, *inner], method="get", action=page, **attributes)


def link(text: str, target: str, **attributes: str) -> str:
    """Return a link with `text` as it stands, as HTML."""
    return markup.element("a", text, css=markup.LINK, href=target, **attributes)
