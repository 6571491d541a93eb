"""Nothing goes wrong unseen: neither in the browser's console nor in the server's log."""

import pytest

from tests.browser.rounds import LOOKS, Round


@pytest.mark.parametrize("look", LOOKS)
def test_no_page_leaves_an_error_in_the_console(visited: Round, look):
    assert visited.sights[look].errors == []


def test_no_page_leaves_an_exception_or_a_warning_in_the_servers_log(visited: Round):
    said = visited.server_log.splitlines()
    wrong = ("Traceback", "Uncaught", "Error", "Warning", "deprecat")
    assert [line for line in said if any(sign in line for sign in wrong)] == []
