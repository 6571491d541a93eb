"""Who reported on what: coverage of each country and semester, as a table of coloured cells."""

from datetime import date
from typing import Unpack

import pandas as pd
import plotly.graph_objects as go

from crmdata.figures import frames, heat, said, wording
from crmdata.figures.canvas import Drawing
from crmdata.figures.names import Names
from crmdata.i18n import Words

BY = ("country", "semester")


def figure(
    measures: pd.DataFrame, countries: Names, semesters: Names, **how: Unpack[Drawing]
) -> go.Figure:
    """Draw a cell for each country and semester: share and n/N, coloured by the share.

    A click gives `customdata = [country, semester]`.
    """
    return heat.figure(measures, countries, semesters, by=BY, measure="coverage", **how)


def summary(
    measures: pd.DataFrame, countries: Names, semesters: Names, *, words: Words, cutoff: date
) -> str:
    """Say the coverage, who reported on every semester due, and who on none."""
    pairs = frames.crossed(measures, BY, (countries, semesters))
    due = pairs.loc[pairs["expected"] > 0]
    always = (due["reported"] > 0).groupby(level="country").all()
    never = (due["reported"] == 0).groupby(level="country").all()
    names = {
        key: [name.full for code, name in countries.items() if found.get(code, False)]
        for key, found in (("always", always), ("never", never))
    }
    return wording.sentences(
        said.arrived(frames.total(pairs), words, cutoff),
        words("Something was reported on every semester due by: {names}.",
              names=wording.listed(words, names["always"])) if names["always"] else "",
        words("Nothing was reported by: {names}.",
              names=wording.listed(words, names["never"])) if names["never"] else "",
    )  # fmt: skip


def table(
    measures: pd.DataFrame, countries: Names, semesters: Names, *, words: Words
) -> pd.DataFrame:
    """Return a row a country, a column a semester: n/N (share), `—` where nothing was due."""
    return heat.table(
        measures, countries, semesters, by=BY, measure="coverage",
        group=words("Country"), words=words,
    )  # fmt: skip
