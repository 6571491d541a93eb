"""What a view is made into, worked out once for every reader who looks at the same."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from crmdata.web.choices.chosen import Chosen
from crmdata.view import View

Given = ParamSpec("Given")
Made = TypeVar("Made")


def kept(make: Callable[Given, Made]) -> Callable[Given, Made]:
    """Make of a function one whose answer is kept; all get the same object and never change it.

    It may use nothing but what it is given, values that may be keys, of which one is the chosen
    or a view: there the answer is kept, under the function's name and all that it was given.
    """
    name = f"{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def answer(*given: Given.args, **named: Given.kwargs) -> Made:
        key = (name, *map(_key, given), *((word, _key(one)) for word, one in named.items()))
        memo = next(one.memo for one in given if isinstance(one, Chosen | View))
        return memo.get(key, lambda: make(*given, **named))

    return answer


def _key(given: object) -> object:
    return given.key if isinstance(given, Chosen) else given
