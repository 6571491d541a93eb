"""Databases and servers that several tests of failing share."""

from collections.abc import Iterator

import pytest

from crmdata import start
from tests import postgres


@pytest.fixture(scope="module")
def own_server() -> Iterator[postgres.Server]:
    """Return a PostgreSQL server that the module may kill."""
    with postgres.running() as server:
        yield server


@pytest.fixture(scope="module")
def database(own_server: postgres.Server) -> str:
    """Return the URL of a database with the demonstration data."""
    url = own_server.url(own_server.create())
    start.prepare(url).dispose()
    return url
