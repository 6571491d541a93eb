"""The verbs of those who report: the template, and their file back with remarks."""

from pathlib import Path
from typing import Annotated

import typer

from crmdata import start
from crmdata.i18n import Words
from crmdata.intake.reports import Checked
from crmdata.store import db, queries

Country = Annotated[str, typer.Argument(help="A member's code, such as HND, or the region's.")]
Chosen = Annotated[
    str,
    typer.Option(
        "--semester", help="Such as 2019-1; without it the latest begun that has activities."
    ),
]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="The file to write.")]


def template_(
    ctx: typer.Context, country: Country, semester: Chosen = "", output: Output = None
) -> None:
    """Write the workbook that a country fills in for a semester."""
    from crmdata.exports.template import default_period, file_name, template

    words: Words = ctx.obj
    with db.reading(start.open_database()) as session:
        chosen = semester or default_period(session)
        data = template(session, country.upper(), chosen, words)
        kind = queries.data_kind(session)
    file = output or Path(f"{file_name(country.upper(), chosen, kind)}.xlsx")
    file.write_bytes(data)
    typer.echo(words("Written: {file}", file=file))


def write_annotated(words: Words, files: list[Path], checked: Checked, target: Path) -> None:
    """Write the only file that was checked as a workbook with the remarks at their cells."""
    from crmdata.exports.annotated import annotated

    if len(files) != 1:
        raise typer.BadParameter(words("--annotated takes one file at a time."))
    data = files[0].read_bytes() if files[0].is_file() else b""
    target.write_bytes(annotated(data, checked.files, words))
    typer.echo(words("Written: {file}", file=target))
