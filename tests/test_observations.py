"""What a country says beside its figures: reviewed as a report, shown to its meeting, taken out."""

from datetime import date
from functools import partial

import pytest

from crmdata import slides
from crmdata.access import Actor, Role, secretariat
from crmdata.content.papers import country_sheets
from crmdata.content.parts import Note
from crmdata.content.profile import Profile
from crmdata.errors import AccessDenied, Held, ImportRefused
from crmdata.exports import export
from crmdata.fields import LONGEST_OBSERVATION
from crmdata.i18n import words_for
from crmdata.intake.reports import import_files, read_files
from crmdata.store import db, queries
from crmdata.store.db.schema import downgrade
from crmdata.terms import tombstone
from crmdata.view import read
from crmdata.workflow import redaction, review, snapshots
from tests.sheets import a_file

EVA = secretariat("Eva")
ANA = Actor("Ana", Role.FOCAL_POINT, country="HND")
CUTOFF, SENT = date(2019, 11, 15), date(2019, 11, 20)
TEXT = "Faltan los datos de dos consulados, que llegan en diciembre."
SAID = {"country": "HND", "meeting": "m-2019", "observation": TEXT}


@pytest.fixture
def store(engine, tmp_path):
    """Return a store with a meeting."""
    row = {"meeting": "m-2019", "corte": "2019-11-15", "held_on": "2019-11-28"}
    file = a_file(tmp_path, row, name="m.csv", subject="meetings")
    review.record(engine, EVA, read_files([file]), today=date(2019, 11, 1))
    return engine


def observe(engine, text: str = TEXT, *, actor: Actor = ANA, **wishes) -> int:
    said = SAID | {"observation": text} | wishes.pop("said", {})
    return review.observe(engine, actor, said, **{"today": SENT, **wishes}).batch_id


def shown(engine) -> dict[str, str]:
    """Return what stands beside Honduras's figures: in its profile, on the stage, on its sheet."""
    english = words_for("en")
    with db.reading(engine) as session:
        view = read(session, CUTOFF)
        plenary = slides.plenary(session, CUTOFF)
    parts = Profile(view, english, "HND").overview().parts
    deck = slides.deck(plenary, english, ("pais",))
    on_stage = [part for slide in deck.slides if slide.key == "pais-HND" for part in slide.parts]
    paper = next(country_sheets(view, english, "HND"))
    on_paper = [part for chapter in paper.chapters for each in chapter.sections
                for part in each.parts]  # fmt: skip
    found = {
        "profile": [part.text for part in parts if isinstance(part, Note)],
        "stage": [part.text for part in on_stage if isinstance(part, Note)],
        "sheet": [part.text for part in on_paper if isinstance(part, Note)],
    }
    return {where: text for where, texts in found.items() for text in texts if "observes" in text}


def in_order(engine) -> bool:
    with db.reading(engine) as session:
        return db.verify(session) == [] and snapshots.verify(session) == []


def test_it_waits_is_sent_back_mended_accepted_and_withdrawn_as_a_report_is(store):
    first = observe(store, "Faltan datos.")
    assert shown(store) == {}
    review.send_back(store, EVA, first, comment="¿Cuáles?", today=SENT)
    with db.reading(store) as session:
        assert queries.unanswered(session) == {first}
    second = observe(store)
    with db.reading(store) as session:
        assert queries.unanswered(session) == set()
        waiting = review.overview(session, EVA, SENT).waiting
    assert [(row["subject"], row["countries"], row["semesters"])
            for row in waiting.to_dict("records")] == [("observations", ["HND"], [])]  # fmt: skip
    review.accept(store, EVA, second, today=SENT)
    sentence = f"Honduras observes: “{TEXT}”"
    assert shown(store) == dict.fromkeys(("profile", "stage", "sheet"), sentence)
    review.withdraw(store, EVA, second, reason="Ya llegaron", today=SENT)
    assert shown(store) == {}
    assert in_order(store)


def test_a_later_one_takes_the_place_of_the_one_before(store):
    review.accept(store, EVA, observe(store), today=SENT)
    review.accept(store, EVA, observe(store, "Ya están todos.", today=date(2019, 11, 21)))
    assert shown(store)["profile"] == "Honduras observes: “Ya están todos.”"


def refused(act, *args, **kwargs) -> list[str]:
    with pytest.raises(ImportRefused) as caught:
        act(*args, **kwargs)
    return [problem.rule for problem in caught.value.problems]


def test_it_says_something_short_of_one_country(store):
    asked = partial(refused, observe, store)
    assert asked("x" * (LONGEST_OBSERVATION + 1)) == ["observation_too_long"]
    assert asked(" ") == ["required"]
    with db.reading(store) as session:
        region = queries.region(session).code
    assert asked(actor=EVA, said={"country": region}) == ["region_without_figures"]


@pytest.mark.parametrize(
    "actor",
    [Actor("Juan", Role.FOCAL_POINT, country="GTM"), Actor("Luis", Role.PARTNER, partner="OIM")],
    ids=["another country", "a partner"],
)
def test_nobody_elses_observation_stands_beside_a_countrys_figures(store, actor):
    with pytest.raises(AccessDenied):
        observe(store, actor=actor)
    with db.reading(store) as session:
        assert queries.batches_waiting(session) == 0


def test_one_persons_data_is_held_and_can_be_redacted(store):
    named = "Se trasladó a la niña María Fernanda Cruz."
    with pytest.raises(Held):
        observe(store, named)
    review.accept(store, EVA, observe(store, named, confirmed=True), today=SENT)
    snapshots.create(store, EVA, meeting="m-2019")
    with db.reading(store) as session:
        (place,) = redaction.find(session, EVA, "fernanda cruz")
    assert place.about == ("HND", "m-2019")
    reasons = {"reason_es": "Era un nombre", "reason_en": "It was a name"}
    act = redaction.redact(store, EVA, [place.spot], **reasons).act
    assert tombstone(act) in shown(store)["profile"]
    assert in_order(store)


def test_a_way_down_and_up_keeps_it(store):
    review.accept(store, EVA, observe(store), today=SENT)
    before = shown(store)
    downgrade(store, "0014")
    db.upgrade(store)
    assert shown(store) == before
    assert in_order(store)


def test_without_any_a_way_down_and_up_makes_the_same_schema(store):
    downgrade(store, "0013")
    db.upgrade(store)
    assert in_order(store)


def test_an_export_is_taken_back(store, tmp_path):
    review.accept(store, EVA, observe(store), today=SENT)
    with db.reading(store) as session:
        export(session, tmp_path / "out")
    lines = (tmp_path / "out" / "observations.csv").read_text("utf-8-sig").splitlines()
    assert lines == [
        "country,meeting,observation,reported_on",
        f'HND,m-2019,"{TEXT}",2019-11-20',
    ]
    (again,) = import_files(store, [tmp_path / "out" / "observations.csv"], by="Oto")
    assert (again.new, again.unchanged) == (0, 1)
