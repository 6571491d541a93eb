"""What a backup holds, as a small file beside it: to know it again, and to prove its bytes."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from sqlalchemy import func, select

from crmdata.errors import N_, Problem, StoreError
from crmdata.store.db.known import Known
from crmdata.store.db.signed import table_of
from crmdata.store.db.unfinished import unfinished
from crmdata.store.models import Audit, Batch, Report, Store

SUFFIX = ".manifest"

HEAD_DIGITS = 12
"""Of a hash, what is printed for people to keep."""


@dataclass(frozen=True)
class Contents:
    """What a store holds, in short.

    `store` is the hash of the first row of its audit chain: which store it is, whatever is added
    to it later. `head` is the last row's number and hash.
    """

    revision: str
    kind: str
    store: str
    head: tuple[int, str]
    last_act_at: str
    batches: int
    reports: int

    @property
    def mark(self) -> str:
        """The head as it is printed for people to keep."""
        return head_mark(*self.head)


def head_mark(number: int, signature: str) -> str:
    """Return a row of the chain as it is printed for people to keep: `57-3f9a1c0b77d2`."""
    return f"{number}-{signature.rpartition(':')[2][:HEAD_DIGITS]}" if signature else ""


@dataclass(frozen=True)
class Manifest:
    """A backup's bytes, and what they hold; `database` is `sqlite` or `postgresql`."""

    sha256: str
    size: int
    database: str
    contents: Contents


def contents(session: Known) -> Contents:
    """Return what a session's store holds, whatever its revision."""
    audit = table_of(Audit).c
    rows = select(audit.seq, audit.hash, audit.at)
    first = session.execute(rows.order_by(audit.seq).limit(1)).one_or_none()
    last = session.execute(rows.order_by(audit.seq.desc()).limit(1)).one_or_none()
    kind = session.execute(select(table_of(Store).c.kind)).scalar()
    revision = MigrationContext.configure(session.connection()).get_current_revision()
    return Contents(
        revision=revision or "",
        kind=kind or "",
        store=first.hash if first else "",
        head=(last.seq, last.hash) if last else (0, ""),
        last_act_at=last.at if last else "",
        batches=_count(session, Batch),
        reports=_count(session, Report),
    )


def _count(session: Known, model: type) -> int:
    return int(session.execute(select(func.count()).select_from(table_of(model))).scalar_one())


def manifest_of(backup: Path) -> Path:
    """Return the name of the manifest beside a backup."""
    return backup.with_name(f"{backup.name}{SUFFIX}")


def write_manifest(backup: Path, database: str, contents: Contents) -> None:
    """Write a backup's manifest beside it."""
    manifest = Manifest(sha256_of_file(backup), backup.stat().st_size, database, contents)
    with unfinished(manifest_of(backup)) as part:
        part.write_text(json.dumps(asdict(manifest), indent=2) + "\n", "utf-8")


def check_bytes(backup: Path) -> None:
    """Hold a backup against the manifest beside it, if there is one. Raise StoreError."""
    file = manifest_of(backup)
    if not file.exists():
        return
    try:
        signed = json.loads(file.read_text("utf-8"))["sha256"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = N_("{file} is not a manifest as a backup writes it.")
        way_out = N_("Move it away: the backup is then proved by its content alone.")
        problem = Problem("bad_manifest", message, way_out, values={"file": file.name})
        raise StoreError(problem) from error
    if signed != sha256_of_file(backup):
        message = N_("{file} is not, byte for byte, what was written as a backup.")
        way_out = N_("Take another backup. The database was left as it was.")
        raise StoreError(Problem("altered_backup", message, way_out, values={"file": backup.name}))


def sha256_of_file(file: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
