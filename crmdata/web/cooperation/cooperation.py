"""What Cooperación shows: who supports what where, what is asked for, and where nobody is."""

import pandas as pd

from crmdata.content import findings, names
from crmdata.content.cooperation import by_activity, by_country, by_line
from crmdata.content.cooperation.by_country import with_region
from crmdata.content.cooperation.support import NOBODY, Region, requested, supported, supports
from crmdata.content.faces import Telling
from crmdata.content.names import Names, activity_text
from crmdata.files import SEPARATOR
from crmdata.i18n import Words
from crmdata.measures.briefing import naming
from crmdata.terms import CooperationState
from crmdata.web.choices import opening
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.groups import named, within
from crmdata.web.data.kept import kept
from crmdata.web.kit import components, numbers, report_rows
from crmdata.web.kit.components import Chart

OWN_AXIS = 5
"""The axis of the plan that is the cooperation agencies' own."""


@kept
def everybodys(chosen: Chosen) -> pd.DataFrame:
    """Return the lines of cooperation of the chosen axis, line and country, of all partners."""
    places = chosen.frame("activities")[["activity", "axis", "line", "position"]]
    rows = within(chosen, chosen.frame("cooperation").merge(places, on="activity", how="inner"))
    if chosen.choices.pais is not None:
        # What is for the region is for each of its countries.
        rows = rows.loc[naming(rows, {chosen.choices.pais, chosen.view.region.code})]
    return rows.sort_values(["position", "cooperation_id"], ignore_index=True)


@kept
def chosen_ones(chosen: Chosen) -> pd.DataFrame:
    """Return the same, of the chosen partner alone."""
    rows = everybodys(chosen)
    return (
        rows if chosen.choices.socio is None else rows.loc[rows["partner"] == chosen.choices.socio]
    )


def activities(chosen: Chosen) -> pd.DataFrame:
    """Return the activities of the chosen axis and line."""
    return within(chosen, chosen.frame("activities"))


@kept
def found(chosen: Chosen) -> str:
    """Return how many activities have support, of the chosen partner or of any."""
    return findings.backed(chosen.words, activities(chosen)["activity"], chosen_ones(chosen))


@kept
def cards(chosen: Chosen) -> list[str]:
    """Return how much of the plan is accompanied, and how much was asked for in vain."""
    words, rows = chosen.words, chosen_ones(chosen)
    codes, backed = activities(chosen), supported(supports(rows))
    own = codes.loc[codes["axis"] == OWN_AXIS]
    running = int((rows["state"] == CooperationState.EN_CURSO.value).sum())
    found = [
        _share(words, words("Activities supported"), codes, backed),
        _share(words, words("Activities of axis 5 supported"), own, backed),
        numbers.card(
            words("In progress"),
            words.number(running),
            of=words.plural("of {n} line of cooperation", "of {n} lines of cooperation", len(rows)),
        ),
    ]
    if chosen.choices.socio is None:
        found.append(
            numbers.card(
                words("Requests without a partner"),
                words.number(int(rows["partner"].isna().sum())),
                of=words.plural(
                    "of {n} line of cooperation", "of {n} lines of cooperation", len(rows)
                ),
            )
        )
    return found


def _share(words: Words, title: str, codes: pd.DataFrame, backed: set[str]) -> str:
    return numbers.card(
        title,
        words.number(int(codes["activity"].isin(backed).sum())),
        of=words.plural("of {n} activity", "of {n} activities", len(codes)),
        note=words("With an offer, work in progress or work concluded by a partner."),
    )


def partners(chosen: Chosen) -> Names:
    """Name the partners, or the chosen one alone."""
    every, wanted = names.of_partners(chosen.frame("partners"), chosen.words), chosen.choices.socio
    return every if wanted is None else {wanted: every[wanted]}


def _countries(chosen: Chosen) -> Names:
    return names.of_countries(chosen.frame("countries"), chosen.words)


def lines(chosen: Chosen) -> Chart:
    """Return how much of each line each partner supports, and how much nobody does."""
    rows, codes, words = everybodys(chosen), activities(chosen), chosen.words
    of_lines, who = named(chosen, "line"), partners(chosen)
    summary = by_line.summary(rows, codes, who, words=words, cutoff=chosen.cutoff)
    return Chart(
        by_line.cells(
            rows, codes, of_lines, who, how=Telling(words, summary, opening.SUPPORT_OF_LINE.way)
        ),
        summary,
        by_line.table(rows, codes, of_lines, who, words=words),
        rows=list(of_lines),
        columns=["", *who, NOBODY],
    )


def detailed(chosen: Chosen) -> pd.DataFrame:
    """Return the activities shown one by one: of what was chosen, else of the agencies' axis.

    Of a chosen partner also those of other axes that it supports.
    """
    codes, choices = activities(chosen), chosen.choices
    if choices.eje is None and choices.linea is None:
        own = codes["axis"] == OWN_AXIS
        if choices.socio is None:
            return codes.loc[own]
        return codes.loc[own | codes["activity"].isin(supported(supports(chosen_ones(chosen))))]
    return codes


def one_by_one(chosen: Chosen) -> Chart:
    """Return what each partner does for each activity, and what the plan itself says of it."""
    rows, codes, words = everybodys(chosen), detailed(chosen), chosen.words
    titles, who, where = names.of_activities(codes, words), partners(chosen), _countries(chosen)
    mentioned, region = chosen.frame("mentions"), chosen.view.region.code
    summary = by_activity.summary(rows, codes, who, words=words, cutoff=chosen.cutoff)
    return Chart(
        by_activity.cells(
            rows,
            titles,
            who,
            where,
            region=region,
            mentions=mentioned,
            how=Telling(words, summary, opening.ACTIVITY.way),
        ),
        summary,
        by_activity.table(rows, titles, who, where, region=region, words=words),
        rows=list(titles),
    )


def places(chosen: Chosen) -> Chart:
    """Return in which countries the lines are supported, by the chosen partner or by any."""
    rows, codes, words = everybodys(chosen), activities(chosen), chosen.words
    of_lines, where, code = named(chosen, "line"), _countries(chosen), chosen.choices.socio
    if chosen.choices.pais is not None:
        where = {chosen.choices.pais: where[chosen.choices.pais]}
    partner = partners(chosen)[code] if code else None
    region = Region(chosen.view.region.code, words.pick(*chosen.view.process))
    summary = by_country.summary(
        rows, codes, where, region=region, partner=partner, code=code, words=words,
        cutoff=chosen.cutoff,
    )  # fmt: skip
    return Chart(
        by_country.cells(
            rows,
            codes,
            of_lines,
            where,
            region=region,
            partner=code,
            how=Telling(words, summary, opening.SUPPORT_IN_COUNTRY.way),
        ),
        summary,
        by_country.table(rows, codes, of_lines, where, region=region, partner=code, words=words),
        rows=list(of_lines),
        columns=["", *with_region(where, region, words)],
    )


@kept
def unaccompanied(chosen: Chosen) -> pd.DataFrame:
    """Return the chosen activities by which no partner stands, those asked for first."""
    words, rows = chosen.words, everybodys(chosen)
    codes, asked = activities(chosen), requested(rows)
    alone = codes.loc[~codes["activity"].isin(supported(supports(rows)))]
    alone = alone.assign(asked=alone["activity"].isin(asked))
    alone = alone.sort_values("asked", ascending=False, kind="stable")
    return pd.DataFrame([
        {
            words("Code"): row["activity"],
            words("Activity"): activity_text(words, row["text"], row["text_en"]),
            words("Asked for"): words("Yes") if row["asked"] else words("No"),
        }
        for row in alone.to_dict("records")
    ])  # fmt: skip


def show_gaps(chosen: Chosen) -> None:
    """Draw where nobody is: requests that no partner has taken up, activities without a partner.

    Nothing where a partner is chosen: the gaps are everybody's.
    """
    if chosen.choices.socio is not None:
        return
    words = chosen.words
    components.heading(words("Where nobody is"))
    waiting = requests(chosen)
    if len(waiting):
        title = words.plural(
            "{n} request without a partner", "{n} requests without a partner", len(waiting)
        )
        components.kept_table(chosen, "pedidos", title, requests, folded=True)
    alone = unaccompanied(chosen)
    if alone.empty:
        components.empty(words, components.Empty.ALL_ACCOMPANIED)
        return
    title = words.plural(
        "{n} activity without a partner", "{n} activities without a partner", len(alone)
    )
    components.kept_table(chosen, "nadie", title, unaccompanied, folded=True)


@kept
def requests(chosen: Chosen) -> pd.DataFrame:
    """Return the chosen requests that no partner has taken up, in words."""
    rows = everybodys(chosen)
    return report_rows.cooperation_table(chosen, rows.loc[rows["partner"].isna()])


@kept
def every_line(chosen: Chosen) -> pd.DataFrame:
    """Return the chosen lines of cooperation, of the chosen partner, in words."""
    return report_rows.cooperation_table(chosen, chosen_ones(chosen))


@kept
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


@kept
def named_in_reports(chosen: Chosen) -> pd.DataFrame:
    """Return a partner a row: how many reports in force name it, and on how many activities."""
    words = chosen.words
    reports = within(chosen, chosen.frame("reports"))
    each = reports.assign(partner=reports["partners"].str.split(SEPARATOR)).explode("partner")
    counts = each.groupby("partner")["activity"].agg(["size", "nunique"])
    return pd.DataFrame([
        {
            words("Partner"): name.short,
            words("Reports that name it"): int(counts["size"].get(code, 0)),
            words("Activities"): int(counts["nunique"].get(code, 0)),
        }
        for code, name in partners(chosen).items()
    ])  # fmt: skip
