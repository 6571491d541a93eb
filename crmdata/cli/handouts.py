"""The verbs of the command line that write what people take home.

Each verb imports what writes its file: every command, the start of a server too, imports this
module, and the writers of PDF, PowerPoint and Excel take longer to import than most commands
take to run.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from crmdata import settings, start
from crmdata.errors import N_, Problem, StoreError
from crmdata.exports.cutoffs import day_of
from crmdata.i18n import Words, words_for
from crmdata.labels import not_before
from crmdata.store import db, queries
from crmdata.store.db import Known

if TYPE_CHECKING:
    from crmdata.content.papers import Paper
    from crmdata.view import View


Code = TypeVar("Code", int, str)


class DeckLanguage(StrEnum):
    """The languages of a deck."""

    ES = "es"
    EN = "en"


Output = Annotated[Path | None, typer.Option("-o", "--output", help="The file to write.")]
Cutoff = Annotated[
    str, typer.Option("--corte", help="A date (2019-11-15) or a meeting's code; else the latest.")
]
Since = Annotated[
    str, typer.Option("--desde", help="The earlier date or meeting; else the meeting before.")
]
Snapshot = Annotated[
    str, typer.Option("--instantanea", help="A snapshot's id, instead of a cut-off.")
]
MaybeLanguage = Annotated[
    DeckLanguage | None, typer.Option("--lang", help="Of the file; else that of the messages.")
]
MaybeCountry = Annotated[
    str, typer.Argument(help="A member's code, such as HND; all without it.", show_default=False)
]


class Format(StrEnum):
    """What a document may be written as."""

    PDF = "pdf"
    DOCX = "docx"
    JSON = "json"


Form = Annotated[
    Format, typer.Option("--format", help="PDF, DOCX to work on, or JSON for programs.")
]

_sheets = typer.Typer(
    help="Write the sheet of a country, a line or a partner.", no_args_is_help=True
)


def add_to(app: typer.Typer) -> None:
    """Add the verbs to the command line."""
    app.command("ics")(ics_)
    app.command("meetings")(meetings_)
    app.command("package")(package_)
    app.command("report")(report_)
    app.command("workbook")(workbook_)
    app.add_typer(_sheets, name="sheet")
    app.command("deck")(deck_)
    app.command("minutes")(minutes_)


def ics_(
    ctx: typer.Context,
    country: MaybeCountry = "",
    output: Output = None,
    corte: Cutoff = "",
    instantanea: Snapshot = "",
) -> None:
    """Write the dates as an iCalendar file: when reports fall due, and the meetings."""
    from crmdata.exports import ics

    words: Words = ctx.obj
    view = _picture(corte, instantanea)
    code = _country(view, country) if country else None
    file = output or Path(f"{_stem(view, 'calendario', code or view.process[0])}.ics")
    _write(words, file, ics.calendar(view, words, code))


def package_(
    ctx: typer.Context, output: Output = None, corte: Cutoff = "", instantanea: Snapshot = ""
) -> None:
    """Write all public data of a cut-off as a ZIP with descriptor, check sums and citation."""
    from crmdata.exports import package

    words: Words = ctx.obj
    view = _picture(corte, instantanea)
    _write(words, output or Path(f"{_stem(view, 'datos')}.zip"), package.package(view))


def report_(
    ctx: typer.Context,
    output: Output = None,
    corte: Cutoff = "",
    instantanea: Snapshot = "",
    form: Form = Format.PDF,
) -> None:
    """Write the progress report of the whole plan."""
    from crmdata.content.papers import progress_report

    words: Words = ctx.obj
    view = _picture(corte, instantanea)
    _write_paper(words, [progress_report(view, words)], output or _stem(view, "informe"), form)


def workbook_(  # noqa: PLR0913, PLR0917 - the options of a command
    ctx: typer.Context, output: Output = None, corte: Cutoff = "", instantanea: Snapshot = "",
    eje: Annotated[int | None, typer.Option("--eje", help="One axis, such as 2.")] = None,
    linea: Annotated[str, typer.Option("--linea", help="One line, such as IV.")] = "",
    pais: Annotated[str, typer.Option("--pais", help="One member country, such as HND.")] = "",
    socio: Annotated[str, typer.Option("--socio", help="One partner, such as ACNUR.")] = "",
) -> None:  # fmt: skip
    """Write the plan and what was reported of it as an Excel workbook with charts."""
    from crmdata.exports.workbook import Selection, workbook

    words: Words = ctx.obj
    view = _picture(corte, instantanea)
    line, country = _line(view, linea) if linea else "", _country(view, pais) if pais else ""
    axis = None if eje is None else _axis(view, eje)
    partner = _partner(view, socio) if socio else ""
    of_axis = "" if axis is None or line else f"eje-{axis}"
    stem = _stem(view, "libro", *filter(None, (of_axis, line, country, partner)), words.language)
    chosen = Selection(line, country, axis).of_partner(view, partner)
    content = workbook(view, words, chosen)
    _write(words, output or Path(f"{stem}.xlsx"), content)


@_sheets.command("country")
def country_(
    ctx: typer.Context, country: Annotated[str, typer.Argument(help="Such as HND.")],
    output: Output = None, corte: Cutoff = "", instantanea: Snapshot = "", form: Form = Format.PDF,
) -> None:  # fmt: skip
    """Write the sheet of a country."""
    from crmdata.content.papers import country_sheets
    from crmdata.content.papers.country import PAGES

    words: Words = ctx.obj
    view = _picture(corte, instantanea)
    code = _country(view, country)
    sheets = country_sheets(view, words, code)
    _write_paper(words, sheets, output or _stem(view, "ficha", code), form, PAGES)


@_sheets.command("line")
def line_(
    ctx: typer.Context, line: Annotated[str, typer.Argument(help="Such as IV.")],
    output: Output = None, corte: Cutoff = "", instantanea: Snapshot = "", form: Form = Format.PDF,
) -> None:  # fmt: skip
    """Write the sheet of a strategic line."""
    from crmdata.content.papers import line_sheet

    words: Words = ctx.obj
    view = _picture(corte, instantanea)
    code = _line(view, line)
    paper = line_sheet(view, words, code)
    _write_paper(words, [paper], output or _stem(view, "linea", code), form)


@_sheets.command("partner")
def partner_(
    ctx: typer.Context, partner: Annotated[str, typer.Argument(help="Such as ACNUR.")],
    output: Output = None, corte: Cutoff = "", instantanea: Snapshot = "", form: Form = Format.PDF,
) -> None:  # fmt: skip
    """Write the sheet of a partner: what it supports, what names it, where nobody is."""
    from crmdata.content.papers import partner_sheet

    words: Words = ctx.obj
    taken = _picture(corte, instantanea)
    code = _partner(taken, partner)
    paper = partner_sheet(taken, words, code)
    _write_paper(words, [paper], output or _stem(taken, "cooperante", code), form)


def _write_paper(
    words: Words, papers: Iterable["Paper"], output: Path | str, form: Format,
    pages: int | None = None,
) -> None:  # fmt: skip
    """Write a document: as PDF the first that has no more than so many pages."""
    file, kind = _file_and_format(output, form)
    if kind is Format.DOCX:
        from crmdata.render.docx import docx

        _write(words, file, docx(next(iter(papers))))
    elif kind is Format.JSON:
        from crmdata.render.json import json

        _write(words, file, json(next(iter(papers))))
    else:
        from crmdata.render.typst import setting

        _write(words, file, setting.pdf(papers, pages))


def _file_and_format(output: Path | str, form: Format) -> tuple[Path, Format]:
    """Return file and format; what is to become a file with a format's ending, is of that one."""
    file = Path(f"{output}.{form}") if isinstance(output, str) else output
    ending = file.suffix.lower().removeprefix(".")
    return file, Format(ending) if ending in {Format.DOCX, Format.JSON} else form


def deck_(
    ctx: typer.Context, output: Output = None, corte: Cutoff = "", instantanea: Snapshot = "",
    desde: Since = "", lang: MaybeLanguage = None,
) -> None:  # fmt: skip
    """Write the slides of the presentation as PowerPoint, with charts and tables to be edited."""
    from crmdata import slides
    from crmdata.exports import deck

    words: Words = words_for(lang.value) if lang else ctx.obj
    with _reading(corte, instantanea) as session:
        meetings = queries.meetings(session)
        since = day_of(desde, meetings)
        data = slides.plenary(session, day_of(corte, meetings), first=since)
    if since is not None and data.first != since:
        first = "" if data.first is None else words.date(data.first)
        typer.echo(words(not_before(since, data.view.cutoff, data.first), asked=words.date(since),
                         cutoff=words.date(data.view.cutoff), first=first))  # fmt: skip
    kind = ["demo"] if data.view.demo else []
    of = data.view.snapshot or data.view.cutoff.isoformat()
    stem = "-".join(["presentacion", of, words.language, *kind])
    _write(words, output or Path(f"{stem}.pptx"),
           deck.presentation(data, words, base=settings.public_url()))  # fmt: skip


def minutes_(
    ctx: typer.Context, output: Output = None, corte: Cutoff = "", instantanea: Snapshot = "",
    form: Form = Format.DOCX,
) -> None:  # fmt: skip
    """Write the minutes of a meeting: what was agreed on, what became of it, and its slides."""
    from crmdata import slides
    from crmdata.content.papers import meeting_minutes
    from crmdata.slides.shown import what_was_prepared

    words: Words = ctx.obj
    with _reading(corte, instantanea) as session:
        data = slides.plenary(session, day_of(corte, queries.meetings(session)))
    chapter = what_was_prepared(slides.deck(data, words))
    paper = meeting_minutes(data.view, words, data.first, chapter)
    _write_paper(words, [paper], output or _stem(data.view, "minuta"), form)


def meetings_(ctx: typer.Context) -> None:
    """List the meetings, whose codes stand for their cut-offs."""
    words: Words = ctx.obj
    with db.reading(start.open_database()) as session:
        for row in queries.meetings(session).to_dict("records"):
            name = words.pick(row["name_es"], row["name_en"])
            typer.echo(f"{row['meeting']}  {row['corte']}  {name}")


def _picture(corte: str, snapshot: str) -> "View":
    from crmdata import view

    with _reading(corte, snapshot) as session:
        return view.read(session, day_of(corte, queries.meetings(session)))


@contextmanager
def _reading(corte: str, snapshot: str) -> Iterator[Known]:
    """Yield a session that shows a snapshot, or the store as it is. Raise StoreError."""
    if corte and snapshot:
        raise StoreError(
            Problem(
                "cutoff_and_snapshot",
                N_("A snapshot has a cut-off of its own."),
                N_("Give --corte or --instantanea, not both."),
                value=corte,
            )
        )
    with queries.as_of(start.open_database(), snapshot) as session:
        yield session


def _axis(view: "View", axis: int) -> int:
    """Return an axis. Raise StoreError for one that the plan has not."""
    refusal = Problem(
        "unknown_axis",
        N_("The plan has no such axis."),
        N_("Take an axis's number, such as 2."),
        value=str(axis),
    )
    return _named(view.frame("axes")["axis"], axis, refusal)


def _line(view: "View", line: str) -> str:
    """Return a line's code. Raise StoreError for one that the plan has not."""
    refusal = Problem(
        "unknown_line",
        N_("The plan has no such line."),
        N_("Take a line's code, such as IV."),
        value=line,
    )
    return _named(view.frame("lines")["line"], line.upper(), refusal)


def _country(view: "View", country: str) -> str:
    """Return a member's code. Raise StoreError for another."""
    refusal = Problem(
        "unknown_country",
        N_("This is no member country."),
        N_("Take a member's code, such as HND."),
        value=country,
    )
    return _named(view.frame("countries")["country"], country.upper(), refusal)


def _partner(taken: "View", partner: str) -> str:
    """Return a partner's code; it is known by the acronym of either language. Raise StoreError."""
    rows = taken.frame("partners")
    codes = dict(zip(rows["acronym_en"].fillna(""), rows["partner"], strict=True))
    refusal = Problem(
        "unknown_partner",
        N_("The plan names no such partner."),
        N_("Take a partner's acronym, such as ACNUR."),
        value=partner,
    )
    code = str(codes.get(partner.upper(), partner.upper()))
    return _named(rows["partner"], code, refusal)


def _named(codes: Iterable[object], code: Code, refusal: Problem) -> Code:
    if code not in set(codes):
        raise StoreError(refusal)
    return code


def _stem(view: "View", *parts: str) -> str:
    """Return a file's name without its ending: subject, snapshot or cut-off, the kind of data."""
    kind = [str(view.kind)] if view.demo else []
    # A snapshot's id begins with its cut-off.
    return "-".join([*parts, view.snapshot or view.cutoff.isoformat(), *kind])


def _write(words: Words, file: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    unfinished = file.with_name(f"{file.name}.unfinished")
    unfinished.write_bytes(content)
    unfinished.replace(file)
    typer.echo(words("Written: {file}", file=file))
