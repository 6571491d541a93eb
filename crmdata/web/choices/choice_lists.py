"""What a list of codes offers, by name: read once for all readers of a language."""

from collections.abc import Callable
from functools import partial

import pandas as pd

from crmdata.content import names
from crmdata.i18n import Words
from crmdata.labels import LEVELS
from crmdata.view import FrameName, View
from crmdata.web.data.made_once import made_once

_NAMES: dict[FrameName, Callable[[pd.DataFrame, Words], names.Names]] = {
    **{level.frame: partial(names.of_level, level) for level in LEVELS.values()},
    "countries": names.of_countries,
    "partners": names.of_partners,
}
_ABOVE: dict[FrameName, str] = {"lines": "axis", "activities": "line"}


@made_once
def names_of(words: Words, view: View, of: FrameName, under: object = None) -> names.Names:
    """Return names by code, those of an axis or line alone where one is given."""
    rows = view.frame(of)
    if under is not None:
        rows = rows.loc[rows[_ABOVE[of]] == under]
    return _NAMES[of](rows, words)
