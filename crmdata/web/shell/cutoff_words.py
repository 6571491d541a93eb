"""What is in force on a page, in words: the cut-off, the choices."""

from datetime import date

from crmdata.labels import LEVELS
from crmdata.render.html import markup
from crmdata.view import FrameName
from crmdata.web.choices import choice_lists
from crmdata.web.choices.chosen import Chosen


def sentence(chosen: Chosen) -> str:
    """Say what every number of the page is of."""
    return chosen.words("Cut-off {day}.", day=chosen.words.date(chosen.cutoff))


def status(chosen: Chosen) -> str:
    """Return the sentence beside a page's title; on a phone the head says it, if it can."""
    head_says_it = not chosen.view.snapshot
    css = "crm-status crm-on-wide" if head_says_it else "crm-status"
    return markup.element("p", sentence(chosen), css=css)


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
