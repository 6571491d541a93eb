"""A store whose every text is hostile: plan, countries, partners, reports, names of files."""

import csv
from collections.abc import Iterator
from datetime import date
from itertools import cycle
from pathlib import Path

from sqlalchemy import Engine

from crmdata import plan
from crmdata.access import Actor, Role, operator, secretariat
from crmdata.intake.reports import read_upload
from crmdata.intake.reports.batches import store
from crmdata.store import db
from crmdata.terms import DataKind
from crmdata.workflow import agreements, review
from crmdata.workflow.agreements import Pins
from tests.sheets import COOPERATION, MEETING, many_reports, text_of
from tests.support import DUTY, EVERY_PLACE, copied_plan

PAYLOADS = (
    "<script>window.hacked=1</script>",
    '<img src="http://evil.example/a.png" onerror="window.hacked=2">',
    "![imagen](http://evil.example/b.png)",
    "[enlace](javascript:window.hacked=4)",
    "[enlace](http://evil.example/c)",
    '<a href="http://evil.example/d" onclick="window.hacked=6">enlace</a>',
    '"><svg onload="window.hacked=7"></svg>',
    '<iframe src="http://evil.example/e"></iframe>',
    "</style></title></script><script>window.hacked=9</script>",
    '=HYPERLINK("http://evil.example/f")',
    "http://evil.example/g",
    "<b style=\"background:url('http://evil.example/h')\">negrita</b>",
)
TODAY = date(2019, 11, 30)


def url(folder: Path) -> tuple[str, Path]:
    """Make the store in a folder; return its URL and the folder of its plan."""
    files, turn = copied_plan(folder), cycle(PAYLOADS)
    for name in ("axes", "lines", "results", "activities", "countries", "partners", "english"):
        _poison(files / f"{name}.csv", turn)
    settings = files / "plan.toml"
    lines = [
        line.replace(' = "', f" = '''{next(turn)} ", 1)[:-1] + "'''"
        if line.startswith(("title = ", "short_title = "))
        else line
        for line in settings.read_text("utf-8").splitlines()
    ]
    settings.write_text("\n".join(lines) + "\n", "utf-8")
    made = f"sqlite:///{folder / 'hostile.sqlite3'}"
    engine = db.connect(made)
    db.upgrade(engine)
    plan.load(engine, files, by=PAYLOADS[0], kind=DataKind.REAL)
    _report(engine, turn)
    engine.dispose()
    return made, files


_TEXTS = frozenset({"title", "objective", "text", "name_es", "name_en", "acronym_en"})


def _poison(file: Path, turn: Iterator[str]) -> None:
    with file.open(encoding="utf-8", newline="") as content:
        rows = list(csv.DictReader(content))
    with file.open("w", encoding="utf-8", newline="") as content:
        sheet = csv.DictWriter(content, rows[0], lineterminator="\n")
        sheet.writeheader()
        for row in rows:
            hostile = {name: f"{next(turn)} {row[name]}" for name in _TEXTS & set(row) if row[name]}
            sheet.writerow(row | hostile)


def _report(engine: Engine, turn: Iterator[str]) -> None:
    """Store reports, cooperation, a meeting and an agreement, and leave a batch of each step."""
    rows = [
        row | {"narrative": next(turn), "reported_on": "2019-11-01"} for row in many_reports(400)
        if row["semester"] < "2019-2"
    ]  # fmt: skip
    for row in rows[::3]:
        row.update(state="suspendida", percent="30", reason=next(turn))
    put(engine, "reports", text_of(rows))
    put(engine, "meetings", text_of([MEETING | {"name_es": next(turn), "name_en": next(turn)}],
                                    "meetings"))  # fmt: skip
    lines = [COOPERATION | {"text": text} for text in PAYLOADS]
    activities = ("VI.1.1", "VI.1.2", "VI.1.3", "VI.1.4")
    lines = [line | {"activity": code} for line, code in zip(lines, activities, strict=False)]
    put(engine, "cooperation", text_of(lines, "cooperation"))
    ana = Actor(PAYLOADS[1], Role.FOCAL_POINT, country="HND")
    for number, text in enumerate(PAYLOADS[:3]):
        change = {"narrative": text, "percent": str(60 + number), "reported_on": "2019-11-20"}
        row = rows[5] | change | {"state": "en_curso"}
        sent = read_upload(f"{text}.csv", text_of([row]).encode())
        (stored,) = review.submit(engine, ana, sent, note=text, today=TODAY, confirmed=EVERY_PLACE)
        if number == 1:
            review.send_back(engine, secretariat(text), stored.batch_id, comment=text, today=TODAY)
    for pins in (Pins(line="IV"), Pins(country="HND")):
        agreements.note(engine, secretariat(PAYLOADS[0]), next(turn), pins, **DUTY, agreed_on=TODAY)


def put(engine: Engine, name: str, text: str) -> None:
    """Store a file under a hostile name."""
    (source,) = read_upload(f"{name}{PAYLOADS[1]}.csv", text.encode())
    store(engine, [source], by=operator(PAYLOADS[0]), note=PAYLOADS[2], today=TODAY)
