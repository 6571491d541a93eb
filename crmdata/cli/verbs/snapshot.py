"""`crmdata snapshot …`: pictures that are named and can be opened again for years."""

from typing import Annotated

import typer

from crmdata import clock, start, view
from crmdata.access import secretariat
from crmdata.cli.console import NoPerson
from crmdata.content import wording
from crmdata.exports.cutoffs import day_of
from crmdata.i18n import Words
from crmdata.store import db, queries
from crmdata.store.queries import Pinned
from crmdata.workflow import snapshots

app = typer.Typer(
    help="Make, list and show named snapshots of a cut-off.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Id = Annotated[str, typer.Argument(help="The snapshot's id.", show_default=False)]


@app.command("create")
def create(
    ctx: typer.Context,
    by: Annotated[str, typer.Option("--by", help="Who of the secretariat does it.")],
    name: Annotated[str, typer.Option(help="What it is called; else as its meeting.")] = "",
    meeting: Annotated[str, typer.Option("--reunion", help="The code of the meeting.")] = "",
    corte: Annotated[
        str, typer.Option("--corte", help="A date or a meeting's code; else the meeting's, or "
                                          "the latest.")
    ] = "",
    no_personal_data: NoPerson = False,
) -> None:  # fmt: skip
    """Keep what the store says now of a cut-off, under an id that can be cited."""
    words: Words = ctx.obj
    engine = start.open_database()
    with db.reading(engine) as session:
        day = day_of(corte, queries.meetings(session))
    snapshot = snapshots.create(
        engine, secretariat(by), name=name, meeting=meeting, cutoff=day, confirmed=no_personal_data
    )
    typer.echo(words("Snapshot {id}", id=snapshot.snapshot))


@app.command("list")
def list_(ctx: typer.Context) -> None:
    """List the snapshots, newest first: id, day and time, name."""
    words: Words = ctx.obj
    with db.reading(start.open_database()) as session:
        every = queries.every_snapshot(session)
        meetings = queries.meetings(session)
    if not every:
        typer.echo(words("No snapshot has been made yet."))
    for known in reversed(every):
        title = snapshots.title(known, words, meetings)
        typer.echo(f"{known.snapshot}  {clock.written(known.at)}  {title}")


@app.command("show")
def show(ctx: typer.Context, code: Id) -> None:
    """Tell what a snapshot is of, how to cite it, and whether it shows what it showed."""
    words: Words = ctx.obj
    with queries.as_of(start.open_database(), code) as session:
        known = queries.snapshot(session, code)
        picture = view.read(session)
        called = snapshots.title(known, words, picture.frame("meetings"))
        signed = snapshots.signed(session, known)
        in_order = snapshots.content_sha256(session, known) == signed
        head = queries.chain_head(session)
    for line in (*_lines(words, known, called), words("Head of the chain: {head}", head=head)):
        typer.echo(line)
    reported = wording.coverage(words, picture.whole(picture.frame("cells")))
    typer.echo(words("Reported: {coverage} of what was expected.", coverage=reported))
    if not in_order:
        typer.echo(words("It does not show any more what it showed when it was made."), err=True)
        raise typer.Exit(1)
    if signed != known.content_sha256:
        typer.echo(words("It shows what it showed when it was made, but for texts that were "
                         "redacted since. Its numbers did not change."))  # fmt: skip
        return
    typer.echo(words("It shows what it showed when it was made."))


def _lines(words: Words, known: Pinned, called: str) -> list[str]:
    return [
        words("Snapshot {id}", id=known.snapshot),
        called,
        words("Cut-off: {day}.", day=words.date(known.corte)),
        words("Made: {at}", at=words.moment(known.at)),
        f"sha256:{known.digest}",
    ]
