"""A plugin of pytest for `make mutants`: each test begins with nothing kept of the changed modules.

All mutants are tried in copies of one process, and an answer that was kept before the change
would stand for it; nor would it be seen which tests reach the function that gave it.
"""

import sys
from functools import cached_property

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Forget what the functions of changed modules answered, and what their objects know."""
    for module in list(sys.modules.values()):
        if hasattr(module, "_mutmut_mutated"):
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()
                for name, kept in vars(type(value)).items():
                    if isinstance(kept, cached_property):
                        vars(value).pop(name, None)
