"""The client of the load measurements keeps to its bounds, and is a reader like any other."""

import math

import pytest

from benchmarks.load.client import MOST_READERS, Habit, Reader, Run, acting, arriving, percentile
from tests.loops import finished


@pytest.mark.parametrize("host", ["example.org", "10.0.0.7", "0.0.0.0", "[2001:db8::1]"])
def test_it_sends_nothing_to_another_machine(host):
    with pytest.raises(ValueError, match="not this machine"):
        Reader(f"http://{host}:8501/")


@pytest.mark.parametrize(("readers", "seconds"), [(MOST_READERS + 1, 1), (0, 1), (1, 1e6)])
def test_it_sends_no_more_readers_and_for_no_longer_than_a_measurement_needs(readers, seconds):
    with pytest.raises(ValueError, match="at most"):
        finished(acting("http://127.0.0.1:1", readers, Habit(), seconds=seconds))


def test_readers_who_get_no_connection_are_counted_as_errors():
    tally = finished(arriving("http://127.0.0.1:1", 3))
    assert (len(tally.firsts), len(tally.failures)) == (0, 3)


def test_a_percentile_is_one_of_the_times_and_of_nothing_it_is_no_number():
    runs = [Run(seconds=float(n)) for n in range(1, 101)]
    assert percentile(runs, 0.95) == 95.0
    assert math.isnan(percentile([], 0.95))


def test_after_a_cut_a_reader_is_back_on_the_page_with_its_choices(app_url):
    async def visit() -> tuple[str, dict[str, str], Run]:
        async with Reader(f"{app_url}/calendario?pais=HND&idioma=en") as reader:
            await reader.run()
            await reader.go("lineas")
            await reader.cut()
            run = await reader.steady_run()
            return reader.page, reader.params, run

    page, params, run = finished(visit())
    assert (page, params["pais"], params["idioma"]) == ("lineas", "HND", "en")
    assert (run.status, run.exceptions) == ("FINISHED_SUCCESSFULLY", [])


def test_a_coroutine_runs_where_a_loop_runs_already(browser):
    async def three() -> int:
        return 3

    assert finished(three()) == 3
