"""The levels of the plan stand in one table, by which its items are found and named."""

import pytest

from crmdata.content import names
from crmdata.i18n import words_for
from crmdata.labels import LEVELS, Level
from crmdata.store import db, queries
from crmdata.web.choices.address import Choices

ONE = pytest.mark.parametrize("level", LEVELS.values(), ids=LEVELS)


@ONE
def test_every_item_of_a_level_says_what_it_is_part_of_and_has_a_name(engine, level: Level):
    with db.reading(engine) as session:
        rows = getattr(queries, level.frame)(session, 1)
    above = level.above
    while above:
        assert above in rows.columns
        above = LEVELS[above].above
    named = names.of_level(level, rows, words_for("es"))
    assert list(named) == rows[level.code].tolist()
    assert all(name.numbered and name.text for name in named.values())


@ONE
def test_what_an_address_may_choose_of_a_level_is_a_choice(level: Level):
    assert not level.choice or hasattr(Choices(), level.choice)
