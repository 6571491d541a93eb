"""All countries, lines and partners side by side: the tables that report and slides have alike."""

import pandas as pd

from crmdata.content import tiles
from crmdata.content.cell_tables import FaceTable, Telling, Tiles
from crmdata.content.cooperation import by_line
from crmdata.content.named import ViewNames
from crmdata.content.names import Name
from crmdata.content.news import kinds, rows
from crmdata.content.parts import Note
from crmdata.measures import briefing

_WHOLE = ""
"""Stands for all countries together among their codes."""


def codes(named: ViewNames) -> Note:
    """Return what the codes over the columns of countries stand for."""
    return Note(" · ".join(f"{name.short} {name.text}" for name in named.countries.values()))


def on_map(named: ViewNames, by_country: pd.DataFrame) -> Tiles:
    """Return the reported progress of each country on its tile; `by_country` as measured."""
    how = Telling(named.words, named.words("Reported progress of each country"), lambda _: None)
    return tiles.tiles(by_country, named.view.frame("countries"), named.countries, how=how)


def changes(named: ViewNames, changed: pd.DataFrame) -> FaceTable:
    """Return country × kind of change, all countries together first."""
    words = named.words
    how = Telling(words, words("How many changes, country by country"), lambda _: None)
    own, totals = rows.counts(changed, "country", kinds.FLAGS), briefing.change_counts(changed)
    together = pd.DataFrame([{"country": _WHOLE, **totals}])
    called = {_WHOLE: Name("", words("All together")), **named.countries}
    return kinds.cells(pd.concat([together, own]), called, by="country", how=how)


def support(named: ViewNames, cooperation: pd.DataFrame) -> FaceTable:
    """Return line × partner: in how many activities of a line each partner stands by."""
    how = Telling(named.words, named.words("Who supports which lines"), lambda _: None)
    activities = named.view.frame("activities")
    return by_line.cells(cooperation, activities, named.lines, named.partners, how=how)
