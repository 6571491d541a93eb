"""A redaction asked for by a person: refused, rehearsed, or done with all that follows from it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Engine

from crmdata import settings
from crmdata.access import Action, Actor, require
from crmdata.errors import N_, Problem, RedactionRefused, StoreError
from crmdata.intake.reports.held_texts import settle_texts
from crmdata.store import db
from crmdata.workflow.redaction.acting import Why, take_out
from crmdata.workflow.redaction.finding import folded
from crmdata.workflow.redaction.ledger import NAME, complete_ledger
from crmdata.workflow.redaction.places import Spot, everywhere
from crmdata.workflow.redaction.remains import clean

LONGEST = 600
"""Characters of a reason: it is read by everybody."""


@dataclass(frozen=True)
class Done:
    """What was done: the act's number, how many texts, the kept stores that were deleted.

    `left` is what the operator must still do, as SQL, shell or the name of the ledger.
    """

    act: int
    texts: int
    deleted: tuple[str, ...]
    remaining: tuple[str, ...]


def redact(  # noqa: PLR0913 - each is said by its name
    engine: Engine,
    actor: Actor,
    spots: Iterable[Spot],
    *,
    reason_es: str,
    reason_en: str,
    sought: str = "",
    rehearse: bool = False,
    confirmed: bool = False,
) -> Done | None:
    """Take the texts of places out for good, everywhere they stand; return what was done.

    Kept stores go too, and what is left of the texts in the database's files.
    A reason that repeats the words `sought` is refused. To `rehearse` is to raise what would be
    raised of the texts, and to do nothing. Raise AccessDenied, RedactionRefused with every
    error, Held for a reason that looks like one person's data and is not `confirmed`
    to be none, and StoreError for a store that is not in order.
    """
    require(actor, Action.REDACT)
    spanish, english = (" ".join(reason.split()) for reason in (reason_es, reason_en))
    with db.writing(engine) as session:
        places = everywhere(session, spots)
        if problems := _problems(places, [spanish, english], sought):
            raise RedactionRefused(problems)
        if rehearse:
            return None
        settle_texts((spanish, english), confirmed=confirmed)
        why = Why(actor.name, actor.role.value, actor.identity, spanish, english)
        taken = take_out(session, places, why)
    # What follows can be done again, and a failure of it must not read as one of the act.
    remaining = _written(engine)
    cleaned = clean(engine, taken.spots)
    return Done(taken.act, taken.texts, cleaned.deleted, (*remaining, *cleaned.remaining))


def _written(engine: Engine) -> tuple[str, ...]:
    """Complete the ledger; return its name where it cannot be written."""
    try:
        with db.reading(engine) as session:
            complete_ledger(session, settings.backup_folder())
    except (OSError, StoreError):
        return (NAME,)
    return ()


def _problems(spots: list[Spot], reasons: list[str], sought: str) -> list[Problem]:
    problems = []
    if not spots:
        problems.append(Problem("nothing_to_redact", N_("No text is chosen that is still there."),
                                N_("Search the words and choose what must go.")))  # fmt: skip
    if not all(reasons):
        problems.append(Problem("text_required",
                                N_("Texts are redacted with a reason in Spanish and in English."),
                                N_("Say why in both; everybody can read it.")))  # fmt: skip
    if any(len(reason) > LONGEST for reason in reasons):
        problems.append(Problem("text_too_long", N_("The reason is longer than {most} characters."),
                                N_("Shorten it."), values={"most": LONGEST}))  # fmt: skip
    words = folded(sought)
    if words and any(words in folded(reason) for reason in reasons):
        problems.append(Problem("words_in_reason",
                                N_("The reason repeats the words that are to go."),
                                N_("Write it without them: everybody can read it.")))  # fmt: skip
    return problems
