"""`crmdata agreement …`: what meetings agree on, from a shell, in the role of the secretariat."""

from datetime import date, datetime
from typing import Annotated, Any

import typer
from sqlalchemy import Engine

from crmdata import start
from crmdata.access import secretariat
from crmdata.cli.console import NoPerson
from crmdata.i18n import Words
from crmdata.store import db, queries
from crmdata.workflow import agreements
from crmdata.workflow.agreements import Pins

app = typer.Typer(
    help="Note, withdraw and list what meetings agree on.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

By = Annotated[str, typer.Option("--by", help="Who of the secretariat does it.")]


@app.command("add")
def add(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(help="What was agreed on.", show_default=False)],
    by: By,
    about: Annotated[
        list[str],
        typer.Option(help="A line, activity or country: IV, IV.3.2, HND. May be repeated."),
    ],
    meeting: Annotated[str, typer.Option(help="The code of the meeting.")] = "",
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day; the meeting's if it is left out."),
    ] = None,
    no_personal_data: NoPerson = False,
) -> None:
    """Note an agreement, pinned to a line, an activity or a country."""
    words: Words = ctx.obj
    day: date | None = on.date() if on else None
    engine = start.opened()
    row = agreements.note(
        engine,
        secretariat(by),
        text,
        Pins.of(about),
        meeting=meeting,
        agreed_on=day,
        confirmed=no_personal_data,
    )
    typer.echo(words("Agreement {n} is noted.", n=_of(engine, row)["number"]))


@app.command("withdraw")
def withdraw(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(help="As `list` gives it.", show_default=False)],
    by: By,
    reason: Annotated[str, typer.Option(help="Why it is withdrawn.")],
    no_personal_data: NoPerson = False,
) -> None:
    """Withdraw an agreement with a reason; it stays to be read."""
    words: Words = ctx.obj
    engine = start.opened()
    with db.reading(engine) as session:
        row = agreements.numbered(session, number)
    agreements.withdraw(engine, secretariat(by), row, reason=reason, confirmed=no_personal_data)
    agreement = _of(engine, row)
    typer.echo(words("Agreement {n} is withdrawn.", n=agreement["number"]))
    # Whoever gave a number of older days sees which agreement it was.
    typer.echo(agreement["text"])


def _of(engine: Engine, row: int) -> dict[Any, Any]:
    """Return the agreement that a row of the audit chain noted."""
    with db.reading(engine) as session:
        rows = queries.agreements(session)
    found: dict[Any, Any] = rows.loc[rows["agreement"] == row].iloc[0].to_dict()
    return found


@app.command("list")
def list_(ctx: typer.Context) -> None:
    """List every agreement with its number, withdrawn ones too."""
    words: Words = ctx.obj
    with db.reading(start.opened()) as session:
        rows = queries.agreements(session).to_dict("records")
    if not rows:
        typer.echo(words("No agreement has been noted yet."))
    for row in rows:
        about = " ".join(filter(None, (row["line"], row["activity"], row["country"])))
        said = words(
            "{n}  {day}  {about}: {text}",
            n=row["number"],
            day=row["agreed_on"].isoformat(),
            about=about,
            text=row["text"],
        )
        if row["withdrawn_on"] is not None:
            said = words(
                "{agreement} — withdrawn on {day}: {reason}",
                agreement=said,
                day=row["withdrawn_on"].isoformat(),
                reason=row["withdrawn_reason"],
            )
        typer.echo(said)
