"""The columns of what is handed in: one `Field` a column, data alone.

What is done with a column follows from its type, in the layer that does it: `intake.reports` reads
and checks, `exports` writes templates, packages and workbooks, `web` asks in a form.
What is here needs no place there. `crmdata.store.models` is written out; a test compares the two.
"""

from dataclasses import dataclass
from enum import Enum, auto

from crmdata.errors import N_
from crmdata.terms import PERCENT_REQUIRED, REASON_REQUIRED, State


class Type(Enum):
    """What a column holds."""

    COUNTRY = auto()
    COUNTRIES = auto()
    ACTIVITY = auto()
    PERIOD = auto()
    """One that has begun."""
    ANY_PERIOD = auto()
    STATE = auto()
    COOPERATION_STATE = auto()
    MODALITY = auto()
    PERCENT = auto()
    TEXT = auto()
    REASON = auto()
    """A sentence that says why, needed where a state asks for one."""
    LINKS = auto()
    PARTNER = auto()
    PARTNERS = auto()
    DAY = auto()
    CODE = auto()
    NAME = auto()
    YES = auto()
    NUMBER = auto()
    KIND = auto()
    SHOWN = auto()
    """To be read by people; nothing is taken from it."""


LINKED = frozenset({Type.COUNTRIES, Type.PARTNERS})
"""Several codes, which stand in a table of their own."""

PROSE = frozenset({Type.TEXT, Type.REASON})
"""What people say in their own words."""

WRITTEN = PROSE | {Type.LINKS}
"""What people write freely, so that it may have to be withdrawn or redacted."""


@dataclass(frozen=True)
class Field:
    """A column. Its words are in the catalogues' English."""

    code: str
    type: Type
    name: str
    """In tables and workbooks."""
    meaning: str = ""
    """A sentence; `{region}` in it is the code of the region."""
    heading: str = ""
    """In a template and in messages about a file, where the name alone says too little."""
    prompt: str = ""
    """In the form of a report."""
    label: str = ""
    """Before a text that stands among others, where it is not the name."""
    key: bool = False
    """Part of what a row is about: a row that differs here corrects nothing."""
    needed: bool = True
    """Every row fills it in."""
    needed_in: frozenset[State] = frozenset()
    """The states in which a report fills it in."""
    optional: bool = False
    """A file may lack the column: there were files before there was the column."""
    public: bool = True
    """Everybody may read it, on pages and in files."""


_ACTIVITY = Field(
    "activity",
    Type.ACTIVITY,
    N_("Activity"),
    N_("Code of the activity, such as IV.3.2."),
    heading=N_("Activity code"),
    key=True,
)
_EVIDENCE = Field(
    "evidence",
    Type.LINKS,
    N_("Evidence"),
    N_("Links to evidence, separated by `;`."),
    heading=N_("Evidence (links)"),
    prompt=N_("Evidence: one web address a line, beginning with http:// or https://"),
    needed=False,
)
_REPORTED_ON = Field("reported_on", Type.DAY, N_("Reported on"), N_("Day of the report."))

REPORT = (
    Field(
        "country",
        Type.COUNTRY,
        N_("Country"),
        N_("Code of the country, as of ISO 3166-1 alpha-3; `{region}` is the region."),
        key=True,
    ),
    _ACTIVITY,
    Field("semester", Type.PERIOD, N_("Semester"), N_("Semester, such as 2018-1."), key=True),
    Field("state", Type.STATE, N_("State"), N_("What the report says.")),
    Field(
        "percent",
        Type.PERCENT,
        N_("Progress"),
        N_("Progress, 0–100; empty where not applicable."),
        heading=N_("Progress (%)"),
        prompt=N_("Percent, where the state asks for one"),
        needed=False,
        needed_in=PERCENT_REQUIRED,
    ),
    Field(
        "narrative",
        Type.TEXT,
        N_("Narrative"),
        N_("What the report tells, as handed in."),
        prompt=N_("Narrative, without anybody's personal data"),
        needed=False,
    ),
    Field(
        "reason",
        Type.REASON,
        N_("Reason"),
        N_("Why suspended or not applicable."),
        prompt=N_("Reason, where it is suspended or does not apply"),
        label=N_("Reason given"),
        needed=False,
        needed_in=REASON_REQUIRED,
    ),
    _EVIDENCE,
    Field(
        "partners",
        Type.PARTNERS,
        N_("Partners"),
        N_("Codes of supporting partners, separated by `;`."),
        heading=N_("Supporting partners"),
        prompt=N_("Partners that support it"),
        needed=False,
    ),
    _REPORTED_ON,
)
"""What a country says of an activity in a period."""

COOPERATION = (
    Field(
        "partner",
        Type.PARTNER,
        N_("Partner"),
        N_("Code of the partner; empty for a request to nobody yet."),
        key=True,
        needed=False,
    ),
    _ACTIVITY,
    Field(
        "countries",
        Type.COUNTRIES,
        N_("For"),
        N_("Codes of the countries, separated by `;`; `{region}` is the region."),
        heading=N_("Countries"),
        key=True,
    ),
    Field(
        "semester_from",
        Type.ANY_PERIOD,
        N_("From"),
        N_("First semester."),
        heading=N_("From semester"),
        key=True,
    ),
    Field(
        "semester_to",
        Type.ANY_PERIOD,
        N_("To"),
        N_("Last semester."),
        heading=N_("To semester"),
    ),
    Field("modality", Type.MODALITY, N_("Modality"), N_("How it supports."), key=True),
    Field("state", Type.COOPERATION_STATE, N_("State"), N_("Where it stands.")),
    Field(
        "text",
        Type.TEXT,
        N_("What it is"),
        N_("What it is, as handed in."),
        heading=N_("What is offered, done or asked for"),
    ),
    _EVIDENCE,
    _REPORTED_ON,
)
"""What a partner offers or does for an activity, or what is asked for."""

MEETING = (
    Field("meeting", Type.CODE, N_("Meeting code"), N_("Code of the meeting."), key=True),
    Field("name_es", Type.NAME, N_("Name in Spanish"), N_("Name in Spanish.")),
    Field("name_en", Type.NAME, N_("Name in English"), N_("Name in English.")),
    Field("held_on", Type.DAY, N_("Held on"), N_("Day of the meeting.")),
    Field(
        "corte",
        Type.DAY,
        N_("Cut-off"),
        N_("Last day whose reports the meeting looks at."),
    ),
)
"""A named cut-off."""

OBSERVATION = (
    REPORT[0],
    MEETING[0],
    Field(
        "observation",
        Type.TEXT,
        N_("Observation"),
        N_("What a country says beside its figures before a meeting."),
        heading=N_("Observation of the country"),
    ),
    _REPORTED_ON,
)
"""What a country says beside its figures, for a meeting that will see them."""

LONGEST_OBSERVATION = 400
"""Characters of an observation: it stands on a slide under the country's figures."""

CONTENT = tuple(
    field.code
    for field in REPORT
    if not field.key and field.type not in LINKED and field != _REPORTED_ON
)
"""What a report says in its own row of the store, but for the day."""

TEXTS = tuple(field.code for field in REPORT if field.type in PROSE)
"""What a report says in words."""

UNCHANGED = Field("unchanged", Type.YES, N_("No change"), public=False)
"""In files alone: `yes` repeats what was last reported of the activity."""

BASE = Field("base", Type.NUMBER, N_("Base report"), public=False)
"""In files alone: the id of the report, or line of cooperation, that the row takes the place of;
0 for none."""

DATA_KIND = Field(
    "data_kind",
    Type.KIND,
    N_("Kind of data"),
    N_("Real or invented: `real` or `demostracion`."),
)
"""`real` (as where it is missing) or `demostracion`."""

SHOWN = (
    Field("about", Type.SHOWN, N_("Text of the activity"), public=False),
    Field("due", Type.SHOWN, N_("Due by"), public=False),
    Field("before", Type.SHOWN, N_("Last report"), public=False),
)
"""Columns of a template that are there to be read by people."""

EARLIER = Field(
    "earlier", Type.SHOWN, N_("Earlier reports"), N_("How many earlier reports it corrects.")
)
"""In the package: what a file of it says beside what was handed in."""

EVERY = (
    *REPORT, *COOPERATION, *MEETING, OBSERVATION[2], UNCHANGED, BASE, DATA_KIND, *SHOWN, EARLIER,
)  # fmt: skip
"""Whatever a file, a template or an annotated workbook may have."""

REDACTABLE = (
    *(f"report.{field.code}" for field in REPORT if field.type in WRITTEN),
    *(f"cooperation.{field.code}" for field in COOPERATION if field.type in WRITTEN),
    *(f"observation.{field.code}" for field in OBSERVATION if field.type in WRITTEN),
    "review_act.text",
    "closing_act.text",
    "agreement.text",
    "batch.note",
    "batch.file_name",
    "snapshot.name",
    "audit.detail.text",
    "audit.detail.note",
    "audit.detail.file",
    "audit.detail.name",
    "audit.detail.reason_es",
    "audit.detail.reason_en",
)
"""The places of texts that people wrote, as table and column: what a redaction may take out.

Of a row of the audit trail the last word is a key in its detail.
"""
