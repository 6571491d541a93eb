"""What narrows the list of activities: the search and the filters, and the way out of them."""

from collections.abc import Mapping

from crmdata.content import names
from crmdata.content.names import Name, Names
from crmdata.i18n import Words
from crmdata.labels import SYMBOLS, label
from crmdata.render.html import markup
from crmdata.terms import MarkKind, Reading
from crmdata.web.activities.selection import FACETS, Found
from crmdata.web.choices import address, filters, links
from crmdata.web.choices.chosen import Chosen
from crmdata.web.kit.components import Empty


def html(chosen: Chosen, selected: Found) -> str:
    """Return the search and the filters, each value with how many activities it leaves."""
    words, view, picked = chosen.words, chosen.view, chosen.choices
    lines = view.frame("lines")
    if picked.eje is not None:
        lines = lines.loc[lines["axis"] == picked.eje]
    partners = names.of_partners(view.frame("partners"), words)
    offered: list[tuple[str, str, Names, str]] = [
        ("eje", words("Axis"), names.of_axes(view.frame("axes"), words), words("All axes")),
        ("linea", words("Line"), names.of_lines(lines, words), words("All lines")),
        ("marca", words("Scheduled for"), _mark_names(words), words("Any time")),
        ("lectura", words("How its date was read"), _reading_names(words), words("Every reading")),
        ("estado", words("State, at least once"), _standing_names(words), words("Any state")),
        ("socio", words("Partner"), _plain({str(code): name.short
                                            for code, name in partners.items()}),
         words("All partners")),
    ]  # fmt: skip
    chips = [
        filters.single(
            chosen, field, title, _with_counts(words, values, selected.counts(field)), every=every
        )
        for field, title, values, every in offered
    ]
    country = filters.country(chosen, every=words("The whole region"))
    return _search(chosen) + filters.html(chosen, [*chips[:4], country, *chips[4:]])


def _search(chosen: Chosen) -> str:
    words = chosen.words
    field = markup.field(
        type="search", name="buscar", value=chosen.choices.buscar or "",
        maxlength=str(address.LONGEST_QUERY), placeholder=words("Words in any order, or a code"),
        **{"aria-label": words("Search in activities, results, reports and evidence")},
    )  # fmt: skip
    carried = {name: text for name, text in chosen.links.carried if name != "buscar"}
    form = links.form("", carried, [field, markup.element("button", words("Search"))],
                      role="search")  # fmt: skip
    return markup.wrapped("div", [form], css="crm-find crm-chips")


def _with_counts(words: Words, values: Names, counts: Mapping[object, int]) -> dict[str, str]:
    """Return names that say how many activities they leave."""
    return {
        str(code): words("{name} ({count})", name=name.called,
                         count=words.number(counts.get(code, 0)))
        for code, name in values.items()
    }  # fmt: skip


def _mark_names(words: Words) -> Names:
    labels = {kind.value: label(words, kind) for kind in MarkKind}
    labels[address.UNSCHEDULED] = words("Without any mark")
    return _plain(labels)


def _reading_names(words: Words) -> Names:
    return _plain({reading.value: label(words, reading) for reading in Reading})


def _standing_names(words: Words) -> Names:
    return _plain({code: _with_symbol(words, code) for code in address.STANDINGS})


def _with_symbol(words: Words, code: str) -> str:
    return f"{SYMBOLS[code]} {label(words, code)}" if code in SYMBOLS else label(words, code)


def _plain(labels: Mapping[str, str]) -> dict[str | int, Name]:
    return {code: Name(text, text) for code, text in labels.items()}


def why_nothing(chosen: Chosen, selected: Found) -> str:
    """Return why no activity is left, and the way out."""
    words, query = chosen.words, chosen.choices.buscar
    if not query:
        sentence = words(Empty.FILTERED.value)
    elif selected.sought:
        sentence = words.plural(
            "“{query}” stands in {n} activity, but not in any that the filters leave.",
            "“{query}” stands in {n} activities, but not in any that the filters leave.",
            len(selected.sought), query=query,
        )  # fmt: skip
    else:
        sentence = words(
            "Nothing matches “{query}”: no activity, result, report or evidence up to this "
            "cut-off has all these words. Try fewer words, or the beginning of one.",
            query=query,
        )
    return markup.element("p", sentence, css="crm-empty", role="status") + way_out(chosen, selected)


def way_out(chosen: Chosen, selected: Found) -> str:
    """Return links that let go of the filters, and of the search; empty where nothing is chosen."""
    words = chosen.words
    nothing = dict.fromkeys(FACETS, "")
    ways = []
    if selected.filtered and chosen.choices.buscar:
        ways.append(chosen.links.change(words("Search without the filters"), nothing))
    if selected.filtered or chosen.choices.buscar:
        everything = {**nothing, "buscar": ""}
        ways.append(chosen.links.change(words("Show all activities"), everything))
    return markup.wrapped("p", ways, css="crm-ways") if ways else ""
