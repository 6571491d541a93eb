"""A bar of states in little, wherever there is one, and what its parts mean."""

from collections.abc import Collection, Iterable, Mapping

from crmdata.content.calendar.schedule import BAR_ORDER
from crmdata.i18n import Words
from crmdata.labels import label
from crmdata.render.html import markup
from crmdata.terms import SIN_REPORTE


def bar(
    counts: Mapping[str, float], *, late: bool = False, words: Words | None = None,
    digit: float = 0,
) -> str:  # fmt: skip
    """Return a bar of parts as wide as their counts; `late` where its silence is overdue.

    With `words` each part says its count that has room for it: `digit` is the share of the bar
    that a digit takes.
    """
    whole = sum(counts.values())

    def part(state: str) -> str:
        count, hatched = counts[state], state == SIN_REPORTE
        # On a hatched ground a number can hardly be read.
        number = words.number(count) if words else ""
        text = number if len(number) * digit * whole <= count and not hatched else ""
        css = f"s-{state}" + (" crm-late" if late and hatched else "")
        return markup.element("i", text, css=css, style=f"flex:{count:g}")

    parts = [part(state) for state in BAR_ORDER if counts.get(state)]
    return markup.wrapped("span", parts, css="crm-bar") if parts else ""


def key(
    words: Words, states: Collection[str], *, late: bool = False,
    signs: Iterable[tuple[str, str]] = (), **attributes: str,
) -> str:  # fmt: skip
    """Return what the parts mean, in one line, of those that there are, and other signs beside.

    `signs` are HTML already, each with its words.
    """
    samples = {
        state: markup.element("i", "", css=f"s-{state}") for state in BAR_ORDER if state in states
    }
    items = [
        markup.wrapped("li", [sign, markup.text(label(words, state))])
        for state, sign in samples.items()
    ]
    if late:
        sign = markup.element("i", "", css="s-sin_reporte crm-late")
        items.append(markup.wrapped("li", [sign, markup.text(words("Overdue"))]))
    items += [markup.wrapped("li", [sign, markup.text(text)]) for sign, text in signs]
    return markup.wrapped("ul", items, css="crm-key", **{"aria-label": words("Key")}, **attributes)
