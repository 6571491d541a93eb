"""Activities that would come to mean another: reports stay with a code, whatever it says.

How much two texts share is told by their words of four letters and more, in any form and with
misprints. A word weighs the more the fewer activities have it: “niñez” stands in every fifth
and tells none from another.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from crmdata.errors import N_, Problem, Quoted
from crmdata.plan.files import PlanFiles
from crmdata.search import query_words, stem

LEAST_SHARED = 0.25
"""The share of the words' weight that a text must keep to be the same activity's without asking.

Of the plan's own 97 activities 93 % of all pairs share less; a text with a letter missing in
every word shares all, one in other words for the same thing about a third (docs/decisions.md, 42).
"""

_SHORTEST = 4
_ALIKE = 0.8
"""How like two words must be to be the same one misprinted, by difflib's ratio."""


@dataclass(frozen=True)
class Reworded:
    """An activity that somebody must confirm; `other` is the code that had its new text, if any."""

    activity: str
    row: int
    before: str
    after: str
    other: str = ""

    @property
    def problem(self) -> Problem:
        """Why it is refused, and the way out."""
        if self.other:
            rule = "moved"
            message = N_(
                "{activity} now says what {other} said: “{after}”. Before it said “{before}”. "
                "Reports stay with their code, so they would come under another activity."
            )
            way_out = N_(
                "Let every activity keep its code, and put a new one at the end of its result. "
                "Where it is meant so, confirm it: `crmdata load --reworded {activity}`."
            )
        else:
            rule = "reworded"
            message = N_(
                "{activity} says something else than before, and its reports would come under "
                "it. Before: “{before}”. Now: “{after}”."
            )
            way_out = N_(
                "Correct the text; or, where it is the same activity in other words, confirm it: "
                "`crmdata load --reworded {activity}`."
            )
        values = {
            "activity": self.activity,
            "other": self.other,
            "before": Quoted(self.before),
            "after": Quoted(self.after),
        }
        return Problem(rule, message, way_out, "activities.csv", self.row, "text", values=values)


def reworded(before: PlanFiles, after: PlanFiles) -> list[Reworded]:
    """Return the activities of both whose new text is hardly theirs, in the plan's order."""
    return list(_reworded(_texts(before), _texts(after)))


def _texts(files: PlanFiles) -> dict[str, str]:
    return {row["activity"]: row["text"] for row in files.tables["planned_activity"]}


def _reworded(before: dict[str, str], after: dict[str, str]) -> Iterator[Reworded]:
    weights = _Weights(before.values())
    owners = {tuple(query_words(text)): code for code, text in before.items()}
    for row, (code, text) in enumerate(after.items(), start=2):
        old = before.get(code, text)
        words = tuple(query_words(text))
        if words == tuple(query_words(old)):
            continue
        other = owners.get(words, "")
        if other or weights.shared(old, text) < LEAST_SHARED:
            yield Reworded(code, row, old, text, other)


class _Weights:
    """What words weigh among these texts."""

    def __init__(self, texts: Collection[str]) -> None:
        self._count = len(texts)
        self._holding = Counter(
            root for text in texts for root in {stem(word, "es") for word in query_words(text)}
        )

    def shared(self, text: str, other: str) -> float:
        """Return the share, 0–1, of one text that stands in the other: the larger of the two."""
        ours, theirs = _words(text), _words(other)
        return max(self._within(ours, theirs), self._within(theirs, ours))

    def _within(self, words: Collection[str], others: Collection[str]) -> float:
        roots = {stem(word, "es") for word in others}
        whole = sum(map(self._weight, words))
        same = sum(
            self._weight(word)
            for word in words
            if stem(word, "es") in roots or get_close_matches(word, others, 1, _ALIKE)
        )
        return same / whole if whole else 0.0

    def _weight(self, word: str) -> float:
        return math.log((self._count + 1) / (self._holding[stem(word, "es")] + 0.5))


def _words(text: str) -> list[str]:
    """Return the words that say something; all of a text that has short ones only."""
    words = query_words(text)
    return [word for word in words if len(word) >= _SHORTEST] or words
