"""Snapshots on the page: what is shown of one and how to cite it, the list, and making one."""

import streamlit as st

from crmdata import clock, measures
from crmdata.access import Action, may
from crmdata.labels import label
from crmdata.render.html import markup
from crmdata.web.choices import choices, links
from crmdata.web.choices.address import Choices
from crmdata.web.choices.chosen import Chosen
from crmdata.web.data import cache
from crmdata.web.kit import components, draw
from crmdata.web.shell import acts, copying
from crmdata.web.shell.actor import current_actor
from crmdata.web.shell.acts import ActPlace
from crmdata.workflow import snapshots

_PLACE = ActPlace("snapshot")


def show(chosen: Chosen, settled: Choices) -> None:
    """Say which snapshot the page shows, how to cite it, and how to leave it."""
    known, words = chosen.view.pinned, chosen.words
    if known is None:
        if settled.instantanea:
            components.notice(
                words(
                    "Snapshot {id} is not shown here: this page works on the data as they are now.",
                    id=settled.instantanea,
                )
            )
        return
    called = snapshots.title(known, words, chosen.frame("meetings"))
    day = clock.day_of(known.at)
    components.notice(
        words(
            "Snapshot {id}: “{name}”. Every number is as the data were on {day}; what came in, was "
            "corrected or withdrawn since is not in it.",
            id=known.snapshot, name=called, day=words.date(day),
        )
    )  # fmt: skip
    author, plan = words.pick(*chosen.view.region.name), words.pick(*chosen.plan.title)
    cited = snapshots.citation(known, words, author, plan, called)
    if chosen.demo:
        cited = f"{cited} [{label(words, chosen.kind)}]"
    with st.container(key="snapshot", horizontal=True, vertical_alignment="center"):
        with st.expander(words("How to cite"), key="snapshot-cite"):
            copying.show_text(words, cited)
        st.button(words("Leave the snapshot"), key="snapshot-leave",
                  on_click=choices.choose, kwargs={"instantanea": None})  # fmt: skip


def show_all(chosen: Chosen) -> None:
    """Draw the list of all snapshots, and the form for whom the rules allow to make one."""
    words, rows = chosen.words, cache.snapshots().to_dict("records")
    with st.container(key="snapshots"):
        components.heading(words("Snapshots"))
        components.paragraph(
            words(
                "A snapshot keeps what a cut-off shows under an id that can be cited: opened years "
                "later, it shows the same numbers and gives the same files."
            )
        )
        if not rows:
            components.paragraph(words("No snapshot has been made yet."))
        meetings = chosen.frame("meetings")
        titles = {row["meeting"]: words.pick(row["name_es"], row["name_en"])
                  for row in meetings.to_dict("records")}  # fmt: skip
        items = (
            markup.wrapped("li", [links.link(
                f"{row['snapshot']} · {row['name'] or titles.get(row['meeting'], row['meeting'])}",
                chosen.links.href("descargas", instantanea=row["snapshot"], corte=None),
            )])
            for row in rows
        )  # fmt: skip
        draw.html(markup.wrapped("ul", items))
        _show_form(chosen)


def _show_form(chosen: Chosen) -> None:
    words = chosen.words
    if chosen.view.snapshot or not may(current_actor(), Action.MAKE_SNAPSHOT):
        return
    meeting = measures.meeting_at(chosen.frame("meetings"), chosen.cutoff)
    with st.form("snapshot-form", clear_on_submit=False):
        called = words.pick(meeting["name_es"], meeting["name_en"]) if meeting else ""
        st.text_input(words("Name of the snapshot"), value=called, key="snapshot-name",
                      max_chars=snapshots.LONGEST_NAME)  # fmt: skip
        components.paragraph(
            words("It stands in the list for everybody, and can be neither changed nor removed."),
            "crm-note",
        )
        st.form_submit_button(
            words("Make a snapshot of the cut-off {day}", day=words.date(chosen.cutoff)),
            on_click=_make, args=(chosen, called, str(meeting["meeting"]) if meeting else ""),
        )  # fmt: skip
    acts.show_outcome(_PLACE)


def _make(chosen: Chosen, called: str, meeting: str) -> None:
    words, name = chosen.words, st.session_state["snapshot-name"]
    # As its meeting is called it is called in either language.
    own = "" if meeting and name.strip() == called else name
    acts.act(
        words, _PLACE, lambda snapshot: words("Snapshot {id} is made.", id=snapshot.snapshot),
        snapshots.create, current_actor(), name=own, meeting=meeting, cutoff=chosen.cutoff,
    )  # fmt: skip
