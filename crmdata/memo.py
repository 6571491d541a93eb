"""What is worked out once and kept in memory for whoever asks the same."""

import pickle
from collections.abc import Callable, Hashable
from operator import itemgetter
from threading import Condition
from typing import TypeVar, cast

import pandas as pd
from cachetools import LRUCache, cached

Made = TypeVar("Made")


class Memo:
    """Answers by key, up to a bound in bytes; what was asked for longest ago goes first.

    Everybody is given the same object and never changes it; a frame is a copy that shares its
    values until it is written to.
    """

    def __init__(self, most_bytes: int) -> None:
        self._turn = turn = Condition()
        self._answers: LRUCache[Hashable, tuple[object, int]] = LRUCache(
            most_bytes, getsizeof=itemgetter(1)
        )
        # Whoever asks for what is being made waits for it, rather than making it too.
        once = cached(self._answers, key=lambda key, _: key, lock=turn, condition=turn)
        self._kept = once(_weighed)

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what `make` returns, made once a key; an error is kept by nobody."""
        value, _ = self._kept(key, make)
        if isinstance(value, pd.DataFrame):
            value = value.copy(deep=False)
        return cast("Made", value)

    def find(self, key: Hashable) -> object | None:
        """Return what was made under a key, or None."""
        with self._turn:
            return self._answers.get(key, (None, 0))[0]

    def forget(self) -> None:
        """Forget everything."""
        self._kept.cache_clear()


def _weighed(_key: Hashable, make: Callable[[], object]) -> tuple[object, int]:
    """Return what is made, and how many bytes it is: of a tree of objects, as it is written."""
    value = make()
    return value, len(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
