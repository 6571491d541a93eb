"""The codes that exist at a cut-off: what an address may say of them."""

import pandas as pd

from crmdata.view import View
from crmdata.web.choices.address import AddressCodes
from crmdata.web.data.made_once import made_once


@made_once
def codes_of(view: View) -> AddressCodes:
    """Return the codes of a view."""
    lines = view.frame("lines")
    return AddressCodes(
        lines={line: int(axis) for line, axis in zip(lines["line"], lines["axis"], strict=True)},
        activities=frozenset(view.frame("activities")["activity"]),
        countries=_pairs_by_code(view.frame("countries"), "country", "name_es", "name_en"),
        partners=_pairs_by_code(view.frame("partners"), "partner", "acronym_en", "name_es"),
        meetings=view.meeting_days,
        snapshot=view.snapshot,
        cutoff=view.cutoff,
        before=view.first_day(),
        other_names=view.other_names,
    )


def _pairs_by_code(rows: pd.DataFrame, *columns: str) -> dict[str, tuple[str, str]]:
    code, first, second = (rows[column].tolist() for column in columns)
    return dict(zip(code, zip(first, second, strict=True), strict=True))
