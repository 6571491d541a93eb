"""`crmdata serve`: the app for readers, for the secretariat, or for one machine."""

import os
from typing import Annotated

import typer
from sqlalchemy import Engine

from crmdata import logs, serving, settings, start
from crmdata.errors import N_, Problem, SettingsError
from crmdata.i18n import Words
from crmdata.store import db, queries
from crmdata.workflow import accounts


def serve(  # noqa: PLR0913, PLR0917 - an option each
    ctx: typer.Context,
    public: Annotated[
        bool, typer.Option("--public", help="Anybody reads; nothing can be written.")
    ] = False,
    secretariat: Annotated[
        bool, typer.Option("--secretariat", help="Who has a role logs in and writes.")
    ] = False,
    local_secretariat: Annotated[
        bool, typer.Option("--local-secretariat", help="Whoever sits at this machine writes.")
    ] = False,
    port: Annotated[int, typer.Option(help="The port it answers at.")] = 8501,
    address: Annotated[str, typer.Option(help="The address it answers at.")] = "127.0.0.1",
    database: Annotated[
        str, typer.Option(help="The database, if not that of CRMDATA_DATABASE_URL.")
    ] = "",
    workers: Annotated[
        int, typer.Option(min=1, max=32, help="Servers at once, at this port and the next ones.")
    ] = 1,
) -> None:
    """Serve the app, for reading only unless one of the secretariat's modes is chosen."""
    words: Words = ctx.obj
    mode = serving.mode_of(
        public=public, secretariat=secretariat, local_secretariat=local_secretariat
    )
    if mode is None:
        raise typer.BadParameter(words("Choose one of the modes, not several."))
    wishes = serving.Wishes(mode, address, port, database, workers)
    command, variables = serving.server_command(wishes)
    os.environ |= variables
    engine = start.for_the_app()
    if mode is settings.ServeMode.SECRETARIAT:
        _check_roles(engine)
    engine.dispose()
    _say_served(words, wishes)
    os.chdir(settings.ROOT)
    if workers > 1:
        _supervise(serving.places(wishes))
        return
    # In this process's place: signals, exit code and process number stay the caller's.
    os.execv(command[0], command)  # noqa: S606 - the interpreter that runs this


def _supervise(places: list[serving.ServerPlace]) -> None:
    """Run several servers until told to end."""
    logs.start()
    supervisor = serving.Supervisor(places)
    supervisor.heed_signals()
    supervisor.run()


def upstream(
    name: Annotated[
        str, typer.Argument(help="public or secretariat, as in deploy/nginx.", show_default=False)
    ],
    addresses: Annotated[
        list[str], typer.Argument(help="HOST:PORT of each server.", show_default=False)
    ],
) -> None:
    """Print nginx's list of the servers behind it, with the cookie that leads readers back."""
    typer.echo(serving.upstreams(name, addresses))


def _check_roles(engine: Engine) -> None:
    """Refuse to start where somebody is to speak for a country or partner that is unknown."""
    people = accounts.accounts()
    with db.reading(engine) as session:
        countries = queries.countries(session)["country"]
        partners = queries.partners(session)["partner"]
        region = queries.region(session).code
    if unknown := people.unknown([*countries, region], list(partners)):
        raise SettingsError(
            Problem(
                "unknown_code",
                N_("The roles name {codes}, which the data do not know."),
                N_("Use the codes of the member countries and of the partners."),
                values={"codes": ", ".join(unknown)},
            )
        )


def _say_served(words: Words, wishes: serving.Wishes) -> None:
    sentences = {
        settings.ServeMode.READING: N_("Reading only, on this machine: {url}"),
        settings.ServeMode.PUBLIC: N_("Public, reading only: {url}"),
        settings.ServeMode.SECRETARIAT: N_("Secretariat, with login: {url}"),
        settings.ServeMode.LOCAL_SECRETARIAT: N_(
            "Local secretariat: whoever sits at this machine can write. {url}"
        ),
    }
    typer.echo(words(sentences[wishes.mode], url=wishes.url), err=True)
