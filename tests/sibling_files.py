"""The test set `tests/siblings/`: its files, each tried as a person would, and what is wrong.

`tests/siblings/README.md` says what the keys of `expected.json` mean.
"""

import importlib.util
import json
import re
import tarfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from sqlalchemy import Engine
from sqlmodel import col, select

from crmdata.access import Action, Actor, Role, operator
from crmdata.errors import CrmdataError, Held, ImportRefused, Problem
from crmdata.files import SEPARATOR, UPLOAD, cell_of
from crmdata.i18n import words_for
from crmdata.intake.reports import Checked, Expected, Source, check, read_upload
from crmdata.intake.reports.batches import store
from crmdata.intake.reports.history import Effect
from crmdata.intake.reports.remarks import activities, in_words
from crmdata.store import db
from crmdata.store.models import Report, ReportPartner
from crmdata.web.hand_in import dry_run
from crmdata.workflow import review
from tests.support import EVERY_PLACE

FOLDER = Path(__file__).parent / "siblings"
STORED, NOTED, ASKED, REFUSED = "stored", "stored with note", "question", "refused"

Entry = Mapping[str, Any]


def entries() -> list[Entry]:
    """Return what is expected of each file."""
    every: list[Entry] = json.loads((FOLDER / "expected.json").read_text("utf-8"))
    return every


def unpack(target: Path) -> Path:
    """Write the files to `target`; return their folder."""
    wanted = {name for one in entries() for name in [one["file"], *one.get("before", ())]}
    beside = {"make.py", "plantilla.xlsx"}
    with tarfile.open(FOLDER / "files.tar.xz") as archive:
        own = [each for each in archive if PurePosixPath(each.name).name in wanted | beside]
        archive.extractall(target, own, filter="data")
    found = importlib.util.spec_from_file_location("siblings_make", target / "make.py")
    assert found
    assert found.loader
    make = importlib.util.module_from_spec(found)
    found.loader.exec_module(make)
    heavy = "28_mend_heavy_photos.xlsx"  # 7 MB: it is made, and not carried along
    make.r28_mend_heavy_photos_xlsx(target / "files" / heavy)
    return target / "files"


@dataclass
class Trial:
    """What became of a file."""

    outcome: str
    messages: list[str] = field(default_factory=list)
    on_rows: list[set[int | None]] = field(default_factory=list)
    """The rows of which each message speaks."""
    rows: list[dict[str, str]] = field(default_factory=list)
    """What was stored; of a question once the person has said yes."""


# Trying


def tried(entry: Entry, folder: Path, engine: Engine) -> Trial:
    """Hand a file in on the page or by the command, as its entry says."""
    sender = _Sender(engine, entry)
    for name in entry.get("before", ()):
        sender.send(_read(folder, name))
    before = _ids(engine)
    sources = _read(folder, entry["file"])
    try:
        checked = sender.check(sources)
    except CrmdataError as error:
        return _refused(error.problems, sources)
    trial = _told(checked, sources)
    if trial.outcome == REFUSED:
        _must_not_store(sender, sources, engine, before)
        return trial
    if trial.outcome == ASKED:
        _must_not_store(sender, sources, engine, before)
    try:
        sender.send(sources)
    except CrmdataError as error:
        return _refused(error.problems, sources)
    trial.rows = _rows(engine, before)
    return trial


@dataclass
class _Sender:
    """A focal point on the page, or the operator of the command."""

    engine: Engine
    entry: Entry

    @property
    def country(self) -> str:
        address = self.entry.get("given", {}).get("address", "")
        return address.partition("pais=")[2][:3] if isinstance(address, str) else ""

    @property
    def actor(self) -> Actor:
        return Actor("Ana Paz", Role.FOCAL_POINT, country=self.country)

    @property
    def expected(self) -> Expected:
        """What the page stands at."""
        return Expected(self.country, self.entry.get("given", {}).get("semester", ""))

    def check(self, sources: Sequence[Source]) -> Checked:
        if not self.country or "after" in self.entry.get("given", {}):
            return check(self.engine, sources)
        return review.dry_run(self.engine, self.actor, sources, expected=self.expected)

    def send(self, sources: Sequence[Source], confirmed: Any = EVERY_PLACE) -> None:
        if self.country and "after" not in self.entry.get("given", {}):
            review.submit(self.engine, self.actor, sources, confirmed=confirmed,
                          expected=self.expected)  # fmt: skip
        else:
            store(self.engine, sources, by=operator("prueba"), means=Action.RECORD,
                  confirmed=confirmed)  # fmt: skip


def _must_not_store(
    sender: _Sender, sources: Sequence[Source], engine: Engine, before: set[int]
) -> None:
    """See that nothing is stored without an answer."""
    try:
        sender.send(sources, ())
    except (ImportRefused, Held):
        assert _ids(engine) == before
    else:
        raise AssertionError("stored without an answer")


def _read(folder: Path, name: str) -> list[Source]:
    return read_upload(name, (folder / name).read_bytes(), limits=UPLOAD)


def _told(checked: Checked, sources: Sequence[Source]) -> Trial:
    """Return what the page says of a checked file, and what may be done with it."""
    problems = [*checked.problems, *checked.warnings]
    if checked.problems:
        return _refused(problems, sources)
    trial = _said(ASKED if checked.held else NOTED if problems else STORED, problems, sources)
    table = dry_run.changes(words_for("es"), checked, Effect.CORRECTION, {})
    for row in table.to_dict("records"):
        trial.messages.append(" | ".join(row.values()))
        trial.on_rows.append(set())
    return trial


def _refused(problems: Iterable[Problem], sources: Sequence[Source]) -> Trial:
    return _said(REFUSED, problems, sources)


def _said(outcome: str, problems: Iterable[Problem], sources: Sequence[Source]) -> Trial:
    words, named = words_for("es"), activities(sources)
    trial = Trial(outcome)
    for problem in problems:
        places = [(one.file, one.sheet, one.row) for one in problem.each()]
        about = dict.fromkeys(named.get(place, "") for place in places)
        shown = replace(in_words(words, problem), file="").text(words)
        trial.messages.append(" ".join([*about, shown]).strip())
        trial.on_rows.append({place[2] for place in places})
    return trial


def _ids(engine: Engine) -> set[int]:
    with db.reading(engine) as session:
        return {number or 0 for number in session.exec(select(Report.id))}


def _rows(engine: Engine, before: set[int]) -> list[dict[str, str]]:
    with db.reading(engine) as session:
        links = select(ReportPartner).order_by(col(ReportPartner.position))
        partners: dict[int, list[str]] = {}
        for link in session.exec(links):
            partners.setdefault(link.report_id, []).append(link.partner)
        return [
            {name: cell_of(value) for name, value in report.model_dump().items()}
            | {"partners": SEPARATOR.join(partners.get(report.id or 0, ()))}
            for report in session.exec(select(Report))
            if report.id not in before
        ]


# Judging


def faults(entry: Entry, trial: Trial) -> Iterator[str]:
    """Yield how what became of a file differs from what is right."""
    yield from _outcome_faults(entry, trial)
    yield from message_faults(entry, trial.messages, says=_must_say(entry, trial))
    for row, most in entry.get("at_most", {}).items():
        if sum(int(row) in rows for rows in trial.on_rows) > most:
            yield f"more than {most} messages on row {row}"
    for damaged in entry.get("never_stored", ()):
        if any(damaged in text for row in trial.rows for text in row.values()):
            yield f"stored: {damaged}"


def _must_say(entry: Entry, trial: Trial) -> bool:
    """Tell whether anything need be said: not of what may be stored without a word, and was."""
    read = trial.outcome in (STORED, NOTED)
    return not ("or_stored" in entry and read and _allows(entry, STORED))


def _allows(entry: Entry, outcome: str) -> bool:
    text = entry["outcome"].replace("with or without note", "")
    with_note = NOTED in text
    plainly = STORED in text.replace(NOTED, "")
    return {
        STORED: plainly, NOTED: with_note or plainly, ASKED: ASKED in text,
        REFUSED: REFUSED in text or "refusal" in text,
    }[outcome]  # fmt: skip


def _outcome_faults(entry: Entry, trial: Trial) -> Iterator[str]:
    if not _allows(entry, trial.outcome):
        yield f"{trial.outcome}, but should be {entry['outcome']}"
        return
    if trial.outcome == REFUSED:
        return
    right = entry.get("if_confirmed") if trial.outcome == ASKED else None
    if trial.outcome != ASKED:
        right = entry.get("or_stored") if entry["stored"] is None else entry["stored"]
    if right is not None and not _alike(right, trial.rows):
        yield f"stored: {trial.rows}; right: {right}"


def _alike(right: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, str]]) -> bool:
    left = list(rows)
    for wanted in right:
        match = next((row for row in left if _is(wanted, row)), None)
        if match is None:
            return False
        left.remove(match)
    return not left


def _is(wanted: Mapping[str, Any], row: Mapping[str, str]) -> bool:
    return all(
        row[name] in [cell_of(one) for one in (value if isinstance(value, list) else [value])]
        for name, value in wanted.items()
    )


def message_faults(entry: Entry, messages: Sequence[str], *, says: bool = True) -> Iterator[str]:
    """Yield what messages lack, and what they must not hold."""
    for wanted in entry["say"] if says else ():
        if not any(_holds_all(message, wanted) for message in messages):
            yield f"no message says {wanted}"
    for word in entry["never"]:
        yield from (f"never {word!r}: {message}" for message in messages if _holds(message, word))
    once = entry.get("once", ())
    if once and sum(_holds_all(message, once) for message in messages) > 1:
        yield f"said more than once: {once}"
    if len(messages) > entry.get("max_messages", len(messages)):
        yield f"{len(messages)} messages, {entry['max_messages']} are the most"
    if entry.get("first") and not (messages and _holds_all(messages[0], entry["say"][0])):
        yield f"not said first: {entry['say'][0]}"


def _holds_all(message: str, words: Iterable[str]) -> bool:
    return all(_holds(message, word) for word in words)


def _holds(message: str, word: str) -> bool:
    if word.startswith("re:"):
        return re.search(word[3:], message) is not None
    plain = _plain(message)
    return any(_stands_in(plain, _plain(each)) for each in word.split("|"))


def _stands_in(text: str, word: str) -> bool:
    if word.isdigit():
        return re.search(rf"(?<![\w.-]){word}(?![\w-]|[.,]\d)", text) is not None
    return word in text


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(char for char in decomposed if unicodedata.category(char) != "Mn")
