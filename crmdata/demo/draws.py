"""Chance that comes out the same everywhere."""

import random
from collections.abc import Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A stream of draws of its own for every name, so that one figure does not move another.

    Only `random.Random.random` is used: the other methods may change between Python versions.
    """

    def __init__(self, *names: object) -> None:
        seed = "/".join(map(str, names))
        self._random = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret

    def chance(self, probability: float) -> bool:
        """Return True with this probability."""
        return self._random.random() < probability

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def one_of(self, values: Sequence[T]) -> T:
        """Return one of the values."""
        return values[self.whole(0, len(values) - 1)]

    def weighted(self, weights: Mapping[T, int]) -> T:
        """Return one of the keys, each as often as its weight says."""
        place = self.whole(1, sum(weights.values()))
        for value, weight in weights.items():
            place -= weight
            if place <= 0:
                return value
        raise AssertionError(weights)

    def shuffled(self, values: Sequence[T]) -> list[T]:
        """Return the values in another order."""
        rest, shuffled = list(values), []
        while rest:
            shuffled.append(rest.pop(self.whole(0, len(rest) - 1)))
        return shuffled

    def some(self, values: Sequence[T], count: int) -> list[T]:
        """Return `count` of the values, in their own order."""
        places = sorted(self.shuffled(range(len(values)))[:count])
        return [values[place] for place in places]
