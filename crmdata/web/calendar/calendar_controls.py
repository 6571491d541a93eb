"""What the reader sets on the calendar: its colour, what is folded, the page."""

from collections.abc import Sequence

import streamlit as st

from crmdata.figures import calendar
from crmdata.figures.names import Name
from crmdata.web.calendar.calendar_layers import by_support
from crmdata.web.choices import address, choices, listed
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.codes import codes_of
from crmdata.web.choices.filters import Filter, Option
from crmdata.web.kit import markup

_PAGE_ROOM = 680
"""Px for the rows of a page: what a projector of 1920 × 1080 leaves them."""

_LEVELS = "ejes", "lineas", "actividades"


def colour(chosen: Chosen) -> Filter:
    """Return what may colour the calendar: reports of all or a country, or partners' support."""
    words, made, support = chosen.words, chosen.choices, by_support(chosen)
    countries = listed.named(words, chosen.view, "countries")
    partners = listed.named(words, chosen.view, "partners")
    reports = {"": words("Reports of the whole region")} | {
        str(code): words("Reports: {country}", country=name.full)
        for code, name in countries.items()
    }
    supports = {"": words("Support of all partners")} | {
        str(code): words("Support: {partner}", partner=name.short)
        for code, name in partners.items()
    }
    region, *options = [
        *(Option(text, {"color": "", "pais": code}, not support and code == (made.pais or ""))
          for code, text in reports.items()),
        *(Option(text, {"color": address.SUPPORT, "socio": code, "pais": ""},
                 support and code == (made.socio or ""))
          for code, text in supports.items()),
    ]  # fmt: skip
    return Filter("color", words("Colour by"), options, region)


def show(chosen: Chosen, plan: calendar.Plan, pages: Sequence[calendar.Plan]) -> None:
    """Draw the row of controls over the picture."""
    with st.container(key="calendar-controls", horizontal=True, vertical_alignment="bottom"):
        _show_view(chosen)
        _show_levels(chosen, plan)
        _show_folds(chosen, plan)
        if chosen.choices.pagina is not None:
            _show_pager(chosen, pages)


def _show_view(chosen: Chosen) -> None:
    words, key = chosen.words, "choose-pagina"
    st.session_state[key] = "one" if chosen.choices.pagina is None else "pages"
    shown = {"one": words("All rows"), "pages": words("Pages by axis")}
    st.segmented_control(
        words("View"),
        list(shown),
        format_func=shown.__getitem__,
        key=key,
        required=True,
        on_change=lambda: choices.choose(pagina=1 if st.session_state[key] == "pages" else None),
    )


def _bands(plan: calendar.Plan) -> tuple[list[str], list[str]]:
    """Return the codes of the axes and of the lines that have activities here."""
    rows = plan.activities
    return [str(axis) for axis in rows["axis"].unique()], list(rows["line"].unique())


def _fold(chosen: Chosen, here: Sequence[str], folded: Sequence[str]) -> None:
    """Fold these of the bands shown; what is folded elsewhere stays so."""
    wanted = set(chosen.choices.plegado) - set(here) | set(folded)
    choices.choose(plegado=tuple(b for b in codes_of(chosen.view).bands if b in wanted))


def _show_levels(chosen: Chosen, plan: calendar.Plan) -> None:
    """Draw the switch that folds all axes, folds all lines, or unfolds everything."""
    words, key = chosen.words, "choose-nivel"
    axes, lines = _bands(plan)
    folds = dict(zip(_LEVELS, (axes, lines, []), strict=True))
    here = {*axes, *lines} & set(chosen.choices.plegado)
    st.session_state[key] = next((at for at, own in folds.items() if set(own) == here), None)
    shown = {
        "ejes": words("Axes"),
        "lineas": words("Lines"),
        "actividades": words("Activities"),
    }

    def write() -> None:
        picked = st.session_state[key]
        if picked is not None:
            _fold(chosen, [*axes, *lines], folds[picked])

    st.segmented_control(
        words("Unfold down to"), list(shown), format_func=shown.__getitem__, key=key,
        on_change=write,
    )  # fmt: skip


def _show_folds(chosen: Chosen, plan: calendar.Plan) -> None:
    """Draw, behind a button, a switch for each axis and line shown."""
    words, key = chosen.words, "choose-plegado"
    named = _named(chosen, plan)
    folded = [code for code in named if code in chosen.choices.plegado]
    st.session_state[key] = folded
    title = words("Folded rows: {count}", count=words.number(len(folded)))
    with st.popover(title, key="fold-rows"):
        st.pills(
            words("Axes and lines to fold"),
            list(named),
            selection_mode="multi",
            format_func=lambda code: named[code].full,
            key=key,
            on_change=lambda: _fold(chosen, list(named), st.session_state[key]),
        )


def _named(chosen: Chosen, plan: calendar.Plan) -> dict[str, Name]:
    """Name the bands here: an axis, then its lines."""
    words, (axes, lines) = chosen.words, _bands(plan)
    of_axes = {str(code): name for code, name in listed.named(words, chosen.view, "axes").items()}
    of_lines = listed.named(words, chosen.view, "lines")
    return {
        code: of_axes[code] if code in axes else of_lines[code]
        for code in codes_of(chosen.view).bands
        if code in axes or code in lines
    }


def pages(chosen: Chosen, plan: calendar.Plan) -> list[calendar.Plan]:
    """Return the plan in pages for a projector, each of one axis."""
    return calendar.pages(plan, _PAGE_ROOM, words=chosen.words)


def page_at(chosen: Chosen, every: Sequence[calendar.Plan]) -> int:
    """Return the number of the page shown, from 1; beyond the last it is the last."""
    return min(chosen.choices.pagina or 1, len(every))


def _show_pager(chosen: Chosen, every: Sequence[calendar.Plan]) -> None:
    words, at, last = chosen.words, page_at(chosen, every), len(every)
    st.button(
        words("Previous page"), key="page-before", shortcut="Left", disabled=at == 1,
        on_click=lambda: choices.choose(pagina=at - 1),
    )  # fmt: skip
    place = words("Page {page} of {pages}", page=words.number(at), pages=words.number(last))
    markup.show(markup.element("p", place, css="crm-page", role="status"))
    st.button(
        words("Next page"), key="page-after", shortcut="Right", disabled=at == last,
        on_click=lambda: choices.choose(pagina=at + 1),
    )  # fmt: skip
