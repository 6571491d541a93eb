"""What is in force on a page, in words: the cut-off and how much was reported, the choices."""

from datetime import date

from crmdata.content import wording
from crmdata.labels import LEVELS
from crmdata.view import FrameName
from crmdata.web.choices import choice_lists
from crmdata.web.choices.chosen import Chosen


def sentence(chosen: Chosen) -> str:
    """Say what every number of the page is of; how much came in is of all, whatever is chosen."""
    words = chosen.words
    region, day = chosen.view.everything, words.date(chosen.cutoff)
    if region.expected == 0:
        return words("Cut-off {day}. No report was expected yet.", day=day)
    return words(
        "Cut-off {day}. Whole region, whole plan. Reported: {coverage} of what was expected.",
        day=day,
        coverage=wording.coverage(words, region),
    )


def today(chosen: Chosen, cutoff: date | None) -> str:
    """Say what a page is of on which somebody reports or decides: no cut-off moves it."""
    words = chosen.words
    now = words("As of today, {day}.", day=words.date(chosen.cutoff))
    if cutoff is None:
        return now
    elsewhere = words(
        "Cut-off {day}. It was chosen for the other pages and changes nothing here.",
        day=words.date(cutoff),
    )
    return f"{now} {elsewhere}"


def choices(chosen: Chosen) -> list[str]:
    """Return the filters of the page, each as `Country: Honduras`."""
    words, picked = chosen.words, chosen.choices
    of: dict[str, tuple[str, FrameName]] = {
        **{
            level.choice: (words(level.word), level.frame)
            for level in LEVELS.values()
            if level.choice
        },
        "pais": (words("Country"), "countries"),
        "socio": (words("Partner"), "partners"),
    }
    return [
        f"{title}: {choice_lists.names_of(words, chosen.view, frame)[code].full.rstrip('.')}"
        for field, (title, frame) in of.items()
        if (code := getattr(picked, field)) is not None
    ]
