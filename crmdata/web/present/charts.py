"""The charts of a slide as HTML: text that the browser folds and sizes, bars as boxes."""

from crmdata.content import faces, frames, wording
from crmdata.content.faces import Face, Kind
from crmdata.i18n import Words
from crmdata.labels import SYMBOLS, label
from crmdata.measures import Measured
from crmdata.render.html.markup import element, wrapped
from crmdata.slides import WHOLE, Bars, Chart, Grid
from crmdata.terms import COUNTED, SIN_REPORTE

_DIGIT = 0.055
"""The share of a bar that a digit of its number takes; a shorter part shows no number."""


def drawn(chart: Chart, words: Words) -> str:
    """Return a chart as HTML."""
    return _bars(chart, words) if isinstance(chart, Bars) else _grid(chart, words)


def _bars(chart: Bars, words: Words) -> str:
    rows = [_row(chart, key, one, words) for key, one in frames.each(chart.measures)]
    head = wrapped("div", [
        element("span", chart.header),
        element("span", words("What was reported")),
        element("span", words("n/N")),
        element("span", words("Interval")),
        element("span", words("Progress"), css="end"),
    ], css="row head")  # fmt: skip
    long = " long" if any(len(name.full) > 40 for name in chart.names.values()) else ""
    return wrapped("div", [_legend(words), wrapped("div", [head, *rows], css=f"bars{long}")],
                   css="chart", role="group", **{"aria-label": chart.summary})  # fmt: skip


def _legend(words: Words) -> str:
    entries = [
        wrapped("span", [element("i", "", css=f"swatch {state}"),
                         element("span", f"{SYMBOLS[state]} {label(words, state)}")])
        for state in COUNTED
    ]  # fmt: skip
    return wrapped("div", entries, css="legend")


def _row(chart: Bars, key: str | int, one: Measured, words: Words) -> str:
    name = chart.names[key]
    titled = [element("b", name.short), element("span", f" {name.text}")]
    parts = titled if name.numbered else [element("span", name.full)]
    cells = [wrapped("span", parts, css="name")]
    if one.expected:
        cells += [
            wrapped("span", _parts(one, words), css="stack"),
            element("span", wording.coverage(words, one), css="ratio"),
            wrapped("span", _span(one), css="track"),
            element("span", wording.progress(words, one), css="progress"),
        ]
    else:
        nothing = words("Not applicable") if one.no_aplica else words("Nothing was due")
        cells += [
            element("span", nothing, css="nothing"), element("span", "—", css="ratio"),
            element("span", ""), element("span", "—", css="progress"),
        ]  # fmt: skip
    return wrapped("div", cells, css="row whole" if key == WHOLE else "row")


def _parts(one: Measured, words: Words) -> list[str]:
    found = []
    for state in COUNTED:
        count = getattr(one, str(state))
        if count:
            text = words.number(count)
            shown = text if count / one.expected >= _DIGIT * len(text) else ""
            inner = [element("b", shown)] if shown else []
            found.append(wrapped("i", inner, css=str(state), style=f"flex: {count} 0 0",
                                 title=f"{label(words, state)}: {text}"))  # fmt: skip
    return found


def _span(one: Measured) -> list[str]:
    """Return the interval, hatched where nothing was reported, and the progress as a dot on it."""
    wide = max(one.high - one.low, 1)
    css = "interval" if one.reported else f"interval {SIN_REPORTE}"
    found = [element("i", "", css=css, style=f"left: {one.low:.2f}%; width: {wide:.2f}%")]
    if one.reported and not one.withheld:
        found.append(element("i", "", css="dot", style=f"left: {one.progress:.2f}%"))
    return found


def _grid(chart: Grid, words: Words) -> str:
    columns = chart.columns
    head = [element("th", chart.header, scope="col", css="corner")]
    head += [
        element("th", one.short, scope="col", css="text" if key in chart.wide else "")
        for key, one in columns.items()
    ]
    body = []
    for key, row in chart.rows.items():
        titled = f"{row.short}. {row.text}" if row.numbered else row.full
        cells = [element("th", titled, scope="row")]
        cells += [_cell(chart.faces[key, other], wide=other in chart.wide) for other in columns]
        body.append(wrapped("tr", cells, css="whole" if key == WHOLE else ""))
    table = wrapped("table", [
        element("caption", chart.summary),
        wrapped("thead", [wrapped("tr", head)]),
        wrapped("tbody", body),
    ], css="grid scaled" if chart.scaled else "grid")  # fmt: skip
    heading = element("p", chart.heading, css="heading")
    return wrapped("div", [heading, table, *_scale(chart, words)], css="chart")


def _cell(face: Face, *, wide: bool) -> str:
    css = {Kind.VALUE.value: f"step-{face.step}", Kind.SILENT.value: "silent"}.get(face.kind, "")
    inner = [element("b", face.main)] if css == "silent" else [element("span", face.main)]
    return wrapped("td", inner, css=f"{css} text".strip() if wide else css)


def _scale(chart: Grid, words: Words) -> list[str]:
    """Return the legend of the sequential scale, where the cells stand on it."""
    if not chart.scaled:
        return []
    entries = [
        wrapped("span", [element("i", "", css=f"swatch step-{at}"), element("span", text)])
        for at, text in enumerate(faces.step_labels(words))
    ]
    if any(face.kind == Kind.SILENT for face in chart.faces.values()):
        hatched = [element("i", "", css="swatch silent"), element("span", chart.hatched)]
        entries.append(wrapped("span", hatched))
    return [wrapped("div", [*entries, element("span", chart.empty)], css="legend")]
