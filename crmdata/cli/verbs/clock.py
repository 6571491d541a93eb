"""`crmdata clock …`: an operator's word on the machine's clock."""

from typing import Annotated

import typer

from crmdata import start
from crmdata.access import operator
from crmdata.cli.console import NoPerson
from crmdata.i18n import Words
from crmdata.intake.reports.held_texts import settle_text
from crmdata.store import db

app = typer.Typer(
    help="Say that the machine's clock is right, where the last act makes that doubtful.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.callback()
def _group() -> None:
    """Keep `confirm` a command of its own: Typer makes a group's only one its own."""


@app.command("confirm")
def confirm(
    ctx: typer.Context,
    by: Annotated[str, typer.Option("--by", help="Who says so, for the audit trail.")],
    reason: Annotated[str, typer.Option("--reason", help="How you know; kept with the record.")],
    no_personal_data: NoPerson = False,
) -> None:
    """Sign that the clock is right: after a long pause, or after an act that a wrong one dated."""
    words: Words = ctx.obj
    settle_text("reason", reason, confirmed=no_personal_data)
    now = db.confirm_clock(start.open_database(), operator(by), reason=reason)
    typer.echo(words("It is written down that it is {now}. Acts follow upon that.", now=now))
