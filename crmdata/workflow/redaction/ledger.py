"""What was taken out, in a file outside of the database, for backups that still hold it.

A line an act: places and hashes, no words. A backup restored has them taken out again before
anybody sees it. The file is completed from the database, so a line that a crash kept from being
written comes with the next backup, restore or redaction.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import select

from crmdata.errors import N_, Problem, StoreError
from crmdata.store import db
from crmdata.store.db import Known
from crmdata.store.models import Audit, Cooperation, Report
from crmdata.store.queries.frames import table
from crmdata.workflow.redaction.acting import Taken, Why, take_out
from crmdata.workflow.redaction.places import Spot, everywhere

NAME = "crmdata-redactions.jsonl"

Record = dict[str, Any]


def complete_ledger(session: Known, folder: Path) -> None:
    """Write into the ledger of a folder what a store's chain holds and the ledger does not."""
    stored = dict(_of_chain(session))
    if not stored:
        return
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        there = {_key(record): record for record in _read(folder)}
        if there | stored == there:
            return
        with db.unfinished(folder / NAME) as part:
            part.chmod(0o600)
            lines = [json.dumps(each, ensure_ascii=False) for each in (there | stored).values()]
            part.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def apply_ledger(session: Known, folder: Path) -> list[Taken]:
    """Take out of an older store what was taken out of it since; return the acts that did.

    In a writer's transaction. A place counts only where the chain has the very row that stored
    the text, so that another text with the same number is left alone.
    """
    audit = table(Audit)
    chain = dict(session.execute(select(audit.c.seq, audit.c.hash)).all())
    store, hashes = chain.get(1, ""), set(chain.values())
    done = []
    for record in _read(folder):
        if record["store"] != store or record["hash"] in hashes:
            continue
        mine = [Spot(*place) for *place, seq, signature in record["targets"]
                if chain.get(seq) == signature]  # fmt: skip
        if spots := everywhere(session, mine):
            why = Why(
                record["actor"], record["role"], record["identity"], record["reason_es"],
                record["reason_en"], {"again": {"act": record["act"], "at": record["at"]}},
            )  # fmt: skip
            done.append(take_out(session, spots, why))
    return done


def _of_chain(session: Known) -> Iterator[tuple[tuple[str, str], Record]]:
    """Yield the records that a store's chain makes, by their keys."""
    audit = table(Audit)
    rows = session.execute(
        select(audit.c.seq, audit.c.hash, audit.c.at, audit.c.actor, audit.c.detail)
        .where(audit.c.action == db.REDACT_ACTION)
        .order_by(audit.c.seq)
    ).all()
    if not rows:
        return
    chain = dict(session.execute(select(audit.c.seq, audit.c.hash)).all())
    stored = _stored(session)
    for seq, signature, at, actor, written in rows:
        detail = json.loads(written)
        targets = [
            [*place, by, chain[by]]
            for place in detail["targets"]
            if (by := stored.get((place[0], place[1]), place[1])) in chain
        ]
        record = {"store": chain[1], "act": seq, "hash": signature, "at": at, "actor": actor}
        record |= {name: detail[name] for name in ("role", "identity", "reason_es", "reason_en")}
        yield _key(record), record | {"targets": targets}


def _key(record: Mapping[str, Any]) -> tuple[str, str]:
    return record["store"], record["hash"]


def _stored(session: Known) -> dict[tuple[str, int], int]:
    """Return the row of the chain that stored each row of a batch, and the batch."""
    audit = table(Audit)
    query = select(audit.c.seq, audit.c.object).where(audit.c.action.in_(db.STORING))
    batches = {int(name.partition(":")[2]): seq for seq, name in session.execute(query)}
    rows_of_chain = {("batch", batch): seq for batch, seq in batches.items()}
    for model in (Report, Cooperation):
        rows = table(model)
        for number, batch in session.execute(select(rows.c.id, rows.c.batch_id)):
            if batch in batches:
                rows_of_chain[rows.name, number] = batches[batch]
    return rows_of_chain


def _read(folder: Path) -> list[Record]:
    """Return the records of a folder's ledger, oldest first. Raise StoreError for another file."""
    file = folder / NAME
    if not file.exists():
        return []
    try:
        records = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line]
        for record in records:
            assert {"store", "hash", "targets"} <= set(record)  # noqa: S101 - else a KeyError later
    except (ValueError, AssertionError, TypeError) as error:
        message = N_("{file} cannot be read: what was redacted is not known any more.")
        way_out = N_("Put a copy of it there that was kept with the backups.")
        raise StoreError(Problem("bad_ledger", message, way_out, file=NAME,
                                 values={"file": NAME})) from error  # fmt: skip
    return records


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold a folder while its ledger is written anew."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
