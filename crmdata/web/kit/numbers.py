"""Cards: single numbers, each with what it is of. A percentage never stands without its n/N."""

from collections.abc import Collection

import pandas as pd

from crmdata.content import wording
from crmdata.i18n import Words
from crmdata.measures import Measured
from crmdata.render.html import markup
from crmdata.web.kit import draw


def card(title: str, value: str, *, of: str, note: str = "") -> str:
    """Return a number as HTML: its title, its value, what it is of, and a note."""
    inner = [
        markup.element("p", title, css="crm-card-title"),
        markup.element("p", value, css="crm-card-value"),
        markup.element("p", of, css="crm-card-of"),
    ]
    if note:
        inner.append(markup.element("p", note, css="crm-card-note"))
    return markup.wrapped("div", inner, css="crm-card")


def show(cards: list[str]) -> None:
    """Draw numbers side by side."""
    draw.html(markup.wrapped("div", cards, css="crm-cards"))


def coverage(words: Words, group: Measured) -> str:
    """Return the share of the expected reports that arrived."""
    return card(
        words("Coverage"),
        wording.share(words, group),
        of=words(
            "{reported} of {expected} expected reports arrived",
            reported=words.number(group.reported),
            expected=words.number(group.expected),
        ),
        note=words.plural("{n} report is missing", "{n} reports are missing", group.sin_reporte),
    )


def progress(words: Words, group: Measured) -> str:
    """Return the reported progress with its n/N, or its interval where it is withheld."""
    interval = wording.interval(words, group)
    if group.reported == 0:
        note = words("Nothing was reported: it could be anything.")
    elif group.withheld:
        note = words("Too few reports for one figure: where it lies depends on what is missing.")
    elif group.sin_reporte:
        note = words("It would lie in {interval} with what is missing.", interval=interval)
    else:
        note = words("Nothing is missing.")
    return card(
        words("Reported progress"),
        wording.progress(words, group),
        of=words("mean of {ratio} reports", ratio=wording.ratio(words, group)),
        note=note,
    )


def fulfilled(words: Words, group: Measured) -> str:
    """Return the share of the expected reports that say that the work is done."""
    return card(
        words("Reports that say “fulfilled”"),
        wording.percent(words, 100 * group.cumplida / group.expected),
        of=words(
            "{count} of {expected} expected reports; activities are not counted here",
            count=words.number(group.cumplida),
            expected=words.number(group.expected),
        ),
        note=words(
            "In progress: {en_curso}; not started: {no_iniciada}; suspended: {suspendida}",
            en_curso=words.number(group.en_curso),
            no_iniciada=words.number(group.no_iniciada),
            suspendida=words.number(group.suspendida),
        ),
    )


def three(words: Words, group: Measured) -> list[str]:
    """Return coverage, progress and what is fulfilled; none where nothing was expected."""
    if not group.expected:
        return []
    return [coverage(words, group), progress(words, group), fulfilled(words, group)]


def outside(words: Words, reports: pd.DataFrame, members: Collection[str]) -> str:
    """Return how many reports fill no cell of the calendar."""
    by_region = int((~reports["country"].isin(list(members))).sum())
    return card(
        words("Outside the calendar"),
        words.number(len(reports)),
        of=words("welcome reports that count in no share"),
        note=words(
            "Work not scheduled in that semester; {count} are the region's own.",
            count=words.number(by_region),
        ),
    )
