"""Where the words of a search stand: in the plan, in reports and in evidence."""

from typing import Any

import pandas as pd

from crmdata.content.names import Name
from crmdata.content.parts import Passage
from crmdata.documents import PassageKind, excerpt
from crmdata.errors import N_
from crmdata.i18n import Words
from crmdata.web.choices.chosen import Chosen
from crmdata.web.kit import report_rows

_MOST = 25
"""Passages of an activity at most; its sheet has them all."""

PLACES = {
    PassageKind.ACTIVITY: N_("In the text of the activity"),
    PassageKind.RESPONSIBLE: N_("In who is responsible"),
    PassageKind.RESULT: N_("In the result that it is part of"),
    PassageKind.REPORT: N_("In what was reported"),
    PassageKind.EVIDENCE: N_("In the evidence"),
}
"""The groups of a search: where the words of its activities stand best."""


def places(words: Words, hits: pd.DataFrame) -> dict[str, Name]:
    """Return for each activity the best place where the words stand."""
    order = list(PLACES)
    best = hits["kind"].map(order.index).groupby(hits["activity"]).min().to_dict()
    place_names = [Name(text, text) for text in map(words, PLACES.values())]
    return {str(code): place_names[at] for code, at in best.items()}


def passages(chosen: Chosen, hits: pd.DataFrame) -> dict[str, list[Passage]]:
    """Return where the words stand in each activity, the plan's own texts first."""
    rows = chosen.frame("activities").set_index("activity", drop=False)
    return {
        str(code): _of_activity(chosen, rows.loc[code], own)
        for code, own in hits.groupby("activity", sort=False)
    }


def _of_activity(chosen: Chosen, row: Any, own: pd.DataFrame) -> list[Passage]:
    words = chosen.words
    kinds = set(own.loc[own["language"].eq(words.language), "kind"])
    passages = []
    for hit in _newest_first(chosen, own).to_dict("records"):
        if hit["language"] is None:
            passages.append(_reported(chosen, hit))
        elif hit["spans"] and (hit["language"] == words.language or hit["kind"] not in kinds):
            passages.append(_planned(words, row, hit))
    if len(passages) > _MOST:
        rest = Passage(words("The rest stands on the activity's sheet."), "")
        passages[_MOST:] = [rest]
    return passages


def _newest_first(chosen: Chosen, own: pd.DataFrame) -> pd.DataFrame:
    """Order hits: the plan's own, then reports by country, then evidence; newest first."""
    order = {code: place for place, code in enumerate(report_rows.reporters(chosen))}
    ranked = own.assign(
        last=own["kind"].eq(PassageKind.EVIDENCE), place=own["country"].map(order).fillna(-1)
    )
    return ranked.sort_values(
        ["last", "place", "semester"], ascending=[True, True, False], kind="stable"
    )


def _planned(words: Words, row: Any, hit: dict[Any, Any]) -> Passage:
    """Return a passage of the plan, with where it stands."""
    if hit["kind"] == PassageKind.RESPONSIBLE:
        place = words("Responsible")
    elif hit["kind"] == PassageKind.RESULT:
        place = words("Result {code}", code=row["result"])
    else:
        place = words("Activity")
    if hit["language"] != words.language:
        inside = words("in Spanish") if hit["language"] == "es" else words("in English")
        place = f"{place}, {inside}"
    return _passage(place, hit)


def _reported(chosen: Chosen, hit: dict[Any, Any]) -> Passage:
    """Return a passage of a report, with country, period and date."""
    words = chosen.words
    country = report_rows.reporters(chosen)[hit["country"]].text
    about = country, words.period(hit["semester"]), words.date(hit["reported_on"], "medium")
    kind = [words("Evidence")] if hit["kind"] == PassageKind.EVIDENCE else []
    return _passage(" · ".join((*about, *kind)), hit)


def _passage(place: str, hit: dict[Any, Any]) -> Passage:
    text, spans = excerpt(hit["text"], hit["spans"])
    return Passage(place, text, spans, hit["language"] or "")
