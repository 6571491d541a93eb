"""How the command line speaks: languages, errors on one line each, exit codes; no traceback."""

import dataclasses
import shlex
from collections.abc import Iterable, Sequence
from typing import Annotated, Any

import typer
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from typer.core import TyperGroup

from crmdata.errors import N_, CrmdataError, Held, ImportRefused, Problem
from crmdata.i18n import Words
from crmdata.intake.reports import place_of
from crmdata.intake.reports.copies import NO_ONES
from crmdata.intake.reports.drafting import KINDS_NEVER_MIX
from crmdata.intake.reports.remarks import in_words


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
            if isinstance(error, Held):
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
    """Say every error on a line of the standard error output, behind questions and warnings."""
    everything = sorted(problems, key=lambda problem: (not problem.warning, problem.asks))
    for problem in everything:
        text = in_words(words, _with_command(problem)).text(words)
        if problem.asks:
            text = words("Question: {text}", text=text)
        elif problem.warning:
            text = words("Warning: {text}", text=text)
        typer.echo(text, err=True)


def _with_command(problem: Problem) -> Problem:
    """Return a problem with the command that helps, where there is one."""
    return dataclasses.replace(problem, way_out=_COMMANDS.get(problem.rule, problem.way_out))


_COMMANDS = {
    KINDS_NEVER_MIX: N_(
        "Make a database for them: set CRMDATA_DATABASE_URL to a new one and run `crmdata load "
        "--empty` for real data, `crmdata load --demo` for invented ones."
    ),
    NO_ONES: N_("Say whose it is, such as with `--country HND`."),
}
"""What to do about what a rule finds, for who has the machine; a focal point has a page."""

CONFIRM, NO_PERSON = "--confirm", "--no-personal-data"
"""The options by which somebody says that what is held is no person's data."""

NoPerson = Annotated[
    bool, typer.Option(NO_PERSON, help="What looks like one person's data in the text is none.")
]


def _say_held(words: Words, problems: Sequence[Problem]) -> None:
    """Say what is held, and how each is confirmed: one by one in a file."""
    for problem in problems:
        error = dataclasses.replace(problem, warning=False)
        typer.echo(in_words(words, error).text(words), err=True)
    places = [place_of(problem) for problem in problems]
    several = len({place.file for place in places if place.file}) > 1
    names = [f"{place.file}:{place.name}" if several and place.file else place.name
             for place in places]  # fmt: skip
    typer.echo(
        words.plural(
            "{n} answer is missing; nothing was written.",
            "{n} answers are missing; nothing was written.",
            len(problems),
        ),
        err=True,
    )
    in_file = any(place.file for place in places) or names == ["note"]
    options = " ".join(shlex.join((CONFIRM, name)) for name in names) if in_file else NO_PERSON
    typer.echo(
        words("Correct what is not as it should be. What is right, confirm: {options}",
              options=options),
        err=True,
    )  # fmt: skip


def say_count(words: Words, count: int) -> None:
    """Say how many errors kept everything from being written."""
    sentence = words.plural(
        "{n} error; nothing was written.", "{n} errors; nothing was written.", count
    )
    typer.echo(sentence, err=True)


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
