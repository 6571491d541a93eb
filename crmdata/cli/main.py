"""The command line: the verbs of the store from a shell.

Exit codes: 0 done; 1 what was asked is not so (refused, or not in order), with one line for
each error on the standard error output; 2 wrong usage. Help is in English; what is said at
run time follows `--lang` or CRMDATA_LANG.
"""

import dataclasses
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from crmdata import clock, plan, settings, start
from crmdata.cli import handouts
from crmdata.cli.console import CONFIRM, Verbs, complain, say_count
from crmdata.cli.status import status_lines
from crmdata.cli.verbs import agreement, login, reporting, review, serve, snapshot
from crmdata.cli.verbs import clock as verbs_clock
from crmdata.cli.verbs import redact as verbs_redact
from crmdata.cli.verbs.preview import preview_lines
from crmdata.errors import N_, CrmdataError, Problem, StoreError
from crmdata.exports import export
from crmdata.i18n import Words, words_for
from crmdata.intake import reports
from crmdata.labels import label
from crmdata.store import db, queries
from crmdata.store.db import Known
from crmdata.terms import DataKind
from crmdata.workflow import redaction
from crmdata.workflow.proving import proved

Country = Annotated[
    str, typer.Option("--country", help="Whose reports they hold, such as HND.", metavar="CODE")
]
Semester = Annotated[
    str, typer.Option("--semester", help="Of which a template is, such as 2019-1.")
]


def _expected(country: str, semester: str) -> reports.Expected:
    return reports.Expected(country.upper(), semester)


class MessageLanguage(StrEnum):
    """The languages of messages."""

    ES = "es"
    EN = "en"


app = typer.Typer(
    name="crmdata",
    cls=Verbs,
    help="Follow the plan: load, check, import, export.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

app.add_typer(agreement.app, name="agreement")
app.add_typer(verbs_clock.app, name="clock")
app.add_typer(login.app, name="login")
app.add_typer(snapshot.app, name="snapshot")

By = Annotated[str, typer.Option("--by", help="Who does it, for the audit trail.")]
Files = Annotated[
    list[Path], typer.Argument(help="Workbooks (.xlsx), CSV or JSON.", show_default=False)
]

app.add_typer(review.app, name="review")
app.command()(review.reminders)
app.command()(verbs_redact.redact)
app.command()(serve.serve)
app.command()(serve.upstream)
app.command("template")(reporting.template_)


def main() -> None:
    """Run the command line."""
    app()


@app.callback()
def _choose_language(
    ctx: typer.Context,
    lang: Annotated[
        MessageLanguage, typer.Option(envvar="CRMDATA_LANG", help="Language of the messages.")
    ] = MessageLanguage.ES,
) -> None:
    ctx.obj = words_for(lang.value)
    # Before anything is dated: what is dated wrongly stays so.
    clock.zone()


@app.command()
def load(
    ctx: typer.Context,
    by: By = start.ACTOR,
    demo: Annotated[bool, typer.Option("--demo", help="With the demonstration data.")] = False,
    empty: Annotated[bool, typer.Option("--empty", help="For real data (a new one is).")] = False,
    reworded: Annotated[
        list[str] | None,
        typer.Option(help="An activity that is the same in other words; once for each."),
    ] = None,
) -> None:
    """Create or upgrade the database and load the plan; the same plan again changes nothing."""
    words: Words = ctx.obj
    if demo and empty:
        raise typer.BadParameter(words("Choose --demo or --empty, not both."))
    kind = DataKind.DEMO if demo else DataKind.REAL if empty else None
    if demo:
        start.check_demo()
    engine = db.connect()
    plan.refuse_another(engine, plan.read(settings.plan_folder()))
    copy = start.upgrade(engine)
    if copy is not None:
        typer.echo(words("The database as it was before the upgrade: {file}", file=copy))
    outcome = plan.load(engine, settings.plan_folder(), by=by, kind=kind, reworded=reworded or ())
    version = outcome.version_id
    if outcome.changed:
        typer.echo(words("Plan version {version} was loaded.", version=version))
        typer.echo(words("Changes against the version before: {n}.", n=len(outcome.changes)))
    else:
        typer.echo(words("Plan version {version} is loaded already.", version=version))
    if outcome.other_words:
        typer.echo(words("Its names and words are now those of the files."))
    if demo:
        _say_stored(words, start.load_demo(engine, by=by))


@app.command()
def status(
    ctx: typer.Context,
    head: Annotated[
        str, typer.Option(help="A head of the audit chain that somebody kept.", metavar="HEAD")
    ] = "",
) -> None:
    """Say what the database holds and prove it. Exit with 1 where anything is not in order."""
    words: Words = ctx.obj
    lines, problems = status_lines(words, db.connect(), head=head)
    for line in lines:
        typer.echo(line)
    complain(words, problems)
    if problems:
        raise typer.Exit(1)


@app.command()
def check(
    ctx: typer.Context,
    files: Files,
    annotated: Annotated[
        Path | None,
        typer.Option("--annotated", help="Write the file here as a workbook with remarks."),
    ] = None,
    country: Country = "",
    semester: Semester = "",
) -> None:
    """Check files against the rules and the database. Stores nothing."""
    words: Words = ctx.obj
    checked = reports.check(
        start.open_database(), reports.read_files(files), expected=_expected(country, semester)
    )
    if annotated is not None:
        reporting.write_annotated(words, files, checked, annotated)
    complain(words, [*checked.problems, *checked.warnings])
    if checked.problems:
        say_count(words, len(checked.problems))
        raise typer.Exit(1)
    typer.echo(
        words(
            "No errors. New: {new}; corrections: {corrections}; unchanged: {unchanged}.",
            new=words.number(checked.new),
            corrections=words.number(checked.corrections),
            unchanged=words.number(checked.unchanged),
        )
    )


@app.command("import")
def import_(  # noqa: PLR0913, PLR0917 - the options of a command
    ctx: typer.Context,
    files: Files,
    by: By,
    note: Annotated[str, typer.Option(help="A remark, kept with the batch.")] = "",
    submit: Annotated[bool, typer.Option("--submit", help="Leave it to the review.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what it would do.")] = False,
    confirm: Annotated[
        list[str] | None,
        typer.Option(
            CONFIRM,
            metavar="ROW:COLUMN",
            help="What the file asks or what looks like one person's data, and is right as it "
            "stands; once for each.",
        ),
    ] = None,
    country: Country = "",
    semester: Semester = "",
) -> None:
    """Check and store files: all of them, or nothing."""
    words: Words = ctx.obj
    expected = _expected(country, semester)
    if dry_run:
        _preview(words, files, expected, waits=submit)
        return
    stored = reports.import_files(
        start.open_database(), files, by=by, note=note, submit=submit,
        confirmed=reports.confirmed_places(files, confirm or ()), expected=expected,
    )  # fmt: skip
    for batch in stored:
        complain(words, batch.warnings)
    _say_stored(words, stored)


def _preview(words: Words, files: list[Path], expected: reports.Expected, *, waits: bool) -> None:
    checked = reports.check(
        start.open_database(), reports.read_files(files), expected=expected, waits=waits
    )
    complain(words, [*checked.problems, *checked.warnings])
    if checked.problems:
        say_count(words, len(checked.problems))
        raise typer.Exit(1)
    for line in preview_lines(words, checked):
        typer.echo(line)


@app.command("export")
def export_(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(help="Made if it is missing.", show_default=False)],
) -> None:
    """Write plan, reports, cooperation and meetings as CSV."""
    words: Words = ctx.obj
    with db.reading(start.open_database()) as session:
        for file in export(session, folder):
            typer.echo(words("Written: {file}", file=file))


@app.command()
def backup(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="Must not exist yet.", show_default=False)],
) -> None:
    """Write a consistent copy of the database, while others use it, and prove what was written."""
    words: Words = ctx.obj
    engine = start.open_database(counts=False)
    folders = {settings.backup_folder(), file.parent}
    with db.reading(engine) as session:
        for folder in folders:
            redaction.complete_ledger(session, folder)
    db.backup(engine, file, prove=proved)
    typer.echo(words("Written: {file}", file=file))
    for name in redaction.prune(engine, folders, settings.retention_days()):
        typer.echo(words("Deleted, as too old to be kept: {name}", name=name))


@app.command()
def restore(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="Made by backup.", show_default=False)],
    force: Annotated[
        bool, typer.Option("--force", help="Also where that replaces reports.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Prove the backup, and change nothing.")
    ] = False,
) -> None:
    """Put a backup in the place of the database's content, once it is proved."""
    words: Words = ctx.obj
    engine, folders = db.connect(), {settings.backup_folder(), file.parent}
    if not (check or force):
        _refuse_to_replace(engine)
    _complete_ledger(words, engine)
    again: list[redaction.Taken] = []

    def amend(session: Known) -> None:
        for folder in folders:
            again.extend(redaction.apply_ledger(session, folder))

    if check:
        _say_contents(words, file, db.check_backup(file, engine, prove=proved, amend=amend))
        if texts := sum(entry.texts for entry in again):
            typer.echo(words.plural("A restore redacts again {n} text that was redacted since.",
                                    "A restore redacts again {n} texts that were redacted since.",
                                    texts))  # fmt: skip
        return
    restored = db.restore(file, engine, prove=proved, amend=amend)
    if again:
        _complete_ledger(words, engine)
        statements = redaction.scrub(engine, [spot for entry in again for spot in entry.spots])
        for sentence in redaction.wording.still_to_do(words, statements):
            typer.echo(sentence, err=True)
    typer.echo(words("Restored from {file}.", file=file))
    if texts := sum(entry.texts for entry in again):
        typer.echo(words.plural("{n} text that was redacted since is redacted again.",
                                "{n} texts that were redacted since are redacted again.",
                                texts))  # fmt: skip
    if restored.previous:
        typer.echo(words("What was there before is kept as {name}.", name=restored.previous))


def _complete_ledger(words: Words, engine: Engine) -> None:
    """Write down what the store that is replaced has redacted, as far as it can be read."""
    try:
        if start.schema_problem(engine) is not None:
            return
        with db.reading(engine) as session:
            redaction.complete_ledger(session, settings.backup_folder())
    except (CrmdataError, SQLAlchemyError, OSError, ValueError, LookupError):
        # A store that is damaged is what a restore is for: the ledger has what was done before.
        warning = words("What was redacted so far is taken from the list in {file} alone.",
                        file=redaction.LEDGER)  # fmt: skip
        typer.echo(warning, err=True)


def _say_contents(words: Words, file: Path, contents: db.Contents) -> None:
    typer.echo(words("{file} is whole and proved.", file=file))
    typer.echo(words("Kind of data: {kind}", kind=label(words, contents.kind)))
    typer.echo(words("Schema: {revision}", revision=contents.revision))
    typer.echo(words("Reports: {n}", n=words.number(contents.reports)))
    typer.echo(words("Batches: {n}", n=words.number(contents.batches)))
    if contents.last_act_at:
        typer.echo(words("Last act: {at}", at=clock.written(contents.last_act_at)))
    typer.echo(words("Head of the chain: {head}", head=contents.mark))


@app.command("plan-changes")
def plan_changes(ctx: typer.Context) -> None:
    """List what changed from one version of the plan to the next."""
    words: Words = ctx.obj
    with db.reading(start.open_database()) as session:
        for version in queries.plan_versions(session).to_dict("records"):
            typer.echo(
                words(
                    "Version {version}, in force from {day}; changes: {n}",
                    version=version["version_id"],
                    day=words.date(version["in_force_from"]),
                    n=words.number(version["changes"]),
                )
            )
            changes = queries.plan_changes(session, version["version_id"])
            for change in changes.to_dict("records"):
                place = (change["level"], change["code"], change["field"])
                typer.echo(
                    words(
                        "  {kind}: {place}: “{before}” → “{after}”",
                        kind=label(words, change["kind"]),
                        place=" ".join(filter(None, place)),
                        before=change["before"],
                        after=change["after"],
                    )
                )


handouts.add_to(app)


def _refuse_to_replace(engine: Engine) -> None:
    try:
        if db.revision(engine) is None:
            return
    except StoreError as error:
        if error.problems[0].rule != "damaged":
            raise
        # A restore writes into the file, so it cannot help where the file is no database.
        away = N_("Move it to another place, and restore again.")
        raise StoreError(dataclasses.replace(error.problems[0], way_out=away)) from error
    with db.reading(engine) as session:
        batches = len(queries.batches(session))
    if batches:
        raise StoreError(
            Problem(
                "not_empty",
                N_("The database holds reports already ({batches} batches)."),
                N_("Make a backup of it first; --force then replaces everything in it."),
                values={"batches": batches},
            )
        )


def _say_stored(words: Words, stored: Iterable[reports.Stored]) -> None:
    for batch in stored:
        typer.echo(
            words(
                "{file}: batch {batch}. New: {new}; corrections: {corrections}; "
                "unchanged: {unchanged}.",
                file=batch.file,
                batch=batch.batch_id,
                new=words.number(batch.new),
                corrections=words.number(batch.corrections),
                unchanged=words.number(batch.unchanged_of_file),
            )
        )
