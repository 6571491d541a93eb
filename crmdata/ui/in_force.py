"""What is in force on a page, in words: the cut-off and how much was reported, the choices."""

from crmdata.figures import names, wording
from crmdata.i18n import Words
from crmdata.ui.chosen import Chosen


def sentence(chosen: Chosen) -> str:
    """Say what every number of the page is of."""
    words = chosen.words
    region, day = chosen.region, words.date(chosen.cutoff)
    if region.expected == 0:
        return words("Cut-off {day}. No report was expected yet.", day=day)
    return words(
        "Cut-off {day}. Reported: {coverage} of what was expected.",
        day=day,
        coverage=wording.coverage(words, region),
    )


def choices(chosen: Chosen) -> list[str]:
    """Return the filters of the page, each as `Country: Honduras`."""
    words, made = chosen.words, chosen.choices
    of = {
        "eje": (words("Axis"), names.of_axes(chosen.frame("axes"), words)),
        "linea": (words("Line"), names.of_lines(chosen.frame("lines"), words)),
        "actividad": (words("Activity"), names.of_activities(chosen.frame("activities"), words)),
        "pais": (words("Country"), names.of_countries(chosen.frame("countries"), words)),
        "socio": (words("Partner"), names.of_partners(chosen.frame("partners"), words)),
    }
    return [
        f"{title}: {named[getattr(made, field)].full.rstrip('.')}"
        for field, (title, named) in of.items()
        if getattr(made, field) is not None
    ]


def demonstration(words: Words) -> str:
    """Return what stands on everything that is built on demonstration data."""
    return words("Demonstration data: invented reports, no country's real progress.")
