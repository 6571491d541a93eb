"""Other plans of this shape, with invented texts: any number of lines and of year columns."""

import csv
import random
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from crmdata import settings
from crmdata.terms import MARKS, roman
from tests.sheets import text_of

_VERBS = ("Pintar", "Contar", "Plantar", "Medir", "Afinar", "Trazar", "Regar", "Tejer")
_THINGS = (
    "faros", "huertos", "cometas", "mareas", "molinos", "relojes", "puentes", "abejas", "veletas",
    "semillas", "tambores", "acuarelas", "caracoles", "brújulas", "telares", "campanas", "nidos",
    "canoas", "almendros", "herbarios", "mapas", "acequias", "farolas", "luciérnagas", "tinteros",
)  # fmt: skip
_PLACES = ("en la costa", "junto al río", "en el valle", "sobre la loma", "en la bahía")
_STATES = ("cumplida", "en_curso", "no_iniciada", "suspendida")


@dataclass(frozen=True)
class Shape:
    """What another plan is like; its period is that of its year columns unless it is given."""

    id: str = "faros-y-huertos"
    lines: int = 4
    results: int = 2
    activities: int = 2
    columns: int = 5
    first_year: int = 2023
    period: tuple[int, int] | None = None
    last_column_empty: bool = False
    english: bool = True

    @property
    def years(self) -> range:
        """The years with a column."""
        return range(self.first_year, self.first_year + self.columns)

    @property
    def codes(self) -> list[str]:
        """The activities' codes, in the plan's order."""
        return [
            f"{roman(line)}.{result}.{activity}"
            for line in range(1, self.lines + 1)
            for result in range(1, self.results + 1)
            for activity in range(1, self.activities + 1)
        ]


def a_plan(folder: Path, shape: Shape = Shape()) -> Path:
    """Write the files of a plan of this shape; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    axes = min(3, shape.lines)
    lines = [roman(number) for number in range(1, shape.lines + 1)]
    axis_of = {line: 1 + place * axes // shape.lines for place, line in enumerate(lines)}
    codes = shape.codes
    results = list(dict.fromkeys(code.rpartition(".")[0] for code in codes))
    texts = dict(zip((*lines, *results, *codes), _texts(), strict=False))
    years = [f"y{number}" for number in range(1, shape.columns + 1)]
    _write(
        folder / "axes.csv",
        ("axis", "title", "objective"),
        ((n, f"Eje de los {_THINGS[n]}", f"Que haya {_THINGS[-n]}") for n in range(1, axes + 1)),
    )
    _write(
        folder / "lines.csv",
        ("line", "axis", "title"),
        ((line, axis_of[line], texts[line]) for line in lines),
    )
    _write(folder / "results.csv", ("result", "title"), ((code, texts[code]) for code in results))
    _write(folder / "activities.csv",
           ("activity", "text", "responsible", *years, "reading", "note"),
           ((code, texts[code], "", *_marks(place, shape), "exact", "")
            for place, code in enumerate(codes)))  # fmt: skip
    english = [("plan", "title", "Plan of lighthouses")] if shape.english else []
    english += [(code, "text" if code in codes else "title", f"English of {code}")
                for code in texts] if shape.english else []  # fmt: skip
    _write(folder / "english.csv", ("code", "field", "text"), english)
    _write(folder / "mentions.csv", ("partner", "activity", "quote"), [])
    for name in ("countries.csv", "partners.csv"):
        shutil.copy(settings.plan_folder() / name, folder / name)
    first, last = shape.period or (shape.years[0], shape.years[-1])
    (folder / "plan.toml").write_text(
        f'id = "{shape.id}"\nfirst_year = {shape.first_year}\n'
        f"period_from = {first}\nperiod_to = {last}\nin_force_from = {first}-01-01\n"
        'title = "Plan de faros y huertos"\nshort_title = "Faros y huertos"\n'
        'objective = "Que haya faros y huertos."\nprinciple = "Con calma."\n'
        'footnote = "Un plan inventado."\n'
        '[region]\ncode = "REG"\nname_es = "Región"\nname_en = "Region"\n'
        '[process]\nshort_es = "FAROS"\nshort_en = "LIGHTS"\n',
        "utf-8",
    )
    return folder


def reports_of(shape: Shape, file: Path, *, countries: Sequence[str] = ("BLZ", "HND")) -> Path:
    """Write reports on every second slot of `Continuo` of some countries; return the file."""
    marks = {code: _marks(place, shape) for place, code in enumerate(shape.codes)}
    rows = [
        {"country": country, "activity": code, "semester": f"{year}-1", "state": state,
         "percent": "" if state in {"cumplida", "no_iniciada"} else "40",
         "reason": "Falta pintura." if state == "suspendida" else "",
         "reported_on": f"{year}-07-15"}
        for country in countries
        for place, code in enumerate(shape.codes)
        for year, mark in zip(shape.years, marks[code], strict=True)
        if mark == "Continuo" and (year + place) % 2
        for state in (_STATES[(place + year) % len(_STATES)],)
    ]  # fmt: skip
    file.write_text(text_of(rows), "utf-8")
    return file


def _texts() -> Iterator[str]:
    """Yield invented sentences that have little in common."""
    draws = random.Random(5)
    while True:
        things = draws.sample(_THINGS, 5)
        yield (f"{draws.choice(_VERBS)} {things[0]} y {things[1]} {draws.choice(_PLACES)}, con "
               f"{things[2]}, {things[3]} y {things[4]}")  # fmt: skip


def _marks(place: int, shape: Shape) -> list[str]:
    """Return an activity's cells: every mark in turn, and one activity in nine without any."""
    kinds = [*MARKS, "Continuo", ""]
    mark = kinds[place % len(kinds)]
    if mark in {"Continuo", ""}:
        cells = [mark] * shape.columns
    else:
        cells = [mark if (place + column) % 3 == 0 else "" for column in range(shape.columns)]
    return [*cells[:-1], ""] if shape.last_column_empty else cells


def _write(file: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
