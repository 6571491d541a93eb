"""Rows of observations: what a country says beside its figures, for a meeting."""

from crmdata.errors import N_
from crmdata.fields import LONGEST_OBSERVATION
from crmdata.files import Subject
from crmdata.intake.reports import codes, days
from crmdata.intake.reports.cells import Cells
from crmdata.intake.reports.entries import Entry, entry


def observation_entry(cells: Cells) -> Entry:
    """Return the observation in a row. It may be stored only where `cells` has no errors."""
    country = codes.country(cells, "country", cells.code("country"))
    if country == cells.known.region:
        cells.error("region_without_figures", "country",
                    N_("{region} is the whole region; an observation is one country's."),
                    N_("Name the country beside whose figures it is to stand."),
                    region=country)  # fmt: skip
    meeting = cells.code("meeting")
    if not meeting:
        cells.missing("meeting")
    text = cells.required("observation")
    if len(text) > LONGEST_OBSERVATION:
        cells.error("observation_too_long", "observation",
                    N_("The observation has {length} characters; {most} fit beside the figures."),
                    N_("Shorten it."), length=len(text), most=LONGEST_OBSERVATION)  # fmt: skip
    said = {
        "country": country,
        "meeting": meeting,
        "observation": cells.public_text("observation"),
        "reported_on": days.past_date(cells, "reported_on"),
    }
    return entry(Subject.OBSERVATIONS, cells.row.number, said, sheet=cells.row.sheet)
