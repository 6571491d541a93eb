"""The verbs of the command line that write what people take home."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from crmdata import db, queries, start
from crmdata.errors import N_, Problem, StoreError
from crmdata.exports import ics, picture
from crmdata.exports.picture import Picture
from crmdata.i18n import Words

Output = Annotated[Path | None, typer.Option("-o", "--output", help="The file to write.")]
Cutoff = Annotated[
    str, typer.Option("--corte", help="A date (2019-11-15) or a meeting's code; else the latest.")
]
MaybeCountry = Annotated[
    str, typer.Argument(help="A member's code, such as HND; all without it.", show_default=False)
]


def add_to(app: typer.Typer) -> None:
    """Add the verbs to the command line."""
    app.command("ics")(ics_)
    app.command("meetings")(meetings_)


def ics_(
    ctx: typer.Context, country: MaybeCountry = "", output: Output = None, corte: Cutoff = ""
) -> None:
    """Write the dates as an iCalendar file: when reports fall due, and the meetings."""
    words: Words = ctx.obj
    taken = _picture(corte)
    code = _country(taken, country) if country else None
    file = output or Path(f"{_stem(taken, 'calendario', code or 'CRM')}.ics")
    _write(words, file, ics.calendar(taken, words, code))


def meetings_(ctx: typer.Context) -> None:
    """List the meetings, whose codes stand for their cut-offs."""
    words: Words = ctx.obj
    with db.reading(start.opened()) as session:
        for row in queries.meetings(session).to_dict("records"):
            name = words.pick(row["name_es"], row["name_en"])
            typer.echo(f"{row['meeting']}  {row['corte']}  {name}")


def _picture(corte: str) -> Picture:
    with db.reading(start.opened()) as session:
        meetings = queries.meetings(session)
        days = dict(zip(meetings["meeting"], meetings["corte"], strict=True))
        return picture.taken(session, _day(corte, days))


def _day(corte: str, meetings: dict[str, date]) -> date | None:
    """Return the day of a date or of a meeting's code; None for nothing. Raise StoreError."""
    if not corte:
        return None
    try:
        return meetings.get(corte) or date.fromisoformat(corte)
    except ValueError as error:
        raise StoreError(
            Problem(
                "cutoff",
                N_("It is neither a date of the form 2019-11-15 nor a meeting's code."),
                N_("Choose a date, or a meeting of those that `crmdata meetings` lists."),
                value=corte,
            )
        ) from error


def _country(taken: Picture, country: str) -> str:
    """Return a member's code. Raise StoreError for another."""
    code = country.upper()
    if code not in set(taken.frame("countries")["country"]):
        raise StoreError(
            Problem(
                "unknown_country",
                N_("This is no member country."),
                N_("Take a member's code, such as HND."),
                value=country,
            )
        )
    return code


def _stem(taken: Picture, *parts: str) -> str:
    """Return a file's name without its ending: subject, cut-off, and the kind of data."""
    kind = [str(taken.kind)] if taken.demo else []
    return "-".join([*parts, taken.cutoff.isoformat(), *kind])


def _write(words: Words, file: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    unfinished = file.with_name(f"{file.name}.unfinished")
    unfinished.write_bytes(content)
    unfinished.replace(file)
    typer.echo(words("Written: {file}", file=file))
