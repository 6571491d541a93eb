"""How the command line speaks: languages, errors on one line each, exit codes; no traceback."""

import dataclasses
import shlex
from collections.abc import Iterable, Sequence
from typing import Annotated, Any

import typer
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from typer.core import TyperGroup

from crmdata.errors import N_, CrmdataError, ImportRefused, PersonalDataHeld, Problem
from crmdata.i18n import Words
from crmdata.intake.reports import place_of

WARNINGS_ALIKE = 5
"""How many warnings of one kind are said of a file."""


class Verbs(TyperGroup):
    """The commands; what is wrong with the data is said plainly, never as a traceback."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take `--lang` wherever it stands."""
        return super().parse_args(ctx, _language_first(args))

    def invoke(self, ctx: Any) -> Any:
        """Run the command. Exit with 1 for every error that is foreseen."""
        try:
            return super().invoke(ctx)
        except CrmdataError as error:
            problems = error.problems
            refused = isinstance(error, ImportRefused)
            if isinstance(error, PersonalDataHeld):
                _say_held(ctx.obj, problems)
                raise typer.Exit(1) from error
        except (ArgumentError, NoSuchModuleError):
            # The message of these would show the URL, and with it a password.
            problems, refused = (_bad_url(),), False
        except DBAPIError as error:
            problems, refused = (_database_says(error),), False
        except OSError as error:
            problems, refused = (_system_says(error),), False
        words: Words = ctx.obj
        complain(words, problems)
        if refused:
            say_count(words, len(problems))
        raise typer.Exit(1)


def complain(words: Words, problems: Iterable[Problem]) -> None:
    """Say every error on a line of the standard error output, behind the warnings.

    Of warnings alike only the first are said: a thousand of them would hide the errors.
    """
    found = tuple(problems)
    _warn(words, [problem for problem in found if problem.warning])
    for problem in found:
        if not problem.warning:
            typer.echo(problem.text(words), err=True)


def _warn(words: Words, warnings: Iterable[Problem]) -> None:
    alike: dict[tuple[str, str], list[Problem]] = {}
    for problem in warnings:
        alike.setdefault((problem.file, problem.rule), []).append(problem)
    for problems in alike.values():
        for problem in problems[:WARNINGS_ALIKE]:
            typer.echo(words("Warning: {text}", text=problem.text(words)), err=True)
        more = len(problems) - WARNINGS_ALIKE
        if more > 0:
            said = words.plural(
                "Warning: {n} more row like these.", "Warning: {n} more rows like these.", more
            )
            typer.echo(said, err=True)


CONFIRM, NO_PERSON = "--confirm", "--no-personal-data"
"""The options by which somebody says that what is held is no person's data."""

NoPerson = Annotated[
    bool, typer.Option(NO_PERSON, help="What looks like one person's data in the text is none.")
]


def _say_held(words: Words, problems: Sequence[Problem]) -> None:
    """Say what is held, and how each is confirmed: one by one in a file."""
    for problem in problems:
        typer.echo(dataclasses.replace(problem, warning=False).text(words), err=True)
    places = [place_of(problem) for problem in problems]
    several = len({place.file for place in places if place.file}) > 1
    names = [f"{place.file}:{place.name}" if several and place.file else place.name
             for place in places]  # fmt: skip
    typer.echo(
        words.plural(
            "{n} text is held; nothing was written.", "{n} texts are held; nothing was written.",
            len(problems),
        ),
        err=True,
    )  # fmt: skip
    in_file = any(place.row is not None for place in places) or names == ["note"]
    options = " ".join(shlex.join((CONFIRM, name)) for name in names) if in_file else NO_PERSON
    typer.echo(
        words("Take the words out. What is no person's data, confirm: {options}", options=options),
        err=True,
    )


def say_count(words: Words, count: int) -> None:
    """Say how many errors kept everything from being written."""
    said = words.plural(
        "{n} error; nothing was written.", "{n} errors; nothing was written.", count
    )
    typer.echo(said, err=True)


def _language_first(args: Sequence[str]) -> list[str]:
    """Move `--lang` to the front, where the language is read before anything is said."""
    front: list[str] = []
    rest = list(args)
    for place, word in enumerate(args):
        if word == "--":
            break
        if word == "--lang":
            front = rest[place : place + 2]
            del rest[place : place + 2]
            break
        if word.startswith("--lang="):
            front = [rest.pop(place)]
            break
    return [*front, *rest]


def _bad_url() -> Problem:
    return Problem(
        "bad_url",
        N_("The database URL cannot be used."),
        N_("Check CRMDATA_DATABASE_URL: sqlite:///FILE or postgresql://USER@HOST/NAME."),
    )


def _database_says(error: DBAPIError) -> Problem:
    return Problem(
        "database_error",
        N_("The database says: {detail}."),
        N_("Nothing was written."),
        values={"detail": str(error.orig).splitlines()[0]},
    )


def _system_says(error: OSError) -> Problem:
    return Problem(
        "system_error",
        N_("It cannot be read or written ({detail})."),
        N_("Check its name, folder and rights."),
        file=str(error.filename or ""),
        values={"detail": error.strerror or error},
    )
