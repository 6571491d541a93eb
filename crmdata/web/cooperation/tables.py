"""The tables of Cooperación that open: gaps, requests, every line, who is named where."""

import pandas as pd

from crmdata.content import names
from crmdata.content.cooperation import dossier, registered
from crmdata.content.cooperation.support import requested
from crmdata.content.names import activity_text
from crmdata.content.parts import Entries
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.chosen_groups import within
from crmdata.web.cooperation import selected
from crmdata.web.cooperation.selected import chosen_ones, everybodys, partners
from crmdata.web.data.made_once import made_once
from crmdata.web.kit import report_rows


@made_once
def named_and_supported(chosen: Chosen) -> tuple[Entries, Entries]:
    """Return where the chosen partner is named, and what it supports."""
    partner, whole = str(chosen.choices.socio), selected.cooperation(chosen)
    reports = within(chosen, chosen.frame("reports"))
    return (
        dossier.naming(chosen.view, chosen.words, partner, whole, reports),
        dossier.supporting(chosen.view, chosen.words, partner, whole),
    )


@made_once
def of_partner(chosen: Chosen) -> pd.DataFrame:
    """Return an activity a row that names the chosen partner or has its support, in words."""
    words = chosen.words
    mentioned, backed = (
        {entry.name.short: entry for entry in part.entries} for part in named_and_supported(chosen)
    )
    return pd.DataFrame([
        {
            words("Activity"): name.full,
            words("Where it is named"): mentioned[code].note if code in mentioned else "",
            words("Support"): backed[code].note if code in backed else "",
        }
        for code, name in names.of_activities(selected.activities(chosen), words).items()
        if code in mentioned or code in backed
    ], columns=[words("Activity"), words("Where it is named"), words("Support")])  # fmt: skip


@made_once
def unaccompanied(chosen: Chosen) -> pd.DataFrame:
    """Return the chosen activities by which no partner stands, those asked for first."""
    words, rows = chosen.words, everybodys(chosen)
    alone, sought = selected.cooperation(chosen).alone, requested(rows)
    alone = alone.assign(asked=alone["activity"].isin(sought))
    alone = alone.sort_values("asked", ascending=False, kind="stable")
    return pd.DataFrame([
        {
            words("Code"): row["activity"],
            words("Activity"): activity_text(words, row["text"], row["text_en"]),
            words("Asked for"): words("Yes") if row["asked"] else words("No"),
        }
        for row in alone.to_dict("records")
    ])  # fmt: skip


@made_once
def requests(chosen: Chosen) -> pd.DataFrame:
    """Return the chosen requests that no partner has taken up, in words."""
    rows = everybodys(chosen)
    return report_rows.cooperation_table(chosen, rows.loc[rows["partner"].isna()])


@made_once
def every_line(chosen: Chosen) -> pd.DataFrame:
    """Return the chosen lines of cooperation, of the chosen partner, in words."""
    return report_rows.cooperation_table(chosen, chosen_ones(chosen))


@made_once
def mentions(chosen: Chosen) -> pd.DataFrame:
    """Return where the plan's own text names a partner."""
    words = chosen.words
    every = names.of_partners(chosen.frame("partners"), words)
    titles = names.of_activities(chosen.frame("activities"), words)
    return pd.DataFrame([
        {
            words("Partner"): every[row["partner"]].short,
            words("Activity"): titles[row["activity"]].full,
            words("The plan's words"): f"«{row['quote']}»",
        }
        for row in chosen.frame("mentions").to_dict("records")
        if chosen.choices.socio in {None, row["partner"]}
    ])  # fmt: skip


@made_once
def named_in_reports(chosen: Chosen) -> pd.DataFrame:
    """Return a partner a row: how many reports in force name it, and on how many activities."""
    words = chosen.words
    reports = within(chosen, chosen.frame("reports"))
    counts = registered.by_partner(reports)
    return pd.DataFrame([
        {
            words("Partner"): name.short,
            words("Reports that name it"): int(counts["reports"].get(code, 0)),
            words("Activities"): int(counts["activities"].get(code, 0)),
        }
        for code, name in partners(chosen).items()
    ])  # fmt: skip
