"""What was chosen of the cooperation: its rows, activities and partners."""

import pandas as pd

from crmdata.content import names
from crmdata.content.cooperation.gaps import ChosenCooperation
from crmdata.content.names import Names
from crmdata.measures.briefing import naming
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.chosen_groups import within
from crmdata.web.data.made_once import made_once

OWN_AXIS = 5
"""The axis of the plan that is the cooperation agencies' own."""


@made_once
def everybodys(chosen: Chosen) -> pd.DataFrame:
    """Return the lines of cooperation of the chosen axis, line and country, of all partners."""
    places = chosen.frame("activities")[["activity", "axis", "line", "position"]]
    rows = within(chosen, chosen.frame("cooperation").merge(places, on="activity", how="inner"))
    if chosen.choices.pais is not None:
        # What is for the region is for each of its countries.
        rows = rows.loc[naming(rows, {chosen.choices.pais, chosen.view.region.code})]
    return rows.sort_values(["position", "cooperation_id"], ignore_index=True)


@made_once
def chosen_ones(chosen: Chosen) -> pd.DataFrame:
    """Return the same, of the chosen partner alone."""
    rows = everybodys(chosen)
    return (
        rows if chosen.choices.socio is None else rows.loc[rows["partner"] == chosen.choices.socio]
    )


def activities(chosen: Chosen) -> pd.DataFrame:
    """Return the activities of the chosen axis and line."""
    return within(chosen, chosen.frame("activities"))


def cooperation(chosen: Chosen) -> ChosenCooperation:
    """Return the chosen activities and what all partners do for them."""
    return ChosenCooperation(everybodys(chosen), activities(chosen))


def partners(chosen: Chosen) -> Names:
    """Name the partners, or the chosen one alone."""
    every, wanted = names.of_partners(chosen.frame("partners"), chosen.words), chosen.choices.socio
    return every if wanted is None else {wanted: every[wanted]}


def countries(chosen: Chosen) -> Names:
    """Name the countries."""
    return names.of_countries(chosen.frame("countries"), chosen.words)
