"""What the calendar is drawn from: the plan as the reader narrowed it, and what lies over it."""

from dataclasses import replace
from urllib.parse import urlencode

import pandas as pd

from crmdata.figures import calendar, names
from crmdata.view import View
from crmdata.web.choices import address
from crmdata.web.choices.address import UNSCHEDULED
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.codes import codes_of
from crmdata.web.choices.groups import within
from crmdata.web.data.kept import kept
from crmdata.web.origin.origins import OfCells


def activities(chosen: Chosen) -> pd.DataFrame:
    """Return the activities of the chosen axis, line and mark."""
    rows, marks, wanted = chosen.frame("activities"), chosen.frame("marks"), chosen.choices.marca
    if wanted == UNSCHEDULED:
        rows = rows.loc[~rows["activity"].isin(marks["activity"])]
    elif wanted is not None:
        rows = rows.loc[rows["activity"].isin(marks.loc[marks["kind"] == wanted, "activity"])]
    return within(chosen, rows)


@kept
def plan(chosen: Chosen) -> calendar.Plan:
    """Return the plan of the activities chosen, its results' deliveries those of the whole."""
    return _whole(chosen.view).only(activities(chosen))


@kept
def _whole(view: View) -> calendar.Plan:
    whole = calendar.Plan.of(
        view.plan, axes=view.frame("axes"), lines=view.frame("lines"),
        activities=view.frame("activities"), marks=view.frame("marks"),
    )  # fmt: skip
    return replace(whole, results=calendar.deliveries(whole, view.frame("results")))


def by_support(chosen: Chosen) -> bool:
    """Tell whether the second track shows the partners' support, not what was reported."""
    return chosen.choices.color == address.SUPPORT


def cells(chosen: Chosen) -> pd.DataFrame:
    """Return the cells of the region, or of the country that colours the calendar."""
    return within(chosen, chosen.frame("cells"))


def _shown_cells(chosen: Chosen) -> pd.DataFrame:
    """Return the cells of the activities shown."""
    own = cells(chosen)
    return own.loc[own["activity"].isin(activities(chosen)["activity"])]


MADE_OF = OfCells(("activity", "country"), _shown_cells, marks=activities)
"""What the bars and counts of the calendar are made of."""


def layers(chosen: Chosen) -> calendar.Layers:
    """Return what lies over the plan: reports or support, the plan before, meetings, cut-off."""
    common = calendar.Layers(
        earlier_marks=chosen.view.earlier_marks(),
        meetings=chosen.frame("meetings"),
        cutoff=chosen.cutoff,
    )
    if by_support(chosen):
        lines, partner = chosen.frame("cooperation"), chosen.choices.socio
        own = lines if partner is None else lines.loc[lines["partner"] == partner]
        who = names.of_partners(chosen.frame("partners"), chosen.words)
        acronyms = {str(code): name.short for code, name in who.items()}
        return replace(common, cooperation=own.assign(partner=own["partner"].map(acronyms)))
    return replace(common, cells=cells(chosen), outside=within(chosen, chosen.frame("outside")))


def drawn_layers(chosen: Chosen) -> calendar.Layers:
    """Return the layers of the picture: with what is folded, and where its labels lead."""
    return replace(
        layers(chosen),
        folded=frozenset(chosen.choices.plegado),
        addresses=sheets(chosen) | _folds(chosen),
    )


@kept
def sheets(chosen: Chosen) -> dict[str, str]:
    """Return by activity the address of its sheet, all that was chosen along with it."""
    rows = chosen.frame("activities")
    return {
        code: _href(chosen, "actividades", {"eje": "", "linea": line, "actividad": code})
        for code, line in zip(rows["activity"], rows["line"], strict=True)
    }


def _folds(chosen: Chosen) -> dict[str, str]:
    """Return by axis and line the address of the calendar with it folded or unfolded."""
    bands, folded = codes_of(chosen.view).bands, set(chosen.choices.plegado)
    return {
        band: _href(
            chosen, "calendario", {"plegado": ",".join(b for b in bands if b in folded ^ {band})}
        )
        for band in bands
    }


def _href(chosen: Chosen, page: str, changes: dict[str, str]) -> str:
    """Return an address from what the picture is drawn for, since every reader gets the same."""
    fixed = {"idioma": chosen.words.language, **chosen.view.address}
    params = fixed | chosen.choices.params() | changes
    return f"{page}?{urlencode({name: text for name, text in params.items() if text}, safe=',')}"
