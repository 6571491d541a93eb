"""Work that makes very many objects and lets go of none: the collector only looks them over."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Stop the collector of cyclic garbage; at the end it runs as before. Also a decorator.

    A file of 100,000 rows becomes a million objects, none of them garbage while it is read: a
    quarter of an import's time went into finding that out, again and again.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
