"""The secretariat's page, as each role: what it shows, and what its buttons do to the store."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from crmdata import clock
from crmdata.access import ANONYMOUS, Actor, Role, secretariat
from crmdata.i18n import words_for
from crmdata.intake.reports import read_files
from crmdata.settings import ROOT
from crmdata.store import db, queries
from crmdata.web.data import cache
from crmdata.web.review import desk_trail  # noqa: F401 - before any is patched
from crmdata.web.shell import frame, menu  # noqa: F401 - before any is patched
from crmdata.workflow import review
from tests.links import head_of, links, title_of
from tests.patience import PATIENCE
from tests.sheets import a_file
from tests.support import EVERY_PLACE

ANA = Actor("Ana López", Role.FOCAL_POINT, country="HND")
CLOSED_TO = "This page is the secretariat's"

Visit = Callable[..., AppTest]


@pytest.fixture
def opened(
    sqlite_with_plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Visit]:
    """Return what opens a page as somebody, on a database with a submission that waits."""
    file = shutil.copy(sqlite_with_plan, tmp_path / "plan.sqlite3")
    monkeypatch.setenv("CRMDATA_DATABASE_URL", f"sqlite:///{file}")
    st.cache_resource.clear()
    st.cache_data.clear()
    change = {"narrative": "<b>Sigue</b>", "activity": "I.1.2"}
    files = read_files([a_file(tmp_path, {}, change, name="honduras.csv")])
    review.submit(cache.engine(), ANA, files)

    def visit(actor: Actor, page: str = "revision", **params: str) -> AppTest:
        for module in ("shell.actor", "review.desk", "review.desk_trail", "shell.frame"):
            place = f"crmdata.web.{module}.current_actor"
            monkeypatch.setattr(place, lambda: actor, raising=False)
        app = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=PATIENCE)
        app.query_params.update({"idioma": "en", **params})
        return app.run()

    yield visit
    st.cache_resource.clear()
    st.cache_data.clear()


def said(app: AppTest) -> str:
    return "\n".join(block.proto.body for block in app.get("html")).replace("&#x27;", "'")


def labels(app: AppTest) -> set[str]:
    return {button.label for button in app.button}


def confirmed(app: AppTest, key: str) -> AppTest:
    """Press a button, and then the one that confirms what it asks."""
    app.button(key=key).click().run()
    return app.button(key=f"confirm-{key}").click().run()


def asked(app: AppTest) -> list[str]:
    """Return the question on the page, a paragraph each; empty where nothing is asked."""
    found = [block.proto.body for block in app.get("html") if "crm-question" in block.proto.body]
    return re.findall(r"<p>(.*?)</p>", "".join(found))


def receipt(app: AppTest) -> list[str]:
    """Return the receipt on the page, a paragraph each; empty where there is none."""
    found = [block.proto.body for block in app.get("html") if "crm-receipt" in block.proto.body
             and "<style>" not in block.proto.body]  # fmt: skip
    return re.findall(r"<p>(.*?)</p>", "".join(found))


def steps() -> list[str]:
    with db.reading(cache.engine()) as session:
        return queries.submissions(session)["step"].tolist()


@pytest.mark.parametrize(
    "actor",
    [ANONYMOUS, ANA, Actor("Luis", Role.PARTNER, partner="OIM"), Actor("Oto", Role.OPERATOR)],
    ids=lambda actor: actor.role,
)
def test_who_is_not_of_the_secretariat_gets_a_sentence_and_no_button(opened, actor):
    app = opened(actor)
    assert not app.exception
    assert CLOSED_TO in said(app)
    assert "honduras.csv" not in said(app) or actor is ANA
    assert "Accept" not in labels(app)


def test_everybody_sees_what_happened_but_not_who_did_it(opened):
    text = said(opened(ANONYMOUS))
    assert "Batch 1" in text
    assert "Ana López" not in text


@pytest.mark.parametrize(("actor", "shown"), [(ANONYMOUS, False), (secretariat("Eva"), True)])
def test_the_menu_shows_the_page_to_the_secretariat_only(opened, actor, shown):
    app = opened(actor, page="inicio")
    assert (menu.TITLES["revision"] in dict(links(head_of(app)))) == shown


def test_the_secretariat_sees_what_waits_as_text(opened):
    text = said(opened(secretariat("Eva")))
    assert "Batch 1 · Honduras · 2018-I · Submitted" in text
    assert "&lt;b&gt;Sigue&lt;/b&gt;" in text
    assert "<b>Sigue" not in text


def test_accepting_lets_the_batch_count(opened):
    app = confirmed(opened(secretariat("Eva")), "accept-1")
    assert "Batch 1 was accepted." in said(app)
    assert steps() == ["accepted"]


def test_one_click_on_accept_asks_what_will_happen_and_does_nothing(opened):
    app = opened(secretariat("Eva"))
    app.button(key="accept-1").click().run()
    question, about, then = asked(app)
    assert question == "Accept batch 1?"
    assert about == "Honduras · 2018-I: 2 new reports, 0 corrections"
    assert then.startswith("It counts from today")
    assert steps() == ["submitted"]


def test_what_was_asked_can_be_left_as_it_is(opened):
    app = opened(secretariat("Eva"))
    app.button(key="accept-1").click().run()
    app.button(key="leave-accept-1").click().run()
    assert asked(app) == []
    assert steps() == ["submitted"]


def test_the_receipt_says_what_was_accepted_and_when(opened):
    done, about, then, moment = receipt(confirmed(opened(secretariat("Eva")), "accept-1"))
    assert done == "Batch 1 was accepted."
    assert about == "Honduras · 2018-I: 2 new reports, 0 corrections"
    assert then.startswith("It counts from today")
    assert re.search(r"\d\d:\d\d:\d\d \(UTC", moment)


def test_a_receipt_does_not_follow_to_another_page(opened):
    opened(secretariat("Eva"))
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=PATIENCE)
    app.query_params["idioma"] = "en"
    app.run()
    app.switch_page("pages/revision.py").run()
    assert receipt(confirmed(app, "accept-1"))
    app.switch_page("pages/metodo.py").run()
    app.switch_page("pages/revision.py").run()
    assert title_of(app) == menu.TITLES["revision"]
    assert receipt(app) == []


def test_sending_back_needs_the_comment_and_keeps_it(opened):
    app = opened(secretariat("Eva"))
    app.button(key="back-1").click().run()
    assert "A batch is sent back with a comment." in said(app)
    app.text_area(key="comment-1").input("Falta la evidencia")
    app = confirmed(app, "back-1")
    assert steps() == ["sent_back"]
    assert "Falta la evidencia" in said(app)


def twice() -> None:
    """Send a batch back, and once more as a second click does that comes after the emptying."""
    from crmdata.access import secretariat  # noqa: PLC0415 - Streamlit runs this text alone
    from crmdata.i18n import words_for  # noqa: PLC0415 - likewise
    from crmdata.web.shell import acts  # noqa: PLC0415 - likewise
    from crmdata.workflow import review  # noqa: PLC0415 - likewise

    place = acts.ActPlace("desk")
    for comment in ("Falta la evidencia", ""):
        acts.act(words_for("en"), place, lambda _: "Sent back.", review.send_back,
                 secretariat("Eva"), 1, comment=comment)  # fmt: skip
    acts.show_outcome(place)


def test_a_second_click_that_finds_the_fields_emptied_keeps_the_receipt(opened):
    opened(secretariat("Eva"))
    app = AppTest.from_function(twice, default_timeout=PATIENCE).run()
    assert steps() == ["sent_back"]
    assert receipt(app)[0] == "Sent back."


def noted_twice() -> None:
    """Note an agreement, and once more with all that it is about emptied."""
    from datetime import date  # noqa: PLC0415 - Streamlit runs this text alone

    from crmdata.access import secretariat  # noqa: PLC0415 - likewise
    from crmdata.i18n import words_for  # noqa: PLC0415 - likewise
    from crmdata.web.shell import acts  # noqa: PLC0415 - likewise
    from crmdata.workflow import agreements  # noqa: PLC0415 - likewise

    place = acts.ActPlace("agreement")
    due = date(2099, 1, 1)
    for text, country, due_on in (("Honduras envía su lista.", "HND", due), ("", "", None)):
        acts.act(words_for("en"), place, lambda _: "Noted.", agreements.note,
                 secretariat("Eva"), text, agreements.Pins(country=country),
                 responsible=country, due_on=due_on)  # fmt: skip
    acts.show_outcome(place)


def test_a_second_click_that_finds_nothing_pinned_any_more_keeps_the_receipt(opened):
    opened(secretariat("Eva"))
    app = AppTest.from_function(noted_twice, default_timeout=PATIENCE).run()
    assert receipt(app)[0] == "Noted."


def test_a_comment_that_looks_personal_is_asked_for_before_it_is_stored(opened):
    app = opened(secretariat("Eva"))
    app.text_area(key="comment-1").input("Llame a Kevin López al 2222-3333")
    app.button(key="back-1").click().run()
    assert "look like personal data" in said(app)
    assert asked(app) == []
    (sure,) = [each for each in app.checkbox if each.label == "It is no person's data"]
    app = confirmed(sure.check().run(), "back-1")
    assert steps() == ["sent_back"]


def by_row(opened: Visit, *, back: tuple[int, ...] = (), left: tuple[int, ...] = ()) -> AppTest:
    """Mark rows of the two that wait, on the desk."""
    app = opened(secretariat("Eva"))
    app.pills(key="back-rows-1").set_value(list(back)).run()
    if left:
        app.pills(key="open-rows-1").set_value(list(left)).run()
    return app


def counts() -> list[dict[str, int]]:
    with db.reading(cache.engine()) as session:
        return queries.submissions(session)["counts"].tolist()


def test_one_row_is_accepted_and_another_sent_back_with_its_comment(opened):
    app = by_row(opened, back=(2,))
    app.text_area(key="comment-1-2").input("Falta la evidencia")
    app.button(key="decide-1").click().run()
    assert asked(app)[0] == "Decide these rows of batch 1?"
    assert "1 row accepted · 1 row sent back · 0 rows left open" in asked(app)[1]
    assert counts() == [{"submitted": 2}]
    app.button(key="confirm-decide-1").click().run()
    assert receipt(app)[0] == "Rows of batch 1 were decided."
    assert counts() == [{"accepted": 1, "sent_back": 1}]
    assert "I.1.2: Falta la evidencia" in said(app)


def test_a_row_sent_back_without_a_comment_is_named(opened):
    app = by_row(opened, back=(2,))
    app.button(key="decide-1").click().run()
    assert "A row is sent back with a comment: I.1.2, 2018-I, has none." in said(app)
    assert counts() == [{"submitted": 2}]


def test_what_is_left_open_still_waits_and_its_batch_says_how_much_is_decided(opened):
    app = by_row(opened, left=(2,))
    app = confirmed(app, "decide-1")
    assert "Batch 1 · Honduras · 2018-I · 1 accepted, 1 waits" in said(app)
    assert counts() == [{"accepted": 1, "submitted": 1}]


def test_a_batch_of_which_nothing_is_marked_is_decided_as_a_whole(opened):
    app = by_row(opened)
    assert {"Accept", "Send back with the comment"} <= labels(app)
    assert "Decide what is marked" not in labels(app)
    app = by_row(opened, back=(1,))
    assert "Decide what is marked" in labels(app)
    assert not {"Accept", "Send back with the comment"} & labels(app)


def test_a_row_that_is_sent_back_is_not_offered_to_be_left_open(opened):
    app = by_row(opened, back=(1,))
    assert app.pills(key="open-rows-1").options == ["I.1.2, 2018-I"]


def test_what_waits_says_since_when_and_for_how_many_days(opened, monkeypatch):
    opened(secretariat("Eva"))
    sent = clock.today()
    monkeypatch.setattr(clock, "today", lambda: sent + timedelta(days=12))
    told = said(opened(secretariat("Eva")))
    day = words_for("en").date(sent, "medium")
    # On the batch itself, and over the page for the oldest.
    assert told.count(f"It waits since {day}, for 12 days.") == 2


def test_who_is_late_stands_by_since_when_the_longest_first(opened):
    app = opened(secretariat("Eva"))
    note = (
        r"[0-9]+ reports pending, the oldest of [^<]+?: pending since [^<]+?, for ([0-9]+) months"
    )
    listed = re.findall(rf"title=\"([^\"]+)\"[^>]*>[^<]+</a><span[^>]*>{note}", said(app))
    assert len(listed) == 11
    months = [int(number) for _, number in listed]
    assert months == sorted(months, reverse=True)
    alike = [name for name, number in listed if int(number) == months[0]]
    assert alike == sorted(alike)


def test_who_comes_second_is_told_in_a_sentence(opened):
    app = opened(secretariat("Eva"))
    review.accept(cache.engine(), secretariat("Luz"), 1)
    app.button(key="accept-1").click().run()
    assert not app.exception
    assert "Batch 1 was accepted by Luz" in said(app)


def test_a_batch_is_withdrawn_with_its_reason(opened):
    app = opened(secretariat("Eva"))
    app.selectbox(key="desk-batch").select(1).run()
    app.text_area(key="reason-1").input("Era de otro país")
    app.button(key="withdraw-1").click().run()
    assert asked(app)[0] == "Withdraw batch 1?"
    assert steps() == ["submitted"]
    app.button(key="confirm-withdraw-1").click().run()
    assert receipt(app)[0] == "Batch 1 was withdrawn."
    assert steps() == ["withdrawn"]


def test_a_semester_is_closed_and_opened_again(opened):
    app = opened(secretariat("Eva"))
    app.selectbox(key="desk-country").select("PAN").run()
    app.selectbox(key="desk-semester").select("2018-1").run()
    app = confirmed(app, "desk-close")
    assert receipt(app)[0] == "2018-I of Panama is closed."
    app.text_area(key="desk-closing").input("Faltaba uno")
    app = confirmed(app, "desk-reopen")
    assert receipt(app)[0] == "2018-I of Panama is open."


def test_no_country_and_no_semester_is_proposed_for_closing(opened):
    app = opened(secretariat("Eva"))
    assert app.selectbox(key="desk-country").value is None
    assert app.selectbox(key="desk-semester").value is None
    assert {button.key for button in app.button} & {"desk-close", "desk-reopen"} == set()


def test_closing_asks_with_country_semester_and_what_is_missing(opened):
    app = opened(secretariat("Eva"))
    app.selectbox(key="desk-country").select("PAN").run()
    app.selectbox(key="desk-semester").select("2018-1").run()
    app.button(key="desk-close").click().run()
    question, missing, then = asked(app)
    assert question == "Close 2018-I of Panama?"
    assert re.fullmatch(r"0 of (\d+) reports are in; \1 are missing.", missing)
    assert "marked as come after the closing" in then
    with db.reading(cache.engine()) as session:
        assert queries.closed_periods(session).empty


def test_a_second_tab_is_told_that_the_semester_is_closed_already(opened):
    app = opened(secretariat("Eva"))
    app.selectbox(key="desk-country").select("PAN").run()
    app.selectbox(key="desk-semester").select("2018-1").run()
    app.button(key="desk-close").click().run()
    review.close(cache.engine(), secretariat("Luz"), "PAN", "2018-1")
    app.button(key="confirm-desk-close").click().run()
    assert "2018-I is closed for PAN already." in said(app)


# What stands before


def test_a_percent_is_shown_as_it_was_entered(opened, tmp_path):
    review.submit(cache.engine(), ANA, read_files([a_file(
        tmp_path, {"activity": "I.1.3", "percent": "45.5"}, name="half.csv"
    )]))  # fmt: skip
    text = said(opened(secretariat("Eva")))
    assert "45.5%" in text
    assert "46%" not in text


def test_description_and_reason_stand_apart_with_their_labels(opened, tmp_path):
    stopped = {"activity": "I.1.3", "state": "suspendida", "narrative": "Se detuvo",
               "reason": "Falta de presupuesto"}  # fmt: skip
    review.submit(cache.engine(), ANA, read_files([a_file(tmp_path, stopped, name="s.csv")]))
    text = said(opened(secretariat("Eva")))
    assert "Narrative: Se detuvo\nReason given: Falta de presupuesto" in text


def test_before_names_the_last_report_of_an_earlier_semester(opened, tmp_path):
    reports = [
        {"activity": "I.1.3", "semester": "2017-2", "percent": "60", "reported_on": "2018-01-10"},
        {"activity": "I.1.3", "semester": "2017-1", "percent": "20", "reported_on": "2018-01-11"},
    ]
    files = [a_file(tmp_path, row, name=f"{row['semester']}.csv") for row in reports]
    review.record(cache.engine(), secretariat("Eva"), read_files(files))
    now = {"activity": "I.1.3", "percent": "45.5"}
    sent = read_files([a_file(tmp_path, now, name="now.csv")])
    review.submit(cache.engine(), ANA, sent, confirmed=EVERY_PLACE)
    text = said(opened(secretariat("Eva")))
    assert (
        "Nothing was reported on this semester.\nLast report, on 2017-II:\n◐ In progress 60%"
    ) in text


def test_beside_a_correction_stand_this_semester_and_the_one_before(opened, tmp_path):
    row = {"activity": "I.1.3", "reported_on": "2018-07-16"}
    early = row | {"semester": "2017-2", "percent": "20", "reported_on": "2018-01-10"}
    before = row | {"percent": "30"}
    files = [a_file(tmp_path, each, name=f"{n}.csv") for n, each in enumerate((early, before))]
    review.record(cache.engine(), secretariat("Eva"), read_files(files))
    now = row | {"percent": "40", "reported_on": "2018-07-20"}
    review.submit(cache.engine(), ANA, read_files([a_file(tmp_path, now, name="now.csv")]))
    text = said(opened(secretariat("Eva")))
    stood = text[: text.index("In progress 40%")]
    assert "In progress 30%" in stood
    assert "Last report, on 2017-II:\n◐ In progress 20%" in stood


def test_a_batch_names_its_activities_by_their_text(opened):
    text = said(opened(secretariat("Eva")))
    with db.reading(cache.engine()) as session:
        activities = queries.activities(session, queries.version_at(session, clock.today()).id)
    own = activities.loc[activities["activity"].eq("I.1.1")].iloc[0]
    assert f"I.1.1. {own['text_en'] or own['text']}" in text.replace("&quot;", '"')


def test_the_page_says_that_it_is_of_today_and_that_another_cut_off_changes_nothing(opened):
    app = opened(secretariat("Eva"), corte="2018-11-16")
    text = said(app)
    assert f"As of today, {words_for('en').date(clock.today())}." in text
    assert "It was chosen for the other pages and changes nothing here." in text
    assert "Cut-off" not in head_of(app)


def test_a_semester_with_something_waiting_is_not_closed(opened):
    app = opened(secretariat("Eva"))
    app.selectbox(key="desk-country").select("HND").run()
    app.selectbox(key="desk-semester").select("2018-1").run()
    app.button(key="desk-close").click().run()
    assert "wait for the secretariat" in said(app)


def test_a_reminder_of_each_country_that_owes_stands_there_to_be_copied(opened):
    text = said(opened(secretariat("Eva")))
    for country in ("Honduras", "Guatemala"):
        assert f"Dear focal point of {country}:" in text


def test_a_page_that_lost_its_role_writes_nothing(opened, monkeypatch):
    app = opened(secretariat("Eva"))
    app.button(key="accept-1").click().run()
    monkeypatch.setattr("crmdata.web.review.desk.current_actor", lambda: ANONYMOUS)
    app.button(key="confirm-accept-1").click().run()
    assert "You may not accept reports." in said(app)
    assert steps() == ["submitted"]


# Provisional


def test_the_switch_is_there_for_who_may_use_it(opened):
    for actor, shown in ((secretariat("Eva"), True), (ANA, True), (ANONYMOUS, False)):
        app = opened(actor, page="lineas")
        assert [toggle.key for toggle in app.toggle] == ["choose-provisional"] * shown


def test_submitted_reports_are_shown_with_their_mark_on_everything(opened):
    app = opened(secretariat("Eva"), page="lineas", provisional="1")
    assert "Provisional: 2 reports in force here" in said(app)
    charts = app.get("plotly_chart")
    assert charts
    assert all("Provisional" in chart.proto.spec for chart in charts)


def test_the_mark_covers_no_entry_of_a_legend(opened):
    app = opened(secretariat("Eva"), page="lineas", provisional="1")
    layout = json.loads(app.get("plotly_chart")[0].proto.spec)["layout"]
    (mark,) = [note for note in layout["annotations"] if note["text"] == "<b>Provisional</b>"]
    # Both in px from the top of the figure: the mark hangs from its upper edge.
    mark_ends = layout["margin"]["t"] - mark["yshift"] + 22
    legends = [own for key, own in layout.items() if key.startswith("legend")]
    assert legends
    assert all((1 - own["y"]) * layout["height"] >= mark_ends for own in legends)


def test_the_switch_turns_them_off_again(opened):
    app = opened(secretariat("Eva"), page="lineas", provisional="1")
    app.toggle(key="choose-provisional").set_value(False).run()
    assert "provisional" not in app.query_params
    assert "not accepted yet" not in said(app)


@pytest.mark.parametrize(
    "actor", [ANONYMOUS, Actor("Juan", Role.FOCAL_POINT, country="GTM")], ids=["reader", "other"]
)
def test_an_address_shows_nobody_the_submissions_of_another(opened, actor):
    app = opened(actor, page="lineas", provisional="1", pais="HND")
    assert "Sigue" not in said(app)
    assert ("shown to the secretariat" in said(app)) == (actor is ANONYMOUS)


def test_what_the_secretariat_saw_stays_out_of_the_cache_of_a_reader(opened):
    opened(secretariat("Eva"), page="actividades", provisional="1", actividad="I.1.2")
    assert "Sigue" not in said(opened(ANONYMOUS, page="actividades", actividad="I.1.2"))


def test_what_is_compared_counts_submitted_reports_at_both_dates(opened):
    dates = {"provisional": "1", "corte": "2030-12-31", "abierto": "nuevos-reportes"}
    since = clock.today() - timedelta(days=1), clock.today() + timedelta(days=1)
    before, after = (
        said(opened(secretariat("Eva"), page="novedades", desde=day.isoformat(), **dates))
        for day in since
    )
    assert "Sigue" in before
    assert "Sigue" not in after


# Redaction

EVA = secretariat("Eva")


def searched(app: AppTest, words: str) -> AppTest:
    return app.text_input(key="redaction-words").input(words).run()


def test_texts_are_found_listed_and_redacted_with_a_receipt(opened):
    app = searched(opened(EVA), "<b>Sigue</b>")
    assert "The words stand in 1 text." in said(app)
    (option,) = app.multiselect(key="redaction-chosen").options
    app.multiselect(key="redaction-chosen").select(option)
    app.text_area(key="redaction-reason-es").input("Era un nombre")
    app.text_area(key="redaction-reason-en").input("It was a name").run()
    app = confirmed(app, "redact")
    assert re.fullmatch("1 text was redacted: act [0-9]+.", receipt(app)[0])
    with db.reading(cache.engine()) as session:
        (text,) = queries.differences(session, 1)["narrative"].tail(1)
    assert text.startswith("[Suprimido / Redacted: ")


def test_the_fields_are_empty_after_a_redaction(opened):
    app = searched(opened(EVA), "<b>Sigue</b>")
    app.checkbox(key="redaction-all").check()
    app.text_area(key="redaction-reason-es").input("Era un nombre")
    app.text_area(key="redaction-reason-en").input("It was a name").run()
    app = confirmed(app, "redact")
    assert app.text_input(key="redaction-words").value == ""


def test_the_question_says_what_will_happen_and_what_cannot(opened):
    app = searched(opened(EVA), "<b>Sigue</b>")
    app.checkbox(key="redaction-all").check()
    app.text_area(key="redaction-reason-es").input("Era un nombre")
    app.text_area(key="redaction-reason-en").input("It was a name").run()
    app.button(key="redact").click().run()
    told = " ".join(asked(app))
    assert "1 text goes for good" in told
    assert "cannot be called back" in told
    assert "Numbers, cited ids and the proof stay." in told
    assert "35 days" in told


def test_a_reason_with_the_words_is_refused_before_anything_is_asked(opened):
    app = searched(opened(EVA), "<b>Sigue</b>")
    app.checkbox(key="redaction-all").check()
    app.text_area(key="redaction-reason-es").input("Decía: b sigue b")
    app.text_area(key="redaction-reason-en").input("It said it").run()
    app.button(key="redact").click().run()
    assert "The reason repeats the words that are to go." in said(app)
    assert asked(app) == []


def test_words_that_stand_nowhere_are_said_to(opened):
    assert "The words stand in no text." in said(searched(opened(EVA), "zzz"))


@pytest.mark.parametrize("actor", [ANONYMOUS, ANA])
def test_others_are_not_shown_the_search(opened, actor):
    assert "Words to look for" not in {field.label for field in opened(actor).text_input}


def test_the_page_begins_with_what_waits_in_a_sentence(opened):
    told = said(opened(secretariat("Eva")))
    assert "<h2>1 batch waits for the secretariat.</h2>" in told
    assert re.search(r"[0-9,]+ reports are pending, of [0-9,]+ expected by today\.", told)


def test_where_nothing_waits_no_heading_stands_over_nothing(opened):
    confirmed(opened(secretariat("Eva")), "accept-1")
    told = said(opened(secretariat("Eva")))
    assert "<h2>Nothing waits for the secretariat.</h2>" in told
    assert "To be reviewed" not in told
    assert "<h2>What was sent back</h2>" not in told
