"""What Cooperación shows: who supports what where, what is asked for, and where nobody is."""

import pandas as pd

from crmdata.figures import names
from crmdata.figures.names import Names, shown
from crmdata.i18n import Words
from crmdata.labels import label
from crmdata.terms import REGION, CooperationState
from crmdata.ui import components, markup, numbers, report_rows
from crmdata.ui.chosen import Chosen
from crmdata.ui.components import Empty
from crmdata.ui.progress import named, within

SUPPORT = (CooperationState.OFRECIDA, CooperationState.EN_CURSO, CooperationState.CONCLUIDA)
"""The states in which a partner stands by an activity."""


OWN_AXIS = 5
"""The axis of the plan that is the cooperation agencies' own."""


def rows(chosen: Chosen) -> pd.DataFrame:
    """Return the lines of cooperation of what was chosen, with the activities' axis and line."""
    places = chosen.frame("activities")[["activity", "axis", "line", "position"]]
    placed = chosen.frame("cooperation").merge(places, on="activity", how="inner")
    placed = within(chosen, placed)
    choices = chosen.choices
    if choices.socio is not None:
        placed = placed.loc[placed["partner"] == choices.socio]
    if choices.pais is not None:
        # What is for the region is for each of its countries.
        wanted = {choices.pais, REGION}
        placed = placed.loc[[bool(wanted & set(codes.split(";"))) for codes in placed["countries"]]]
    return placed.sort_values(["position", "cooperation_id"], ignore_index=True)


def supporting(cooperation: pd.DataFrame) -> pd.DataFrame:
    """Return the lines in which a partner stands by an activity."""
    backed = cooperation["partner"].notna() & cooperation["state"].isin([*map(str, SUPPORT)])
    return cooperation.loc[backed]


def requests(cooperation: pd.DataFrame) -> pd.DataFrame:
    """Return what was asked for and has no partner."""
    return cooperation.loc[cooperation["partner"].isna()]


def cards(chosen: Chosen, cooperation: pd.DataFrame) -> list[str]:
    """Return how much of the plan is accompanied, and how much was asked for in vain."""
    words = chosen.words
    activities = within(chosen, chosen.frame("activities"))
    backed = supporting(cooperation)
    running = backed.loc[backed["state"] == CooperationState.EN_CURSO.value]
    return [
        _share_card(words, words("Activities accompanied"), activities, backed),
        _share_card(
            words, words("Activities of axis 5 accompanied"),
            activities.loc[activities["axis"] == OWN_AXIS], backed,
        ),
        numbers.card(
            words("In progress"),
            words.number(len(running)),
            of=words.plural(
                "of {n} line of cooperation with a partner",
                "of {n} lines of cooperation with a partner",
                int(cooperation["partner"].notna().sum()),
            ),
        ),
        numbers.card(
            words("Requests without a partner"),
            words.number(len(requests(cooperation))),
            of=words.plural("of {n} line in all", "of {n} lines in all", len(cooperation)),
        ),
    ]  # fmt: skip


def _share_card(words: Words, title: str, activities: pd.DataFrame, backed: pd.DataFrame) -> str:
    found = int(activities["activity"].isin(backed["activity"]).sum())
    return numbers.card(
        title,
        words.number(found),
        of=words.plural("of {n} activity", "of {n} activities", len(activities)),
        note=words("With an offer, work in progress or work concluded by a partner."),
    )


def partner_names(chosen: Chosen) -> Names:
    """Name the partners by their acronyms."""
    return names.of_partners(chosen.frame("partners"), chosen.words)


def by_partner_and(chosen: Chosen, cooperation: pd.DataFrame, groups: Names) -> pd.DataFrame:
    """Return counts of supported activities: a country a row, a partner a column."""
    words, partners = chosen.words, partner_names(chosen)
    each = supporting(cooperation).assign(country=lambda frame: frame["countries"].str.split(";"))
    each = each.explode("country")
    counts = each.groupby(["country", "partner"])["activity"].nunique()
    return pd.DataFrame([
        {
            words("Country"): group.full,
            **{name.short: int(counts.get((key, code), 0)) for code, name in partners.items()},
        }
        for key, group in groups.items()
    ])  # fmt: skip


def places(chosen: Chosen) -> Names:
    """Name the countries and the region, which cooperation may be for as a whole."""
    return report_rows.reporters(chosen)


def by_line(chosen: Chosen, cooperation: pd.DataFrame) -> pd.DataFrame:
    """Return a line a row: its activities, and by how many of them a partner stands."""
    words, lines = chosen.words, named(chosen, "line")
    activities = within(chosen, chosen.frame("activities"))
    activities = activities.assign(
        backed=activities["activity"].isin(supporting(cooperation)["activity"]),
        asked=activities["activity"].isin(requests(cooperation)["activity"]),
    )
    found = []
    for line, name in lines.items():
        own = activities.loc[activities["line"] == line]
        found.append({
            words("Line"): name.full,
            words("Activities"): len(own),
            words("With a partner"): int(own["backed"].sum()),
            words("Without a partner"): int((~own["backed"]).sum()),
            words("Asked for without a partner"): int((own["asked"] & ~own["backed"]).sum()),
        })  # fmt: skip
    return pd.DataFrame(found)


def unaccompanied(chosen: Chosen, cooperation: pd.DataFrame) -> pd.DataFrame:
    """Return the chosen activities by which no partner stands, those asked for first."""
    words = chosen.words
    activities = within(chosen, chosen.frame("activities"))
    alone = activities.loc[~activities["activity"].isin(supporting(cooperation)["activity"])]
    alone = alone.assign(asked=alone["activity"].isin(requests(cooperation)["activity"]))
    alone = alone.sort_values("asked", ascending=False, kind="stable")
    return pd.DataFrame([
        {
            words("Code"): row["activity"],
            words("Activity"): shown(words, row["text"], row["text_en"]),
            words("Asked for"): words("Yes") if row["asked"] else words("No"),
        }
        for row in alone.to_dict("records")
    ])  # fmt: skip


def by_activity(chosen: Chosen, cooperation: pd.DataFrame) -> pd.DataFrame:
    """Return an activity a row and a partner a column: the states of what it does there.

    The first column, `axis`, is for grouping and not for show.
    """
    words, partners = chosen.words, partner_names(chosen)
    states: dict[tuple[str, str], list[str]] = {}
    for row in cooperation.loc[cooperation["partner"].notna()].to_dict("records"):
        states.setdefault((row["activity"], row["partner"]), []).append(label(words, row["state"]))
    known = {activity for activity, _ in states}
    found = []
    for row in within(chosen, chosen.frame("activities")).to_dict("records"):
        if row["activity"] in known:
            cells = {
                name.short: ", ".join(dict.fromkeys(states.get((row["activity"], str(code)), ())))
                for code, name in partners.items()
            }
            text = shown(words, row["text"], row["text_en"])
            code = {words("Code"): row["activity"], words("Activity"): text}
            found.append({"axis": row["axis"], **code, **cells})
    return pd.DataFrame(found)


def show_by_activity(chosen: Chosen, cooperation: pd.DataFrame) -> None:
    """Draw who supports which activity, axis by axis, the cooperation axis unfolded."""
    words, rows = chosen.words, by_activity(chosen, cooperation)
    if rows.empty:
        components.empty(words, Empty.ONLY_REQUESTS)
        return
    parts = []
    for axis, name in named(chosen, "axis").items():
        own = rows.loc[rows["axis"] == axis].drop(columns="axis")
        title = words.plural(
            "{axis} ({n} activity with cooperation)", "{axis} ({n} activities with cooperation)",
            len(own), axis=name.full,
        )  # fmt: skip
        parts.append(markup.folded(title, markup.table(own, title), opened=axis == OWN_AXIS))
    markup.show("".join(parts))
    components.download(chosen, "actividades", rows.drop(columns="axis"))


def mentions(chosen: Chosen) -> pd.DataFrame:
    """Return where the plan's own text names a partner."""
    words, partners = chosen.words, partner_names(chosen)
    titles = names.of_activities(chosen.frame("activities"), words)
    return pd.DataFrame([
        {
            words("Partner"): partners[row["partner"]].short,
            words("Activity"): titles[row["activity"]].full,
            words("The plan's words"): f"«{row['quote']}»",
        }
        for row in chosen.frame("mentions").to_dict("records")
    ])  # fmt: skip


def named_in_reports(chosen: Chosen) -> pd.DataFrame:
    """Return a partner a row: how many reports in force name it, and on how many activities."""
    words = chosen.words
    reports = within(chosen, chosen.frame("reports"))
    each = reports.assign(partner=reports["partners"].str.split(";")).explode("partner")
    counts = each.groupby("partner")["activity"].agg(["size", "nunique"])
    return pd.DataFrame([
        {
            words("Partner"): name.short,
            words("Reports that name it"): int(counts["size"].get(code, 0)),
            words("Activities"): int(counts["nunique"].get(code, 0)),
        }
        for code, name in partner_names(chosen).items()
    ])  # fmt: skip
