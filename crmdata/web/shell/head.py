"""The head of every page: one line, one element. The plan, the pages, cut-off, reader, search.

All of it is links and forms, so that it works before the page is alive and in a new tab; each
carries along what else stands in the address. `head.js` follows them without loading the app anew.
"""

import json
from datetime import date

from crmdata.labels import DEMONSTRATION, DEMONSTRATION_BRIEF
from crmdata.render.html import markup
from crmdata.serving import answers
from crmdata.terms import LANGUAGES
from crmdata.web.choices import address, choice_lists, links, stops
from crmdata.web.choices.chosen import Chosen
from crmdata.web.kit import draw
from crmdata.web.shell import copying, menu, printing, searching

IN_SIGHT = ("inicio", "calendario", "lineas", "actividades", "paises", "cooperacion", "novedades")
"""The pages that a wide screen names in the head; all others stand in its menu.

So does, for whoever may hand something in, the page where that is done (`_in_sight`).
"""

_LANGUAGE_NAMES = {"es": "Español", "en": "English"}


def show(chosen: Chosen, *, of_today: bool) -> None:
    """Draw the head; a page that is `of_today` has no cut-off to choose."""
    draw.html(html(chosen, of_today=of_today) + _margin(chosen))


def _margin(chosen: Chosen) -> str:
    """Return the style by which print has the mark of a demonstration in every sheet's margin."""
    if not chosen.demo:
        return ""
    mark = printing.css_string(chosen.words(DEMONSTRATION))
    return f"<style>@page {{ @top-center {{ content: {mark}; }} }}</style>"


def html(chosen: Chosen, *, of_today: bool) -> str:
    """Return the head; a page that is `of_today` has no cut-off to choose."""
    words = chosen.words
    tools = [] if of_today or chosen.view.snapshot else _cutoff(chosen)
    tools += [_whose(chosen), _search(chosen), _language(chosen), _language(chosen, brief=True)]
    tools.append(_copy_link(chosen, of_today=of_today))
    line = [_brand(chosen), _pages(chosen), markup.wrapped("div", tools, css="crm-tools")]
    inner = [markup.wrapped("div", line, css="crm-line"), _mark(chosen) if chosen.demo else ""]
    return markup.wrapped(
        "header", inner, css="crm-head",
        **{"data-language": words.language, "data-working": words("Preparing the view …")},
    )  # fmt: skip


def _mark(chosen: Chosen) -> str:
    """Return the mark of a demonstration; a narrow screen has room for a few words of it."""
    texts = {"crm-in-full": DEMONSTRATION, "crm-in-brief": DEMONSTRATION_BRIEF}
    spans = [markup.element("span", chosen.words(text), css=css) for css, text in texts.items()]
    return markup.wrapped("p", spans, css="crm-banner")


def _brand(chosen: Chosen) -> str:
    words, plan = chosen.words, chosen.plan
    name = words(
        "{process} plan {first}–{last}", process=words.pick(*chosen.view.process),
        first=str(plan.period_from), last=str(plan.period_to),
    )  # fmt: skip
    title = words.pick(*plan.short_title)
    return chosen.links.change(name, {}, menu.FIRST, css="crm-brand", title=title)


def _pages(chosen: Chosen) -> str:
    """Return the links to the pages; those in sight on a wide screen stand in the menu too."""
    words, offered = chosen.words, list(menu.offered(chosen.page, chosen.actor))
    entries = {name: _page(chosen, name, current=name == chosen.page) for name in offered}
    shown = _in_sight(chosen)
    items = [
        markup.wrapped("li", [entry], css="crm-in-sight" if name in shown else "")
        for name, entry in entries.items()
    ]
    label = [
        markup.element("span", words("Menu"), css="crm-on-phone"),
        markup.element("span", words("More"), css="crm-on-wide"),
    ]
    elsewhere = "" if chosen.page in shown else "crm-holds-current"
    rest = links.fold("menu", label, [markup.wrapped("ul", items)], css=f"crm-menu {elsewhere}")
    in_sight = [entry for name, entry in entries.items() if name in shown]
    return markup.wrapped("nav", [rest, *in_sight], **{"aria-label": words("Pages")})


def _in_sight(chosen: Chosen) -> tuple[str, ...]:
    """Return the pages that a wide screen names; who may hand something in has that before it."""
    return (*IN_SIGHT, "informar") if menu.may_enter("informar", chosen.actor) else IN_SIGHT


def _page(chosen: Chosen, name: str, *, current: bool) -> str:
    words = chosen.words
    here = {"aria-current": "page"} if current else {}
    return chosen.links.change(words(menu.TITLES[name]), {}, name, css=f"crm-page-{name}", **here)


def _cutoff(chosen: Chosen) -> list[str]:
    """Return the stops to choose from, a field for any other day, and a step to either side."""
    words, cutoff = chosen.words, chosen.cutoff
    options = [
        chosen.links.option(text, {"corte": day.isoformat()}, chosen=day == cutoff)
        for day, text in stops.names_of_days(chosen).items()
    ]
    back, on = stops.steps(chosen)
    first = min(chosen.plan.begins, cutoff)
    last = max(date(chosen.plan.period_to + 1, 12, 31), cutoff)
    form = chosen.links.day_form(words, "corte", cutoff.isoformat(), first, last)
    label = [markup.element("span", words("Cut-off")),
             markup.element("b", words.date(cutoff, "medium"))]  # fmt: skip
    # A phone has no room beside it: there they stand over the list.
    over = markup.wrapped("div", [back, on], css="crm-on-phone crm-steps")
    return [back, links.fold("corte", label, [over, markup.wrapped("ul", options), form]), on]


def _whose(chosen: Chosen) -> str:
    """Return the countries and partners: each leads to what is its own."""
    words, picked, waits = chosen.words, chosen.choices, chosen.elsewhere
    # Whose the plan is seen as stays in sight on pages that do not follow it.
    country, partner = picked.pais or waits.pais, picked.socio or waits.socio
    countries = choice_lists.names_of(words, chosen.view, "countries")
    partners = choice_lists.names_of(words, chosen.view, "partners")
    options = [
        *(chosen.links.option(name.text, {"pais": str(code), "socio": ""}, menu.FIRST,
                       chosen=code == country, **{"data-mine": f"pais={code}"})
          for code, name in countries.items()),
        *(chosen.links.option(name.short, {"socio": str(code), "pais": ""}, menu.FIRST,
                       chosen=code == partner, **{"data-mine": f"socio={code}"})
          for code, name in partners.items()),
        chosen.links.option(words("The whole region"), {"pais": "", "socio": ""}, menu.FIRST,
                     chosen=not (country or partner), **{"data-mine": ""}),
    ]  # fmt: skip
    own = countries.get(country or "") or partners.get(partner or "")
    if own is None:
        label = [markup.element("span", words("My country"))]
    else:
        text = own.text if country else own.short
        label = [markup.element("b", text, css="crm-on-wide"),
                 markup.element("b", own.short, css="crm-on-phone", title=text)]  # fmt: skip
    return links.fold("mine", label, [markup.wrapped("ul", options)])


def _search(chosen: Chosen) -> str:
    """Return the field that searches in texts; `search.js` shows answers while one writes."""
    words = chosen.words
    name = words("Search the plan, its countries and partners, and what was reported")
    field = markup.field(
        type="search", name="buscar", placeholder=words("Search"), autocomplete="off",
        maxlength=str(address.LONGEST_QUERY), **{"aria-label": name},
    )  # fmt: skip
    carried = {name: text for name, text in chosen.links.carried if name in searching.IN_TEXTS}
    said = {
        "name": name, "close": words("Close"), "answers": words("Answers"),
        "hint": words("A code, a country, a line, a word: “Honduras line VI”, “pending Guatemala”"),
    }  # fmt: skip
    return links.form("actividades", carried, [field], role="search", css="crm-search",
                      **{"data-says": json.dumps(said, ensure_ascii=False),
                         "data-asks": answers.SEARCH})  # fmt: skip


def _language(chosen: Chosen, *, brief: bool = False) -> str:
    """Return the link to the same place in the other language; `brief`, its code shows."""
    other = next(code for code in LANGUAGES if code != chosen.words.language)
    name = _LANGUAGE_NAMES[other]
    shown = {"css": "crm-on-phone", "aria-label": name} if brief else {"css": "crm-language"}
    return chosen.links.change(other.upper() if brief else name, {"idioma": other},
                               lang=other, hreflang=other, **shown)  # fmt: skip


def _copy_link(chosen: Chosen, *, of_today: bool) -> str:
    """Return a button that copies the address, with cut-off and language even where not chosen."""
    of = {} if of_today else chosen.view.address
    return copying.link_button(chosen.words, {"idioma": chosen.words.language, **of})
