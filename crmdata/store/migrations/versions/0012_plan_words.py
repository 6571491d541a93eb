"""What the process is called whose plan it is, and the other names of who reports.

Earlier versions had these words of one plan in their code. A load says both anew.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# The plan whose words earlier versions had, and the words.
PLAN_ID = "crm-nna-2017-2022"
WORDS = [
    {"word": "process", "es": "CRM", "en": "RCM"},
    {"word": "topic", "es": "plan para la niñez migrante", "en": "plan for migrant children"},
]
OTHER_NAMES = {
    "BLZ": "biz bz blc",
    "CAN": "ca",
    "CRI": "crc cr cos",
    "CRM": "region regional rcm",
    "DOM": "rd do rdo",
    "GTM": "gua gt",
    "HND": "hon hn",
    "MEX": "mx",
    "NIC": "nca ni",
    "PAN": "pa",
    "SLV": "esa sv sal",
    "USA": "us eua eeuu ee.uu. eu estadosunidos",
}


def upgrade() -> None:
    words = op.create_table(
        "plan_word",
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("es", sa.String(), nullable=False),
        sa.Column("en", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_plan_word")),
    )
    names = op.create_table(
        "other_name",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["country"], ["country.country"], name=op.f("fk_other_name_country")
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_other_name")),
    )
    bind = op.get_bind()
    kept = _kept(bind)
    if kept:
        for table, rows in ((words, kept["plan_word"]), (names, kept["other_name"])):
            if rows:
                bind.execute(table.insert(), rows)
        return
    ids = set(bind.execute(sa.text("SELECT plan_id FROM plan_version")).scalars())
    if PLAN_ID in ids:
        bind.execute(words.insert(), WORDS)
    parties = sorted(bind.execute(sa.text("SELECT country FROM country")).scalars())
    rows = [
        {"name": name, "country": party}
        for party in parties
        for name in OTHER_NAMES.get(party, "").split()
    ]
    if rows:
        bind.execute(names.insert(), rows)


def _kept(bind: sa.Connection) -> dict[str, list[dict[str, str]]]:
    """Return what the last way back from here wrote down; nothing where there was none."""
    last = sa.text("SELECT detail FROM audit WHERE action = 'keep_words' ORDER BY seq DESC LIMIT 1")
    found = bind.execute(last).scalar()
    kept: dict[str, list[dict[str, str]]] = json.loads(found) if found else {}
    return kept


def downgrade() -> None:
    op.drop_table("other_name")
    op.drop_table("plan_word")
