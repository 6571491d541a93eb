"""`crmdata agreement …`: what meetings agree on, from a shell, in the role of the secretariat."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Annotated, Any

import typer
from sqlalchemy import Engine

from crmdata import start
from crmdata.access import Actor, secretariat
from crmdata.cli.console import NoPerson
from crmdata.errors import N_
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
Number = Annotated[int, typer.Argument(help="As `list` gives it.", show_default=False)]


@app.command("add")
def add(  # noqa: PLR0913, PLR0917 - each is an option
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(help="What was agreed on.", show_default=False)],
    by: By,
    about: Annotated[
        list[str],
        typer.Option(help="A line, activity or country: IV, IV.3.2, HND. May be repeated."),
    ],
    responsible: Annotated[
        str, typer.Option(help="Who answers for it: a country, a partner or the region.")
    ],
    due: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d"], help="The day until when it is to be done.")
    ],
    meeting: Annotated[str, typer.Option(help="The code of the meeting.")] = "",
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day; the meeting's if it is left out."),
    ] = None,
    no_personal_data: NoPerson = False,
) -> None:
    """Note an agreement: about a line, an activity or a country, by whom and until when."""
    words: Words = ctx.obj
    day: date | None = on.date() if on else None
    engine = start.open_database()
    row = agreements.note(
        engine,
        secretariat(by),
        text,
        Pins.of(about),
        responsible=responsible,
        due_on=due.date(),
        meeting=meeting,
        agreed_on=day,
        confirmed=no_personal_data,
    )
    typer.echo(words("Agreement {n} is noted.", n=_of(engine, row)["number"]))


@app.command("done")
def done(
    ctx: typer.Context,
    number: Number,
    by: By,
    how: Annotated[str, typer.Option(help="How it was done, in a word.")],
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day; today if it is left out."),
    ] = None,
    no_personal_data: NoPerson = False,
) -> None:
    """Mark an agreement as done; `reopen` takes it back."""
    day: date | None = on.date() if on else None
    take = partial(agreements.complete, how=how, done_on=day, confirmed=no_personal_data)
    _follow(ctx.obj, by, number, take, N_("Agreement {n} is done."))


@app.command("reopen")
def reopen(
    ctx: typer.Context,
    number: Number,
    by: By,
    reason: Annotated[str, typer.Option(help="Why it is not done.")],
    no_personal_data: NoPerson = False,
) -> None:
    """Open an agreement again that was marked as done."""
    take = partial(agreements.reopen, reason=reason, confirmed=no_personal_data)
    _follow(ctx.obj, by, number, take, N_("Agreement {n} is open again."))


@app.command("withdraw")
def withdraw(
    ctx: typer.Context,
    number: Number,
    by: By,
    reason: Annotated[str, typer.Option(help="Why it is withdrawn.")],
    no_personal_data: NoPerson = False,
) -> None:
    """Withdraw an agreement with a reason; it stays to be read."""
    take = partial(agreements.withdraw, reason=reason, confirmed=no_personal_data)
    _follow(ctx.obj, by, number, take, N_("Agreement {n} is withdrawn."))


def _follow(
    words: Words, by: str, number: int, take: Callable[[Engine, Actor, int], None], outcome: str
) -> None:
    """Take a step with the agreement of a number, and say which one it was."""
    engine = start.open_database()
    with db.reading(engine) as session:
        row = agreements.numbered(session, number)
    take(engine, secretariat(by), row)
    agreement = _of(engine, row)
    typer.echo(words(outcome, n=agreement["number"]))
    # Whoever gave a number of older days sees which agreement it was.
    typer.echo(agreement["text"])


def _of(engine: Engine, row: int) -> dict[Any, Any]:
    """Return the agreement that a row of the audit chain noted."""
    with db.reading(engine) as session:
        rows = queries.agreements(session)
    agreement: dict[Any, Any] = rows.loc[rows["agreement"] == row].iloc[0].to_dict()
    return agreement


@app.command("list")
def list_(ctx: typer.Context) -> None:
    """List every agreement with its number, done and withdrawn ones too."""
    words: Words = ctx.obj
    with db.reading(start.open_database()) as session:
        rows = queries.agreements(session).to_dict("records")
    if not rows:
        typer.echo(words("No agreement has been noted yet."))
    for row in rows:
        about = " ".join(filter(None, (row["line"], row["activity"], row["country"])))
        line = words(
            "{n}  {day}  {about}: {text}",
            n=row["number"],
            day=row["agreed_on"].isoformat(),
            about=about,
            text=row["text"],
        )
        if whose := row["party"] or row["partner"]:
            line = words("{agreement} — {who}, by {day}", agreement=line, who=whose,
                         day=row["due_on"].isoformat())  # fmt: skip
        if row["done_on"] is not None:
            line = words("{agreement} — done on {day}: {how}", agreement=line,
                         day=row["done_on"].isoformat(), how=row["done_how"])  # fmt: skip
        if row["withdrawn_on"] is not None:
            line = words(
                "{agreement} — withdrawn on {day}: {reason}",
                agreement=line,
                day=row["withdrawn_on"].isoformat(),
                reason=row["withdrawn_reason"],
            )
        typer.echo(line)
