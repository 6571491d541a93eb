"""What a view is made of, worked out once for every reader who looks at the same."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from crmdata.ui import cache
from crmdata.ui.chosen import Chosen

Rest = ParamSpec("Rest")
Made = TypeVar("Made")
View = Callable[Concatenate[Chosen, Rest], Made]


def kept(make: View[Rest, Made]) -> View[Rest, Made]:
    """Make of a function one whose answer is kept; all get the same object and never change it.

    It may use nothing but what it is given: the chosen, and values that their `repr` tells apart.
    """

    @wraps(make)
    def answer(chosen: Chosen, *subject: Rest.args, **named: Rest.kwargs) -> Made:
        name = f"{make.__module__}.{make.__qualname__}"
        key = chosen.key(name, *subject, *named.items())
        return cache.drawn(key, lambda: make(chosen, *subject, **named))

    return cast("View[Rest, Made]", answer)
