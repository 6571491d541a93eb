"""`crmdata redact`: find words in every text, and take the texts out for good."""

from typing import Annotated

import typer

from crmdata import start
from crmdata.access import secretariat
from crmdata.cli.console import NoPerson
from crmdata.i18n import Words
from crmdata.store import db
from crmdata.workflow import redaction
from crmdata.workflow.redaction import Spot, TextPlace, wording


def redact(  # noqa: PLR0913, PLR0917 - each is said by its name
    ctx: typer.Context,
    words_to_find: Annotated[
        str, typer.Argument(metavar="WORDS", help="What is looked for.", show_default=False)
    ],
    by: Annotated[str, typer.Option("--by", help="Who of the secretariat does it.")],
    only: Annotated[
        list[str] | None,
        typer.Option(help="A place, as it is listed; once for each. Else all of them."),
    ] = None,
    reason_es: Annotated[str, typer.Option(help="Why, in Spanish; everybody reads it.")] = "",
    reason_en: Annotated[str, typer.Option(help="Why, in English; everybody reads it.")] = "",
    no_personal_data: NoPerson = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do it without being asked.")] = False,
) -> None:
    """List the texts in which words stand; with both reasons, take them out for good."""
    words: Words = ctx.obj
    engine, actor = start.open_database(), secretariat(by)
    with db.reading(engine) as session:
        places = redaction.find(session, actor, words_to_find)
    for place in places:
        typer.echo(line(words, place))
    if not places:
        typer.echo(words("The words stand in no text."))
        return
    if not (reason_es or reason_en):
        typer.echo(words("Nothing was changed. To take these texts out, say why with --reason-es "
                         "and --reason-en, and with --only which of them if not all."))  # fmt: skip
        return
    chosen = _chosen(words, places, only)

    def do(*, rehearse: bool) -> redaction.Done | None:
        return redaction.redact(
            engine, actor, chosen, reason_es=reason_es, reason_en=reason_en, sought=words_to_find,
            rehearse=rehearse, confirmed=no_personal_data,
        )  # fmt: skip

    do(rehearse=True)
    for sentence in wording.consequences(words, len(chosen), redaction.kept_copies(engine)):
        typer.echo(sentence)
    if not (yes or typer.confirm(words("Take {n} texts out for good?", n=len(chosen)))):
        typer.echo(words("Nothing was changed."))
        raise typer.Exit(1)
    done = do(rehearse=False)
    assert done is not None  # noqa: S101 - it was no rehearsal
    for sentence in wording.receipt(words, done):
        typer.echo(sentence)
    for sentence in wording.still_to_do(words, done.remaining):
        typer.echo(sentence, err=True)


def line(words: Words, place: TextPlace) -> str:
    """Return a place as it is listed: its id, what it is, what it is of, the words."""
    about = " ".join(place.about)
    return f"{place.id}  {wording.kind_of(words, place.spot)} {about}: “{place.excerpt}”"


def _chosen(words: Words, places: list[TextPlace], only: list[str] | None) -> list[Spot]:
    by_id = {place.id: place.spot for place in places}
    if only is None:
        return list(by_id.values())
    if unknown := [code for code in only if code not in by_id]:
        raise typer.BadParameter(words("Not among the places: {ids}.", ids=", ".join(unknown)))
    return [by_id[code] for code in only]
