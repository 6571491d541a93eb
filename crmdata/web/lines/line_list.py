"""The results and activities of a line as one list that unfolds, narratives and all."""

from typing import Any

from crmdata.content import findings, measured_rows
from crmdata.content.names import activity_text, in_language
from crmdata.content.wording import joined
from crmdata.render.html import markup
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.chosen_groups import within
from crmdata.web.data.made_once import made_once
from crmdata.web.kit import activity_rows, report_rows
from crmdata.web.lines import progress


@made_once
def html(chosen: Chosen) -> str:
    """Return the results of the chosen line, each with its activities."""
    activities = within(chosen, chosen.frame("activities"))
    measured = progress.measured(chosen, "activity")
    groups = progress.names_of(chosen, "activity")
    counts = dict(measured_rows.each(measured_rows.aligned(measured, "activity", groups)))
    scheduled = set(measured["activity"])
    results = []
    for result in within(chosen, chosen.frame("results")).to_dict("records"):
        own = activities.loc[activities["result"] == result["result"]]
        title = in_language(chosen.words, result["title"], result["title_en"])
        parts = [markup.element("h3", f"{result['result']}. {title}")]
        for activity in own.to_dict("records"):
            code = activity["activity"]
            counts_text = (
                activity_rows.counts_sentence(chosen.words, counts[code])
                if code in scheduled
                else chosen.words(findings.UNSCHEDULED)
            )
            parts.append(_activity(chosen, activity, counts_text))
        results.append(markup.wrapped("div", parts, css="crm-unfolding"))
    return "".join(results)


def _activity(chosen: Chosen, activity: dict[Any, Any], counts_text: str) -> str:
    """Return an activity, folded: its text and counts, and inside what was reported."""
    words, code = chosen.words, activity["activity"]
    text = activity_text(words, activity["text"], activity["text_en"])
    head = [
        markup.element("strong", code),
        markup.element("span", text),
        markup.element("span", counts_text, css="crm-counts"),
    ]
    inner = [markup.element("p", sentence) for sentence in activity_rows.facts(chosen, activity)]
    cells = within(chosen, chosen.frame("cells"))
    silent = activity_rows.silent_countries(chosen, cells.loc[cells["activity"] == code])
    if silent:
        inner.append(
            markup.element("p", words("Report pending from: {names}.", names=joined(words, silent)))
        )
    reports = within(chosen, chosen.frame("reports"))
    reports = report_rows.newest_of_each(chosen, reports.loc[reports["activity"] == code])
    if len(reports):
        title = words("The latest report of each country on {activity}", activity=code)
        inner.append(markup.table(report_rows.table(chosen, reports, of_activity=True), title))
    else:
        inner.append(markup.element("p", words("Nobody has reported on it yet.")))
    return markup.wrapped("details", [markup.wrapped("summary", head), *inner], css="crm-activity")
