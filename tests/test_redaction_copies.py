"""Copies of what was redacted: backups restored, kept stores, raw bytes, files and pages."""

import io
import json
import os
import sqlite3
import stat
import subprocess
import zipfile
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

import pypdf
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from typer.testing import CliRunner, Result

from crmdata import plan, settings
from crmdata.access import ANONYMOUS
from crmdata.cli.main import app
from crmdata.exports import export
from crmdata.intake import reports
from crmdata.search import plain
from crmdata.store import db, queries
from crmdata.terms import TEXT_WITHDRAWN, DataKind
from crmdata.workflow import redaction, review, snapshots
from crmdata.workflow.proving import proved
from crmdata.workflow.redaction import ledger
from tests.long import sample
from tests.test_redaction import (
    EVA,
    REASONS,
    everything,
    found,
    problems,
    raw,
    redact,
    store,
)

__all__ = ["store"]


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def shell(store: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Return the store, named to the command line as the deployment's."""
    url = store.url.render_as_string(hide_password=False)
    monkeypatch.setenv("CRMDATA_DATABASE_URL", url)
    return store


def run(*args: object, answer: str = "") -> Result:
    return CliRunner().invoke(app, ["--lang", "en", *map(str, args)], input=answer)


def done(*args: object) -> str:
    ended = run(*args)
    assert ended.exit_code == 0, ended.output
    return ended.output


# Backups and the ledger


def test_a_restored_backup_of_before_is_redacted_again(shell, tmp_path):
    done("backup", tmp_path / "before.backup")
    redact(shell, found(shell))
    said = done("restore", tmp_path / "before.backup", "--force")
    assert "12 texts that were redacted since are redacted again." in said
    assert "kevin" not in everything(shell).casefold()
    assert problems(shell) == []


def test_a_check_of_a_backup_says_what_a_restore_would_redact_and_changes_nothing(shell, tmp_path):
    done("backup", tmp_path / "before.backup")
    redact(shell, found(shell))
    before = everything(shell)
    said = done("restore", tmp_path / "before.backup", "--check")
    assert "A restore redacts again 12 texts" in said
    assert everything(shell) == before


def test_a_backup_restored_twice_is_redacted_both_times(shell, tmp_path):
    done("backup", tmp_path / "before.backup")
    redact(shell, found(shell))
    for _ in range(2):
        done("restore", tmp_path / "before.backup", "--force")
        assert "kevin" not in everything(shell).casefold()
    assert problems(shell) == []


def test_a_backup_of_afterwards_holds_no_words_and_is_not_redacted_again(shell, tmp_path):
    redact(shell, found(shell))
    backup = tmp_path / "after.backup"
    done("backup", backup)
    assert b"kevin" not in plain_bytes(shell, backup).lower()
    assert "again" not in done("restore", backup, "--force")


def plain_bytes(engine: Engine, backup: Path) -> bytes:
    """Return what a backup holds, uncompressed where its form compresses."""
    if engine.dialect.name == "sqlite":
        return backup.read_bytes()
    ended = subprocess.run(["pg_restore", "--file=-", backup], capture_output=True, check=True)
    return ended.stdout


def test_a_ledger_that_a_crash_kept_from_being_written_comes_with_the_restore(
    shell, tmp_path, backups
):
    done("backup", tmp_path / "before.backup")
    redact(shell, found(shell))
    (backups / ledger.NAME).unlink()
    done("restore", tmp_path / "before.backup", "--force")
    assert "kevin" not in everything(shell).casefold()


def test_a_backup_completes_the_ledger(shell, tmp_path, backups):
    redact(shell, found(shell))
    (backups / ledger.NAME).unlink()
    done("backup", tmp_path / "after.backup")
    assert len((backups / ledger.NAME).read_text("utf-8").splitlines()) == 1


def test_the_ledger_holds_no_words_and_is_for_its_owner_alone(store, backups):
    redact(store, found(store))
    file = backups / ledger.NAME
    assert "kevin" not in file.read_text("utf-8").casefold()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_another_text_with_the_same_number_is_left_alone(store, backups):
    redact(store, [each for each in found(store) if each.spot.column == "narrative"])
    file = backups / ledger.NAME
    record = json.loads(file.read_text("utf-8"))
    other = record | {"hash": "v3:00", "targets": [["report", 3, "narrative", 2, "v3:of another"]]}
    file.write_text(json.dumps(other), "utf-8")
    with db.writing(store) as session:
        assert redaction.apply_ledger(session, backups) == []


def test_the_ledger_of_another_store_is_passed_over(store, backups, tmp_path):
    redact(store, found(store))
    file = backups / ledger.NAME
    record = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps(record | {"store": "v3:another"}), "utf-8")
    with db.writing(store) as session:
        assert redaction.apply_ledger(session, backups) == []


def test_a_ledger_that_cannot_be_read_stops_a_restore_before_it_changes_anything(
    shell, tmp_path, backups
):
    done("backup", tmp_path / "before.backup")
    redact(shell, found(shell))
    before = everything(shell)
    (backups / ledger.NAME).write_text("nothing", "utf-8")
    ended = run("restore", tmp_path / "before.backup", "--force")
    assert (ended.exit_code, "cannot be read" in ended.output) == (1, True)
    assert everything(shell) == before


# Kept stores and retention


def test_a_redaction_deletes_the_stores_that_restores_kept(shell, tmp_path):
    done("backup", tmp_path / "before.backup")
    done("restore", tmp_path / "before.backup", "--force")
    (kept,) = redaction.kept_copies(shell)
    assert redact(shell, found(shell)).deleted == (kept,)
    assert redaction.kept_copies(shell) == []


def aged(file: Path, days: int) -> None:
    for each in (file, db.manifest_of(file)):
        if each.exists():
            os.utime(each, (each.stat().st_mtime - days * 86_400,) * 2)


def test_a_backup_deletes_those_that_are_older_than_the_retention(shell, backups):
    backups.mkdir()
    for name in ("old", "new"):
        done("backup", backups / name)
    aged(backups / "old", 36)
    aged(backups / "new", 34)
    said = done("backup", backups / "now")
    assert "Deleted, as too old to be kept: old" in said
    assert {file.name for file in backups.glob("*") if not file.suffix} == {"new", "now"}


def test_the_newest_backup_stays_however_old(store, backups):
    backups.mkdir()
    db.backup(store, backups / "only")
    aged(backups / "only", 400)
    assert redaction.prune(store, [backups], 35) == []


def test_a_file_that_is_no_backup_of_ours_stays(store, backups):
    backups.mkdir()
    for name in ("a", "b"):
        (backups / name).write_text("x")
        aged(backups / name, 400)
    assert redaction.prune(store, [backups], 35) == []


def test_an_old_kept_store_goes_with_the_retention(shell, tmp_path, backups, monkeypatch):
    done("backup", tmp_path / "before.backup")
    done("restore", tmp_path / "before.backup", "--force")
    (kept,) = redaction.kept_copies(shell)
    assert redaction.prune(shell, [backups], 35) == []
    if shell.dialect.name == "sqlite":
        aged(Path(str(shell.url.database)).with_name(kept), 36)
    else:
        older = "crmdata_before_20200101t000000z"
        with shell.begin() as connection:
            connection.execute(text(f'ALTER SCHEMA "{kept}" RENAME TO "{older}"'))
        kept = older
    assert redaction.prune(shell, [backups], 35) == [kept]


# PostgreSQL as docs/deploy.md has it


ON_POSTGRESQL = pytest.mark.parametrize(
    "engine", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)


@pytest.fixture
def app_role(store: Engine) -> Engine:
    """Return the store as a role that may read and add, and nothing else."""
    role = "adds_only"
    with store.begin() as connection:
        connection.execute(text(f"DROP ROLE IF EXISTS {role}"))
        connection.execute(text(f"CREATE ROLE {role} LOGIN"))
        connection.execute(text(f"GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO {role}"))
        connection.execute(text(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}"))
    opened = db.connect(store.url.set(username=role).render_as_string(hide_password=False))
    yield opened
    opened.dispose()
    with store.begin() as connection:
        connection.execute(text(f"DROP OWNED BY {role}"))
        connection.execute(text(f"DROP ROLE {role}"))


@ON_POSTGRESQL
def test_a_role_that_may_only_add_redacts_and_says_what_its_owner_must_run(store, app_role):
    outcome = redact(app_role, found(app_role))
    assert "kevin" not in everything(store).casefold()
    assert problems(store) == []
    assert 'VACUUM FULL "report"' in outcome.remaining


@ON_POSTGRESQL
def test_a_role_that_may_only_add_changes_nothing_else(store, app_role):
    redact(app_role, [each for each in found(app_role) if each.spot.column == "narrative"])
    for sql in (
        "UPDATE report SET percent = 1", "SELECT crmdata_redact(1)", "DELETE FROM redaction"
    ):  # fmt: skip
        before = everything(store)
        # Refused, or without effect: both are right.
        with suppress(DBAPIError), app_role.begin() as connection:
            connection.execute(text(sql))
        assert everything(store) == before


def files_of_the_tables(engine: Engine) -> bytes:
    with engine.connect() as connection:
        connection.execute(text("CHECKPOINT"))
        folder = Path(connection.execute(text("SHOW data_directory")).scalar_one())
        query = text("SELECT pg_relation_filepath(oid) FROM pg_class WHERE relkind IN ('r', 't')")
        files = connection.execute(query).scalars().all()
    paths = [folder / each for each in files if each]
    return b"".join(each.read_bytes() for each in paths if each.exists()).lower()


@ON_POSTGRESQL
def test_no_file_of_the_servers_tables_holds_the_words(store):
    assert b"kevin cruz" in files_of_the_tables(store)
    redact(store, found(store))
    assert b"kevin" not in files_of_the_tables(store)


# Bytes


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_restored_file_holds_no_raw_byte_of_the_words(shell, tmp_path):
    done("backup", tmp_path / "before.backup")
    redact(shell, found(shell))
    done("restore", tmp_path / "before.backup", "--force")
    shell.dispose()
    assert b"kevin" not in raw(Path(str(shell.url.database))).lower()
    for kept in redaction.kept_copies(shell):
        assert b"kevin" not in Path(str(shell.url.database)).with_name(kept).read_bytes().lower()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_every_writing_connection_overwrites_what_it_deletes(store):
    with db.writing(store) as session:
        assert session.execute(text("PRAGMA secure_delete")).scalar_one() == 1


# Snapshots


def test_a_snapshots_id_and_its_proof_stay_while_its_words_go(store):
    with db.reading(store) as session:
        (known,) = queries.every_snapshot(session)
    redact(store, found(store))
    with queries.as_of(store, known.snapshot) as session:
        again = queries.snapshot(session, known.snapshot)
        assert (again.snapshot, again.content_sha256) == (known.snapshot, known.content_sha256)
        assert snapshots.verify(session) == []
        shown = queries.report_history(session, known.corte).to_csv()
    assert "kevin" not in shown.casefold()


def test_a_snapshot_that_was_redacted_is_told_on_the_command_line(shell):
    with db.reading(shell) as session:
        (known,) = queries.every_snapshot(session)
    redact(shell, found(shell))
    assert "texts that were redacted since" in done("snapshot", "show", known.snapshot)


def test_a_snapshot_of_the_older_form_still_proves_and_can_be_redacted(store):
    """As an earlier version made it: its hash names no form and covers no salts."""
    with db.writing(store) as session:
        made = snapshots.making._of_now(session, "Antes", "", date(2018, 12, 31))
        old = snapshots.content._rows
        digest = db.sha256_of(old(session, made, 1))
        made = snapshots.making.replace(
            made, content_sha256=digest, snapshot=f"2018-12-31-{digest[:10]}"
        )
        snapshots.making._written(session, EVA, made)
    assert problems(store) == []
    redact(store, found(store))
    assert problems(store) == []


# Exports


def test_no_file_of_an_export_holds_the_words(store, tmp_path):
    redact(store, found(store))
    with db.reading(store) as session:
        files = export(session, tmp_path / "export")
    for file in files:
        assert "kevin" not in file.read_text("utf-8").casefold()


def test_an_export_with_redacted_texts_can_be_imported(store, tmp_path, database_url_of_same_kind):
    redact(store, found(store))
    with db.reading(store) as session:
        export(session, tmp_path / "export")
    other = db.connect(database_url_of_same_kind)
    db.upgrade(other)
    plan.load(other, settings.plan_folder(), by="tests", kind=DataKind.REAL)
    reports.import_files(other, [tmp_path / "export" / "reports.csv"], by="Ana")
    with db.reading(other) as session:
        shown = queries.reports_in_force(session, date(2018, 12, 31))
    assert shown["evidence"].str.contains("Redacted").any()
    other.dispose()


HAND_OUTS = {
    "calendar.ics": ("ics", "HND"),
    "data.zip": ("package",),
    "book.xlsx": ("workbook",),
    "report.pdf": ("report",),
    "report.docx": ("report", "--format", "docx"),
    "country.pdf": ("sheet", "country", "HND"),
    "country.docx": ("sheet", "country", "HND", "--format", "docx"),
    "line.pdf": ("sheet", "line", "IV"),
    "line.docx": ("sheet", "line", "IV", "--format", "docx"),
    "deck.pptx": ("deck",),
}
"""The verbs that write what people take home, by the file that each writes here."""

TELLING = HAND_OUTS.keys() - {"calendar.ics", "deck.pptx"}
"""Those that bear texts of reports; the others are looked at all the same."""


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", sample(list(HAND_OUTS), few=3))
def test_no_hand_out_of_any_cut_off_or_snapshot_holds_the_words(shell, tmp_path, name):
    with db.reading(shell) as session:
        (known,) = queries.every_snapshot(session)
    pictures = [("--corte", "2018-08-01"), ("--corte", "2018-12-31"), ("--corte", "2019-06-30"),
                ("--instantanea", known.snapshot)]  # fmt: skip
    before = said(tmp_path / name, *pictures[1])
    assert ("kevin" in before) == (name in TELLING)
    redact(shell, found(shell))
    for picture in pictures if name in TELLING else pictures[-2:]:
        assert "kevin" not in said(tmp_path / name, *picture), picture


def said(file: Path, *picture: str) -> str:
    """Return all that a hand-out says, plain: also what is packed in it, or drawn by a PDF."""
    file.unlink(missing_ok=True)
    done(*HAND_OUTS[file.name], "--output", file, *picture)
    return plain(text_in(file.read_bytes()))


def text_in(content: bytes) -> str:
    if content.startswith(b"%PDF"):
        read = pypdf.PdfReader(io.BytesIO(content))
        return " ".join((str(read.metadata), *(page.extract_text() for page in read.pages)))
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return " ".join(
            (*packed.namelist(), *(text_in(packed.read(name)) for name in packed.namelist()))
        )


# Withdrawn


BEFORE_THE_WITHDRAWAL = date(2018, 12, 31)


def test_a_withdrawn_text_is_public_at_no_cut_off(store):
    with db.reading(store) as session:
        lines = queries.cooperation_in_force(session, BEFORE_THE_WITHDRAWAL)
    assert lines["text"].tolist() == [TEXT_WITHDRAWN]


def test_that_something_stood_there_stays_with_its_numbers(store):
    with db.reading(store) as session:
        lines = queries.cooperation_in_force(session, BEFORE_THE_WITHDRAWAL)
    assert lines["partner"].tolist() == ["OIM"]


def test_a_snapshot_of_before_shows_no_withdrawn_text_and_still_proves(store):
    with db.reading(store) as session:
        (known,) = queries.every_snapshot(session)
    review.withdraw(store, EVA, 1, reason="Era otra cosa", today=date(2019, 2, 1))
    with queries.as_of(store, known.snapshot) as session:
        history = queries.report_history(session, BEFORE_THE_WITHDRAWAL)
        numbered = queries.reports_numbered(session, history["report_id"])
    assert set(history["narrative"]) | set(numbered["narrative"]) <= {TEXT_WITHDRAWN, ""}
    assert set(history["evidence"]) == {""}
    assert history["percent"].tolist() == [10.0, 10.0, 45.5]
    assert problems(store) == []


def test_the_desk_still_reads_a_withdrawn_text(store):
    with db.reading(store) as session:
        assert "Kevin Cruz" in queries.cooperation_of_batch(session, 2)["text"].iloc[0]


# The command


def test_the_command_lists_the_places_and_changes_nothing(shell):
    before = everything(shell)
    said = done("redact", "kevin cruz", "--by", "Eva")
    assert (
        "report:1:narrative  Narrative HND IV.3.2 2018-1: “El niño Kévin  Cruz volvió”" in said
        or "report:1:narrative  Narrative HND IV.3.2 2018-1: “El niño Kévin Cruz volvió”" in said
    )
    assert "Nothing was changed." in said
    assert everything(shell) == before


WHY = ("--reason-es", REASONS["reason_es"], "--reason-en", REASONS["reason_en"])


def test_the_command_asks_and_takes_no_for_an_answer(shell):
    before = everything(shell)
    ended = run("redact", "kevin cruz", "--by", "Eva", *WHY, answer="n\n")
    assert "cannot be called back" in ended.output
    assert ended.exit_code == 1
    assert everything(shell) == before


def test_the_command_redacts_what_it_was_told_and_names_the_act(shell):
    said = done(
        "redact", "kevin cruz", "--by", "Eva", "--only", "report:1:narrative", *WHY, "--yes"
    )
    assert "1 text was redacted: act 9." in said
    assert "report:1:narrative" not in done("redact", "kevin cruz", "--by", "Eva")


def test_the_public_trail_tells_the_reason_in_both_languages_and_no_words(store):
    act = redact(store, found(store)).act
    with db.reading(store) as session:
        trail = review.audit_for(session, ANONYMOUS).set_index("seq")
    assert trail.loc[act, "detail"] == {"role": "secretariat", "texts": 12, **REASONS}
    assert "kevin" not in trail.to_csv().casefold()


def test_the_store_that_is_checked_is_the_one_that_is_proved(store):
    redact(store, found(store))
    with db.reading(store) as session:
        assert proved(session) == []


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_the_file_is_whole_afterwards(store):
    redact(store, found(store))
    with closing(sqlite3.connect(str(store.url.database))) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
