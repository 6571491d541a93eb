"""The sentence under every kind of chart, against the data: its numbers, in both languages."""

import re
from collections.abc import Callable, Collection
from datetime import date

import pandas as pd
import pytest
from sqlalchemy import Engine

from crmdata import measures
from crmdata.i18n import Words, words_for
from crmdata.store import db, queries
from crmdata.terms import COUNTED, LANGUAGES, State, Thresholds
from tests.test_pages import charts, visit

CUTOFF, FIRST = date(2019, 11, 15), date(2019, 6, 7)

LINES, COUNTRIES = 16, 11
SUPPORTING = ("en_curso", "concluida", "ofrecida")
PARTNERS = {"es": ("ACNUR", "OIM", "UNICEF"), "en": ("OIM", "ACNUR", "UNICEF")}
"""In the alphabetical order of their acronyms."""

Numbers = list[int]


class Store:
    """What the store says at the cut-off, and the counts that a sentence may tell of it."""

    def __init__(self, engine: Engine) -> None:
        with db.reading(engine) as session:
            version = queries.version_at(session, CUTOFF)
            assert version is not None
            self.slots = queries.slots(session, version.id)
            self.countries = queries.countries(session)
            self.activities = queries.activities(session, version.id)
            self.marks = queries.marks(session, version.id)
            self.results = queries.results(session, version.id)
            self.cooperation = queries.cooperation_in_force(session, CUTOFF)
            self.history = queries.report_history(session, CUTOFF)
            pictures = [queries.reports_in_force(session, day) for day in (FIRST, CUTOFF)]
        self.then, self.now = (
            measures.cells(self.slots, self.countries, reports, day)
            for reports, day in zip(pictures, (FIRST, CUTOFF), strict=True)
        )


def half_up(value: float) -> int:
    return int(value + 0.5)


def share(cells: pd.DataFrame) -> Numbers:
    """Count n, N and n/N in percent from the cells themselves."""
    owed = cells.loc[cells["due"] & cells["state"].ne(State.NO_APLICA)]
    reported = int(owed["state"].notna().sum())
    return [reported, len(owed), half_up(100 * reported / len(owed))]


def states(cells: pd.DataFrame) -> Numbers:
    due = cells.loc[cells["due"], "state"]
    counts = [int(due.eq(state).sum()) for state in COUNTED[:-1]]
    return [*counts, int(due.isna().sum()), int(due.eq(State.NO_APLICA).sum())]


def spans(cells: pd.DataFrame, by: str, every: int) -> Numbers:
    """Count the groups with a figure of progress, all groups, and the least and greatest."""
    rows = measures.summary(cells, [by], threshold=Thresholds().coverage)
    shown = rows.loc[~rows["withheld"] & rows["reported"].gt(0), "progress"]
    return [len(shown), every, half_up(shown.min()), half_up(shown.max())]


def composed(cells: pd.DataFrame) -> Numbers:
    return share(cells) + states(cells)


def semesters(cells: pd.DataFrame) -> Numbers:
    """Count the coverage of the first semester, of the last and of the lowest."""
    due = cells.loc[cells["due"]]
    found = [share(own) for _, own in due.groupby("semester")]
    lowest = min(found, key=lambda one: one[0] / one[1])
    return share(cells) + found[0] + found[-1] + lowest


def table_of_cells(cells: pd.DataFrame) -> Numbers:
    rows = measures.summary(cells, ["line", "country"], threshold=Thresholds().coverage)
    due = rows.loc[rows["expected"] > 0]
    silent, withheld = due["reported"].eq(0), due["withheld"] & due["reported"].gt(0)
    shown = len(due) - int(silent.sum()) - int(withheld.sum())
    return [
        *share(cells),
        LINES * cells["country"].nunique(),
        len(due),
        shown,
        int(withheld.sum()),
        int(silent.sum()),
    ]


def side_by_side(cells: pd.DataFrame, countries: tuple[str, ...]) -> Numbers:
    """Count of each country its reports, and its lines by whether they have a figure."""
    found = share(cells.loc[cells["country"].isin(countries)])
    for country in countries:
        own = cells.loc[cells["country"] == country]
        rows = table_of_cells(own)
        found += [*share(own), *rows[4:]]
    return found


def in_time(store: Store, _: str) -> Numbers:
    rows = measures.punctuality(
        store.now, store.history, ["country", "semester"], grace_days=Thresholds().grace_days
    )
    reported = share(store.now)[0]
    return [*share(store.now), Thresholds().grace_days, int(rows["on_time"].sum()), reported]


def compared(store: Store, by: str) -> Numbers:
    then, now = (
        measures.summary(cells, [by], threshold=Thresholds().coverage).set_index(by)
        for cells in (store.then, store.now)
    )
    both = [
        code for code in now.index
        if all(rows.loc[code, "reported"] > 0 and not rows.loc[code, "withheld"]
               for rows in (then, now))
    ]  # fmt: skip
    change = [
        half_up(now.loc[code, "progress"]) - half_up(then.loc[code, "progress"]) for code in both
    ]
    signs = [sum(one > 0 for one in change), sum(one < 0 for one in change), change.count(0)]
    return [len(both), len(now), *signs]


def changed(store: Store, _: str) -> Numbers:
    found = measures.change_between(store.then, store.now)
    kinds = ("newly_reported", "advanced", "gone_back", "corrected", "newly_due", "newly_silent")
    return [int(found[kind].sum()) for kind in kinds]


def supported(store: Store, language: str, axes: Collection[int] = range(1, 6)) -> Numbers:
    """Count activities with support, all, those of each partner, the others, those asked for."""
    own = store.activities.loc[store.activities["axis"].isin(axes), "activity"]
    rows = store.cooperation.loc[store.cooperation["activity"].isin(own)]
    real = rows.loc[rows["state"].isin(SUPPORTING) & rows["partner"].notna()]
    each = [real.loc[real["partner"] == one, "activity"].nunique() for one in PARTNERS[language]]
    asked = rows.loc[rows["state"].eq("solicitada") & rows["partner"].isna(), "activity"]
    helped = real["activity"].nunique()
    return [helped, len(own), *each, len(own) - helped, asked.nunique()]


def places(store: Store, _: str) -> Numbers:
    rows = store.cooperation
    real = rows.loc[rows["state"].isin(SUPPORTING) & rows["partner"].notna(), "countries"]
    named = {code for text in real for code in text.split(";")}
    return [len(named & set(store.countries["country"])), len(store.countries)]


def planned(store: Store, language: str) -> Numbers:
    own = store.activities.loc[store.activities["axis"] == 2]
    marks = store.marks.loc[store.marks["activity"].isin(own["activity"])]
    dated = store.slots.loc[store.slots["axis"] == 2]
    results = store.results.loc[store.results["axis"] == 2, "result"]
    undefined = marks.loc[marks["kind"] == "undefined", "activity"].nunique()
    bare = len(own) - marks["activity"].nunique()
    inferred = int(own["reading"].ne("exact").sum())
    delivered = [dated["result"].nunique(), len(results)]
    if language == "es":
        delivered.reverse()
    return [
        len(own), dated["activity"].nunique(), undefined, bare, inferred, 2022,
        *delivered, *share(store.now.loc[store.now["axis"] == 2]),
    ]  # fmt: skip


EXPECTED: dict[str, dict[str, Callable[[Store, str], Numbers]]] = {
    "lineas?": {
        "What was reported, line by line": lambda store, _: composed(store.now),
        "Reported progress, line by line": lambda store, _: [
            *share(store.now), *spans(store.now, "line", LINES)
        ],
        "Semester by semester": lambda store, _: semesters(store.now),
        "Every line on one scale": lambda store, _: composed(store.now),
    },
    "paises?paises=HND,MEX,NIC": {
        "Side by side": lambda store, _: side_by_side(store.now, ("HND", "MEX", "NIC")),
        "Line by line": lambda store, _: table_of_cells(
            store.now.loc[store.now["country"].isin(("HND", "MEX", "NIC"))]
        ),
    },
    "paises?": {
        "Every line and country": lambda store, _: table_of_cells(store.now),
        "Who reported on which semester": in_time,
        "The members as tiles": lambda store, _: [
            *share(store.now), *spans(store.now, "country", COUNTRIES)
        ],
        "Every country on one scale": lambda store, _: composed(store.now),
        "Reported progress then and now": lambda store, _: compared(store, "country"),
    },
    "cooperacion?": {
        "How much of each line is supported": supported,
        "Activity by activity": lambda store, language: supported(store, language, {5}),
        "Where the support goes": places,
    },
    "novedades?": {
        "How many changes, group by group": changed,
        "Reported progress then and now": lambda store, _: compared(store, "country"),
    },
}  # fmt: skip
"""The kinds of chart by view and caption, and the numbers of their sentences, in order."""


def numbers(text: str, words: Words) -> Numbers:
    """Read the numbers of a sentence that are no date, semester or code of the plan."""
    for day in (CUTOFF, FIRST):
        text = text.replace(words.date(day), "")
    text = re.sub(r"\b20\d\d-I+\b|\b[IVX]+(\.\d+)+", "", text)
    found = re.findall(r"\d{1,3}(?:[.,\u00a0\u202f]\d{3})+|\d+", text)
    return [int(re.sub(r"\D", "", one)) for one in found]


@pytest.fixture(scope="module")
def store(demo_engine: Engine) -> Store:
    return Store(demo_engine)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", EXPECTED)
def test_the_sentence_of_every_chart_says_the_numbers_of_the_data(
    demonstration_shown: None, store: Store, view: str, language: str
) -> None:
    page, _, query = view.partition("?")
    words = words_for(language)
    choices = dict([query.split("=")]) if query else {}
    app = visit(page, idioma=language, corte=CUTOFF.isoformat(), **choices)
    said = [text for text in charts(app) if text != words("Years and semesters")]
    captions = sorted((words(name) if name else "" for name in EXPECTED[view]), reverse=True)
    found = {}
    for text in said:
        caption = next((caption for caption in captions if text.startswith(caption)), text)
        found[caption] = numbers(text.removeprefix(caption), words)
    wanted = {
        words(name) if name else "": made(store, language) for name, made in EXPECTED[view].items()
    }
    assert found == wanted
