"""`crmdata login …`: an operator ends the logins of somebody who lost a device, say."""

from typing import Annotated

import typer

from crmdata import start
from crmdata.i18n import Words
from crmdata.workflow import accounts

app = typer.Typer(help="End the logins of a person.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def _group() -> None:
    """Keep `end` a command of its own: Typer makes a group's only one its own."""


@app.command("end")
def end(
    ctx: typer.Context,
    email: Annotated[str, typer.Argument(help="Whose, as in the file of roles.")],
) -> None:
    """End every login of a person, on all devices; a role is taken away in the file of roles."""
    words: Words = ctx.obj
    ended = accounts.end_all(start.open_database(), email)
    typer.echo(words.plural("{n} login was ended.", "{n} logins were ended.", ended))
