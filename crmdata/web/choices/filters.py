"""The filters of a page as chips: what is chosen, and the values that may be chosen instead.

A chip is links alone, a value each, so that it works in a new tab and before the page is alive.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import streamlit as st

from crmdata.content import names
from crmdata.i18n import Words
from crmdata.labels import label
from crmdata.render.html import markup
from crmdata.terms import MarkKind
from crmdata.view import View
from crmdata.web.choices import address, choice_lists, choices, links
from crmdata.web.choices.chosen import Chosen
from crmdata.web.data.made_once import made_once
from crmdata.web.kit import draw


@dataclass(frozen=True)
class Option:
    """A value that a filter offers: its words, and what it changes in the address."""

    text: str
    changes: Mapping[str, str]
    chosen: bool = False
    axis: str = ""
    """Of a line: the axis that it is part of, without which it is not offered."""
    hidden: bool = False


@dataclass(frozen=True)
class Filter:
    """What may be chosen of one kind; `nothing` is what lets go of it, if it may be let go of."""

    field: str
    title: str
    options: Sequence[Option]
    nothing: Option | None = None
    days: tuple[date, date, date] | None = None
    """The day that is chosen, and the first and last of those that may be beside the options."""

    @property
    def is_chosen(self) -> bool:
        """Whether something is chosen that can be let go of."""
        return self.nothing is not None and not self.nothing.chosen


def show(chosen: Chosen, filters: Iterable[Filter]) -> None:
    """Draw a chip for each filter."""
    draw.html(html(chosen, filters))


def html(chosen: Chosen, filters: Iterable[Filter]) -> str:
    """Return a chip for each filter."""
    words = chosen.words
    chips = [part for each in filters for part in _chip(chosen, each)]
    about = {"role": "group", "aria-label": words("Filters")}
    return markup.wrapped("div", chips, css="crm-chips", **about)


def _chip(chosen: Chosen, choice: Filter) -> Iterator[str]:
    """Yield the fold of a filter, and the link that lets go of what is chosen."""
    words = chosen.words
    title, offered = [markup.element("span", choice.title)], list(choice.options)
    if picked := ", ".join(option.text for option in offered if option.chosen):
        title.append(markup.element("b", picked, title=picked))
    if choice.nothing is not None:
        offered.insert(0, choice.nothing)
    items = [_item(chosen, each) for each in offered]
    panel = [markup.wrapped("ul", items)]
    if choice.days is not None:
        day, first, last = choice.days
        panel.append(chosen.links.day_form(words, choice.field, day.isoformat(), first, last))
    let_go = {"data-let-go": words("Let go of: {name}", name="{name}")}
    yield links.fold(choice.field, title, panel, **let_go,
                     css="crm-chip crm-chosen" if choice.is_chosen else "crm-chip")  # fmt: skip
    if choice.is_chosen and choice.nothing is not None:
        yield chosen.links.change(
            "×", choice.nothing.changes, css="crm-let-go",
            **{"aria-label": words("Let go of: {name}", name=choice.title)},
        )  # fmt: skip


def _item(chosen: Chosen, option: Option) -> str:
    attributes = {"data-axis": option.axis} if option.axis else {}
    if option.hidden:
        attributes["hidden"] = ""
    return chosen.links.option(option.text, option.changes, chosen=option.chosen, **attributes)


def single(
    chosen: Chosen, field: str, title: str, texts: Mapping[str, str], *, every: str
) -> Filter:
    """Return the filter of a choice of one code, by the words of each; `every` is for none."""
    value = getattr(chosen.choices, field)
    code = "" if value is None else str(value)
    options = [Option(text, _changes(field, each), each == code)
               for each, text in texts.items()]  # fmt: skip
    nothing = Option(every, _changes(field, ""), code not in texts)
    return Filter(field, title, options, nothing)


def _changes(field: str, code: str) -> dict[str, str]:
    """Return what another value changes: what it leaves without sense goes."""
    gone = dict.fromkeys(address.LETS_GO.get(field, ()), "")
    return {field: code, **gone}


def _of_codes(names_by_code: names.Names) -> dict[str, str]:
    return {str(code): name.called for code, name in names_by_code.items()}


@made_once
def meetings(words: Words, view: View) -> Mapping[str, str]:
    """Return the meetings by code, newest first: the day of their cut-off and their name."""
    return {
        row["meeting"]: words(
            "{day}: {meeting}",
            day=words.date(row["corte"], "medium"),
            meeting=words.pick(row["name_es"], row["name_en"]),
        )
        for row in view.frame("meetings").iloc[::-1].to_dict("records")
    }


def first_day(chosen: Chosen, first: date) -> Filter:
    """Return the meetings before the cut-off to compare it with, or any other day."""
    words, days = chosen.words, chosen.view.meeting_days
    days_offered = {
        days[code]: text
        for code, text in meetings(words, chosen.view).items()
        if days[code] < chosen.cutoff
    }
    days_offered.setdefault(first, words.date(first, "medium"))
    options = [Option(text, {"desde": day.isoformat()}, day == first)
               for day, text in days_offered.items()]  # fmt: skip
    begins = min(chosen.plan.begins, first)
    last = chosen.cutoff - timedelta(days=1)
    return Filter("desde", words("Compare with"), options, days=(first, begins, last))


def axis(chosen: Chosen) -> Filter:
    """Return the axes."""
    words = chosen.words
    texts = _of_codes(choice_lists.names_of(words, chosen.view, "axes"))
    return single(chosen, "eje", words("Axis"), texts, every=words("All axes"))


def line(chosen: Chosen, *, every: str, of_every_axis: bool = False) -> Filter:
    """Return the lines, those of the chosen axis only; those `of_every_axis` stand there unseen.

    A page that chooses the axis in the browser alone shows them there.
    """
    words, axis = chosen.words, chosen.choices.eje
    texts = _of_codes(
        choice_lists.names_of(words, chosen.view, "lines", None if of_every_axis else axis)
    )
    choice = single(chosen, "linea", words("Line"), texts, every=every)
    if not of_every_axis:
        return choice
    of = dict(zip(*(chosen.frame("lines")[name] for name in ("line", "axis")), strict=True))
    return replace(
        choice,
        options=[
            replace(
                option,
                axis=str(of[option.changes["linea"]]),
                hidden=axis not in {None, of[option.changes["linea"]]},
            )
            for option in choice.options
        ],
    )


def activity(chosen: Chosen) -> Filter:
    """Return the chosen line's activities."""
    words = chosen.words
    texts = _of_codes(choice_lists.names_of(words, chosen.view, "activities", chosen.choices.linea))
    return single(chosen, "actividad", words("Activity"), texts, every=words("All activities"))


def country(chosen: Chosen, *, every: str) -> Filter:
    """Return the countries, in alphabetical order of the shown language."""
    words = chosen.words
    texts = _of_codes(choice_lists.names_of(words, chosen.view, "countries"))
    return single(chosen, "pais", words("Country"), texts, every=every)


def countries(chosen: Chosen) -> Filter:
    """Return the countries to compare: an option adds one, or takes it away again.

    The first one stands beside the country that the page is of.
    """
    words, picked, own = chosen.words, chosen.choices.paises, chosen.choices.pais
    called = choice_lists.names_of(words, chosen.view, "countries")
    beside = {*picked} or {own} - {None}

    def with_or_without(code: str) -> str:
        wanted = beside ^ {code}
        return ",".join(str(each) for each in called if each in wanted)

    full = len(picked) >= address.MOST_COUNTRIES
    options = [
        Option(name.full, {"paises": with_or_without(str(code))}, code in picked)
        for code, name in called.items()
        if code in picked or not (full or code in beside)
    ]
    nothing = Option(words("None"), {"paises": ""}, not picked)
    return Filter("paises", words("Countries side by side"), options, nothing)


def partner(chosen: Chosen) -> Filter:
    """Return the partners."""
    words = chosen.words
    partners = choice_lists.names_of(words, chosen.view, "partners")
    texts = {str(code): name.short for code, name in partners.items()}
    return single(chosen, "socio", words("Partner"), texts, every=words("All partners"))


def mark(chosen: Chosen) -> Filter:
    """Return the kinds of mark, and last the lack of any."""
    words = chosen.words
    texts = {kind.value: label(words, kind) for kind in MarkKind}
    texts[address.UNSCHEDULED] = words("Without any mark")
    return single(chosen, "marca", words("Scheduled for"), texts, every=words("Any time"))


def switch(name: str, title: str, values: Mapping[str, str], current: str) -> None:
    """Draw a switch between the values of a choice, each by its words."""
    key = f"choose-{name}"
    st.session_state[key] = current
    st.segmented_control(
        title,
        list(values),
        format_func=values.__getitem__,
        key=key,
        required=True,
        on_change=lambda: choices.choose(**{name: st.session_state[key]}),
    )


def measure(chosen: Chosen) -> Filter:
    """Return what cells and tiles may show: progress or coverage."""
    words = chosen.words
    values = {"avance": words("Reported progress"), "cobertura": words("Coverage")}
    return _one_of(words("Cells show"), "medida", values, chosen.choices.measure)


def order(chosen: Chosen) -> Filter:
    """Return what countries may be ordered by."""
    words = chosen.words
    values = {
        "alfabetico": words("Alphabetical"),
        "cobertura": words("By coverage"),
        "avance": words("By reported progress"),
    }
    return _one_of(words("Order of the countries"), "orden", values, chosen.choices.order)


def _one_of(title: str, field: str, values: Mapping[str, str], current: str) -> Filter:
    """Return the filter of a choice that is never without a value: the first, unless chosen."""
    first = next(iter(values))
    options = [Option(text, {field: "" if code == first else code}, code == current)
               for code, text in values.items()]  # fmt: skip
    return Filter(field, title, options)
