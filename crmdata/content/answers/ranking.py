"""The order of what has words of a query, where the words alone do not say it."""

from collections.abc import Sequence
from typing import NamedTuple

from crmdata.content.answers.things import PAGE, Thing

_AS_GOOD = 0.05
"""How much less of a query what holds things may have than they do."""


class Hit(NamedTuple):
    """A thing that has words of a query: how good it is, how much of the query it has (0–1)."""

    thing: Thing
    score: float
    cover: float
    words: int
    """How many of the query's words or phrases it has."""


def ranked(hits: Sequence[Hit]) -> list[Hit]:
    """Return hits, the best first."""
    return _holders_first(_pages_after(sorted(hits, key=lambda hit: -hit.score)))


def _pages_after(hits: Sequence[Hit]) -> list[Hit]:
    """Return hits with a page after the best of those that have more of the words than it."""
    ordered = [hit for hit in hits if hit.thing.kind != PAGE]
    for page in hits:
        if page.thing.kind != PAGE:
            continue
        better = [hit.score for hit in hits if hit.words > page.words and hit.thing.kind != PAGE]
        score = min(page.score, max(better, default=page.score))
        at = next((at for at, hit in enumerate(ordered) if hit.score < score), len(ordered))
        ordered.insert(at, page._replace(score=score))
    return ordered


def _holders_first(hits: Sequence[Hit]) -> list[Hit]:
    """Return hits with a line or result before its own parts, where it is as good as two of them.

    Who names what several activities have in common asks for what they are part of.
    """
    ordered = list(hits)
    for holder in hits:
        if holder.thing.kind not in {"line", "result"}:
            continue
        parts = [hit for hit in hits if hit.thing.code.startswith(f"{holder.thing.code}.")
                 and hit.cover <= holder.cover + _AS_GOOD and hit.score > holder.score]  # fmt: skip
        if len(parts) > 1:
            ordered.remove(holder)
            ordered.insert(ordered.index(parts[0]), holder)
    return ordered
