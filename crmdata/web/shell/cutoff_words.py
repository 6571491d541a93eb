"""What is in force on a page, in words: the cut-off, the choices, and what it does not follow."""

from collections.abc import Callable, Iterator
from datetime import date

from crmdata.content import wording
from crmdata.errors import N_
from crmdata.i18n import Words
from crmdata.labels import LEVELS, label
from crmdata.render.html import markup
from crmdata.view import FrameName
from crmdata.web.choices import address, choice_lists, offered
from crmdata.web.choices.address import Choices
from crmdata.web.choices.chosen import Chosen

_LEVELS = {level.choice: level for level in LEVELS.values() if level.choice}

_OF_FRAMES: dict[str, tuple[str, FrameName]] = {
    **{choice: (level.word, level.frame) for choice, level in _LEVELS.items()},
    "pais": (N_("Country"), "countries"),
    "paises": (N_("Countries side by side"), "countries"),
    "solo": (N_("Countries of the presentation"), "countries"),
    "socio": (N_("Partner"), "partners"),
}
"""The choices of what the plan or the store has: what they are called, and the frame."""

_LABELLED: dict[str, tuple[str, Callable[[Words, str], str]]] = {
    "marca": (N_("Scheduled for"), lambda words, code: words("Without any mark")
              if code == address.UNSCHEDULED else label(words, code)),
    "lectura": (N_("How its date was read"), label),
    "estado": (N_("State, at least once"), label),
    "buscar": (N_("Search"), lambda _, text: text),
}  # fmt: skip
"""The other ones: what they are called, and what each value is."""


def sentence(chosen: Chosen) -> str:
    """Say what every number of the page is of."""
    return chosen.words("Cut-off {day}.", day=chosen.words.date(chosen.cutoff))


def status(chosen: Chosen) -> str:
    """Return the sentence beside a page's title; on a phone the head says it, if it can."""
    head_says_it = not chosen.view.snapshot
    css = "crm-status crm-on-wide" if head_says_it else "crm-status"
    return markup.element("p", sentence(chosen), css=css)


def today(chosen: Chosen) -> str:
    """Say what a page is of on which somebody reports or decides: no cut-off moves it."""
    now = chosen.words("As of today, {day}.", day=chosen.words.date(chosen.cutoff))
    return markup.element("p", now, css="crm-status")


def elsewhere(chosen: Chosen, cutoff: date | None = None) -> str:
    """Say what was chosen and changes nothing on the page, a cut-off too; empty without any."""
    words, led_to = chosen.words, offered.LEADS.get(chosen.page, ())
    waits = [f"{title}: {name}" for field, title, name in named(chosen, chosen.elsewhere)
             if field not in led_to]  # fmt: skip
    if cutoff is not None:
        waits.insert(0, words("Cut-off {day}", day=words.date(cutoff)))
    if not waits:
        return ""
    said = words.plural(
        "{choices}. It was chosen for the other pages and changes nothing here.",
        "{choices}. They were chosen for the other pages and change nothing here.",
        len(waits), choices="; ".join(waits),
    )  # fmt: skip
    return markup.element("p", said, css="crm-elsewhere")


def choices(chosen: Chosen) -> list[str]:
    """Return the filters of the page by place and person, each as `Country: Honduras`."""
    picked = chosen.choices.limited(("pais", "socio", *_LEVELS))
    return [f"{title}: {name}" for _, title, name in named(chosen, picked, in_full=True)]


def named(
    chosen: Chosen, picked: Choices, *, in_full: bool = False
) -> Iterator[tuple[str, str, str]]:
    """Yield each choice with what it is called, and the name of its value, `in_full` or not."""
    words = chosen.words
    for field, (title, frame) in _OF_FRAMES.items():
        codes = getattr(picked, field)
        if codes in (None, ()):
            continue
        called = choice_lists.names_of(words, chosen.view, frame)
        if isinstance(codes, tuple):
            yield field, words(title), wording.joined(words, (called[code].text for code in codes))
        else:
            name = called[codes]
            brief = name.short if frame == "partners" else name.called
            yield field, words(title), (name.full if in_full else brief).rstrip(".")
    for field, (title, value) in _LABELLED.items():
        if (code := getattr(picked, field)) is not None:
            yield field, words(title), value(words, code)
