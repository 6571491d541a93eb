"""`crmdata review …` and `crmdata reminders`: the secretariat's work from a shell.

Whoever runs commands on the machine holds the data anyhow, so these act in the role of the
secretariat, under the name that `--by` gives.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Annotated, Any

import typer

from crmdata import clock, start
from crmdata.access import Actor, secretariat
from crmdata.cli.console import NoPerson
from crmdata.errors import N_, Problem, ReviewRefused
from crmdata.i18n import Words
from crmdata.labels import standing_label, step_label
from crmdata.store import db, queries
from crmdata.workflow import review

app = typer.Typer(
    help="What waits, and what becomes of it: accept, send back, withdraw, close.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

By = Annotated[str, typer.Option("--by", help="Who of the secretariat does it.")]
Batch = Annotated[int, typer.Argument(help="Number of the batch.", show_default=False)]
Country = Annotated[str, typer.Argument(help="Code, such as HND.", show_default=False)]
Semester = Annotated[str, typer.Argument(help="Such as 2019-1.", show_default=False)]
Comment = Annotated[str, typer.Option("--comment", help="What to say of it.")]
Rows = Annotated[
    str,
    typer.Option("--rows", help="Some rows: numbers of `crmdata review show`, 1,3-5."),
]
Reason = Annotated[str, typer.Option("--reason", help="Why; it is kept with the record.")]

_ME = "crmdata"


def _acting(name: str) -> Actor:
    return secretariat(name)


@app.command("list")
def list_(
    ctx: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="Also what is decided.")] = False,
) -> None:
    """List the batches that wait for the secretariat or for their country."""
    words: Words = ctx.obj
    with db.reading(start.open_database()) as session:
        overview = review.overview(session, _acting(_ME), clock.today())
    open_ones = [*overview.waiting.to_dict("records"), *overview.sent_back.to_dict("records")]
    batches = overview.submissions.to_dict("records") if every else open_ones
    for batch in batches:
        typer.echo(_batch_line(words, batch))
    if not batches:
        typer.echo(words("Nothing waits."))


@app.command()
def show(ctx: typer.Context, batch: Batch) -> None:
    """List the rows of a batch by their numbers, with where each stands."""
    words: Words = ctx.obj
    with db.reading(start.open_database()) as session:
        rows = queries.batch_rows(session, batch)
    for number, row in enumerate(rows.to_dict("records"), start=1):
        line = words(
            "{n}. {activity}, {semester}: {step}",
            n=number,
            activity=row["activity"],
            semester=words.period(row["semester"]),
            step=step_label(words, row["step"]),
        )
        typer.echo(f"{line}: {row['text']}" if row["text"] else line)
    if rows.empty:
        typer.echo(words("Batch {batch} has no rows of its own to decide.", batch=batch))


def _numbered(batch: int, text: str) -> list[int] | None:
    """Return the ids of the rows of a batch that `--rows` numbers; None for the whole batch.

    Raise ReviewRefused for a number that no row has.
    """
    if not text.strip():
        return None
    with db.reading(start.open_database()) as session:
        ids = queries.batch_rows(session, batch)["row"].tolist()
    row_ids: list[int] = []
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        ends = (first, last if dash else first)
        if not all(end.isascii() and end.isdecimal() for end in ends):
            raise _unnumbered(batch, part)
        numbers = range(int(ends[0]), min(int(ends[1]), len(ids) + 1) + 1)
        if not numbers or numbers[0] < 1 or numbers[-1] > len(ids):
            raise _unnumbered(batch, part)
        row_ids += [ids[number - 1] for number in numbers]
    return row_ids


def _unnumbered(batch: int, part: str) -> ReviewRefused:
    return ReviewRefused(
        Problem(
            "no_row",
            N_("Batch {batch} has no row “{part}”."),
            N_("`crmdata review show {batch}` lists its rows; name them as in 1,3-5."),
            values={"batch": batch, "part": part.strip()},
        )
    )


def _batch_line(words: Words, batch: dict[Any, Any]) -> str:
    line = words(
        "Batch {batch}: {step}; {countries} {semesters}; {rows}; {file}; by {by} on {day}",
        batch=batch["batch_id"],
        step=standing_label(words, batch["counts"]),
        countries=", ".join(batch["countries"]) or "—",
        semesters=", ".join(map(words.period, batch["semesters"])),
        rows=words.plural("{n} row", "{n} rows", batch["rows"]),
        file=batch["file_name"],
        by=batch["imported_by"],
        day=clock.day_of(batch["imported_at"]),
    )
    return f"{line}: {batch['text']}" if batch["text"] else line


def _decide(
    words: Words, by: str, batch: int, rows: str, decide: Callable[..., None], whole: str, some: str
) -> None:
    """Decide on a batch, or on those of its rows that are numbered, and say so."""
    row_ids = _numbered(batch, rows)
    decide(start.open_database(), _acting(by), batch, rows=row_ids)
    typer.echo(words(some if rows.strip() else whole, rows=rows, batch=batch))


@app.command()
def accept(
    ctx: typer.Context,
    batch: Batch,
    by: By,
    comment: Comment = "",
    rows: Rows = "",
    no_personal_data: NoPerson = False,
) -> None:
    """Let a submitted batch, or some of its rows, count from today."""
    _decide(
        ctx.obj,
        by,
        batch,
        rows,
        partial(review.accept, comment=comment, confirmed=no_personal_data),
        N_("Batch {batch} was accepted."),
        N_("Rows {rows} of batch {batch} were accepted."),
    )


@app.command("send-back")
def send_back(
    ctx: typer.Context,
    batch: Batch,
    by: By,
    comment: Comment,
    rows: Rows = "",
    no_personal_data: NoPerson = False,
) -> None:
    """Give a submitted batch, or some of its rows, back to its country, with a comment."""
    _decide(
        ctx.obj,
        by,
        batch,
        rows,
        partial(review.send_back, comment=comment, confirmed=no_personal_data),
        N_("Batch {batch} was sent back."),
        N_("Rows {rows} of batch {batch} were sent back."),
    )


@app.command()
def withdraw(
    ctx: typer.Context,
    batch: Batch,
    by: By,
    reason: Reason,
    rows: Rows = "",
    no_personal_data: NoPerson = False,
) -> None:
    """Take a batch, or some of its rows, out of the picture from today; the record stays."""
    _decide(
        ctx.obj,
        by,
        batch,
        rows,
        partial(review.withdraw, reason=reason, confirmed=no_personal_data),
        N_("Batch {batch} was withdrawn."),
        N_("Rows {rows} of batch {batch} were withdrawn."),
    )


@app.command()
def close(
    ctx: typer.Context,
    country: Country,
    semester: Semester,
    by: By,
    comment: Comment = "",
    no_personal_data: NoPerson = False,
) -> None:
    """Close a country's semester: what comes later says so."""
    words: Words = ctx.obj
    review.close(
        start.open_database(),
        _acting(by),
        country,
        semester,
        comment=comment,
        confirmed=no_personal_data,
    )
    typer.echo(words("{semester} of {country} is closed.", semester=semester, country=country))


@app.command()
def reopen(
    ctx: typer.Context,
    country: Country,
    semester: Semester,
    by: By,
    reason: Reason,
    no_personal_data: NoPerson = False,
) -> None:
    """Open a closed semester of a country again."""
    words: Words = ctx.obj
    review.reopen(
        start.open_database(),
        _acting(by),
        country,
        semester,
        reason=reason,
        confirmed=no_personal_data,
    )
    typer.echo(words("{semester} of {country} is open.", semester=semester, country=country))


def reminders(
    ctx: typer.Context,
    country: Annotated[str, typer.Argument(help="Code; every country without.")] = "",
    day: Annotated[
        datetime | None,
        typer.Option("--day", formats=["%Y-%m-%d"], help="As of this day, not today."),
    ] = None,
) -> None:
    """Write the text of a reminder for each country, ready to copy. Nothing is sent."""
    words: Words = ctx.obj
    as_of: date = day.date() if day else clock.today()
    with db.reading(start.open_database()) as session:
        messages = review.reminders(session, words, as_of, country=country)
    for reminder in messages:
        typer.echo(words("Subject: {subject}", subject=reminder.subject))
        typer.echo(f"\n{reminder.text}")
    if not messages:
        typer.echo(words("Nothing is missing: no reminder is needed."))
