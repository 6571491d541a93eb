"""How an open page asks whether there are new data, at the script that asks."""

from pathlib import Path

from playwright.sync_api import Page

from crmdata.web.shell import new_data

_SCRIPT = (Path(new_data.__file__).parent / "new_data.js").read_text("utf-8")

# A page that was drawn for the data "1", whose server says what `tokens` yields, the last one for
# ever, and does not run while this looks on. Resolves to how often the page asked to be run.
_RUNS = """async ([script, tokens]) => {
    let asked = 0, runs = 0;
    window.fetch = async () => {
        const token = tokens[Math.min(asked++, tokens.length - 1)];
        return {ok: true, json: async () => ({token, login: ""})};
    };
    const url = URL.createObjectURL(new Blob([script], {type: "text/javascript"}));
    const {default: watch} = await import(url);
    const data = {token: "1", login: "", where: "/", seconds: 0.01, asks: false};
    const end = watch({data, parentElement: document.body, setTriggerValue: () => { runs++; }});
    while (asked < tokens.length + 10) await new Promise((go) => setTimeout(go, 5));
    end();
    return runs;
}"""


def test_a_page_whose_run_takes_longer_than_the_pause_between_asks_runs_once(page: Page) -> None:
    assert page.evaluate(_RUNS, [_SCRIPT, ["1", "2"]]) == 1


def test_a_page_runs_once_for_each_of_the_data_that_come(page: Page) -> None:
    assert page.evaluate(_RUNS, [_SCRIPT, ["1", "2", "2", "3"]]) == 2


def test_a_page_with_nothing_new_to_show_does_not_run(page: Page) -> None:
    assert page.evaluate(_RUNS, [_SCRIPT, ["1"]]) == 0
