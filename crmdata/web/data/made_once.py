"""What a view is made into, worked out once for every reader who looks at the same."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from crmdata.web.choices.chosen import Chosen
from crmdata.view import View

Given = ParamSpec("Given")
Made = TypeVar("Made")


def made_once(make: Callable[Given, Made]) -> Callable[Given, Made]:
    """Make of a function one whose answer is kept; all get the same object and never change it.

    It may use nothing but what it is given, values that may be keys, of which one is the chosen
    or a view: there the answer is kept, under the function's name and all that it was given.
    """
    name = f"{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def answer(*values: Given.args, **options: Given.kwargs) -> Made:
        key = (name, *map(_key, values), *((word, _key(value)) for word, value in options.items()))
        memo = next(value.memo for value in values if isinstance(value, Chosen | View))
        return memo.get(key, lambda: make(*values, **options))

    return answer


def _key(value: object) -> object:
    return value.key if isinstance(value, Chosen) else value
