"""How a redaction is spoken of: what a text is, what will happen, what was done, what is left."""

from collections.abc import Iterable

from crmdata import settings
from crmdata.errors import N_
from crmdata.fields import REPORT, WRITTEN
from crmdata.i18n import Words
from crmdata.terms import Period
from crmdata.workflow.redaction.finding import TextPlace
from crmdata.workflow.redaction.ledger import NAME
from crmdata.workflow.redaction.places import Spot
from crmdata.workflow.redaction.requests import Done

_KINDS: dict[tuple[str, str], str] = {
    **{("report", field.code): field.name for field in REPORT if field.type in WRITTEN},
    ("cooperation", "text"): N_("Text of cooperation"),
    ("cooperation", "evidence"): N_("Evidence of cooperation"),
    ("observation", "observation"): N_("Observation of the country"),
    ("review_act", "text"): N_("Comment on a batch"),
    ("closing_act", "text"): N_("Remark on a closing"),
    ("agreement", "text"): N_("Agreement"),
    ("batch", "note"): N_("Note on a file"),
    ("batch", "file_name"): N_("Name of a file"),
    ("snapshot", "name"): N_("Name of a snapshot"),
}


def kind_of(words: Words, spot: Spot) -> str:
    """Return what a text is."""
    return words(_KINDS.get((spot.table, spot.column), N_("Remark in the audit trail")))


def topic(words: Words, place: TextPlace) -> str:
    """Return what a text is of: codes, and periods as people write them."""
    return " ".join(words.period(code) if Period.read(code) else code for code in place.about)


def consequences(words: Words, texts: int, stores: Iterable[str]) -> list[str]:
    """Return what a redaction will do, to be read before it is confirmed."""
    days = settings.retention_days()
    sentences = [
        words.plural(
            "{n} text goes for good, from every page, file, earlier cut-off and snapshot.",
            "{n} texts go for good, from every page, file, earlier cut-off and snapshot.",
            texts,
        ),
        words("Numbers, cited ids and the proof stay. That something was redacted, and why, can be "
              "read by everybody."),
        words("What somebody has already, a file or a printed page, cannot be called back."),
        words.plural(
            "Backups of before keep it until they are deleted, after {n} day; one that is "
            "restored is redacted first.",
            "Backups of before keep it until they are deleted, after {n} days; one that is "
            "restored is redacted first.",
            days,
        ),
    ]  # fmt: skip
    if names := ", ".join(stores):
        sentences.append(words("Stores that a restore kept are deleted: {names}.", names=names))
    return sentences


def receipt(words: Words, done: Done) -> list[str]:
    """Return what was done, with the number of the act."""
    sentences = [
        words.plural(
            "{n} text was redacted: act {act}.", "{n} texts were redacted: act {act}.",
            done.texts, act=done.act,
        )
    ]  # fmt: skip
    if names := ", ".join(done.deleted):
        sentences.append(words("Deleted: {names}.", names=names))
    return sentences


def still_to_do(words: Words, statements: Iterable[str]) -> list[str]:
    """Return what somebody with more rights must still do."""
    return [
        words(
            "The list of redactions ({file}) could not be written: a backup writes it.", file=what
        )
        if what == NAME
        else words("Still to be done by the database's owner: {what}", what=what)
        for what in statements
    ]
